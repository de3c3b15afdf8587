//! Finds payment card numbers by issuer identification number, length and check digit (ISO/IEC 7812-1:2017, annex B).

use std::ops::{Range, RangeInclusive};

use super::checks;
use super::context::{contains_only, is_labelled};
use super::neighbours::{Candidate, delimited};

/// A range of prefixes (issuer identification numbers) and the valid lengths of card numbers that start with them.
struct Issuer(RangeInclusive<u32>, RangeInclusive<usize>);

/// The known issuer identification numbers, from what the networks publish for merchants and processors: Visa Core Rules; Mastercard,
/// 2-Series BIN; American Express; Discover, IIN ranges (with Diners Club, JCB and `UnionPay`); NSPK for Mir; NPCI for `RuPay`. Brands that
/// share a range share a row.
const ISSUERS: &[Issuer] = &[
    Issuer(4..=4, 13..=13),       // Visa, until the 1990s
    Issuer(4..=4, 16..=16),       // Visa
    Issuer(4..=4, 19..=19),       // Visa
    Issuer(51..=55, 16..=16),     // Mastercard
    Issuer(2221..=2720, 16..=16), // Mastercard
    Issuer(34..=34, 15..=15),     // American Express
    Issuer(37..=37, 15..=15),     // American Express
    Issuer(300..=305, 14..=19),   // Diners Club
    Issuer(3095..=3095, 14..=19), // Diners Club
    Issuer(36..=36, 14..=14),     // Diners Club
    Issuer(38..=39, 14..=19),     // Diners Club
    Issuer(35..=35, 16..=19),     // JCB; in use from 3528 to 3589
    Issuer(1800..=1800, 15..=15), // JCB
    Issuer(2131..=2131, 15..=15), // JCB
    Issuer(6011..=6011, 16..=19), // Discover
    Issuer(644..=649, 16..=19),   // Discover
    Issuer(65..=65, 16..=19),     // Discover, RuPay
    Issuer(62..=62, 16..=19),     // UnionPay
    Issuer(81..=82, 16..=16),     // UnionPay, RuPay
    Issuer(60..=60, 16..=16),     // RuPay, Hipercard
    Issuer(508..=508, 16..=16),   // RuPay
    Issuer(2200..=2204, 16..=19), // Mir
    Issuer(9792..=9792, 16..=16), // Troy
    Issuer(5018..=5020, 12..=19), // Maestro, Dankort
    Issuer(5038..=5038, 12..=19), // Maestro
    Issuer(5893..=5893, 12..=19), // Maestro
    Issuer(6304..=6304, 12..=19), // Maestro
    Issuer(6759..=6763, 12..=19), // Maestro
    Issuer(56..=58, 12..=19),     // Maestro
    Issuer(6390..=6390, 12..=19), // Maestro
    Issuer(6362..=6363, 16..=16), // Elo
    Issuer(1..=1, 15..=15),       // UATP
];

/// Finds the payment card numbers in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let (mut found, mut at) = (Vec::new(), 0);
    while at < groups.len() {
        let Some(card) = card_at(text, &groups[at..]) else {
            at += 1;
            continue;
        };
        at += if card.is_delimited() { card.data } else { 1 };
        found.push(card);
    }
    let ranges = delimited(text, found).into_iter().map(|card| card.range);
    ranges.filter(|range| is_usual_length(range.len()) || is_meant(text, range)).collect()
}

/// Returns whether a number in one piece has `len` digits as nearly all cards do. One in ten ids of 17 to 19 digits, and one in ten article
/// numbers of 13 digits, pass the check digit.
fn is_usual_length(len: usize) -> bool {
    !matches!(len, 13 | 17..=19)
}

/// Returns whether the number at `range` is meant as a card number: the text says so, contains nothing else, or writes it in groups.
fn is_meant(text: &str, range: &Range<usize>) -> bool {
    let is_in_groups = text[range.clone()].contains(|c: char| !c.is_ascii_alphanumeric());
    is_in_groups || is_labelled(text, range, LABELS) || contains_only(text, std::slice::from_ref(range))
}

