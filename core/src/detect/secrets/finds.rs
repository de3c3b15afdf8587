//! [`Finds`]: where the searches for secrets put what they find and, if somebody asks, what they nearly find.

use std::ops::Range;

use crate::detect::NearMiss;

/// What is found, and what resembles it.
#[derive(Debug, Default)]
pub(super) struct Finds {
    /// The range and the kind of each finding.
    pub found: Vec<(Range<usize>, &'static str)>,
    /// What resembles a secret; `None` if nobody asks.
    near: Option<Vec<NearMiss>>,
}

impl Finds {
    /// Returns an empty collection that also takes what resembles a secret.
    pub(super) fn explaining() -> Self {
        Self { near: Some(Vec::new()), ..Self::default() }
    }

    /// Returns whether somebody asks for what resembles a secret.
    pub(super) fn explains(&self) -> bool {
        self.near.is_some()
    }

    /// Returns what resembles a secret.
    pub(super) fn into_near_misses(self) -> Vec<NearMiss> {
        self.near.unwrap_or_default()
    }

    /// Adds a finding of `kind`.
    pub(super) fn push(&mut self, range: Range<usize>, kind: &'static str) {
        self.found.push((range, kind));
    }

    /// Notes that `range` resembles a secret of `kind` and is none, for the reason `why`.
    pub(super) fn reject(&mut self, range: Range<usize>, kind: &'static str, why: impl Into<String>) {
        if let Some(near) = &mut self.near {
            near.push(NearMiss { range, kind, why: why.into() });
        }
    }

    /// Adds a finding of `kind`, or if it has a `flaw`, notes that as the reason why it is none.
    pub(super) fn judge(&mut self, range: Range<usize>, kind: &'static str, flaw: Option<impl Into<String>>) {
        match flaw {
            Some(why) => self.reject(range, kind, why),
            None => self.push(range, kind),
        }
    }
}
