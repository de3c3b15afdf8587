//! [`Quotes`]: passes CSV through, and finds a quote that is never closed. The parser treats everything after such a quote as one cell,
//! without an error.

use std::io::{self, BufRead, Read};

/// Passes CSV with this separator through.
pub(super) struct Quotes<R> {
    input: R,
    separator: u8,
    line: u64,
    place: Place,
    /// The line of the last quote that opened a cell.
    opened: u64,
    is_at_end: bool,
}

/// The position in a row, as far as it determines what may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotes, or after the closing quote.
    Cell,
    Quoted,
    /// After a quote within quotes, which closes them unless another follows.
    Quote,
}

impl<R> Quotes<R> {
    pub(super) fn new(input: R, separator: u8) -> Self {
        Self { input, separator, line: 1, place: Place::Start, opened: 1, is_at_end: false }
    }

    /// Returns the line of the quote that is open at the end, once that was reached.
    pub(super) fn left_open(&self) -> Option<u64> {
        (self.is_at_end && self.place == Place::Quoted).then_some(self.opened)
    }

    fn pass(&mut self, byte: u8) {
        self.place = match (self.place, byte) {
            (Place::Start, b'"') => {
                self.opened = self.line;
                Place::Quoted
            }
            (Place::Quoted, b'"') => Place::Quote,
            (Place::Quoted, _) | (Place::Quote, b'"') => Place::Quoted,
            (_, b'\n' | b'\r') => Place::Start,
            (_, byte) if byte == self.separator => Place::Start,
            _ => Place::Cell,
        };
        self.line += u64::from(byte == b'\n');
    }
}

impl<R: BufRead> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.is_at_end |= read == 0 && !buffer.is_empty();
        buffer[..read].iter().for_each(|byte| self.pass(*byte));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the line of an unclosed quote at the end of a text, once according to the parser and once according to [`Quotes`].
    fn left_open(text: &str) -> Option<u64> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(Quotes::new(text.as_bytes(), b','));
        let mut row = csv::ByteRecord::new();
        let mut last = None;
        while reader.read_byte_record(&mut row).unwrap() {
            assert!(last.is_none(), "a row follows on one whose quote is open: {text:?}");
            last = reader.get_ref().left_open();
        }
        last
    }

    #[test]
    fn the_line_of_a_quote_that_is_not_closed_is_known() {
        for (text, line) in [
            ("a,b\n1,\"x\n2,y\n", Some(2)),
            ("a\n\n\"x\"\n\"y\n\"\"z\n", Some(4)),
            ("\"a", Some(1)),
            ("a,\"b\"\"", Some(1)),
            ("a,\"b\"\n", None),
            ("a,\"b\"\"c\"", None),
            ("a,b\"c\n", None),
            ("\"a\"b\"c\n", None),
            ("\"a\"\r\n\"b\nc\"\r\n", None),
            ("", None),
        ] {
            assert_eq!(left_open(text), line, "{text:?}");
        }
    }

    #[test]
    fn a_quote_is_open_wherever_the_parser_takes_it_for_open() {
        let mut state = 27_u64;
        let mut below = |limit: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((state >> 33) % limit).unwrap()
        };
        for _ in 0..5_000 {
            let text: String =
                (0..below(16)).map(|_| ["\"", "\"", ",", "\n", "\r\n", "a"][below(6)]).collect();
            let rows = |text: &str| {
                let reader =
                    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
                reader.into_byte_records().map(Result::unwrap).collect::<Vec<_>>()
            };
            // A following row is separate, unless a quote is open.
            let goes_on = rows(&format!("{text}\nzz")).last().is_none_or(|row| row.as_slice() != b"zz");
            assert_eq!(left_open(&text).is_some(), goes_on, "{text:?}");
        }
    }
}
