//! The width of the output in columns.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::cli::output;

/// How wide the output may be.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(crate) struct WidthArg {
    /// The width of the output in columns; by default that of the terminal, or 100 if the output does not go to one
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    width: Option<u16>,
}

/// The width of output that does not go to a terminal, so that it is the same everywhere.
const DEFAULT: u16 = 100;
/// The least width that is used, however narrow the terminal is.
const LEAST: u16 = 20;

impl WidthArg {
    /// Returns the width in columns.
    pub(crate) fn columns(self) -> usize {
        let of_terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
        let width = self.width.or_else(|| output::is_terminal().then(of_terminal).flatten());
        usize::from(width.unwrap_or(DEFAULT).max(LEAST))
    }
}

/// Returns the number of columns that a terminal uses for `text`: two for wide characters and emoji, none for combining marks.
pub(crate) fn columns(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}
