//! [`Severity`]: how grave what was found is.

/// How grave what was found is, where a detector can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Many would let it pass: damn, crap.
    Mild,
    /// Not at work: most swearing.
    Moderate,
    /// Nowhere: slurs, the worst of swearing.
    Severe,
}

impl Severity {
    /// The name that rules, traces and programs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mild => "mild",
            Self::Moderate => "moderate",
            Self::Severe => "severe",
        }
    }
}
