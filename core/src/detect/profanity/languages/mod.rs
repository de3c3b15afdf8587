//! Profanity in languages other than English: curated lists, matched as `words` matches the lists of a rules file.
//!
//! ```text
//! text ──words, strict──> spans ──allow──> ──confirm──> spans of a kind
//! ```
//!
//! Folding makes one word of many: *piç* is *pic*, *Scheiße* is *Scheibe*. That finds what is disguised. What is written plainly, as
//! nearly everything is, must also be in the list as it is written.

mod confirm;
mod file;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use serde::Deserialize;
use serde::de::value::{Error as Never, StrDeserializer};

use self::confirm::{Confirm, Manner};
use self::file::{Entry, File};
use super::engine::Type;
use super::kind::Kind;
use crate::detect::words::{Allow, Words};
use crate::detect::{
    Context, Detector, Exhausted, Fold, Found, List, Lists, Needles, Problem, Rulebook, Settings, Severity,
    did_you_mean,
};
use crate::text::View;

/// A language that profanity is known in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Language {
    /// What it is called in a rules file, as in ISO 639.
    pub code: &'static str,
    /// What else people call it, its English name first.
    names: &'static [&'static str],
    /// The list; nothing for English, whose words the engine has.
    list: &'static str,
}

/// English, which needs no list.
pub(super) const ENGLISH: &Language = &ALL[0];

/// A row of [`ALL`] with the file that is called like the code.
macro_rules! language {
    ($code:literal, $($name:literal),+) => {
        Language { code: $code, names: &[$($name),+], list: include_str!(concat!($code, ".txt")) }
    };
}

/// Every language: English, then by code.
pub(super) const ALL: &[Language] = &[
    Language { code: "en", names: &["English", "eng"], list: "" },
    language!("ar", "Arabic", "ara", "العربية"),
    language!("cs", "Czech", "ces", "cze", "cz", "čeština"),
    language!("da", "Danish", "dan", "dk", "dansk"),
    language!("de", "German", "deu", "ger", "deutsch"),
    language!("el", "Greek", "ell", "gre", "gr", "ελληνικά"),
    language!("es", "Spanish", "spa", "español", "castellano"),
    language!("fa", "Persian", "fas", "per", "farsi", "فارسی"),
    language!("fi", "Finnish", "fin", "suomi"),
    language!("fil", "Filipino", "tl", "tgl", "tagalog"),
    language!("fr", "French", "fra", "fre", "français"),
    language!("he", "Hebrew", "heb", "iw", "עברית"),
    language!("hi", "Hindi", "hin", "हिन्दी"),
    language!("hu", "Hungarian", "hun", "magyar"),
    language!("id", "Indonesian", "ind", "in", "bahasa", "malay", "ms"),
    language!("it", "Italian", "ita", "italiano"),
    language!("ja", "Japanese", "jpn", "jp", "日本語"),
    language!("ko", "Korean", "kor", "kr", "한국어"),
    language!("nl", "Dutch", "nld", "dut", "nederlands", "flemish"),
    language!("no", "Norwegian", "nor", "nb", "nn", "norsk", "bokmål"),
    language!("pl", "Polish", "pol", "polski"),
    language!("pt", "Portuguese", "por", "br", "português", "brazilian"),
    language!("ro", "Romanian", "ron", "rum", "română"),
    language!("ru", "Russian", "rus", "русский"),
    language!("sv", "Swedish", "swe", "se", "svenska"),
    language!("th", "Thai", "tha", "ไทย"),
    language!("tr", "Turkish", "tur", "türkçe"),
    language!("uk", "Ukrainian", "ukr", "ua", "українська"),
    language!("vi", "Vietnamese", "vie", "vn", "tiếng việt"),
    language!("zh", "Chinese", "zho", "chi", "cn", "mandarin", "cantonese", "中文"),
];

impl Language {
    /// The language called `code` in a rules file.
    ///
    /// # Errors
    /// When there is none; the message says which one was probably meant, and which there are.
    pub(super) fn of(code: &str) -> Result<&'static Self, String> {
        if let Some(language) = ALL.iter().find(|language| language.code == code) {
            return Ok(language);
        }
        let asked = code.to_lowercase();
        let main = asked.split(['-', '_']).next().unwrap_or_default();
        let called = |language: &&Self| {
            language.code == main || language.names.iter().any(|name| name.to_lowercase() == main)
        };
        let meant = ALL.iter().find(called).map(|language| format!("did you mean `{}`?", language.code));
        let near = || {
            let names =
                ALL.iter().filter_map(|language| language.names.first().map(|name| (*name, language.code)));
            let names: Vec<_> = names.map(|(name, code)| (name.to_lowercase(), code)).collect();
            let known = names.iter().map(|(name, _)| name.as_str());
            let near = did_you_mean(main, known).filter(|_| main.len() > 3)?;
            let (_, code) = names.iter().find(|(name, _)| near.contains(&format!("`{name}`")))?;
            Some(format!("did you mean `{code}`?"))
        };
        let help = meant.or_else(near).map_or_else(String::new, |help| format!(", {help}"));
        let codes: Vec<_> = ALL.iter().map(|language| format!("`{}`", language.code)).collect();
        Err(format!("`profanity` knows no language `{code}`{help} There are {}", codes.join(", ")))
    }
}

