//! Numbers of bank accounts.

use std::ops::Range;

use iban::Iban;

use super::stands_apart;

/// The shortest and the longest there are.
const SHORTEST: usize = 15;
const LONGEST: usize = 34;

/// The numbers of accounts in `text`, in one piece or in groups.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = bytes[at..].windows(4).position(is_start).map(|offset| at + offset) {
        let account = account_at(text, start);
        at = account.as_ref().map_or(start + 1, |range| range.end);
        found.extend(account);
    }
    found
}

/// Whether an account could begin so: a country and two digits.
fn is_start(window: &[u8]) -> bool {
    window[..2].iter().all(u8::is_ascii_alphabetic) && window[2..].iter().all(u8::is_ascii_digit)
}

fn account_at(text: &str, start: usize) -> Option<Range<usize>> {
    let (mut number, mut best) = (String::with_capacity(LONGEST), None);
    let mut bytes = text.bytes().enumerate().skip(start).peekable();
    while let Some((at, byte)) = bytes.next() {
        let next = bytes.peek().map(|(_, byte)| *byte);
        if byte.is_ascii_alphanumeric() {
            number.push(char::from(byte.to_ascii_uppercase()));
        } else if !matches!(byte, b' ' | b'-') || !next.is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            break;
        }
        if number.len() > LONGEST {
            break;
        }
        let whole = !next.is_some_and(|byte| byte.is_ascii_alphanumeric());
        let range = start..at + 1;
        if whole && number.len() >= SHORTEST && number.parse::<Iban>().is_ok() && stands_apart(text, &range) {
            best = Some(range);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_accounts() {
        for (text, found) in [
            ("GB82WEST12345698765432", &["GB82WEST12345698765432"][..]),
            ("gb82 west 1234 5698 7654 32 and more", &["gb82 west 1234 5698 7654 32"]),
            ("IBAN:DE89-3704-0044-0532-0130-00.", &["DE89-3704-0044-0532-0130-00"]),
            ("NO93 8601 1117 947", &["NO93 8601 1117 947"]),
            ("GB82WEST12345698765433 XX82WEST12345698765432 aGB82WEST12345698765432", &[]),
            ("ab12", &[]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
