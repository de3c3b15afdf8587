//! Detectors: what a rule finds with.
//!
//! A detector looks at a text and reports spans. What happens to a span is the rule's business, which text it looks at is the
//! rule's business: a detector only finds. **To add one, copy `length.rs`, and add a row to [`BUILTIN`].**
//!
//! Each detector is a settings type (what stands in a rules file) that builds a [`Detector`] (what runs). Settings that make no
//! sense do not build; a detector that was built cannot fail, except by running out of its [`Budget`].

mod budget;
mod caps;
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
mod pii;
mod profanity;
#[cfg(test)]
mod properties;
mod refang;
mod regex;
mod repeats;
mod rulebook;
mod script;
mod secrets;
mod severity;
mod table;
mod told;
pub(crate) mod words;

pub use budget::{Budget, Exhausted};
pub(crate) use found::Find;
pub use found::{Answer, Context, Found, Question};
pub(crate) use links::DOMAIN;
pub use lists::{List, Lists};
pub use rulebook::{Fold, Rulebook};
use serde::de::DeserializeOwned;
pub use severity::Severity;
pub use table::{DetectorType, Detectors, Example};
pub(crate) use told::told_kinds;
pub(crate) use words::{FOLD, WORD};

use crate::message::Message;
pub use crate::shape::Problem;
use crate::shape::Shape;
use crate::text::View;

/// The detectors that come with Chimeflow. Their order is that of help and documentation.
pub const BUILTIN: &[DetectorType] = &[
    DetectorType::of::<words::Words>(),
    DetectorType::of::<regex::Regexes>(),
    DetectorType::of::<profanity::Profanity>(),
    DetectorType::of::<pii::Pii>(),
    DetectorType::of::<secrets::Secrets>(),
    DetectorType::of::<links::Links>(),
    DetectorType::of::<mentions::Mentions>(),
    DetectorType::of::<caps::Caps>(),
    DetectorType::of::<repeats::Repeats>(),
    DetectorType::of::<length::Length>(),
    DetectorType::of::<lines::Lines>(),
    DetectorType::of::<invisible::Invisible>(),
    DetectorType::of::<marks::Marks>(),
    DetectorType::of::<script::Scripts>(),
    DetectorType::of::<json::Json>(),
];

/// What a rule finds with.
pub trait Detector: Send + Sync {
    /// What [`Self::find`] is shown.
    fn reads(&self) -> Reads {
        Reads::Texts
    }

    /// Reports every span of `text` that this detector is about.
    ///
    /// # Errors
    /// When the budget of `cx` is used up. What was found until then does not count: the rule's `on-error` decides.
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted>;

    /// What is in every text that this detector finds something in, stars aside. Given away once, when a pipeline is built; nothing
    /// when the detector cannot say.
    fn take_needles(&mut self) -> Option<Needles> {
        None
    }

    /// Whether what it finds are words that nobody should read: of a longer word, `keep-last` leaves none that is found itself.
    fn finds_words(&self) -> bool {
        false
    }

    /// What this detector must know from outside before it can judge `message`. Asked once a message, before the first
    /// [`Self::find`]; the answer is in [`Context::answer`].
    fn ask(&self, message: &Message) -> Option<Question> {
        let _ = message;
        None
    }
}

/// Pieces of text, one of which is in every text that a detector finds something in. Each is looked for in what the detector itself
/// reads: a text that is read in another way may not hold it.
#[derive(Debug, Default)]
pub struct Needles {
    /// Pieces of one of the [`View::readings`].
    pub letters: Vec<String>,
    /// Pieces of one of the [`View::foldings`].
    pub folded: Vec<String>,
}

impl Needles {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.letters.len() + self.folded.len()
    }

    /// Adds those of `other`.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.letters.append(&mut other.letters);
        self.folded.append(&mut other.folded);
    }
}

/// What a detector is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// What somebody reads, one text after the other: of fields that hold JSON, the strings in it.
    Texts,
    /// Whole fields as they came, but for percent-encoding, with their JSON around the texts. What is found in them is told and
    /// not edited. Metadata that is not there is shown as empty, attributes as a JSON object of lists.
    Fields,
}

/// A detector's settings, as written after `find = { NAME = … }`.
pub trait Settings: DeserializeOwned {
    /// The key in `find`.
    const NAME: &'static str;
    /// What it finds, in one line.
    const SUMMARY: &'static str;
    /// What it does and does not find. Shown in help and documentation, run as tests.
    const EXAMPLES: &'static [Example];

    /// What the settings look like: what is refused before they are decoded, and what editors and the reference know. Values come to
    /// `Deserialize` in their long form. Without a shape, `Deserialize` judges alone.
    const SHAPE: Shape = Shape::Any;

    /// The kinds of thing it tells apart, and what each of them is; none if there is but one kind.
    #[must_use]
    fn kinds() -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    /// Builds the detector. `rulebook` is the rest of the rules file.
    ///
    /// # Errors
    /// When the settings parse but make no sense together.
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
            assert!(kind.examples.iter().any(|example| !example.finds.is_empty()), "{}", kind.name);
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
