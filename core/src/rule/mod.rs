//! [`Rule`]: one `[[rule]]`, compiled, and its components.

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
pub(crate) use self::when::Tally;
pub use self::when::When;
use crate::detect::Detector;
use crate::message::Field;
use crate::text::{Part, Text};

/// One `[[rule]]`: the messages and fields that it applies to, what it finds, and what it does.
pub struct Rule {
    /// Its name, unique in the file.
    pub id: Arc<str>,
    /// Its purpose, for people.
    pub why: Option<String>,
    /// The senders and channels that it applies to.
    pub scope: Scope,
    /// The condition on what earlier rules found.
    pub when: Option<When>,
    /// The fields that it searches.
    pub on: Vec<Place>,
    /// Its detectors. All of them must find something; a rule without detectors applies to every message.
    pub find: Vec<Finder>,
    /// What it does with its findings. A rule without an action only counts.
    pub action: Option<Action>,
    /// The points that it adds to the score if it finds something.
    pub points: Points,
    /// The number of strikes that the rule, in enforce mode, records for the sender of a message in which it finds something.
    pub strikes: u32,
    /// Names by which `when` and the log refer to this rule and others with the same tag.
    pub tags: Vec<Arc<str>>,
    /// How serious a hit is, for the log.
    pub severity: Option<RuleSeverity>,
    /// Whether the rule has an effect.
    pub mode: Mode,
    /// What happens to a message that the rule cannot judge.
    pub on_error: OnError,
    /// Whether the rule sets `on_error` explicitly.
    pub(crate) sets_on_error: bool,
}

/// A detector and its name in rules files.
pub struct Finder {
    /// Its name: the key in `find`.
    pub name: &'static str,
    /// The detector.
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
    /// Creates a rule called `id` that searches the fields that people read, and has neither detectors nor an action.
    pub(crate) fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            why: None,
            scope: Scope::default(),
            when: None,
            on: Field::SHOWN.map(Place::all_of).to_vec(),
            find: Vec::new(),
            action: None,
            points: Points::default(),
            strikes: 0,
            tags: Vec::new(),
            severity: None,
            mode: Mode::default(),
            on_error: OnError::default(),
            sets_on_error: false,
        }
    }
}

impl Rule {
    /// Returns whether the rule has a detector that counts over time.
    pub(crate) fn counts(&self) -> bool {
        self.find.iter().any(|finder| finder.counter().is_some())
    }

    /// Returns whether the rule counts or records strikes, so that it needs a store.
    #[must_use]
    pub fn needs_store(&self) -> bool {
        self.strikes > 0 || self.counts()
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
    /// JSON pointer of the string or of a value that contains it; empty for the whole field.
    pub pointer: String,
}

impl Place {
    /// Returns the place for all of `field`.
    pub(crate) const fn all_of(field: Field) -> Self {
        Self { field, pointer: String::new() }
    }

    /// Returns whether `part` of `text` is in this place.
    pub(crate) fn holds(&self, text: &Text, part: &Part) -> bool {
        let inside = |rest: &str| rest.is_empty() || rest.starts_with('/');
        self.field == text.field() && part.pointer().strip_prefix(&*self.pointer).is_some_and(inside)
    }
}

/// What a rule does with its findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Denies the message.
    Deny,
    /// Delivers the message as edited so far; later rules only count.
    Pass,
    /// Masks each character of the findings.
    Mask(char),
    /// Cuts out the findings, including spaces that would be superfluous then.
    Strip,
    /// Replaces the findings by a text, in which `{kind}` becomes the kind of the finding.
    Replace(String),
    /// Masks the findings except for their last letters and digits; masks these too if the rule finds something in them.
    KeepLast(usize, char),
    /// Adds these members to the metadata.
    Annotate(serde_json::Map<String, serde_json::Value>),
}

impl Mode {
    /// Returns the name of the action in rules files, traces and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Shadow => "shadow",
        }
    }
}

/// How serious a hit of a rule is.
#[derive(Clone, Copy, Debug, serde::Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSeverity {
    /// A nuisance.
    Low,
    /// A violation of the community's rules.
    Medium,
    /// A person should look at it.
    High,
    /// A person should look at it now.
    Critical,
}

impl RuleSeverity {
    /// Returns the name of the severity in rules files, traces and logs.
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

/// Whether a rule has an effect.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// It has an effect.
    #[default]
    Enforce,
    /// It runs and its hits are counted, without effect.
    Shadow,
}

/// What happens to a message that a rule cannot judge.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum OnError {
    /// The message is denied. This is the default, so that a message that is designed to break a rule is not delivered.
    #[default]
    Deny,
    /// The rule is skipped.
    Pass,
}

/// What to do if edits leave the content empty, which the service rejects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Empty {
    /// The message is denied.
    #[default]
    Deny,
    /// This text is sent instead.
    Text(String),
}
