//! Times that the model does not know until it sees them, and the comparison of answers in which they stand.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Value, json};

/// A time that the service chose.
#[derive(Clone, Copy)]
pub(super) struct Time(usize);

#[derive(Default)]
pub(super) struct Times {
    /// By how many milliseconds the clock was pushed.
    pub ahead: i64,
    /// When the operation began that is being carried out.
    began: i64,
    cells: Vec<Cell>,
}

/// Between when it must be, and when it was.
struct Cell {
    from: i64,
    until: i64,
    seen: Option<i64>,
}

/// Times of messages run ahead of the clock if many are sent within a millisecond.
const SLACK: i64 = 1_000;

impl Time {
    /// Returns what stands for the time in an expected answer.
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

    /// Checks that `came` is what was `expected`, in which null stands for nothing and `$any` for anything.
    pub(super) fn compare(&mut self, expected: &Value, came: &Value) -> Result<(), String> {
        let differs = || Err(format!("expected {expected}, came {came}"));
        match (expected, came) {
            (Value::String(any), _) if any == "$any" => Ok(()),
            (Value::Object(it), _) if it.contains_key("$time") => {
                let cell = &mut self.cells[usize::try_from(it["$time"].as_u64().unwrap()).unwrap()];
                let Some(millis) = millis(came) else { return differs() };
                let fits =
                    cell.seen.map_or(cell.from <= millis && millis <= cell.until, |seen| seen == millis);
                cell.seen = Some(millis);
                if fits {
                    Ok(())
                } else {
                    Err(format!("a time {came} that is not the one before, or not that of the clock"))
                }
            }
            (Value::Object(expected), Value::Object(came)) => {
                let names = expected.keys().chain(came.keys());
                for name in names {
                    let of =
                        |all: &serde_json::Map<String, Value>| all.get(name).cloned().unwrap_or_default();
                    self.compare(&of(expected), &of(came)).map_err(|why| format!("{name}: {why}"))?;
                }
                Ok(())
            }
            (Value::Array(expected), Value::Array(came)) if expected.len() == came.len() => {
                expected.iter().zip(came).try_for_each(|(expected, came)| self.compare(expected, came))
            }
            (Value::Array(expected), Value::Array(came)) => {
                Err(format!("expected {} of them, came {}", expected.len(), came.len()))
            }
            _ if expected == came => Ok(()),
            _ => differs(),
        }
    }
}

/// Returns a time of an answer, in seconds, or of an event, in ISO 8601.
fn millis(came: &Value) -> Option<i64> {
    if let Some(text) = came.as_str() {
        return DateTime::from_str(text, Format::DateTime).ok()?.to_millis().ok();
    }
    DateTime::from_secs_f64(came.as_f64()? + 0.000_1).to_millis().ok()
}