/// Words for a payment card and what is printed on it, in lower case and without accents.
const LABELS: &[&str] = &[
    "amex",
    "bank",
    "carta",
    "carte",
    "cartao",
    "cb",
    "cc",
    "card",
    "cards",
    "credit",
    "cvc",
    "cvv",
    "debit",
    "diners",
    "discover",
    "exp",
    "expires",
    "expiry",
    "jcb",
    "karta",
    "kart",
    "karte",
    "kaart",
    "kort",
    "kortti",
    "maestro",
    "mastercard",
    "mir",
    "pan",
    "payment",
    "tarjeta",
    "unionpay",
    "visa",
    "creditcard",
    "kreditkarte",
    "карта",
    "карты",
    "карту",
    "卡号",
    "信用卡",
    "银行卡",
    "カード",
    "카드",
];

/// Returns the runs of digits in `text`, including letters that look like digits.
fn groups(text: &str) -> Vec<Range<usize>> {
    let (mut groups, mut start) = (Vec::new(), None);
    for (at, byte) in text.bytes().chain([0]).enumerate() {
        match (digit(byte).is_some(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                groups.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    split_adjacent_cards(text, &groups)
}

/// Splits groups of eight digits that are between groups of four: one card number directly follows another there.
fn split_adjacent_cards(text: &str, groups: &[Range<usize>]) -> Vec<Range<usize>> {
    let is_four = |group: Option<&Range<usize>>| group.is_some_and(|group| group.len() == 4);
    let is_near = |end: usize, start: usize| separator(&text[end..start]).is_some();
    let mut split = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).and_then(|at| groups.get(at)), groups.get(at + 1));
        let between = is_four(before)
            && is_four(after)
            && before.is_some_and(|before| is_near(before.end, group.start))
            && after.is_some_and(|after| is_near(group.end, after.start));
        if group.len() == 8 && between {
            split.extend([group.start..group.start + 4, group.start + 4..group.end]);
        } else {
            split.push(group.clone());
        }
    }
    split
}

/// Returns the digit that `byte` is or looks like.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'O' | b'o' => Some(0),
        b'I' | b'l' => Some(1),
        _ => None,
    }
}

/// Returns the separator in `gap` if it may separate the groups of a card number: one character, with or without spaces around it.
fn separator(gap: &str) -> Option<char> {
    let mut signs = gap.chars().filter(|c| *c != ' ');
    let separator = signs.next().unwrap_or(' ');
    (gap.len() <= 4
        && signs.next().is_none()
        && matches!(separator, ' ' | '-' | '.' | '/' | '_' | '*' | '\u{b7}' | '\n'))
    .then_some(separator)
}

/// Returns the card number that starts with the first of `groups`, with the number of groups that it consists of. If there are
/// several, this is the longest that is delimited.
fn card_at(text: &str, groups: &[Range<usize>]) -> Option<Candidate<usize>> {
    /// The maximum number of letters that may stand for digits. With more letters it is a word rather than an obfuscated number.
    const MAX_LETTERS: usize = 4;
    let first = groups.first()?;
    let (mut number, mut sizes, mut letters, mut first_separator, mut best) =
        (Vec::with_capacity(19), Vec::new(), 0, None, None);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            let Some(separator) = separator(&text[groups[index - 1].end..group.start]) else { break };
            // A line break may be anywhere in a number, and separators may vary in a number that is written digit by digit.
            let digit_by_digit = group.len() == 1 && sizes.iter().all(|size| *size == 1);
            if separator != '\n' && !digit_by_digit && *first_separator.get_or_insert(separator) != separator
            {
                break;
            }
        }
        let bytes = &text.as_bytes()[group.clone()];
        number.extend(bytes.iter().filter_map(|byte| digit(*byte)));
        letters += bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        if number.len() > 19 || letters > MAX_LETTERS {
            break;
        }
        sizes.push(group.len());
        if number.len() >= 12 && is_usual_grouping(&sizes) && is_card(&number) {
            let card = Candidate::of(text, first.start..group.end, index + 1);
            if card.is_delimited() || best.as_ref().is_none_or(|best: &Candidate<_>| !best.is_delimited()) {
                best = Some(card);
            }
        }
    }
    best
}

