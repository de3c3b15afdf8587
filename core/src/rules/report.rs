//! [`Report`]: errors and warnings about a rules file, shown at their positions.

use std::fmt::{self, Write as _};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level as Title, Renderer, Snippet, renderer::DecorStyle};

use crate::order;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, serde::Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The file loads nevertheless.
    Warning,
    /// The file does not load.
    Error,
}

/// One error or warning about a rules file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How serious it is.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// Its byte range in the source.
    pub span: Option<Range<usize>>,
    /// A short note on that range.
    pub label: Option<String>,
    /// What the author should do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Creates an error at `span`.
    pub fn error(span: impl Into<Option<Range<usize>>>, message: impl Into<String>) -> Self {
        let (message, span) = (message.into(), span.into());
        Self { level: Level::Error, message, span, label: None, help: None }
    }

    /// Creates a warning at `span`.
    pub fn warning(span: impl Into<Option<Range<usize>>>, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(span, message) }
    }

    /// Returns the diagnostic with a short note under its range.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Returns the diagnostic with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }
}

/// The maximum number of lines that a summary names.
const LINES: usize = 10;

/// All errors and warnings about a rules file, in file order.
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    /// The name of the file.
    pub name: String,
    /// Its text.
    pub source: String,
    /// The errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Returns a report about the file called `name` with the text `source`.
    #[must_use]
    pub fn new(name: &str, source: &str, mut diagnostics: Vec<Diagnostic>) -> Self {
        // Those that concern the whole file come first.
        order::by(&mut diagnostics, |d| d.span.as_ref().map_or((0, 0), |span| (span.start + 1, span.end)));
        diagnostics.dedup();
        Self { name: name.to_owned(), source: source.to_owned(), diagnostics }
    }

    /// Returns the number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count()
    }

    /// Returns the number of errors and their lines, but no text of the file, because rules may quote messages.
    #[must_use]
    pub fn summary(&self) -> String {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
        let mut lines: Vec<_> = errors
            .filter_map(|error| {
                Some(self.source[..self.visible(error.span.clone()?).start].matches('\n').count() + 1)
            })
            .collect();
        lines.dedup();
        let count = match self.errors() {
            1 => "1 error".to_owned(),
            count => format!("{count} errors"),
        };
        let shown: Vec<_> = lines.iter().take(LINES).map(usize::to_string).collect();
        let more = if lines.len() > LINES { ", …" } else { "" };
        match shown.len() {
            0 => count,
            1 => format!("{count}, in line {}", shown[0]),
            _ => format!("{count}, in lines {}{more}", shown.join(", ")),
        }
    }

    /// Renders the report as text without colours, limited to about `limit` bytes.
    #[must_use]
    pub fn render_within(&self, limit: usize) -> String {
        let mut text = String::new();
        let mut blocks = self.blocks(false);
        for shown in 0..self.diagnostics.len() {
            let Some(block) = blocks.next() else { break };
            if shown > 0 && text.len() + block.len() > limit {
                let left = self.diagnostics.len() - shown;
                let _ = write!(text, "\n\nand {left} more: `chimeflow check` shows all of them");
                break;
            }
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            // One line may be as long as a whole document.
            text.push_str(&block[..block.floor_char_boundary(limit)]);
        }
        text
    }

    /// Renders the report as text, with each diagnostic under its line, and with colours if `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        self.blocks(styled).collect::<Vec<_>>().join("\n\n")
    }

    fn blocks(&self, styled: bool) -> impl Iterator<Item = String> {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        self.diagnostics.iter().map(move |diagnostic| {
            let level = match diagnostic.level {
                Level::Error => Title::ERROR,
                Level::Warning => Title::WARNING,
            };
            // An empty file has no position to show.
            let snippet = diagnostic.span.clone().filter(|_| !self.source.is_empty()).map(|span| {
                let annotation = AnnotationKind::Primary.span(self.visible(span));
                Snippet::source(&*self.source)
                    .path(&*self.name)
                    .annotation(annotation.label(diagnostic.label.as_deref()))
            });
            let mut group = level.primary_title(&*diagnostic.message).elements(snippet);
            if let Some(help) = &diagnostic.help {
                group = group.element(Title::HELP.message(&**help));
            }
            renderer.render(&[group])
        })
    }

    /// Limits `span` to its first line and to the source, because underlining a whole table does not help.
    fn visible(&self, span: Range<usize>) -> Range<usize> {
        let start = self.source.floor_char_boundary(span.start);
        let end = self.source.ceil_char_boundary(span.end.min(self.source.len()));
        let line = self.source[start..end].find('\n').map_or(end, |at| start + at);
        start..line.max(start)
    }
}

impl serde::Serialize for Report {
    /// Serializes a list of diagnostics, each with its line and column, counted in characters from 1.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.diagnostics.iter().map(|diagnostic| {
            let before =
                diagnostic.span.as_ref().map(|span| &self.source[..self.visible(span.clone()).start]);
            let line = before.map(|before| before.matches('\n').count() + 1);
            let column =
                before.map(|before| before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
            serde_json::json!({
                "level": diagnostic.level,
                "message": diagnostic.message,
                "line": line,
                "column": column,
                "label": diagnostic.label,
                "help": diagnostic.help,
            })
        }))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Report {}
