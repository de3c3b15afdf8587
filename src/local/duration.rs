//! Durations as people write them: `90s`, `2m`, `48h`, `3d`.

use std::time::Duration;

/// Parses a duration.
///
/// # Errors
/// If `text` is not a valid duration; the error says what was expected.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let seconds = match unit {
        "ms" => None,
        "s" => Some(1),
        "m" => Some(60),
        "h" => Some(60 * 60),
        "d" => Some(24 * 60 * 60),
        _ => return Err(expected(text)),
    };
    let number: u64 = text[..text.len() - unit.len()].parse().map_err(|_| expected(text))?;
    match seconds {
        None => Ok(Duration::from_millis(number)),
        Some(seconds) => number.checked_mul(seconds).map(Duration::from_secs).ok_or_else(|| expected(text)),
    }
}

fn expected(text: &str) -> String {
    format!("`{text}` is not a duration: expected one such as `500ms`, `90s`, `2m`, `48h` or `3d`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, seconds) in [("90s", 90), ("2m", 120), (" 48h ", 172_800), ("3d", 259_200)] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)));
        }
        assert_eq!(parse("5ms"), Ok(Duration::from_millis(5)));
        for text in ["", "2", "m", "-2m", "2 m", "1.5h", "99999999999999999999s", "999999999999999999d"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
