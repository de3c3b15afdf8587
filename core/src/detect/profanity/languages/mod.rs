//! Profanity in languages other than English: curated lists, matched as `words` matches the lists of a rules file.
//!
//! ```text
//! text ──words, strict──> spans ──allow──> ──confirm──> spans of a kind
//! ```
//!
//! Folding maps different words to the same one: *piç* to *pic*, *Scheiße* to *Scheibe*. That finds obfuscated words. A word that is
//! written plainly, as nearly all are, must also be in the list as written.

mod confirm;
mod everyday;
mod file;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use self::confirm::{Confirm, Manner};
pub(super) use self::everyday::Everyday;
use self::file::{Entry, File};
use super::engine::Type;
use super::kind::Kind;
use crate::detect::words::{Allow, finder};
use crate::detect::{
    Context, Detector, Exhausted, Fold, Found, NearMiss, Needles, Problem, Severity, WordRead,
};
use crate::shape::did_you_mean;
use crate::text::View;

/// A language with a list of profanity.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Language {
    /// Its name in rules files, an ISO 639 code.
    pub code: &'static str,
    /// Its other names, the English one first.
    names: &'static [&'static str],
    /// The list; empty for English, whose list is compiled into the program.
    list: &'static str,
}

/// English.
pub(super) const ENGLISH: &Language = &ALL[0];

/// Creates a row of [`ALL`]; the file is named after the code.
macro_rules! language {
    ($code:literal, $($name:literal),+) => {
        Language { code: $code, names: &[$($name),+], list: include_str!(concat!($code, ".txt")) }
    };
}

/// All languages: English first, the others by code.
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
    /// Returns the language with the code `code`, if there is one.
    pub(super) fn of(code: &str) -> Option<&'static Self> {
        ALL.iter().find(|language| language.code == code)
    }

    /// Parses its list.
    fn file(&self) -> Result<File, Problem> {
        File::parse(self.list).map_err(|why| Problem::new(format!("the list of `{}`: {why}", self.code)))
    }

    /// Returns the code of the language that somebody calls `name`: `ger`, `German`, `deutsch`, `de-AT`.
    pub(super) fn meant(name: &str) -> Option<&'static str> {
        let name = name.to_lowercase();
        let main = name.split(['-', '_']).next().unwrap_or_default();
        let is_called = |language: &&Self| {
            language.code == main || language.names.iter().any(|name| name.to_lowercase() == main)
        };
        let is_like = |language: &&Self| {
            let name = language.names.first().map(|name| name.to_lowercase());
            main.len() > 3 && did_you_mean(main, name.as_deref()).is_some()
        };
        let meant = ALL.iter().find(is_called).or_else(|| ALL.iter().find(is_like));
        meant.map(|language| language.code)
    }
}

/// Finds words from the lists of some languages, and what an English detector finds, if there is one.
pub(super) struct Multilingual {
    english: Option<Box<dyn Detector>>,
    groups: Vec<Group>,
    /// The allow-lists of the languages.
    innocent: Allow,
    /// The everyday words of the languages that are none of the entries.
    everyday: Everyday,
    /// The allow-list of the rule.
    allow: Allow,
}

/// The words with the same kind, severity and manner.
struct Group {
    kind: Kind,
    severity: Severity,
    words: Box<dyn Detector>,
    confirm: Confirm,
}

impl Multilingual {
    /// Creates a detector for the words of `languages` whose rating is in `threshold` and whose severity is at least `least`, and for
    /// what `english` finds.
    pub(super) fn new(
        languages: &[&Language],
        threshold: Type,
        least: Severity,
        english: Option<Box<dyn Detector>>,
        allow: Allow,
    ) -> Result<Self, Problem> {
        let mut entries = Vec::new();
        let mut innocent = Vec::new();
        let mut everyday = Vec::new();
        for language in languages {
            let file = language.file()?;
            entries.extend(
                file.entries
                    .into_iter()
                    .filter(|entry| entry.rating().is(threshold) && entry.severity >= least),
            );
            innocent.extend(file.allow);
            everyday.extend(file.everyday);
        }
        let is_entry = |word: &String| entries.iter().any(|entry| entry.core() == word);
        let everyday = Everyday::new(everyday.iter().filter(|word| !is_entry(word)));
        let innocent = Allow::new(&innocent, Fold::Strict)?;
        Ok(Self { english, groups: groups(&entries)?, innocent, everyday, allow })
    }
}

/// Returns the everyday words of `languages`.
pub(super) fn everyday(languages: &[&Language]) -> Result<Everyday, Problem> {
    let mut words = Vec::new();
    for language in languages {
        words.extend(language.file()?.everyday);
    }
    Ok(Everyday::new(&words))
}

/// Groups entries by kind, severity and manner.
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

impl Detector for Multilingual {
    fn looks_again(&self) -> bool {
        true
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        self.allow.near_misses(text, "profane")
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
            ranges.retain(|range| !self.everyday.holds(&text.text()[range.clone()]));
            self.allow.apply(text, cx, &mut ranges)?;
            for range in ranges {
                all.push_graded(range, group.kind.name(), group.severity);
            }
        }
        // Of several findings in the same place, the most severe one is reported.
        all.spans.sort_by_key(|find| (find.range.start, Reverse(find.range.end), Reverse(find.severity)));
        let mut end = 0;
        for find in all.spans {
            // In `te fut!`, two words of which one ends with a sign for a letter, nobody reads that.
            let adds_a_letter = || text.text()[end..find.range.end].contains(char::is_alphanumeric);
            if find.range.end > end && (find.range.start >= end || adds_a_letter()) {
                end = find.range.end;
                found.add(find);
            }
        }
        Ok(())
    }

    fn words_read(&self, text: &View) -> Vec<WordRead> {
        self.english.as_ref().map(|english| english.words_read(text)).unwrap_or_default()
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
