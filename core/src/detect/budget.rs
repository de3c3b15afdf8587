//! [`Budget`]: the bound on what a detector may spend on one message.

/// Work a detector may still do. Counted, not timed: the same message costs the same everywhere, so that a rule that passes its
/// tests on a laptop passes in a Lambda function with a tenth of a core.
///
/// One unit is about what it takes to look at one byte once in a plain pass: a nanosecond on a fast core. Linear passes over a
/// text of at most 4 KB need not count; whatever can cost more than that must. `bench/worst` holds units against time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    left: u64,
}

/// The budget was used up before the detector was through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule used up its budget")]
pub struct Exhausted;

impl Budget {
    /// What each detector of a rule gets for one message at most.
    pub const RULE: Self = Self { left: 10_000_000 };

    /// What the detectors of all rules together get for one message, each of them at most [`Self::RULE`]: a file of a hundred
    /// rules costs no more than this, and a message made to be slow is told from a file that is.
    pub const MESSAGE: Self = Self { left: 25_000_000 };

    /// A budget of `units`.
    #[must_use]
    pub const fn of(units: u64) -> Self {
        Self { left: units }
    }

    /// As much of this as there is, `most` at most.
    pub(crate) fn lend(self, most: Self) -> Self {
        Self { left: self.left.min(most.left) }
    }

    /// Takes off what was spent of what [`Self::lend`] lent.
    pub(crate) fn take_back(&mut self, most: Self, rest: Self) {
        self.left -= self.lend(most).left.saturating_sub(rest.left);
    }

    /// How many units are left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Takes `units` off.
    ///
    /// # Errors
    /// When there are not that many left.
    pub fn spend(&mut self, units: u64) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(units).ok_or(Exhausted)?;
        Ok(())
    }
}
