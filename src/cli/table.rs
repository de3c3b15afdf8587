//! [`table`]: rows of cells, aligned for people, separated by tabs for programs that read them from a pipe.

use crate::cli::output::{self, outln};
use crate::cli::style;
use crate::cli::width::{WidthArg, columns};

/// Prints `rows` under `heads`. If they do not fit side by side, prints each cell on its own line, after its heading. If the output is not
/// a terminal, prints no headings, and a tab between columns.
pub(crate) fn table<const N: usize>(heads: [&str; N], rows: &[[String; N]]) {
    if !output::is_terminal() {
        for row in rows {
            outln!("{}", row.join("\t"));
        }
        return;
    }
    let quiet = style::QUIET;
    match lines(heads, rows, WidthArg::default().columns()) {
        Ok((head, lines)) => {
            outln!("{quiet}{head}{quiet:#}");
            for line in lines {
                outln!("{line}");
            }
        }
        Err(width) => {
            for (at, row) in rows.iter().enumerate() {
                if at > 0 {
                    outln!("");
                }
                for (head, cell) in heads.iter().zip(row) {
                    outln!("{quiet}{head:width$}{quiet:#}  {cell}");
                }
            }
        }
    }
}

/// Returns the heading and the rows of a table, at most `most` columns wide.
///
/// # Errors
/// If they are wider; the error is the width of the widest heading.
fn lines<const N: usize>(
    heads: [&str; N],
    rows: &[[String; N]],
    most: usize,
) -> Result<(String, Vec<String>), usize> {
    let widths: [usize; N] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| columns(&row[column]));
        cells.chain([columns(heads[column])]).max().unwrap_or_default()
    });
    if widths.iter().sum::<usize>() + 2 * N.saturating_sub(1) > most {
        return Err(heads.iter().map(|head| columns(head)).max().unwrap_or_default());
    }
    let line = |cells: [&str; N]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| {
            let fill = width.saturating_sub(columns(cell));
            format!("{cell}{}", " ".repeat(fill))
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    Ok((line(heads), rows.iter().map(|row| line(row.each_ref().map(String::as_str))).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_aligned_and_never_wider_than_the_terminal() {
        let rows = [["日本".to_owned(), "x".to_owned()], ["abc".to_owned(), "yz".to_owned()]];
        let shown = lines(["a", "b"], &rows, 8);
        assert_eq!(shown, Ok(("a     b".to_owned(), vec!["日本  x".to_owned(), "abc   yz".to_owned()])));
        assert_eq!(lines(["a", "b"], &rows, 7), Err(1));
    }
}
