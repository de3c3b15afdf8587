//! Detectors: what a rule finds with.
//!
//! A detector looks at a text and reports spans. What happens to a span is the rule's business, which text it looks at is the
//! rule's business: a detector only finds. **To add one, copy `length.rs`, and add a row to [`BUILTIN`].**
//!
//! Each detector is a settings type (what stands in a rules file) that builds a [`Detector`] (what runs). Settings that make no
//! sense do not build; a detector that was built cannot fail, except by running out of its [`Budget`].

mod budget;
mod caps;
mod invisible;
mod kinds;
mod length;
mod lines;
mod links;
mod lists;
mod marks;
mod mentions;
mod pii;
mod profanity;
mod refang;
mod regex;
mod repeats;
mod schemas;
mod script;
mod secrets;
mod typed;
pub(crate) mod words;

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

pub use budget::{Budget, Exhausted};
pub use lists::{List, Lists};
pub(crate) use lists::{did_you_mean, nearest};
use serde::de::DeserializeOwned;

use crate::message::Message;
use crate::text::View;

/// The detectors that come with Chimeflow. Their order is that of help and documentation.
pub const BUILTIN: &[Kind] = &[
    Kind::of::<words::Words>(),
    Kind::of::<regex::Regexes>(),
    Kind::of::<profanity::Profanity>(),
    Kind::of::<pii::Pii>(),
    Kind::of::<secrets::Secrets>(),
    Kind::of::<links::Links>(),
    Kind::of::<mentions::Mentions>(),
    Kind::of::<caps::Caps>(),
    Kind::of::<repeats::Repeats>(),
    Kind::of::<length::Length>(),
    Kind::of::<lines::Lines>(),
    Kind::of::<invisible::Invisible>(),
    Kind::of::<marks::Marks>(),
    Kind::of::<script::Scripts>(),
];

/// What a rule finds with.
pub trait Detector: Send + Sync {
    /// Reports every span of `text` that this detector is about.
    ///
    /// # Errors
    /// When the budget of `cx` is used up. What was found until then does not count: the rule's `on-error` decides.
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted>;

    /// Texts, as [`Letters`](crate::text::Letters), one of which is in every text that this detector finds something in, stars
    /// aside. Given away once, when a pipeline is built; nothing when the detector cannot say.
    fn take_needles(&mut self) -> Option<Vec<String>> {
        None
    }

    /// What this detector must know from outside before it can judge `message`. Asked once a message, before the first
    /// [`Self::find`]; the answer is in [`Context::answer`].
    fn ask(&self, message: &Message) -> Option<Question> {
        let _ = message;
        None
    }
}

/// A detector's settings, as written after `find = { NAME = … }`.
pub trait Settings: DeserializeOwned {
    /// The key in `find`.
    const NAME: &'static str;
    /// What it finds, in one line.
    const SUMMARY: &'static str;
    /// What it does and does not find. Shown in help and documentation, run as tests.
    const EXAMPLES: &'static [Example];

    /// JSON Schema of the settings, for editors. Without one, an editor takes any settings.
    #[must_use]
    fn schema() -> serde_json::Value {
        serde_json::Value::Bool(true)
    }

    /// Builds the detector. `rulebook` is the rest of the rules file.
    ///
    /// # Errors
    /// When the settings parse but make no sense together.
    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem>;
}

/// What a detector may use of the rules file beside its own settings.
#[derive(Debug, Default)]
pub struct Rulebook {
    /// The named lists.
    pub lists: Lists,
    /// How far words are seen through disguises unless a rule says otherwise.
    pub fold: Fold,
    warnings: RefCell<Vec<Problem>>,
}

impl Rulebook {
    /// The rest of a rules file.
    #[must_use]
    pub fn new(lists: Lists, fold: Fold) -> Self {
        Self { lists, fold, warnings: RefCell::default() }
    }

    /// Says that settings which build are probably a mistake.
    pub fn warn(&self, problem: Problem) {
        self.warnings.borrow_mut().push(problem);
    }

    /// Takes what was warned of since it was last taken.
    pub(crate) fn take_warnings(&self) -> Vec<Problem> {
        self.warnings.take()
    }
}

/// How far words are seen through disguises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fold {
    /// Case, width, accents, invisible characters, lookalikes, digits and signs for letters, s p a c i n g, repeats, st*rs.
    #[default]
    Strict,
    /// Case, width, accents and invisible characters only.
    Plain,
}

