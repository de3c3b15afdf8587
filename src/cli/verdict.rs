//! Verdicts and findings, for programs.

use serde_json::{Value, json};

use crate::outcome::{Span, Verdict};

/// Why a message is denied: the reason, and the rule if one is behind it. `null` when it is not.
pub(crate) fn denial(verdict: &Verdict) -> Value {
    let Verdict::Denied(denial) = verdict else { return Value::Null };
    json!({ "reason": denial.name(), "rule": denial.rule().map(|rule| &**rule) })
}

/// What was found, and where.
pub(crate) fn span(span: &Span) -> Value {
    let (start, end) = (span.range.start, span.range.end);
    let mut object = json!({ "field": span.field.name(), "start": start, "end": end, "kind": span.kind });
    if let Some(severity) = span.severity {
        object["severity"] = severity.name().into();
    }
    object
}
