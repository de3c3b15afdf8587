//! Finds secrets with a distinctive format. An index by their first two characters keeps this fast.

use std::sync::OnceLock;

use memchr::memchr2;

use super::pattern::{self, Part, Set};
use super::shapes::{INNER, SHAPES, Shape};
use super::{Finds, places, random};
use crate::detect::{Budget, Exhausted};

/// Finds the secrets with a distinctive format in `text`, in order.
pub(super) fn find(text: &str, budget: &mut Budget, found: &mut Finds) -> Result<(), Exhausted> {
    let (bytes, index) = (text.as_bytes(), index());
    let has_escapes = memchr2(b'\\', b'%', bytes).is_some();
    let mut before = b' ';
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let is_word_start = !std::mem::replace(&mut before, byte).is_ascii_alphanumeric()
            || has_escapes && follows_escape(bytes, at);
        if !is_word_start || !byte.is_ascii_alphanumeric() || at < done || bytes.len() - at < MIN_LEN {
            continue;
        }
        let second = bytes[at + 1];
        for row in index.rows(byte).iter().filter(|row| row.seconds.has(second)) {
            let shape = row.shape;
            let (end, examined) = pattern::match_end(shape.parts, bytes, at);
            // Testing a match for randomness costs about as much as matching it.
            budget.spend(2 * examined as u64)?;
            let Some(end) = end else {
                if found.explains() {
                    explain_length(text, at, shape, found);
                }
                continue;
            };
            let flaw = random::flaw(shape.parts, &text[at..end]);
            found.judge(url_start(text, at, end)..end, shape.kind, flaw);
            if flaw.is_none() {
                done = end;
                break;
            }
        }
    }
    let (literal, offset, shape) = &INNER;
    for at in places(text, literal).filter_map(|at| at.checked_sub(*offset)) {
        // Punctuation before it that may be part of the token counts only after a letter or digit; otherwise it is emphasis or a dash.
        let is_punctuation = |byte: &u8| b"_~.-".contains(byte);
        let is_word_start = !bytes[..at]
            .iter()
            .rev()
            .find(|byte| !is_punctuation(byte))
            .is_some_and(u8::is_ascii_alphanumeric);
        if (is_word_start || follows_escape(bytes, at))
            && let (Some(end), _) = pattern::match_end(shape.parts, bytes, at)
        {
            found.judge(at..end, shape.kind, random::flaw(shape.parts, &text[at..end]));
        }
    }
    Ok(())
}

/// Records that the word at `at` in `text` begins like `shape` but is too short or too long.
fn explain_length(text: &str, at: usize, shape: &Shape, found: &mut Finds) {
    let [start, Part::Run(set, min, max)] = shape.parts else { return };
    let is_start = |start: &&str| text[at..].starts_with(start) && start.len() >= MIN_PREFIX_LEN;
    let start = match start {
        Part::Literal(literal) => Some(*literal).filter(is_start),
        Part::AnyOf(literals) => literals.iter().copied().find(is_start),
        _ => None,
    };
    let Some(start) = start else { return };
    let rest = &text[at + start.len()..];
    let len = rest.bytes().take_while(|byte| set.has(*byte)).count();
    if len < MIN_EXPLAINED_LEN || (*min..=*max).contains(&len) {
        return;
    }
    let lens = match max {
        max if max == min => format!("{min}"),
        &usize::MAX => format!("{min} or more"),
        max => format!("{min} to {max}"),
    };
    let why = format!("{len} characters follow `{start}`, and in such keys it is {lens}");
    found.reject(at..at + start.len() + len, shape.kind, why);
}

/// The minimum length of a prefix that is distinctive by itself.
const MIN_PREFIX_LEN: usize = 3;

/// The minimum number of characters after the prefix for a text to count as a failed key.
const MIN_EXPLAINED_LEN: usize = 10;

/// Returns whether an escape ends before `at`: `\n` as in a string literal, or `%3D` as in a URL.
fn follows_escape(bytes: &[u8], at: usize) -> bool {
    match &bytes[..at] {
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., b'%', high, low] => high.is_ascii_hexdigit() && low.is_ascii_hexdigit(),
        _ => false,
    }
}

/// The length of the shortest secret in bytes.
const MIN_LEN: usize = 13;

/// Returns the start of the URL if the token at `at` is one, so that the finding includes its scheme and subdomain, or else `at`.
fn url_start(text: &str, at: usize, end: usize) -> usize {
    if !text[at..end].contains(".com/") {
        return at;
    }
    let is_host_char = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let host = at - text[..at].bytes().rev().take(64).take_while(is_host_char).count();
    ["https://", "http://"]
        .iter()
        .find(|scheme| text[..host].ends_with(*scheme))
        .map_or(host, |scheme| host - scheme.len())
}

/// An index of the shapes by their first character.
struct Index {
    /// The index of the first row of each character.
    starts: [usize; 129],
    rows: Vec<Row>,
}

/// A first character, the possible second characters, and a shape that starts with them.
#[derive(Clone, Copy)]
struct Row {
    first: u8,
    seconds: Set,
    shape: &'static Shape,
}

impl Index {
    fn rows(&self, first: u8) -> &[Row] {
        let first = usize::from(first);
        &self.rows[self.starts[first]..self.starts[first + 1]]
    }
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut found: Vec<Row> = Vec::with_capacity(SHAPES.len() * 8);
        for shape in SHAPES {
            // The row of this shape for each first character.
            let mut own = [None; 128];
            pattern::for_each_start(shape.parts, |first, seconds| {
                if let Some(row) = own[usize::from(first)] {
                    let row: &mut Row = &mut found[row];
                    row.seconds = row.seconds.or(seconds);
                } else {
                    own[usize::from(first)] = Some(found.len());
                    found.push(Row { first, seconds, shape });
                }
            });
        }
        let mut starts = [0; 129];
        for row in &found {
            starts[usize::from(row.first) + 1] += 1;
        }
        for first in 1..starts.len() {
            starts[first] += starts[first - 1];
        }
        // Each row goes behind those of the same character: there are many, and sorting them takes longer.
        let (mut next, mut order) = (starts, vec![0; found.len()]);
        for (at, row) in found.iter().enumerate() {
            let next = &mut next[usize::from(row.first)];
            order[*next] = at;
            *next += 1;
        }
        let rows = order.into_iter().map(|at| found[at]).collect();
        Index { starts, rows }
    })
}
