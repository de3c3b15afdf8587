//! [`Timestamp`]: the service's time, in milliseconds.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Timestamp(i64);

impl Timestamp {
    #[must_use]
    pub(super) const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    #[must_use]
    pub(super) const fn millis(self) -> i64 {
        self.0
    }

    /// Parses a date and time in the format of queries: ISO 8601, or seconds since 1970.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let iso = text.parse::<jiff::Timestamp>().ok().map(|time| Self(time.as_millisecond()));
        iso.or_else(|| Self::from_seconds(text.parse().ok()?))
    }

    /// Converts a number of seconds, the format of request bodies.
    pub(super) fn from_seconds(seconds: f64) -> Option<Self> {
        // Beyond this range, a double cannot represent milliseconds, nor a calendar the year.
        let range = -1e12..1e12;
        #[expect(clippy::cast_possible_truncation, reason = "it is in range")]
        range.contains(&seconds).then(|| Self((seconds * 1000.0).round() as i64))
    }

    /// Returns the time in the format of bodies: a number of seconds, with milliseconds.
    pub(super) fn to_wire(self) -> Value {
        #[expect(clippy::cast_precision_loss, reason = "exact for 200,000 years")]
        Value::from(self.0 as f64 / 1000.0)
    }

    /// Returns the time that is this much later.
    #[must_use]
    pub(super) fn plus(self, time: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(time.as_millis()).unwrap_or(i64::MAX)))
    }

    /// Returns the time that is this much earlier.
    #[must_use]
    pub(super) fn minus(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(time.as_millis()).unwrap_or(i64::MAX)))
    }

    /// Returns how long after `earlier` it is; zero if it is before.
    #[must_use]
    pub(super) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// Writes the time in the format of WebSocket events: `2026-11-20T10:30:00.123Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::MAX);
        write!(f, "{time:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_travel_in_three_forms() {
        let time = Timestamp::from_millis(1_795_170_600_123);
        assert_eq!(time.to_string(), "2026-11-20T10:30:00.123Z");
        assert_eq!(time.to_wire(), 1_795_170_600.123);
        assert_eq!(Timestamp::parse("2026-11-20T10:30:00.123Z"), Some(time));
        assert_eq!(Timestamp::parse("2026-11-20T11:30:00.123+01:00"), Some(time));
        assert_eq!(Timestamp::parse("1795170600.123"), Some(time));
        assert_eq!(Timestamp::parse("yesterday"), None);
        assert_eq!(Timestamp::from_seconds(f64::NAN), None);
        assert_eq!(Timestamp::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn times_add_up() {
        let time = Timestamp::from_millis(1000);
        assert_eq!(time.plus(Duration::from_mins(1)).since(time), Duration::from_mins(1));
        assert_eq!(time.since(time.plus(Duration::from_secs(1))), Duration::ZERO);
        assert_eq!(time.plus(Duration::from_secs(1)).minus(Duration::from_secs(1)), time);
    }
}