/// Returns the numbers in `text` that are grouped like card numbers but are not, each with the reason. Numbers that have neither the prefix
/// of an issuer nor a valid check digit do not resemble a card number.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let groups = groups(text);
    (0..groups.len()).filter_map(|at| near_miss_at(text, &groups[at..])).collect()
}

/// Returns the longest near miss that starts with the first of `groups`.
fn near_miss_at(text: &str, groups: &[Range<usize>]) -> Option<(Range<usize>, String)> {
    let (mut number, mut sizes, mut longest) = (Vec::new(), Vec::new(), None);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            let gap = &text[groups[index - 1].end..group.start];
            if separator(gap).is_none() {
                break;
            }
        }
        number.extend(text.as_bytes()[group.clone()].iter().filter_map(|byte| digit(*byte)));
        sizes.push(group.len());
        if number.len() > 19 {
            break;
        }
        let why = match (has_issuer(&number), checks::luhn(&number)) {
            (true, false) => "it fails its check digit (Luhn)",
            (false, true) => "no issuer has such numbers",
            (true, true) if !checks::has_different_digits(&number) => "it repeats one digit",
            _ => continue,
        };
        let range = groups[0].start..group.end;
        let is_complete = Candidate::of(text, range.clone(), ()).is_delimited();
        if number.len() >= 12 && is_usual_grouping(&sizes) && is_complete {
            longest = Some((range, why.to_owned()));
        }
    }
    longest
}

fn is_card(number: &[u8]) -> bool {
    has_issuer(number) && checks::luhn(number) && checks::has_different_digits(number)
}

/// Returns whether an issuer has numbers of this length with this prefix.
fn has_issuer(number: &[u8]) -> bool {
    let has_prefix = |range: &RangeInclusive<u32>| {
        let len = range.end().ilog10() as usize + 1;
        let prefix = number.iter().take(len).fold(0, |prefix, digit| prefix * 10 + u32::from(*digit));
        number.len() > len && range.contains(&prefix)
    };
    ISSUERS.iter().any(|Issuer(range, lengths)| lengths.contains(&number.len()) && has_prefix(range))
}

/// Returns whether card numbers are written in groups of these sizes: one piece, digit by digit, groups of four or eight, or the
/// grouping that is embossed on the card.
fn is_usual_grouping(sizes: &[usize]) -> bool {
    let (last, rest) = sizes.split_last().unwrap_or((&0, &[]));
    rest.is_empty()
        || rest.iter().all(|size| *size == rest[0]) && matches!(rest[0], 1 | 4 | 8) && *last <= rest[0]
        || matches!(sizes, [4, 6, 4 | 5] | [4, 5, 6] | [6, 10..=13])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_card_numbers() {
        for (text, found) in [
            ("4012888888881881 4012-8888-8888-1881 4012 8888 8888 1881", 3),
            ("3782 822463 10005", 1),
            ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", 1),
            ("4111.1111.1111.1111", 1),
            ("card:5555555555554444!", 1),
            ("4111111111111112", 0),
            ("4111 - 1111 - 1111 - 1111", 1),
            ("4 1 1 1 - 1 1 1 1 - 1 1 1 1 - 1 1 1 1", 1),
            ("4111/1111/1111/1111 4111_1111_1111_1111", 2),
            ("4111 1111\n1111 1111", 1),
            ("4lll 1111 11I1 1111, 4O12888888881881", 2),
            ("4lll llll llll llll", 0),
            ("447982587 8897 370908", 0),
            ("4111 1111-1111 1111", 0),
            ("x4111111111111111 41111111111111110", 0),
            ("order 20261120103000, 0000 0000 0000 0000", 0),
            ("41 11 11 11 11 11 11 11", 0),
            ("4111-1111-1111-11114012-8888-8888-1881", 2),
            ("4111 1111 1111 11114012 8888 8888 1881", 2),
            ("4111-1111-1111-1111-4012-8888-8888-1881", 2),
            ("4111111111111111.4012888888881881", 2),
            ("41111111111111114012888888881881", 0),
            ("see 4222222222222 there", 0),
            ("card 4222222222222, exp 12/27", 1),
            ("6212345678900000003 4000 0000 0000 0000 006", 1),
        ] {
            assert_eq!(find(text).len(), found, "{text:?}");
        }
    }
}
