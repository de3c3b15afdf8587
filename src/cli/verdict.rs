//! Verdicts and findings as JSON.

use serde_json::{Value, json};

use crate::outcome::{Span, Verdict};

/// Returns why a message is denied: the reason, and the rule if there is one. Returns `null` if it is not denied.
pub(crate) fn denial(verdict: &Verdict) -> Value {
    let Verdict::Denied(denial) = verdict else { return Value::Null };
    json!({ "reason": denial.name(), "rule": denial.rule().map(|rule| &**rule) })
}

/// Returns a finding and its position as JSON.
pub(crate) fn span(span: &Span) -> Value {
    let (start, end) = (span.range.start, span.range.end);
    let mut object = json!({ "field": span.field.name(), "start": start, "end": end, "kind": span.kind });
    if let Some(severity) = span.severity {
        object["severity"] = severity.name().into();
    }
    object
}
