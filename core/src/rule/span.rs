//! [`Span`]: the position and kind of a finding.

use std::ops::Range;

use crate::detect::Severity;
use crate::message::Field;

/// The position and kind of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The field it is in.
    pub field: Field,
    /// Its byte range in the field as received.
    pub range: Range<usize>,
    /// The name of the detector that found it.
    pub detector: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// Its severity, if the detector determines one.
    pub severity: Option<Severity>,
}
