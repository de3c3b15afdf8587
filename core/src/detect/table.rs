//! [`DetectorType`] and [`Detectors`]: the table of detectors.

use std::fmt;

use toml::Spanned;
use toml::de::DeValue;

use super::{BUILTIN, Budget, Context, Detector, Find, Found, Problem, Rulebook, Settings};
use crate::message::Message;
use crate::shape::Shape;
use crate::text::View;

type Build = fn(Spanned<DeValue<'_>>, &Rulebook) -> Result<Box<dyn Detector>, Vec<Problem>>;

/// A row of the table of detectors.
#[derive(Clone, Copy)]
pub struct DetectorType {
    /// The key in `find`.
    pub name: &'static str,
    /// A summary of what it finds, in one line.
    pub summary: &'static str,
    /// What it finds and what it does not.
    pub examples: &'static [Example],
    /// The shape of its settings.
    pub shape: Shape,
    pub(crate) kinds: fn() -> Vec<(&'static str, &'static str)>,
    pub(crate) build: Build,
}

impl DetectorType {
    /// Returns the kinds that it distinguishes, each with a description; empty if there is only one kind.
    #[must_use]
    pub fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        (self.kinds)()
    }

    /// Runs the examples. Returns a line for each that fails: its settings and text, what was expected and what was found.
    #[must_use]
    pub fn failed_examples(&self) -> Vec<String> {
        let failure = |example: &Example| {
            let Example { settings, text, finds } = example;
            let actual = match self.find(settings, text) {
                Ok(found) if found == *finds => return None,
                Ok(found) => format!("found {found:?}"),
                Err(problem) => problem,
            };
            Some(format!("{} = {settings} on {text:?}: expected {finds:?}, {actual}", self.name))
        };
        self.examples.iter().filter_map(failure).collect()
    }

    /// Returns what a detector with `settings`, which must be TOML, finds in `text`.
    fn find(&self, settings: &str, text: &str) -> Result<Vec<String>, String> {
        let value = DeValue::parse(settings).map_err(|error| error.to_string())?;
        let messages = |problems: Vec<Problem>| {
            problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; ")
        };
        let detector = (self.build)(value, &Rulebook::default()).map_err(messages)?;
        let (view, message, mut found) = (View::new(text), Message::default(), Found::default());
        let mut cx = Context { message: &message, budget: Budget::RULE };
        detector.find(&view, &mut cx, &mut found).map_err(|error| error.to_string())?;
        let piece = |find: Find| {
            let piece = text.get(find.range.clone()).map(str::to_owned);
            piece.ok_or_else(|| format!("found {:?}, which is not a range of the text", find.range))
        };
        found.spans.into_iter().map(piece).collect()
    }

    /// Returns the row of the detector with settings `S`.
    #[must_use]
    pub const fn of<S: Settings>() -> Self {
        Self {
            name: S::NAME,
            summary: S::SUMMARY,
            examples: S::EXAMPLES,
            kinds: S::kinds,
            build: |value, rulebook| settings::<S>(value)?.build(rulebook).map_err(|problem| vec![problem]),
            shape: S::SHAPE,
        }
    }
}

fn settings<S: Settings>(value: Spanned<DeValue<'_>>) -> Result<S, Vec<Problem>> {
    let mut problems = Vec::new();
    S::SHAPE.read(value, &mut problems).ok_or(problems)
}

/// Decodes the settings in `text`, which must be TOML.
#[cfg(test)]
pub(super) fn read<S: Settings>(text: &str) -> Result<S, Vec<Problem>> {
    settings(DeValue::parse(text).expect("TOML"))
}

impl fmt::Debug for DetectorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DetectorType").field(&self.name).finish()
    }
}

/// The detectors that rules files may use: the built-in ones and your own.
///
/// ```
/// # use chimeflow_core::detect::Detectors;
/// let detectors = Detectors::builtin(); // .with::<Mine>()
/// assert!(detectors.get("words").is_some());
/// ```
#[derive(Clone, Debug)]
pub struct Detectors {
    kinds: Vec<DetectorType>,
    are_builtin: bool,
}

impl Detectors {
    /// Returns the built-in detectors.
    #[must_use]
    pub fn builtin() -> Self {
        Self { kinds: BUILTIN.to_vec(), are_builtin: true }
    }

    /// Adds the detector with settings `S`, which replaces one of the same name.
    #[must_use]
    pub fn with<S: Settings>(mut self) -> Self {
        self.kinds.retain(|kind| kind.name != S::NAME);
        self.kinds.push(DetectorType::of::<S>());
        self.are_builtin = false;
        self
    }

    /// Returns whether these are exactly the built-in detectors.
    #[must_use]
    pub fn are_builtin(&self) -> bool {
        self.are_builtin
    }

    /// Returns the detector called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&DetectorType> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// Returns every detector, in order.
    #[must_use]
    pub fn all(&self) -> &[DetectorType] {
        &self.kinds
    }

    /// Runs the examples of every detector; a crate with its own detectors should expect none to fail. Returns a line for each that
    /// fails.
    #[must_use]
    pub fn failed_examples(&self) -> Vec<String> {
        self.kinds.iter().flat_map(DetectorType::failed_examples).collect()
    }

    /// Returns every name, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.kinds.iter().map(|kind| kind.name).collect()
    }
}

/// An example of what a detector finds in a text.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The settings, as TOML.
    pub settings: &'static str,
    /// The text.
    pub text: &'static str,
    /// The pieces of the text that are found.
    pub finds: &'static [&'static str],
}
