//! [`Span`]: a found piece of a message.

use std::ops::Range;

use crate::detect::Severity;
use crate::message::Field;

/// A found piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The field it is in.
    pub field: Field,
    /// Bytes of the field as received.
    pub range: Range<usize>,
    /// What found it: the name of the detector.
    pub detector: &'static str,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// How grave it is, where the detector can tell.
    pub severity: Option<Severity>,
}
