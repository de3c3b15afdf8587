//! Durations in rules files: `10s`, `5m`, `1h`, `7d`.

use crate::shape::{Problem, Shape, Text};

/// The shape of a duration.
pub(crate) const DURATION: Shape = Shape::Text(&Text {
    what: "a duration such as `10s`, `5m`, `2h` or `7d`",
    check: |text| parse_duration(text).map(drop),
    pattern: "^[0-9]+[smhd]$",
    never: &["0s", "0m", "0h", "0d"],
});

/// A year.
const LONGEST: i64 = 366 * 24 * 60 * 60 * 1000;

/// Returns the duration `text` in milliseconds.
///
/// # Errors
/// If it is none, or is longer than a year.
pub(crate) fn parse_duration(text: &str) -> Result<i64, Problem> {
    let unit = |letter: char| match letter {
        's' => Some(1000),
        'm' => Some(60 * 1000),
        'h' => Some(60 * 60 * 1000),
        'd' => Some(24 * 60 * 60 * 1000),
        _ => None,
    };
    let parts = text.chars().last().and_then(|last| Some((text.strip_suffix(last)?, unit(last)?)));
    let number = parts.filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let Some((number, unit)) = number.filter(|(number, _)| !number.is_empty()) else {
        let help = "write a whole number and its unit: `10s`, `5m`, `2h` or `7d`";
        return Err(Problem::new(format!("`{text}` is no duration")).help(help.to_owned()));
    };
    match number.parse::<i64>().ok().and_then(|number| number.checked_mul(unit)) {
        Some(1..=LONGEST) => Ok(number.parse::<i64>().unwrap_or(1) * unit),
        Some(0) => Err(Problem::new(format!("`{text}` is no time at all"))),
        _ => Err(Problem::new(format!("`{text}` is longer than a year"))),
    }
}

/// Returns `millis` as a rules file writes it, in the largest unit that fits; a rest of less than a second is left out.
pub(crate) fn show_duration(millis: i64) -> String {
    let seconds = millis / 1000;
    let units = [(24 * 60 * 60, 'd'), (60 * 60, 'h'), (60, 'm')];
    let fits = units.into_iter().find(|(size, _)| seconds >= *size && seconds % size == 0);
    fits.map_or_else(|| format!("{seconds}s"), |(size, unit)| format!("{}{unit}", seconds / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_number_and_a_unit() {
        for (text, expected) in
            [("10s", 10_000), ("5m", 300_000), ("2h", 7_200_000), ("7d", 604_800_000), ("366d", LONGEST)]
        {
            assert_eq!(parse_duration(text).unwrap(), expected, "{text}");
            assert_eq!(show_duration(expected), text);
        }
        for text in [
            "",
            "s",
            "10",
            "10 s",
            "1.5h",
            "-1s",
            "0s",
            "367d",
            "10S",
            "٣s",
            "99999999999999999999s",
            "1w",
            "m5",
        ] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }
}
