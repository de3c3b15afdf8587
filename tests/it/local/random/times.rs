//! Times that the model learns from answers, and the comparison of answers that contain them.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Value, json};

/// A time that the service chose.
#[derive(Clone, Copy)]
pub(super) struct Time(usize);

#[derive(Default)]
pub(super) struct Times {
    /// The milliseconds by which the clock was advanced.
    pub ahead: i64,
    /// When the current operation began.
    began: i64,
    cells: Vec<Cell>,
}

/// The bounds of a time, and the time once it is known.
struct Cell {
    from: i64,
    until: i64,
    seen: Option<i64>,
}

/// Times of messages run ahead of the clock if many are sent within a millisecond.
const SLACK: i64 = 1_000;

impl Time {
    /// Returns the placeholder for the time in an expected answer.
    pub(super) fn placeholder(self) -> Value {
        json!({ "$time": self.0 })
    }
}

impl Times {
    fn now(&self) -> i64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        i64::try_from(now).unwrap() + self.ahead
    }

    /// Times that are made from now on are not before now.
    pub(super) fn begin(&mut self) {
        self.began = self.now();
    }

    /// Times that were made are not after now.
    pub(super) fn end(&mut self) {
        let until = self.now() + SLACK;
        self.cells.iter_mut().rev().take_while(|it| it.until == i64::MAX).for_each(|it| it.until = until);
    }

    pub(super) fn new_time(&mut self) -> Time {
        self.cells.push(Cell { from: self.began, until: i64::MAX, seen: None });
        Time(self.cells.len() - 1)
    }

    /// Checks that `actual` is what was `expected`, in which null means a missing value and `$any` any value.
    pub(super) fn compare(&mut self, expected: &Value, actual: &Value) -> Result<(), String> {
        let differs = || Err(format!("expected {expected}, came {actual}"));
        match (expected, actual) {
            (Value::String(any), _) if any == "$any" => Ok(()),
            (Value::Object(it), _) if it.contains_key("$time") => {
                let cell = &mut self.cells[usize::try_from(it["$time"].as_u64().unwrap()).unwrap()];
                let Some(millis) = millis(actual) else { return differs() };
                let fits =
                    cell.seen.map_or(cell.from <= millis && millis <= cell.until, |seen| seen == millis);
                cell.seen = Some(millis);
                if fits {
                    Ok(())
                } else {
                    Err(format!("a time {actual} that is not the one before, or not that of the clock"))
                }
            }
            (Value::Object(expected), Value::Object(actual)) => {
                let names = expected.keys().chain(actual.keys());
                for name in names {
                    let of =
                        |all: &serde_json::Map<String, Value>| all.get(name).cloned().unwrap_or_default();
                    self.compare(&of(expected), &of(actual)).map_err(|why| format!("{name}: {why}"))?;
                }
                Ok(())
            }
            (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
                expected.iter().zip(actual).try_for_each(|(expected, actual)| self.compare(expected, actual))
            }
            (Value::Array(expected), Value::Array(actual)) => {
                Err(format!("expected {} of them, came {}", expected.len(), actual.len()))
            }
            _ if expected == actual => Ok(()),
            _ => differs(),
        }
    }
}

/// Returns a time of an answer, in seconds, or of an event, in ISO 8601.
fn millis(actual: &Value) -> Option<i64> {
    if let Some(text) = actual.as_str() {
        return DateTime::from_str(text, Format::DateTime).ok()?.to_millis().ok();
    }
    DateTime::from_secs_f64(actual.as_f64()? + 0.000_1).to_millis().ok()
}
