//! [`Rule`]: one `[[rule]]`, compiled, and what it is made of.

mod patterns;
mod points;
mod scope;
mod span;
mod when;

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

pub(crate) use self::patterns::Patterns;
pub use self::points::Points;
pub use self::scope::{Group, Outside, Scope};
pub use self::span::Span;
pub(crate) use self::when::Names;
pub use self::when::{Tally, When};
use crate::detect::Detector;
use crate::message::Field;
use crate::text::{Part, Text};

/// One `[[rule]]`: where it looks, what it finds, what it does.
pub struct Rule {
    /// Its name, unique in the file.
    pub id: Arc<str>,
    /// Why it is there, for people.
    pub why: Option<String>,
    /// Whose messages and which channels it is about.
    pub scope: Scope,
    /// What earlier rules must have found for it to run.
    pub when: Option<When>,
    /// Where it looks.
    pub on: Vec<Place>,
    /// What it finds. All of them must find something; none means that it concerns every message.
    pub find: Vec<Finder>,
    /// What it does with what it found. Nothing means that it only counts.
    pub action: Option<Action>,
    /// What it adds to the score when it finds something.
    pub points: Points,
    /// Names that `when` and the log may use for it and others of its kind.
    pub tags: Vec<Arc<str>>,
    /// How grave it is, for the log.
    pub severity: Option<RuleSeverity>,
    /// Whether it acts.
    pub mode: Mode,
    /// What happens to the message when the rule cannot judge it.
    pub on_error: OnError,
    /// Whether the rule says that itself.
    pub says_on_error: bool,
}

/// A detector, and the name that the rules file calls it by.
pub struct Finder {
    /// Its name: the key in `find`.
    pub name: &'static str,
    /// What finds.
    pub detector: Box<dyn Detector>,
}

impl Deref for Finder {
    type Target = dyn Detector;

    fn deref(&self) -> &Self::Target {
        &*self.detector
    }
}

impl DerefMut for Finder {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.detector
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Finder").field(&self.name).finish()
    }
}

impl Rule {
    /// A rule called `id` that looks where people look, and neither finds nor does anything yet.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            why: None,
            scope: Scope::default(),
            when: None,
            on: Field::SHOWN.map(Place::all_of).to_vec(),
            find: Vec::new(),
            action: None,
            points: Points::default(),
            tags: Vec::new(),
            severity: None,
            mode: Mode::default(),
            on_error: OnError::default(),
            says_on_error: false,
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("id", &self.id)
            .field("scope", &self.scope)
            .field("when", &self.when)
            .field("on", &self.on)
            .field("find", &self.find.len())
            .field("action", &self.action)
            .field("mode", &self.mode)
            .field("on_error", &self.on_error)
            .finish_non_exhaustive()
    }
}

/// A place in a message: a field, or a string inside its JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The field.
    pub field: Field,
    /// JSON pointer of the string or of what it is in; empty for all of the field.
    pub pointer: String,
}

impl Place {
    /// All of `field`.
    #[must_use]
    pub const fn all_of(field: Field) -> Self {
        Self { field, pointer: String::new() }
    }

    /// Whether `part` of `text` is in this place.
    #[must_use]
    pub fn holds(&self, text: &Text, part: &Part) -> bool {
        let inside = |rest: &str| rest.is_empty() || rest.starts_with('/');
        self.field == text.field() && part.pointer().strip_prefix(&*self.pointer).is_some_and(inside)
    }
}

/// What a rule does with what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nobody gets the message.
    Deny,
    /// The message goes out as it is now; later rules only watch.
    Pass,
    /// What was found is hidden, one mark a character.
    Mask(char),
    /// What was found is cut out, with spaces that would be left over.
    Strip,
    /// What was found gives way to a text. `{kind}` in it becomes the kind of thing that was found.
    Replace(String),
    /// What was found is hidden but for its last letters and digits, unless they are a word that is found itself.
    KeepLast(usize, char),
    /// These members are put into the metadata.
    Annotate(serde_json::Map<String, serde_json::Value>),
}

impl Mode {
    /// The name that rules files, traces and logs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Shadow => "shadow",
        }
    }
}

/// How grave what a rule finds is.
#[derive(Clone, Copy, Debug, serde::Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSeverity {
    /// A nuisance.
    Low,
    /// Against the house rules.
    Medium,
    /// Somebody should look at it.
    High,
    /// Somebody should look at it now.
    Critical,
}

impl RuleSeverity {
    /// The name that rules files, traces and logs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Whether a rule acts.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// It does.
    #[default]
    Enforce,
    /// It runs and is counted, and changes nothing.
    Shadow,
}

/// What happens to a message that a rule cannot judge.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum OnError {
    /// It is denied. The default: a message made to break a rule must not walk through.
    #[default]
    Deny,
    /// The rule is passed over.
    Pass,
}

/// What becomes of content that edits left empty, which the service refuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Empty {
    /// The message is denied.
    #[default]
    Deny,
    /// This text is sent instead.
    Text(String),
}
