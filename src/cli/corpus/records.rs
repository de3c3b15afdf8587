//! [`Records`]: splits a corpus into records, each of which is a message or contains one.

use std::io::BufRead;
use std::sync::Arc;

use super::LONGEST;
use super::elements::Elements;
use super::format::Format;
use super::quotes::Quotes;
use super::record::{Body, Columns, Record};

type Reader = csv::Reader<Quotes<Box<dyn BufRead + Send>>>;

/// The records of a corpus, in order.
pub(super) enum Records {
    Lines { input: Box<dyn BufRead + Send>, number: u64, is_json: bool },
    Elements(Elements<Box<dyn BufRead + Send>>),
    Csv { reader: Box<Reader>, header: bool, text: String, columns: Option<Arc<Columns>> },
}

impl Records {
    /// Splits `input`, which is in `format`.
    pub(super) fn new(input: Box<dyn BufRead + Send>, format: Format) -> Self {
        match format {
            Format::JsonLines => Self::Lines { input, number: 0, is_json: true },
            Format::Lines => Self::Lines { input, number: 0, is_json: false },
            Format::Json => Self::Elements(Elements::new(input)),
            Format::Csv { separator, header, text } => {
                let reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .delimiter(separator)
                    .from_reader(Quotes::new(input, separator));
                Self::Csv { reader: Box::new(reader), header, text, columns: None }
            }
        }
    }

    /// Returns the next record. Blank lines are skipped.
    pub(super) fn next(&mut self) -> std::io::Result<Option<Record>> {
        match self {
            Self::Elements(elements) => elements.next(),
            Self::Lines { input, number, is_json } => loop {
                let Some(line) = next_line(input)? else { return Ok(None) };
                *number += 1;
                if line.as_ref().is_ok_and(|line| line.trim().is_empty()) {
                    continue;
                }
                let body = line.map(|line| if *is_json { Body::Json(line, None) } else { Body::Text(line) });
                return Ok(Some(Record { number: *number, body }));
            },
            Self::Csv { reader, header, text, columns } => {
                let Some(columns) = columns else {
                    let row = if *header { next_row(reader)? } else { None };
                    let (names, problem) = match row {
                        Some((_, Ok(names))) => (names, None),
                        Some((number, Err(why))) => (csv::StringRecord::new(), Some((number, why))),
                        None => (csv::StringRecord::new(), None),
                    };
                    let names = names.iter().map(|name| name.trim().to_owned()).collect();
                    *columns = Some(Arc::new(Columns { names, text: text.clone() }));
                    return match problem {
                        Some((number, why)) => Ok(Some(Record { number, body: Err(why) })),
                        None => self.next(),
                    };
                };
                let Some((number, row)) = next_row(reader)? else { return Ok(None) };
                Ok(Some(Record { number, body: row.and_then(|row| cells(columns, row)) }))
            }
        }
    }
}

fn cells(columns: &Arc<Columns>, row: csv::StringRecord) -> Result<Body, String> {
    let (expected, found) = (columns.names.len(), row.len());
    if expected > 0 && expected != found {
        return Err(format!(
            "expected {expected} columns as in the header, found {found}: a text with separators or quotes needs quotes around it"
        ));
    }
    Ok(Body::Cells(columns.clone(), row))
}

type Row = (u64, Result<csv::StringRecord, String>);

/// Returns the next row, and the number of the line on which it begins.
fn next_row(reader: &mut Reader) -> std::io::Result<Option<Row>> {
    let mut row = csv::ByteRecord::new();
    if !reader.read_byte_record(&mut row)? {
        return Ok(None);
    }
    let number = row.position().map_or(0, csv::Position::line);
    if let Some(line) = reader.get_ref().left_open() {
        let why = format!("the quote that opens on line {line} is never closed, so nothing after it is read");
        return Ok(Some((number, Err(why))));
    }
    if row.as_slice().len() > LONGEST {
        let why = format!("the row is longer than {LONGEST} bytes: is a quote not closed?");
        return Ok(Some((number, Err(why))));
    }
    let row = csv::StringRecord::from_byte_record(row).map_err(|_| "the row is not UTF-8 text".to_owned());
    Ok(Some((number, row)))
}

/// Returns the next line without its line end. A line that is too long is skipped without being kept in memory.
fn next_line(input: &mut impl BufRead) -> std::io::Result<Option<Result<String, String>>> {
    let mut line = Vec::new();
    let bytes = std::io::Read::take(&mut *input, LONGEST as u64).read_until(b'\n', &mut line)?;
    if bytes == 0 {
        return Ok(None);
    }
    if bytes == LONGEST && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Some(Err(format!("the line is longer than {LONGEST} bytes"))));
    }
    if line.ends_with(b"\n") {
        line.pop();
        line.pop_if(|byte| *byte == b'\r');
    }
    Ok(Some(String::from_utf8(line).map_err(|_| "the line is not UTF-8 text".to_owned())))
}
