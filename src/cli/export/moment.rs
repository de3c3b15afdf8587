//! [`Moment`]: a time as people write it, relative or absolute.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::local::duration;

/// A time as people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Ago(SignedDuration),
    At(Timestamp),
}

/// Parses a time.
///
/// # Errors
/// If `text` is not a time; the error says what was expected.
pub(super) fn parse(text: &str) -> Result<Moment, String> {
    let in_utc = |time: DateTime| time.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let absolute = text
        .parse()
        .ok()
        .or_else(|| in_utc(text.parse::<DateTime>().ok()?))
        .or_else(|| in_utc(text.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::midnight())));
    if let Some(at) = absolute {
        return Ok(Moment::At(at));
    }
    let ago = duration::parse(text).ok().and_then(|ago| SignedDuration::try_from(ago).ok());
    ago.map(Moment::Ago).ok_or_else(|| {
        "expected how long ago, such as `7d` or `12h`, or a time such as `2026-11-20` or `2026-11-20T10:00:00Z`".to_owned()
    })
}

impl Moment {
    /// Returns the time if the current time is `now`. A time before the earliest representable one becomes that one.
    pub(super) fn before(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Ago(ago) => {
                now.checked_sub(ago).unwrap_or(Timestamp::UNIX_EPOCH).max(Timestamp::UNIX_EPOCH)
            }
            Self::At(at) => at.max(Timestamp::UNIX_EPOCH),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let now: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("7d", "2026-11-22T12:00:00Z"),
            ("90m", "2026-11-29T10:30:00Z"),
            ("2026-11-20", "2026-11-20T00:00:00Z"),
            ("2026-11-20T10:00", "2026-11-20T10:00:00Z"),
            ("2026-11-20T10:00:00+02:00", "2026-11-20T08:00:00Z"),
            ("999999d", "1970-01-01T00:00:00Z"),
        ] {
            assert_eq!(parse(text).unwrap().before(now), expected.parse().unwrap(), "{text}");
        }
        for text in ["", "yesterday", "7", "d", "-7d", "2026-13-01"] {
            assert!(parse(text).unwrap_err().contains("such as `7d`"), "{text}");
        }
    }
}
