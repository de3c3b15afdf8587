//! The times of messages, as exports write them.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use serde_json::Value;

/// The keys and columns with the time of a message.
pub(super) const TIMES: [&str; 6] = ["at", "CreatedTimestamp", "timestamp", "created_at", "time", "ts"];

/// Returns the time that `value` states: an RFC 3339 time, a time in UTC without an offset, or a number since 1970.
pub(super) fn read(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => since_1970(number.as_f64()?),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| text.parse::<f64>().ok().and_then(since_1970)).or_else(|| {
                text.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|it| it.timestamp())
            })
        }
        _ => None,
    }
}

/// Returns the time with this number of seconds, milliseconds or microseconds since 1970. The three ranges do not overlap within 3,000
/// years.
fn since_1970(number: f64) -> Option<Timestamp> {
    let micros = match number.abs() {
        size if size < 1e11 => number * 1e6,
        size if size < 1e14 => number * 1e3,
        _ => number,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number that is too large becomes the largest, which is no time"
    )]
    let micros = micros.round() as i64;
    Timestamp::from_microsecond(micros).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_are_read_in_every_form() {
        let expected: Timestamp = "2026-11-20T10:00:00.25Z".parse().unwrap();
        for value in [
            json!("2026-11-20T10:00:00.250000+00:00"),
            json!("2026-11-20T11:00:00.25+01:00"),
            json!("2026-11-20 10:00:00.25"),
            json!(1_795_168_800.25),
            json!("1795168800.25"),
            json!(1_795_168_800_250_i64),
            json!(1_795_168_800_250_000_i64),
        ] {
            assert_eq!(read(&value), Some(expected), "{value}");
        }
        for value in [json!("yesterday"), json!(null), json!(1e300), json!({}), json!("")] {
            assert_eq!(read(&value), None, "{value}");
        }
    }
}
