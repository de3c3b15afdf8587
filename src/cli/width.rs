//! The width of the output in columns, and lines that fit it.

use std::io::{IsTerminal, stdout};

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The maximum width of the output.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct WidthArg {
    /// The width of the output in columns; by default that of the terminal, or 100 if the output does not go to one
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
}

/// The width of output that does not go to a terminal: a constant, so that the output is the same everywhere.
const DEFAULT: u16 = 100;
/// The minimum width, however narrow the terminal is.
const MIN_WIDTH: u16 = 20;

impl WidthArg {
    /// Returns the width in columns of the terminal to which standard error goes.
    pub(crate) fn of_errors() -> usize {
        let of_terminal = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| width.0);
        usize::from(of_terminal.unwrap_or(DEFAULT).max(MIN_WIDTH))
    }

    /// Returns the width in columns.
    pub(crate) fn columns(self) -> usize {
        let of_terminal = || terminal_size::terminal_size_of(stdout()).map(|(width, _)| width.0);
        let width = self.width.or_else(|| stdout().is_terminal().then(of_terminal).flatten());
        usize::from(width.unwrap_or(DEFAULT).max(MIN_WIDTH))
    }
}

/// Returns `text` in lines that fit the terminal, with all lines but the first indented by `lead` columns. The first line starts in column
/// `lead`. If standard output is not a terminal, returns `text` unchanged, so that programs find it on one line.
pub(crate) fn fitted(text: &str, lead: usize) -> String {
    if !stdout().is_terminal() {
        return text.to_owned();
    }
    broken(text, WidthArg::default().columns(), lead)
}

/// Returns `text`, broken at spaces into lines of at most `width` columns including the indentation of `lead` columns. A longer word, such
/// as an ARN, is not broken, so that it can be copied.
pub(crate) fn broken(text: &str, width: usize, lead: usize) -> String {
    let margin = " ".repeat(lead);
    let options = Options::new(width.max(lead + usize::from(MIN_WIDTH)))
        .initial_indent(&margin)
        .subsequent_indent(&margin)
        .break_words(false)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = textwrap::fill(text, options);
    lines.strip_prefix(&margin).unwrap_or(&lines).to_owned()
}

/// Returns the number of columns that a terminal uses for `text`: two for wide characters and emoji, none for combining marks.
pub(crate) fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_and_words_never_are() {
        for (text, width, lead, expected) in [
            ("a bird in a tree", 80, 0, "a bird in a tree"),
            ("a bird that nobody saw in a tree", 26, 4, "a bird that nobody saw\n    in a tree"),
            ("it is arn:aws:chime:us-east-1:1 here", 22, 2, "it is\n  arn:aws:chime:us-east-1:1\n  here"),
            ("日本語日本語 日本語日本語", 20, 0, "日本語日本語\n日本語日本語"),
            ("", 20, 0, ""),
        ] {
            assert_eq!(broken(text, width, lead), expected, "{text}");
        }
    }
}
