//! Parses the file of a language.
//!
//! ```text
//! # A comment, to the end of the line.
//! [profane moderate]          the kind and severity of the following entries
//! word, word*, some words     entries, as in a list of a rules file
//! [sexual severe exact]       found only as written, including accents
//! piç
//! [allow]                     common words that entries would find
//! wordsmith*
//! [everyday]                  common words that only look like an entry, or that are swearing in English
//! slut
//! ```

use super::super::engine::Type;
use crate::detect::Severity;

use super::super::kind::Kind;

/// The entries of a language.
#[derive(Debug, Default)]
pub(super) struct File {
    pub entries: Vec<Entry>,
    pub allow: Vec<String>,
    pub everyday: Vec<String>,
}

/// A word or phrase, with its rating.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The entry as written, with its stars.
    pub written: String,
    pub kind: Kind,
    /// How serious it is.
    pub severity: Severity,
    /// Whether only its accents distinguish it from a common word.
    pub exact: bool,
}

/// The content of a section.
#[derive(Clone, Copy)]
enum Section {
    Allow,
    Everyday,
    Words { kind: Kind, severity: Severity, exact: bool },
}

impl File {
    /// Parses `text`. The error names the line.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut file = Self::default();
        let mut section = None;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(head) = line.strip_prefix('[') {
                section = Some(Section::parse(head).ok_or_else(|| {
                    format!("line {number}: expected a kind and a severity, such as `[profane mild]`, `[allow]` or `[everyday]`")
                })?);
                continue;
            }
            for written in line.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                match section
                    .ok_or_else(|| format!("line {number}: expected a section before `{written}`"))?
                {
                    Section::Allow => file.allow.push(written.to_owned()),
                    Section::Everyday => file.everyday.push(written.to_owned()),
                    Section::Words { kind, severity, exact } => {
                        file.entries.push(Entry { written: written.to_owned(), kind, severity, exact });
                    }
                }
            }
        }
        Ok(file)
    }
}

impl Section {
    fn parse(head: &str) -> Option<Self> {
        let mut words = head.strip_suffix(']')?.split_whitespace();
        let first = words.next()?;
        let list = match first {
            "allow" => Some(Self::Allow),
            "everyday" => Some(Self::Everyday),
            _ => None,
        };
        if list.is_some() {
            return list.filter(|_| words.next().is_none());
        }
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == first)?;
        let severity = match words.next()? {
            "severe" => Severity::Severe,
            "moderate" => Severity::Moderate,
            "mild" => Severity::Mild,
            _ => return None,
        };
        let exact = match words.next() {
            None => false,
            Some("exact") => true,
            Some(_) => return None,
        };
        words.next().is_none().then_some(Self::Words { kind, severity, exact })
    }
}

impl Entry {
    /// Returns the corresponding rating of the English engine.
    pub(super) fn rating(&self) -> Type {
        let severity = match self.severity {
            Severity::Mild => Type::MILD,
            Severity::Moderate => Type::MODERATE,
            Severity::Severe => Type::SEVERE,
        };
        self.kind.rating() & severity
    }

    /// Returns the word without its stars.
    pub(super) fn core(&self) -> &str {
        self.written.trim_matches('*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_take_the_kind_and_severity_of_their_section() {
        let text = "# head\n[profane mild]\ndrat, darn* # why\n\n[sexual severe exact]\nxé\n[allow]\ndarning\n[everyday]\nsacré\n";
        let file = File::parse(text).unwrap();
        let entries: Vec<_> = file.entries.iter().map(|e| (&*e.written, e.kind.name(), e.exact)).collect();
        assert_eq!(
            entries,
            [("drat", "profane", false), ("darn*", "profane", false), ("xé", "sexual", true)]
        );
        assert_eq!(file.everyday, ["sacré"]);
        assert!(file.entries[0].rating().is(Type::PROFANE & Type::MILD));
        assert!(!file.entries[0].rating().is(Type::MODERATE_OR_HIGHER));
        assert_eq!(file.allow, ["darning"]);
    }

    #[test]
    fn an_error_names_the_line() {
        for (text, line) in [
            ("word", "line 1: expected a section"),
            ("[allow]\n[rude mild]", "line 2: expected a kind"),
            ("[profane]", "line 1"),
            ("[profane mild exactly]", "line 1"),
            ("[profane mild exact too]", "line 1"),
            ("[allow mild]", "line 1"),
            ("[everyday mild]", "line 1"),
        ] {
            assert!(File::parse(text).unwrap_err().starts_with(line), "{text}");
        }
    }
}
