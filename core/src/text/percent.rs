//! Percent-encoding, compatible with `encodeURIComponent`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::format::Encoding;
use super::offsets::Offsets;

/// The characters that `encodeURIComponent` escapes.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Encodes `text` like `encodeURIComponent`.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Decodes `text`, if it is percent-encoded.
pub(super) fn unpercent(text: &str, encoding: Encoding) -> Option<(String, Offsets)> {
    let strict = match encoding {
        Encoding::Plain => return None,
        Encoding::Auto => true,
        Encoding::Percent => false,
    };
    memchr::memchr(b'%', text.as_bytes())?;
    let (mut out, mut map, mut rest) = (String::with_capacity(text.len()), Offsets::default(), text);
    let mut decoded = false;
    while let Some(next) = rest.chars().next() {
        if let Some((c, len)) = escaped_char(rest.as_bytes()) {
            out.push(c);
            map.swap(c.len_utf8(), len);
            rest = &rest[len..];
            decoded = true;
        } else if strict && !(next.is_ascii_alphanumeric() || "-_.!~*'()".contains(next)) {
            return None;
        } else {
            out.push(next);
            map.copy(next.len_utf8());
            rest = &rest[next.len_utf8()..];
        }
    }
    decoded.then_some((out, map))
}

/// Returns the character that the escapes at the start of `bytes` represent, and their length in bytes.
fn escaped_char(bytes: &[u8]) -> Option<(char, usize)> {
    let byte = |at: usize| -> Option<u8> {
        let escape = bytes.get(at * 3..at * 3 + 3)?;
        let digit = |d: u8| char::from(d).to_digit(16).and_then(|d| u8::try_from(d).ok());
        (escape[0] == b'%').then(|| Some(digit(escape[1])? << 4 | digit(escape[2])?))?
    };
    let len = match byte(0)? {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut utf8 = [0; 4];
    for (at, slot) in utf8.iter_mut().enumerate().take(len) {
        *slot = byte(at)?;
    }
    let c = std::str::from_utf8(&utf8[..len]).ok()?.chars().next()?;
    Some((c, len * 3))
}