/// Finds what the lists of some languages rate as wanted, and what an English detector finds, if there is one.
pub(super) struct Multilingual {
    english: Option<Box<dyn Detector>>,
    groups: Vec<Group>,
    /// What is fine in the languages.
    innocent: Allow,
    /// What the rule says is fine.
    allow: Allow,
}

/// The words that are of one kind, as grave, and compared in one manner.
struct Group {
    kind: Kind,
    severity: Severity,
    words: Box<dyn Detector>,
    confirm: Confirm,
}

impl Multilingual {
    /// Finds words of `languages` whose rating is in `threshold` and which are at `least` as grave, beside what `english` finds.
    pub(super) fn new(
        languages: &[&Language],
        threshold: Type,
        least: Severity,
        english: Option<Box<dyn Detector>>,
        allow: Allow,
    ) -> Result<Self, Problem> {
        let mut entries = Vec::new();
        let mut innocent = Vec::new();
        for language in languages {
            let file = File::parse(language.list)
                .map_err(|why| Problem::new(format!("the list of `{}`: {why}", language.code)))?;
            entries.extend(
                file.entries
                    .into_iter()
                    .filter(|entry| entry.rating().is(threshold) && entry.severity >= least),
            );
            innocent.extend(file.allow);
        }
        let innocent = Allow::new(&innocent, Fold::Strict)?;
        Ok(Self { english, groups: groups(&entries)?, innocent, allow })
    }
}

/// Entries by kind, severity and manner.
fn groups(entries: &[Entry]) -> Result<Vec<Group>, Problem> {
    let mut groups = Vec::new();
    for kind in Kind::ALL {
        for severity in [Severity::Severe, Severity::Moderate, Severity::Mild] {
            for manner in Manner::ALL {
                let of_group = |entry: &&Entry| {
                    entry.kind == kind && entry.severity == severity && Manner::of(entry) == manner
                };
                let words: Vec<String> =
                    entries.iter().filter(of_group).map(|entry| entry.written.clone()).collect();
                if !words.is_empty() {
                    let (confirm, words) = (Confirm::new(manner, &words)?, finder(&words)?);
                    groups.push(Group { kind, severity, words, confirm });
                }
            }
        }
    }
    Ok(groups)
}

/// A detector of `words`, the way a rule that names a list gets one.
fn finder(words: &[String]) -> Result<Box<dyn Detector>, Problem> {
    let mut lists = Lists::default();
    lists.insert("words", List { words: words.to_vec(), ..List::default() });
    let settings = Words::deserialize(StrDeserializer::<Never>::new("words"));
    let settings = settings.map_err(|error| Problem::new(error.to_string()))?;
    settings.build(&Rulebook::new(lists, Fold::Strict))
}

impl Detector for Multilingual {
    fn finds_words(&self) -> bool {
        true
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let mut all = Found::default();
        if let Some(english) = &self.english {
            english.find(text, cx, &mut all)?;
        }
        for group in &self.groups {
            let mut own = Found::default();
            group.words.find(text, cx, &mut own)?;
            let mut ranges: Vec<_> = own.spans.into_iter().map(|find| find.range).collect();
            self.innocent.apply(text, cx, &mut ranges)?;
            let meant = |range| group.confirm.meant(text.text(), range);
            let mut ranges: Vec<_> = ranges.into_iter().filter_map(meant).collect();
            self.allow.apply(text, cx, &mut ranges)?;
            for range in ranges {
                all.push_graded(range, group.kind.name(), group.severity);
            }
        }
        // Of two in one place the graver one is told.
        all.spans.sort_by_key(|find| (find.range.start, Reverse(find.range.end), Reverse(find.severity)));
        let mut end = 0;
        for find in all.spans {
            if find.range.end > end {
                end = find.range.end;
                found.add(find);
            }
        }
        Ok(())
    }

    fn take_needles(&mut self) -> Option<Needles> {
        if self.english.is_some() {
            return None;
        }
        let mut needles = Needles::default();
        for group in &mut self.groups {
            needles.append(group.words.take_needles()?);
        }
        Some(needles)
    }
}
