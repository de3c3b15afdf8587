//! The explanation as JSON.

use std::sync::Arc;

use super::{describe, near_misses, read_as};
use crate::cli::verdict;
use crate::detect::NearMiss;
use crate::message::{Field, Message};
use crate::outcome::{Outcome, Span, Step, StepResult, Verdict};
use crate::pipeline::Pipeline;
use crate::rules::{Mode, Rule};

/// Returns a near miss and its reason as JSON.
fn near_miss((field, _, near): &(Field, &str, NearMiss)) -> serde_json::Value {
    serde_json::json!({
        "field": field.name(),
        "start": near.range.start,
        "end": near.range.end,
        "kind": near.kind,
        "reason": near.why,
    })
}

/// Returns a finding as JSON, with the word as which it is read if it is written differently.
fn span_json(rule: &Rule, span: &Span, message: &Message) -> serde_json::Value {
    let mut object = verdict::span(span);
    if let Some(word) = read_as(rule, span, message) {
        object["read-as"] = word.into();
    }
    object
}

/// Returns the explanation as JSON.
pub(super) fn json(
    pipeline: &Pipeline,
    message: &Message,
    outcome: &Outcome,
    counted: &[(Arc<str>, String)],
) -> serde_json::Value {
    let step = |(rule, step): (&Rule, &Step)| {
        let spans = match &step.result {
            StepResult::Hit { spans, .. } => spans.as_slice(),
            _ => &[],
        };
        let mut object = serde_json::json!({
            "rule": *step.rule,
            "mode": if step.mode == Mode::Shadow { "shadow" } else { "enforce" },
            "result": step.result.name(),
            "said": describe(rule, step, message),
            "points": step.points,
            "spans": spans.iter().map(|span| span_json(rule, span, message)).collect::<Vec<_>>(),
            "near-misses": near_misses(rule, step, message).iter().map(near_miss).collect::<Vec<_>>(),
        });
        if let Some((_, explanation)) = counted.iter().find(|(id, _)| *id == step.rule) {
            object["counted"] = explanation.as_str().into();
        }
        object
    };
    let none = crate::text::Edits::default();
    let edits = if let Verdict::Edited(edits) = &outcome.verdict { edits } else { &none };
    serde_json::json!({
        "verdict": outcome.verdict.name(),
        "denial": verdict::denial(&outcome.verdict),
        "score": outcome.score,
        "edits": {
            "content": edits.content,
            "push-title": edits.push_title,
            "push-body": edits.push_body,
            "metadata": edits.metadata,
            "attributes": edits.attributes,
        },
        "rules": pipeline.rules.iter().zip(&outcome.trace).map(step).collect::<Vec<_>>(),
    })
}
