//! Opens a corpus: a file or standard input, gzipped or not, without its byte order mark.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

use anyhow::Context;
use flate2::bufread::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::input;
use crate::cli::output;

/// A corpus whose first bytes are known.
pub(super) struct OpenCorpus {
    /// The whole corpus, unpacked.
    pub input: Box<dyn BufRead + Send>,
    /// Its first bytes: at least the first line that is not blank, unless that is longer than [`HEAD`].
    pub head: Vec<u8>,
    pub is_gzip: bool,
    /// Shows how much of the file is read.
    pub bar: ProgressBar,
}

/// The maximum number of bytes to detect a format from.
const HEAD: usize = 1 << 16;

/// Opens the corpus at `path`.
pub(super) fn open(path: &Path) -> anyhow::Result<OpenCorpus> {
    let what = || format!("could not read `{}`", path.display());
    if input::is_stdin(path) {
        let opened = unpack(Box::new(input::stdin()?), ProgressBar::hidden());
        return opened.with_context(|| format!("could not read {}", input::STDIN));
    }
    let file = File::open(path).with_context(what)?;
    let size = file.metadata().with_context(what)?.len();
    let bar = if output::is_error_terminal() { ProgressBar::new(size) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{bar:40} {percent}% {bytes_per_sec}, {eta} to go");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("#>-"));
    unpack(Box::new(bar.wrap_read(file)), bar).with_context(what)
}

fn unpack(raw: Box<dyn Read + Send>, bar: ProgressBar) -> std::io::Result<OpenCorpus> {
    let mut raw = BufReader::with_capacity(HEAD, raw);
    let magic = first_bytes(&mut raw, |bytes| bytes.len() >= 2)?;
    let is_gzip = magic.starts_with(&[0x1f, 0x8b]);
    let raw = Cursor::new(magic).chain(raw);
    let mut input: Box<dyn BufRead + Send> = if is_gzip {
        Box::new(BufReader::with_capacity(HEAD, MultiGzDecoder::new(raw)))
    } else {
        Box::new(raw)
    };
    let mut head = first_bytes(&mut input, |bytes| bytes.len() >= HEAD || has_a_line(bytes))?;
    if head.starts_with(b"\xef\xbb\xbf") {
        head.drain(..3);
    }
    Ok(OpenCorpus { input: Box::new(Cursor::new(head.clone()).chain(input)), head, is_gzip, bar })
}

/// Reads until `is_enough`, or to the end.
fn first_bytes(input: &mut impl BufRead, is_enough: impl Fn(&[u8]) -> bool) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while !is_enough(&bytes) {
        let more = input.fill_buf()?;
        if more.is_empty() {
            break;
        }
        bytes.extend_from_slice(more);
        let length = more.len();
        input.consume(length);
    }
    Ok(bytes)
}

/// Returns whether `bytes` contain a complete line that is not blank.
fn has_a_line(bytes: &[u8]) -> bool {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .any(|line| line.ends_with(b"\n") && !line.trim_ascii().is_empty())
}