/// Builds a detector from its settings.
type Build = fn(toml::de::ValueDeserializer<'_>, &Rulebook) -> Result<Box<dyn Detector>, Problem>;

/// A row of the table of detectors.
#[derive(Clone, Copy)]
pub struct Kind {
    /// The key in `find`.
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// What it does and does not find.
    pub examples: &'static [Example],
    pub(crate) build: Build,
    pub(crate) schema: fn() -> serde_json::Value,
}

impl Kind {
    /// The row of the detector with settings `S`.
    #[must_use]
    pub const fn of<S: Settings>() -> Self {
        Self {
            name: S::NAME,
            summary: S::SUMMARY,
            examples: S::EXAMPLES,
            build: |value, rulebook| S::deserialize(value).map_err(Problem::from)?.build(rulebook),
            schema: S::schema,
        }
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kind").field(&self.name).finish()
    }
}

/// The detectors that rules files may use: those that come with Chimeflow, and yours.
///
/// ```
/// # use chimeflow::detect::Detectors;
/// let detectors = Detectors::builtin(); // .with::<Mine>()
/// assert!(detectors.get("words").is_some());
/// ```
#[derive(Clone, Debug)]
pub struct Detectors {
    kinds: Vec<Kind>,
}

impl Detectors {
    /// The detectors that come with Chimeflow.
    #[must_use]
    pub fn builtin() -> Self {
        Self { kinds: BUILTIN.to_vec() }
    }

    /// These and the detector with settings `S`, which wins over one of the same name.
    #[must_use]
    pub fn with<S: Settings>(mut self) -> Self {
        self.kinds.retain(|kind| kind.name != S::NAME);
        self.kinds.push(Kind::of::<S>());
        self
    }

    /// The detector called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// Every detector, in order.
    #[must_use]
    pub fn all(&self) -> &[Kind] {
        &self.kinds
    }

    /// Every name, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.kinds.iter().map(|kind| kind.name).collect()
    }
}

/// What a detector finds in a text.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The settings, as TOML.
    pub settings: &'static str,
    /// A text.
    pub text: &'static str,
    /// The pieces of it that are found.
    pub finds: &'static [&'static str],
}

/// Why a detector cannot be built from its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong and what was expected.
    pub message: String,
    /// Where in the rules file, in bytes, when it is not the settings as a whole.
    pub span: Option<Range<usize>>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with the settings as a whole.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), span: None, help: None }
    }
}

impl From<toml::de::Error> for Problem {
    fn from(error: toml::de::Error) -> Self {
        Self { message: error.message().to_owned(), span: error.span(), help: None }
    }
}

/// What a detector may use beside the text.
#[derive(Debug)]
pub struct Context<'a> {
    /// The message the text is of, as received.
    pub message: &'a Message,
    /// The answer to what the detector asked.
    pub answer: Option<&'a Answer>,
    /// What it may still spend on this message.
    pub budget: Budget,
}

/// Something a rule must know that only the host can find out: a count, what a remote service says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who can answer, such as `counter`.
    pub port: &'static str,
    /// What is asked, in that port's terms.
    pub key: String,
}

/// What the host found out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// A count.
    Count(u64),
    /// The host could not find out, in time or at all: the rule's `on-error` decides.
    Unavailable,
}

/// What a detector found in one text.
#[derive(Debug, Default)]
pub struct Found {
    pub(crate) spans: Vec<Find>,
    pub(crate) whole: bool,
}

/// A found piece of a [`View`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Find {
    pub range: Range<usize>,
    pub kind: &'static str,
}

impl Found {
    /// Reports `range` of the text as a `kind` of thing, such as `email`. The range must be on character boundaries; an empty one
    /// is not taken.
    pub fn push(&mut self, range: Range<usize>, kind: &'static str) {
        if !range.is_empty() {
            self.spans.push(Find { range, kind });
        }
    }

    /// Reports that this is about the message as a whole, with no piece of text to point at.
    pub fn whole_message(&mut self) {
        self.whole = true;
    }

    /// Whether nothing was reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && !self.whole
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    /// What `kind` with `settings` finds in `text`.
    fn finds(kind: &Kind, settings: &str, text: &str) -> Vec<String> {
        let value = toml::de::ValueDeserializer::parse(settings).expect("an example's settings are TOML");
        let detector = (kind.build)(value, &Rulebook::default())
            .unwrap_or_else(|problem| panic!("{settings}: {}", problem.message));
        let (view, message) = (View::new(text), Message::default());
        let mut found = Found::default();
        let mut cx = Context { message: &message, answer: None, budget: Budget::RULE };
        detector.find(&view, &mut cx, &mut found).expect("an example fits the budget");
        found.spans.into_iter().map(|find| text[find.range].to_owned()).collect()
    }

    #[test]
    fn every_detector_finds_what_its_examples_say() {
        for kind in BUILTIN {
            assert!(!kind.summary.is_empty());
            assert_ne!((kind.schema)(), serde_json::Value::Bool(true), "{}", kind.name);
            assert!(kind.examples.iter().any(|example| !example.finds.is_empty()), "{}", kind.name);
            for Example { settings, text, finds: expected } in kind.examples {
                assert_eq!(finds(kind, settings, text), *expected, "{} = {settings} on {text:?}", kind.name);
            }
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names = Detectors::builtin().names();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), BUILTIN.len());
    }
}
