//! [`Type`]: the kinds and severities of a word.

use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of kinds of profanity with severities: the rating of a word, or a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect::profanity) struct Type(u16);

impl Type {
    /// Nothing.
    pub(in crate::detect::profanity) const NONE: Self = Self(0);
    /// Swearing.
    pub(in crate::detect::profanity) const PROFANE: Self = Self(0o00007);
    /// Slurs and hate.
    pub(in crate::detect::profanity) const OFFENSIVE: Self = Self(0o00070);
    /// Sex and anatomy.
    pub(in crate::detect::profanity) const SEXUAL: Self = Self(0o00700);
    /// Insults.
    pub(in crate::detect::profanity) const MEAN: Self = Self(0o07000);
    /// Obfuscation.
    pub(in crate::detect::profanity) const EVASIVE: Self = Self(0o70000);
    /// Every kind, mild.
    pub(in crate::detect::profanity) const MILD: Self = Self(0o11111);
    /// Every kind, moderate.
    pub(in crate::detect::profanity) const MODERATE: Self = Self(0o22222);
    /// Every kind, severe.
    pub(in crate::detect::profanity) const SEVERE: Self = Self(0o44444);
    /// Every kind, mild, moderate or severe.
    pub(in crate::detect::profanity) const MILD_OR_HIGHER: Self = Self(0o77777);
    /// Every kind, moderate or severe.
    pub(in crate::detect::profanity) const MODERATE_OR_HIGHER: Self = Self(0o66666);
    /// What most people would not want to read; insults only if they are severe.
    pub(in crate::detect::profanity) const INAPPROPRIATE: Self = Self(0o04777);

    /// Creates a type from rustrict's `bits`.
    pub(in crate::detect::profanity) const fn from_bits(bits: u16) -> Self {
        Self(bits & Self::MILD_OR_HIGHER.0)
    }

    /// Returns whether the two types have anything in common.
    pub(in crate::detect::profanity) const fn is(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }
}

impl BitAnd for Type {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Type {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Type {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}
