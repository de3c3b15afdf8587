//! Finds what has a shape of its own, by the two letters that it begins with.

use std::sync::OnceLock;

use memchr::memmem;

use super::pattern::{self, Set};
use super::shapes::{INNER, SHAPES, Shape};
use super::{Finds, random};
use crate::detect::{Budget, Exhausted};

/// What has a shape of its own in `text`, in order.
pub(super) fn find(text: &str, budget: &mut Budget, found: &mut Finds) -> Result<(), Exhausted> {
    let (bytes, index) = (text.as_bytes(), index());
    let mut before = b' ';
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let begins = !std::mem::replace(&mut before, byte).is_ascii_alphanumeric();
        if !begins || !byte.is_ascii_alphanumeric() || at < done || bytes.len() - at < SHORTEST {
            continue;
        }
        let second = bytes[at + 1];
        for row in index.rows(byte).iter().filter(|row| row.seconds.has(second)) {
            let shape = row.shape;
            let (end, seen) = pattern::end(shape.parts, bytes, at);
            // To look at what has the shape of a token costs as much as to find it.
            budget.spend(2 * seen as u64)?;
            if let Some(end) = end
                && random::is_drawn(shape.parts, &text[at..end])
            {
                found.push((address_start(text, at, end)..end, shape.kind));
                done = end;
                break;
            }
        }
    }
    let (letters, ahead, shape) = &INNER;
    for at in memmem::find_iter(bytes, letters).filter_map(|at| at.checked_sub(*ahead)) {
        // Its own signs go on before it only behind a letter or digit: elsewhere they are emphasis, or a dash.
        let is_sign = |byte: &u8| b"_~.-".contains(byte);
        let begins =
            !bytes[..at].iter().rev().find(|byte| !is_sign(byte)).is_some_and(u8::is_ascii_alphanumeric);
        if begins
            && let (Some(end), _) = pattern::end(shape.parts, bytes, at)
            && random::is_drawn(shape.parts, &text[at..end])
        {
            found.push((at..end, shape.kind));
        }
    }
    Ok(())
}

/// No shape is shorter.
const SHORTEST: usize = 13;

/// Where the address begins that the token at `at` is: a token with slashes is one, and its scheme and its subdomain are part of it.
fn address_start(text: &str, at: usize, end: usize) -> usize {
    if !text[at..end].contains(".com/") {
        return at;
    }
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let host = at - text[..at].bytes().rev().take(64).take_while(inside).count();
    ["https://", "http://"]
        .iter()
        .find(|scheme| text[..host].ends_with(*scheme))
        .map_or(host, |s| host - s.len())
}

/// The shapes by the letter that they begin with.
struct Index {
    /// Where the rows of each letter begin.
    starts: [usize; 129],
    rows: Vec<Row>,
}

/// A letter, what can come after it, and a shape that begins so.
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
        let mut rows = Vec::new();
        for shape in SHAPES {
            let starts = pattern::starts(shape.parts).into_iter();
            rows.extend(starts.map(|(first, seconds)| Row { first, seconds, shape }));
        }
        rows.sort_by_key(|row| row.first);
        rows.dedup_by(|next, row| {
            let same = next.first == row.first && std::ptr::eq(next.shape, row.shape);
            if same {
                row.seconds = row.seconds.or(next.seconds);
            }
            same
        });
        let mut starts = [0; 129];
        for row in &rows {
            starts[usize::from(row.first) + 1] += 1;
        }
        for letter in 1..starts.len() {
            starts[letter] += starts[letter - 1];
        }
        Index { starts, rows }
    })
}
