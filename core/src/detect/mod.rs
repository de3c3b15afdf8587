//! Detectors: the parts of rules that find spans in text.
//!
//! A detector reads a text and reports spans. The rule decides which texts it reads and what happens to the spans. **To add a detector,
//! copy `length.rs`, and add a row to `BUILTIN`.**
//!
//! Each detector is a settings type (what a rules file contains) that builds a [`Detector`] (what runs). Invalid settings do not build; a
//! detector that was built cannot fail, except by exhausting its [`Budget`].

mod at_most;
mod budget;
mod caps;
mod counting;
mod emoji;
mod found;
mod invisible;
mod json;
mod kinds;
mod length;
mod lines;
mod links;
mod lists;
mod marks;
mod mentions;
mod near_misses;
mod pii;
mod profanity;
#[cfg(test)]
mod properties;
mod refang;
mod regex;
mod repeated_phrases;
mod repeats;
mod reported_kinds;
mod rulebook;
mod script;
mod secrets;
mod severity;
mod table;
pub(crate) mod words;

pub use budget::{Budget, Exhausted};
pub(crate) use counting::{Codes, ComparedContent};
pub use counting::{Counter, Occasion, Subject};
pub(crate) use found::Find;
pub use found::{Context, Found, WordRead};
pub(crate) use links::DOMAIN;
pub use lists::{List, Listed, Lists};
pub use near_misses::NearMiss;
pub(crate) use reported_kinds::reported_kinds;
pub(crate) use rulebook::Fold;
pub use rulebook::Rulebook;
use serde::de::DeserializeOwned;
pub use severity::Severity;
pub use table::{DetectorType, Detectors, Example};
pub(crate) use words::{ENTRY, Entry, FOLD, WORD};

pub use crate::shape::Problem;
use crate::shape::Shape;
use crate::text::View;

/// The built-in detectors, in the order of help and documentation.
pub(crate) const BUILTIN: &[DetectorType] = &[
    DetectorType::of::<words::Words>(),
    DetectorType::of::<regex::Regexes>(),
    DetectorType::of::<profanity::Profanity>(),
    DetectorType::of::<pii::Pii>(),
    DetectorType::of::<secrets::Secrets>(),
    DetectorType::of::<links::Links>(),
    DetectorType::of::<mentions::Mentions>(),
    DetectorType::of::<emoji::Emoji>(),
    DetectorType::of::<caps::Caps>(),
    DetectorType::of::<repeats::Repeats>(),
    DetectorType::of::<length::Length>(),
    DetectorType::of::<lines::Lines>(),
    DetectorType::of::<invisible::Invisible>(),
    DetectorType::of::<marks::Marks>(),
    DetectorType::of::<script::Scripts>(),
    DetectorType::of::<json::Json>(),
    DetectorType::of::<counting::Rate>(),
    DetectorType::of::<counting::Duplicate>(),
    DetectorType::of::<counting::Newcomer>(),
    DetectorType::of::<counting::Strikes>(),
];

/// Finds spans in text.
pub trait Detector: Send + Sync {
    /// Returns what [`Self::find`] reads.
    fn reads(&self) -> Reads {
        Reads::Texts
    }

    /// Reports to `found` every span of `text` that this detector looks for.
    ///
    /// # Errors
    /// If the budget of `cx` is exhausted. What was found until then does not count: the rule's `on-error` decides.
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted>;

    /// Returns the parts of `text` that resemble what this detector finds but are not found, each with a reason. Called only to explain
    /// to people why a rule found nothing.
    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let _ = text;
        Vec::new()
    }

    /// Returns the word as which this detector reads each of its findings in `text`. Called only to explain to people why a disguised
    /// word is found.
    fn words_read(&self, text: &View) -> Vec<WordRead> {
        let _ = text;
        Vec::new()
    }

    /// Takes out the needles: strings of which at least one occurs in every text in which this detector finds something. A text with
    /// stars in place of letters is an exception. Called once, when a pipeline is built. Returns `None` if the detector has no needles.
    #[doc(hidden)]
    fn take_needles(&mut self) -> Option<Needles> {
        None
    }

    /// Returns whether it finds words, numbers and the like, each of which may hide another, rather than judging how a text is written. If
    /// so, its rule searches a text again after edits, and `keep-last` does not leave a rest that is itself found.
    fn looks_again(&self) -> bool {
        false
    }

    /// Returns the detector whose first findings this one leaves out, because its settings have a `max`.
    #[doc(hidden)]
    fn without_max(&self) -> Option<&dyn Detector> {
        None
    }

    /// Returns the counter of a detector that counts messages over time. Such a detector finds messages by their number, and finds
    /// nothing in a text.
    #[doc(hidden)]
    fn counter(&self) -> Option<&dyn Counter> {
        None
    }
}

/// Strings to search for before a detector runs: if none of them occurs in a text, the detector finds nothing in it. Each is searched for
/// in the projection that the detector itself reads, because other projections of the text may not contain it.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Needles {
    /// Substrings of one of the [`View::readings`].
    pub(crate) letters: Vec<String>,
    /// Substrings of one of the [`View::foldings`].
    pub(crate) folded: Vec<String>,
    /// Substrings of the text as [`View::exact`] spells it.
    pub(crate) exact: Vec<String>,
}

impl Needles {
    /// Returns the number of strings.
    pub(crate) fn count(&self) -> usize {
        self.letters.len() + self.folded.len() + self.exact.len()
    }

    pub(crate) fn append(&mut self, mut other: Self) {
        self.letters.append(&mut other.letters);
        self.folded.append(&mut other.folded);
        self.exact.append(&mut other.exact);
    }
}

/// What a detector reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Texts that people read, one after the other: of fields that contain JSON, its strings.
    Texts,
    /// Whole fields as received except for percent-encoding, including their JSON. Findings in them are reported but not edited. Absent
    /// metadata is read as empty, attributes as a JSON object of lists.
    Fields,
}

/// The settings of a detector, as written after `find = { NAME = … }`.
pub trait Settings: DeserializeOwned {
    /// The key in `find`.
    const NAME: &'static str;
    /// A summary of what it finds, in one line.
    const SUMMARY: &'static str;
    /// What it finds and what it does not. Shown in help and documentation, and run as tests.
    const EXAMPLES: &'static [Example];

    /// The shape of the settings: it is checked before decoding, and editors and the reference use it. `Deserialize` receives values in
    /// their long form. Without a shape, `Deserialize` alone checks the settings.
    const SHAPE: Shape = Shape::Any;

    /// Returns the kinds that it distinguishes, each with a description; empty if there is only one kind.
    #[must_use]
    fn kinds() -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    /// Builds the detector. `rulebook` is the rest of the rules file.
    ///
    /// # Errors
    /// If the settings decode but are invalid together.
    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_detector_finds_what_its_examples_say() {
        for kind in BUILTIN {
            assert!(!kind.summary.is_empty());
            assert!(!matches!(kind.shape, Shape::Any), "{}", kind.name);
            let has_examples = kind.examples.iter().any(|example| !example.finds.is_empty());
            // What counts over time finds nothing in a text.
            let counts = ["rate", "duplicate", "newcomer", "strikes"].contains(&kind.name);
            assert!(has_examples != counts, "{}", kind.name);
        }
        assert_eq!(Detectors::builtin().failed_examples(), Vec::<String>::new());
    }

    #[test]
    fn names_are_unique() {
        let mut names = Detectors::builtin().names();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), BUILTIN.len());
    }
}
