//! The output of `invoke`.

use std::time::Duration;

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use super::delivery::{Delivery, DeliveryResult, ShownField};
use super::session::Totals;
use super::text::{differ_at, line, piece};
use crate::cli::output::{self, outln};
use crate::cli::style::{EDITED, ERROR, GOOD, QUIET};

const BOLD: Style = Style::new().bold();

/// Prints one event.
pub(super) fn event(name: &str, delivery: &Delivery) {
    let (color, result) = (color(&delivery.result), delivery.result.name());
    let took = delivery.took.map_or_else(|| "-".to_owned(), millis);
    outln!("{color}{result:<10}{color:#} {took:>9}  {BOLD}{name}{BOLD:#}");
    let cut = output::is_terminal();
    for field in &delivery.fields {
        show(field, &delivery.result, cut);
    }
    for rule in rules(delivery) {
        row("rule", QUIET, &rule);
    }
    if let Some(why) = why(delivery) {
        row("why", QUIET, &why);
    }
    match &delivery.result {
        DeliveryResult::Unanswered(why) => row("error", color, &line(why)),
        DeliveryResult::Duplicate => row("callback", QUIET, "refused: the message already had a reply"),
        DeliveryResult::Unchanged | DeliveryResult::Edited | DeliveryResult::Denied => {}
    }
    if delivery.callbacks.len() > 1 {
        row("callback", QUIET, &format!("{} attempts", delivery.callbacks.len()));
    }
}

fn show(field: &ShownField, result: &DeliveryResult, cut: bool) {
    let shown = |text: &Option<String>| text.as_deref().map(line);
    let (before, after) = (shown(&field.before), shown(&field.after));
    let changed = before.as_deref().zip(after.as_deref()).filter(|(before, after)| before != after);
    let at = changed.map_or(0, |(before, after)| differ_at(before, after));
    let fit = |text: &str| if cut { piece(text, at) } else { text.to_owned() };
    if let Some(before) = &before {
        let style = if before.is_empty() { QUIET } else { Style::new() };
        let text = if before.is_empty() { "(none)".to_owned() } else { fit(before) };
        row(field.name, style, &text);
    }
    match after {
        Some(after) if before.as_ref() != Some(&after) => row("→", color(result), &fit(&after)),
        None if field.name == "content" && *result == DeliveryResult::Denied => {
            row("→", color(result), "nobody gets it");
        }
        _ => {}
    }
}

fn row(name: &str, style: Style, text: &str) {
    outln!("{QUIET}{name:>21}{QUIET:#}  {style}{text}{style:#}");
}

/// Returns which rules affected the decision and how, according to the function's log.
fn rules(delivery: &Delivery) -> Vec<String> {
    let Some(log) = &delivery.log else { return Vec::new() };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut lines = Vec::new();
    for rule in log["rules"].as_array().into_iter().flatten() {
        let mut parts = vec![text(&rule["id"]).unwrap_or_default()];
        if rule["mode"] == "shadow" {
            parts.push("shadow".into());
        }
        parts.extend(text(&rule["effect"]).filter(|effect| effect != "none"));
        parts.extend(text(&rule["failure"]).map(|failure| format!("failed: {failure}")));
        for (kind, count) in rule["kinds"].as_object().into_iter().flatten() {
            parts.push(if *count == 1 { kind.clone() } else { format!("{kind} ×{count}") });
        }
        lines.push(parts.join(" · "));
    }
    lines
}

