//! Labels: words near a number that state its kind, such as `SSN` or `passport`.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// The maximum distance of a label before a number, in bytes.
const BEFORE: usize = 64;

/// The maximum distance of a label after a number, in bytes.
const AFTER: usize = 32;

/// Conjunctions that may separate several numbers.
const CONNECTORS: &[&str] = &["and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "ve", "och", "i"];

/// Returns whether one of `labels` is near `range` of `text`: before it, or after it in the same clause.
///
/// The labels are in lower case and without accents. A label of several words may be written as one name, as in `tax_number`, `tax-number`
/// and `taxNumber`. Labels of six bytes or more, and labels in other scripts than Latin, may be
/// part of a longer word: `passport` matches in `passportnummer`, but `sin` does not match in `since`.
pub(super) fn is_labelled(text: &str, range: &Range<usize>, labels: &[&str]) -> bool {
    if labels.is_empty() {
        return false;
    }
    let from = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
    let to = text.floor_char_boundary((range.end + AFTER).min(text.len()));
    let after = &text[range.end..to];
    let clause = after.find(['.', ',', '!', '?', ';', '\n']).unwrap_or(after.len());
    contains_label(&text[from..range.start], labels) || contains_label(&after[..clause], labels)
}

/// Returns whether one of `labels` is shortly before `at`.
pub(super) fn is_labelled_before(text: &str, at: usize, labels: &[&str]) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(BEFORE / 2));
    contains_label(&text[from..at], labels)
}

fn contains_label(text: &str, labels: &[&str]) -> bool {
    contains_as_written(text, labels)
        || words_of_names(text).is_some_and(|text| contains_as_written(&text, labels))
}

/// Returns `text` with the words of its names separated by spaces, if any name has several: `tax_number`, `tax-number` and `taxNumber`.
fn words_of_names(text: &str) -> Option<String> {
    let is_hump = |two: &[u8]| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase();
    if !text.contains(['_', '-']) && !text.as_bytes().windows(2).any(is_hump) {
        return None;
    }
    let mut words = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    for c in text.chars() {
        words.extend((c.is_ascii_uppercase() && last.is_ascii_lowercase()).then_some(' '));
        words.push(if matches!(c, '_' | '-') { ' ' } else { c });
        last = c;
    }
    Some(words)
}

fn contains_as_written(text: &str, labels: &[&str]) -> bool {
    let text = without_case_and_accents(text);
    labels.iter().any(|label| {
        if label.contains([' ', '.']) {
            text.match_indices(label).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
        } else if label.len() >= 6 || !label.is_ascii() {
            text.contains(label)
        } else {
            text.split(|c: char| !c.is_alphanumeric()).any(|word| word == *label)
        }
    })
}

/// Returns `text` in lower case, with its Latin letters without accents.
pub(super) fn without_case_and_accents(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if let Some(letters) = spelled_without_marks(c) {
            folded.push_str(letters);
        } else if c < '\u{250}' {
            folded.extend(std::iter::once(c).nfd().filter(char::is_ascii));
        } else if !matches!(c, '\u{300}'..='\u{36f}') {
            folded.push(c);
        }
    }
    folded.into()
}

/// Returns the usual substitute of a Latin letter that has no decomposition.
fn spelled_without_marks(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ħ' => "h",
        _ => return None,
    })
}

/// Returns whether `text` contains no words but those in `ranges`, which are in order, and conjunctions between them, as in a reply that
/// only states the requested numbers.
pub(super) fn contains_only(text: &str, ranges: &[Range<usize>]) -> bool {
    let ends = ranges.iter().map(|range| range.start).chain([text.len()]);
    let starts = [0].into_iter().chain(ranges.iter().map(|range| range.end));
    starts.zip(ends).all(|(start, end)| {
        let words = text[start..end].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.into_iter().all(|word| CONNECTORS.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_labels_near_a_number() {
        for (text, labels, labelled) in [
            ("my SSN is 1", &["ssn"][..], true),
            ("D.O.B.: 1", &["d.o.b"], true),
            ("1 is my ssn", &["ssn"], true),
            (r#"{"bankAccountNumber":1"#, &["account number"], true),
            ("tax_number=1", &["tax number"], true),
            ("TaxNumber: 1", &["tax number"], true),
            ("tax-number: 1", &["tax number"], true),
            ("userSsn: 1", &["ssn"], true),
            ("syntax number: 1", &["tax number"], false),
            ("since 1", &["sin"], false),
            ("1. My ssn is another", &["ssn"], false),
            ("Numéro de Sécurité sociale : 1", &["securite"], true),
            ("Personalausweisnummer 1", &["ausweis"], true),
            ("เลขประจำตัวประชาชน: 1", &["ประชาชน"], true),
            ("Fødselsnummer 1", &["fodselsnummer"], true),
            ("numer paszportu, słownie 1", &["slownie"], true),
            ("1", &["ssn"], false),
        ] {
            let at = text.find('1').unwrap();
            assert_eq!(is_labelled(text, &(at..at + 1), labels), labelled, "{text:?}");
        }
    }

    #[test]
    fn ignores_a_label_that_is_too_far_away() {
        let text = format!("ssn{}1", " ".repeat(BEFORE));
        assert!(!is_labelled(&text, &(text.len() - 1..text.len()), &["ssn"]));
    }

    #[test]
    fn a_reply_may_contain_numbers_and_conjunctions_only() {
        assert!(contains_only(" 12, 34.", &[1..3, 5..7]));
        assert!(contains_only("12 and 34", &[0..2, 7..9]));
        assert!(!contains_only("12 then 34", &[0..2, 8..10]));
        assert!(!contains_only("12 34 56", &[0..2, 3..5]));
    }
}
