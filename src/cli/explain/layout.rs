//! Arranges a text in rows of a terminal, with room for marks under them.
//!
//! Rows end between grapheme clusters, if possible after a space. A cluster may be two columns wide, or none, and a mark covers all
//! clusters that its range touches.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A row: its byte range in the text.
pub(super) type Row = Range<usize>;

/// The columns that a mark covers in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub column: usize,
    pub columns: usize,
}

/// A grapheme cluster as it is printed.
struct Cell {
    /// Its byte range in the text.
    range: Range<usize>,
    columns: usize,
}

/// Returns the rows of `text`, each at most `width` columns wide. Every line of the text begins a new row; rows do not contain line ends.
pub(super) fn rows(text: &str, width: usize) -> Vec<Row> {
    let (mut rows, mut start) = (Vec::new(), 0);
    for line in text.split('\n') {
        wrap(text, start..start + line.len(), width, &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn wrap(text: &str, line: Range<usize>, width: usize, rows: &mut Vec<Row>) {
    let cells = cells(text, &line);
    let (mut first, mut columns, mut behind_space) = (0, 0, None);
    let mut at = 0;
    while at < cells.len() {
        if columns + cells[at].columns > width && at > first {
            // Breaking at a space far to the left would leave the row nearly empty.
            let end = behind_space.filter(|space| (space - first) * 2 > at - first).unwrap_or(at);
            rows.push(cells[first].range.start..cells[end].range.start);
            (first, columns, behind_space) =
                (end, cells[end..at].iter().map(|cell| cell.columns).sum(), None);
            continue;
        }
        columns += cells[at].columns;
        at += 1;
        if text[cells[at - 1].range.clone()] == *" " && at < cells.len() {
            behind_space = Some(at);
        }
    }
    let start = cells.get(first).map_or(line.start, |cell| cell.range.start);
    rows.push(start..line.end);
}

/// Returns the columns of `row` that are above `span`, if there are any.
pub(super) fn mark(text: &str, row: &Row, span: &Range<usize>) -> Option<Mark> {
    let (mut column, mut covered) = (0, None::<Mark>);
    for cell in cells(text, row) {
        if cell.range.start < span.end && span.start < cell.range.end {
            let mark = covered.get_or_insert(Mark { column, columns: 0 });
            mark.columns = column + cell.columns - mark.column;
        }
        column += cell.columns;
    }
    covered.map(|mark| Mark { columns: mark.columns.max(1), ..mark })
}

/// Returns the grapheme clusters of the part `range` of `text`. Cluster boundaries are those of the printed text, because a character that
/// is printed as another one may no longer join its neighbours.
fn cells(text: &str, range: &Range<usize>) -> Vec<Cell> {
    let printed = printable(&text[range.clone()]);
    let mut characters = text[range.clone()].char_indices().map(|(at, c)| range.start + at + c.len_utf8());
    let mut start = range.start;
    let cell = |cluster: &str| {
        let end = characters.nth(cluster.chars().count() - 1).unwrap_or(range.end);
        let cell = Cell { range: start..end, columns: cluster.width() };
        start = end;
        cell
    };
    printed.graphemes(true).map(cell).collect()
}

/// Replaces characters that would move the cursor or change the text direction, one by one.
pub(super) fn printable(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() || crate::text::is_invisible(c) && c != '\u{200d}' && c != '\u{fe0f}' {
            '\u{b7}'
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of text that cover every width.
    const PIECES: [&str; 22] = [
        "a",
        "W",
        " ",
        "  ",
        "word",
        "ж",
        "漢",
        "字かな",
        "한글",
        "ﾊﾞ",
        "e\u{301}",
        "ष्ट्र",
        "น้ำ",
        "👍🏽",
        "👩\u{200d}👩\u{200d}👧",
        "🇩🇪",
        "❤\u{fe0f}",
        "\u{301}",
        "\n",
        "\u{200b}",
        "\t",
        "\u{202e}",
    ];

    /// A generator of numbers with a fixed seed.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % end
        }
    }

    /// The columns of a row as a terminal fills them: for each, the byte range of the cluster in it.
    fn screen(text: &str, row: &Row) -> Vec<Range<usize>> {
        let printed = printable(&text[row.clone()]);
        let mut ends: Vec<_> = text[row.clone()].char_indices().map(|(at, _)| row.start + at).collect();
        ends.push(row.end);
        let (mut columns, mut character) = (Vec::new(), 0);
        for cluster in printed.graphemes(true) {
            let range = ends[character]..ends[character + cluster.chars().count()];
            character += cluster.chars().count();
            columns.extend(std::iter::repeat_n(range, cluster.width()));
        }
        columns
    }

    #[test]
    fn marks_stand_under_their_text_at_every_width() {
        let mut numbers = Numbers(7);
        for round in 0..3000 {
            let text: String = (0..numbers.below(120)).map(|_| PIECES[numbers.below(PIECES.len())]).collect();
            let width = [20, 40, 77, 200][round % 4];
            let rows = rows(&text, width);
            let joined: Vec<_> = rows.iter().map(|row| &text[row.clone()]).collect();
            assert_eq!(joined.concat(), text.replace('\n', ""), "nothing is lost or doubled");
            for row in &rows {
                assert!(screen(&text, row).len() <= width, "{:?} at {width}", &text[row.clone()]);
            }
            let bounds: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut ends = [bounds[numbers.below(bounds.len())], bounds[numbers.below(bounds.len())]];
            ends.sort_unstable();
            let span = ends[0]..ends[1];
            for row in &rows {
                let screen = screen(&text, row);
                let covered: Vec<_> = (0..screen.len())
                    .filter(|column| screen[*column].start < span.end && span.start < screen[*column].end)
                    .collect();
                match mark(&text, row, &span) {
                    Some(Mark { column, columns }) if !covered.is_empty() => {
                        let marked: Vec<_> = (column..column + columns).collect();
                        assert_eq!(marked, covered, "{:?} at {width}", &text[row.clone()]);
                    }
                    Some(mark) => assert_eq!(mark.columns, 1, "what has no width gets the least mark"),
                    None => assert!(covered.is_empty()),
                }
            }
        }
    }

    #[test]
    fn rows_end_behind_spaces() {
        let text = "one two three\nfour  averyveryverylongword x";
        let shown = |width| rows(text, width).into_iter().map(|row| &text[row]).collect::<Vec<_>>();
        assert_eq!(shown(9), ["one two ", "three", "four  ", "averyvery", "verylongw", "ord x"]);
        assert_eq!(shown(200), text.split('\n').collect::<Vec<_>>());
        assert_eq!(rows("", 10).into_iter().collect::<Vec<_>>(), vec![0..0]);
    }
}
