//! [`Finds`]: collects the findings of the searches for secrets and, on request, the near misses.

use std::ops::Range;

use crate::detect::NearMiss;

/// The findings and the near misses.
#[derive(Debug, Default)]
pub(super) struct Finds {
    /// The range and the kind of each finding.
    pub found: Vec<(Range<usize>, &'static str)>,
    /// The near misses; `None` if they were not requested.
    near: Option<Vec<NearMiss>>,
}

impl Finds {
    /// Returns an empty collection that also collects near misses.
    pub(super) fn explaining() -> Self {
        Self { near: Some(Vec::new()), ..Self::default() }
    }

    /// Returns whether near misses are collected.
    pub(super) fn explains(&self) -> bool {
        self.near.is_some()
    }

    /// Returns the near misses.
    pub(super) fn into_near_misses(self) -> Vec<NearMiss> {
        self.near.unwrap_or_default()
    }

    /// Adds a finding of `kind`.
    pub(super) fn push(&mut self, range: Range<usize>, kind: &'static str) {
        self.found.push((range, kind));
    }

    /// Records that `range` resembles a secret of `kind` but is not, because of `why`.
    pub(super) fn reject(&mut self, range: Range<usize>, kind: &'static str, why: impl Into<String>) {
        if let Some(near) = &mut self.near {
            near.push(NearMiss { range, kind, why: why.into() });
        }
    }

    /// Adds a finding of `kind` or, if it has a `flaw`, records it as a near miss.
    pub(super) fn judge(&mut self, range: Range<usize>, kind: &'static str, flaw: Option<impl Into<String>>) {
        match flaw {
            Some(why) => self.reject(range, kind, why),
            None => self.push(range, kind),
        }
    }
}
