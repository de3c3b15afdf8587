//! [`Budget`]: the limit on the work of a detector for one message.

/// The work that a detector may still do. It is counted and not timed, so that the same message costs the same everywhere: a rule that
/// passes its tests on a laptop also passes in a Lambda function with a tenth of a core.
///
/// One unit is about the cost of examining one byte once in a simple loop: a nanosecond on a fast core. Linear passes over a text of at
/// most 4 KB need not be charged; anything that may cost more must be. `bench/worst` compares units with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    left: u64,
}

/// The error that the budget was used up before the detector had finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule used up its budget")]
pub struct Exhausted;

impl Budget {
    /// The maximum that one detector may spend on one message.
    pub const RULE: Self = Self { left: 10_000_000 };

    /// The maximum that the detectors of all rules together may spend on one message. A file of a hundred rules costs no more than
    /// this. Because each detector is also limited to [`Self::RULE`], a message that is designed to be slow can be distinguished from a
    /// slow file.
    pub(crate) const MESSAGE: Self = Self { left: 25_000_000 };

    /// The maximum for searching a message again after edits, out of what is left of [`Self::MESSAGE`]. It is enough for all but messages
    /// that are designed to be slow.
    pub(crate) const AGAIN: Self = Self { left: 2_000_000 };

    /// Creates a budget of `units`.
    #[must_use]
    pub const fn of(units: u64) -> Self {
        Self { left: units }
    }

    /// Returns a budget of at most `max`, limited to what is left of this one.
    pub(crate) fn lend(self, max: Self) -> Self {
        Self { left: self.left.min(max.left) }
    }

    /// Subtracts what was spent of the budget that [`Self::lend`] returned for `max`; `rest` is what is left of it.
    pub(crate) fn take_back(&mut self, max: Self, rest: Self) {
        self.left -= self.lend(max).left.saturating_sub(rest.left);
    }

    /// Returns the number of units that are left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Subtracts `units`.
    ///
    /// # Errors
    /// If fewer units are left.
    pub fn spend(&mut self, units: u64) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(units).ok_or(Exhausted)?;
        Ok(())
    }
}
