//! [`Severity`]: how serious a finding is.

/// How serious a finding is, if the detector determines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Often tolerated: damn, crap.
    Mild,
    /// Not acceptable at work: most swearing.
    Moderate,
    /// Not acceptable anywhere: slurs, the worst swearing.
    Severe,
}

impl Severity {
    /// Returns the name used in rules, traces and programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mild => "mild",
            Self::Moderate => "moderate",
            Self::Severe => "severe",
        }
    }
}