/// Returns why the message was denied, if no rule caused it.
fn why(delivery: &Delivery) -> Option<String> {
    let log = delivery.log.as_ref()?;
    let denial = &log["denial"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let damage: Vec<_> = log["damage"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    match (denial["reason"].as_str()?, text(&denial["failure"])) {
        ("unjudged", Some(failure)) if failure == "event" => {
            Some(format!("the event is damaged: no readable {}", damage.join(", ")))
        }
        ("unjudged", Some(failure)) => Some(format!("the rules could not be run to their end: {failure}")),
        ("empty", _) => Some("edits left nothing that could be sent".to_owned()),
        ("too-long", _) => Some(format!("{} is over its limit", text(&denial["field"])?)),
        _ => None,
    }
}

/// Prints the totals.
pub(super) fn summary(totals: &Totals, unoptimised: bool) {
    let count: usize = totals.results.iter().map(|(_, count)| count).sum();
    let results: Vec<_> = totals.results.iter().map(|(result, count)| format!("{count} {result}")).collect();
    let events = if count == 1 { "event" } else { "events" };
    outln!("\n{BOLD}{count} {events}{BOLD:#}: {}", results.join(", "));

    let cost = &totals.usage;
    let mut figures = Vec::new();
    figures.extend(cost.init.map(|init| format!("start {}", millis(init))));
    figures.extend(totals.took.first().map(|first| format!("first message {}", millis(*first))));
    figures.extend(median(&totals.took).map(|median| format!("then {} (median)", millis(median))));
    outln!("{QUIET}{}{QUIET:#}", figures.join(", "));
    let mut figures = Vec::new();
    figures.extend(cost.cold_cpu.map(|cpu| format!("CPU to the first callback {}", millis(cpu))));
    figures.extend(warm_cpu(totals).map(|cpu| format!("then {} a message", millis(cpu))));
    figures.extend(cost.peak_memory.map(|bytes| format!("peak memory {}", megabytes(bytes))));
    if !figures.is_empty() {
        outln!("{QUIET}{}{QUIET:#}", figures.join(", "));
    }
    if unoptimised {
        outln!(
            "{QUIET}This is an unoptimised build: for figures that mean something, use --release.{QUIET:#}"
        );
    }
}

/// Returns an event as JSON.
pub(super) fn json(name: &str, delivery: &Delivery) -> Value {
    let fields = |pick: fn(&ShownField) -> &Option<String>| -> Value {
        delivery.fields.iter().map(|field| (field.name.to_owned(), json!(pick(field)))).collect()
    };
    let callback = |callback: &crate::loopback::Callback| {
        json!({
            "channel_arn": callback.channel_arn,
            "body": callback.body,
            "status": callback.status,
            "refusal": callback.refusal,
        })
    };
    let delivered = match delivery.result {
        DeliveryResult::Unchanged | DeliveryResult::Edited => fields(|field| &field.after),
        DeliveryResult::Denied | DeliveryResult::Duplicate | DeliveryResult::Unanswered(_) => Value::Null,
    };
    let error = match &delivery.result {
        DeliveryResult::Unanswered(why) => json!(why),
        _ => Value::Null,
    };
    json!({
        "event": name,
        "verdict": delivery.result.name(),
        "received": fields(|field| &field.before),
        "delivered": delivered,
        "callbacks": delivery.callbacks.iter().map(callback).collect::<Vec<_>>(),
        "log": delivery.log,
        "error": error,
        "ms": delivery.took.map(in_millis),
    })
}

/// Returns the totals as JSON.
pub(super) fn json_summary(totals: &Totals) -> Value {
    let results: Value =
        totals.results.iter().map(|(result, count)| ((*result).to_owned(), json!(count))).collect();
    let cost = &totals.usage;
    json!({"summary": {
        "verdicts": results,
        "start_ms": cost.init.map(in_millis),
        "first_ms": totals.took.first().copied().map(in_millis),
        "median_ms": median(&totals.took).map(in_millis),
        "cold_cpu_ms": cost.cold_cpu.map(in_millis),
        "warm_cpu_ms": warm_cpu(totals).map(in_millis),
        "peak_memory_bytes": cost.peak_memory,
    }})
}

fn color(result: &DeliveryResult) -> Style {
    match result {
        DeliveryResult::Unchanged => GOOD,
        DeliveryResult::Edited => EDITED,
        DeliveryResult::Denied => AnsiColor::Red.on_default(),
        DeliveryResult::Duplicate => AnsiColor::Cyan.on_default(),
        DeliveryResult::Unanswered(_) => ERROR,
    }
}

/// Returns the median of all events except the first, which may include a cold start.
fn median(took: &[Duration]) -> Option<Duration> {
    let mut rest = took.get(1..)?.to_vec();
    rest.sort();
    rest.get(rest.len() / 2).copied()
}

fn warm_cpu(totals: &Totals) -> Option<Duration> {
    let messages = u32::try_from(totals.took.len()).ok()?.checked_sub(1).filter(|messages| *messages > 0)?;
    totals.usage.warm_cpu.map(|cpu| cpu / messages)
}

fn in_millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1000.0;
    if millis < 10.0 { format!("{millis:.2} ms") } else { format!("{millis:.1} ms") }
}

#[expect(clippy::cast_precision_loss, reason = "no function has 8 PB of memory")]
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}
