//! [`not_text`]: recognizes the type of a file that is not UTF-8 text.

/// The first bytes of files of other types, and the names of the types.
const KINDS: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a zip archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first, or use gzip"),
    (b"BZh", "compressed with bzip2: unpack it first, or use gzip"),
    (b"\xfd7zXZ\x00", "compressed with xz: unpack it first, or use gzip"),
    (b"PAR1", "a Parquet file: export it as CSV or JSON Lines"),
    (b"SQLite format 3", "an SQLite database: export it as CSV or JSON Lines"),
];

const UTF_16: &str = "UTF-16 text: save it as UTF-8";
const BINARY: &str = "binary data, and not text";

/// Returns the type of a file that begins with `head`, if it certainly is not UTF-8 text.
pub(crate) fn not_text(head: &[u8]) -> Option<&'static str> {
    let kind = KINDS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what);
    kind.or_else(|| match head {
        [0xff, 0xfe, rest @ ..] => {
            Some(if utf_16(rest, u16::from_le_bytes).is_some() { UTF_16 } else { BINARY })
        }
        [0xfe, 0xff, rest @ ..] => {
            Some(if utf_16(rest, u16::from_be_bytes).is_some() { UTF_16 } else { BINARY })
        }
        _ if !head.contains(&0) => None,
        _ if [u16::from_le_bytes, u16::from_be_bytes].into_iter().any(|unit| is_latin(head, unit)) => {
            Some(UTF_16)
        }
        _ => (!is_utf_8(head)).then_some(BINARY),
    })
}

/// Returns the text of `bytes`, which may be cut off anywhere, if they are UTF-16 in this byte order.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Vec<char>> {
    let mut units: Vec<_> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    // A surrogate pair may be cut in half.
    units.pop_if(|last| (0xd800..0xdc00).contains(last));
    let text: Vec<char> = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
    let is_text = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    text.iter().all(is_text).then_some(text)
}

/// Returns whether `bytes` are UTF-16 in this byte order, mostly in Latin letters. In the other byte order, these would be characters that
/// hardly anybody writes.
fn is_latin(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let of_ascii = |text: Vec<char>| text.iter().filter(|c| c.is_ascii()).count() * 2 > text.len();
    utf_16(bytes, unit).is_some_and(of_ascii)
}

/// Returns whether `bytes`, which may be cut off anywhere, are UTF-8 text.
fn is_utf_8(bytes: &[u8]) -> bool {
    // Without a length, the error only means that the text ends within a character.
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn text_in_utf_16_is_told_from_binary_data() {
        for text in ["hello\nworld\n", "version = 1\r\n", "Grüße an alle\t漢字 🎉", "漢字だけの行\nここ は\n"]
        {
            for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let (plain, marked) = (utf_16(text, bytes), utf_16(&format!("\u{feff}{text}"), bytes));
                assert_eq!(not_text(&marked), Some(UTF_16), "{text}");
                // Without a byte order mark, it is recognized by Latin letters.
                assert_eq!(not_text(&plain) == Some(UTF_16), !text.starts_with('漢'), "{text}");
                // The known part of a file may end anywhere.
                assert_eq!(not_text(&marked[..marked.len() - 1]), Some(UTF_16), "{text}");
            }
            assert_eq!(not_text(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn binary_data_is_called_so_whatever_it_begins_with() {
        let mut state = 27_u64;
        let mut byte = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        for begins in [
            &b"\xff\xfe"[..],
            b"\xfe\xff",
            b"\x01\x00",
            b"\x00\x01",
            b"\x7fELF\x02\x01\x01\x00",
            b"\xff\xd8\x00",
        ] {
            for _ in 0..50 {
                let data = [begins.to_vec(), (0..200).map(|_| byte()).collect(), vec![0; 4]].concat();
                assert_eq!(not_text(&data), Some(BINARY), "{begins:?}");
            }
        }
        assert_eq!(not_text(b"PK\x03\x04\x00"), Some("a zip archive: unpack it first"));
        // A text with an odd character is still a text.
        for text in
            [&b""[..], b"hello\0 world, all", "é".as_bytes(), &"aé".as_bytes()[..2], b"caf\xe9 au lait"]
        {
            assert_eq!(not_text(text), None, "{text:?}");
        }
    }
}
