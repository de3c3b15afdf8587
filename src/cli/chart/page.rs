//! [`Page`]: charts and tables as a single HTML file, which can be sent to others.
//!
//! The page loads nothing and runs no script, and its content security policy forbids both. All text in it is escaped.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;

use super::Chart;

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub title: String,
    /// Sentences at the top.
    pub facts: Vec<String>,
    pub charts: Vec<Chart>,
    pub tables: Vec<Table>,
    /// Whether it contains text of messages.
    pub has_text: bool,
}

/// A table.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub title: String,
    pub heads: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug)]
pub(crate) enum Cell {
    Name(String),
    Number(u64),
    /// Text of a message.
    Text(String),
}

const STYLE: &str = include_str!("page.css");

impl Page {
    /// Writes the page to the file at `path`.
    pub(crate) fn write(&self, path: &Path) -> anyhow::Result<()> {
        std::fs::write(path, self.html()).with_context(|| format!("could not write `{}`", path.display()))
    }

    fn html(&self) -> String {
        let title = escaped(&self.title);
        let mut html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        );
        for fact in &self.facts {
            let _ = writeln!(html, "<p>{}</p>", escaped(fact));
        }
        let text = if self.has_text {
            "This page contains text of messages."
        } else {
            "This page contains no text of messages."
        };
        let _ = writeln!(html, "<p class=\"quiet\">{text}</p>");
        self.charts.iter().filter(|chart| !chart.rows.is_empty()).for_each(|chart| draw(&mut html, chart));
        self.tables.iter().filter(|table| !table.rows.is_empty()).for_each(|table| show(&mut html, table));
        let _ = writeln!(
            html,
            "<footer class=\"quiet\">chimeflow {}</footer>\n</main>\n</body>\n</html>",
            env!("CARGO_PKG_VERSION")
        );
        html
    }
}

fn draw(html: &mut String, chart: &Chart) {
    let _ = writeln!(html, "<section>\n<h2>{}</h2>", escaped(&chart.title));
    let legend: Vec<_> = chart
        .tones()
        .iter()
        .map(|tone| format!("<span class=\"key\"><i class=\"{0}\"></i>{0}</span>", tone.name()))
        .collect();
    if !legend.is_empty() {
        let _ = writeln!(html, "<p class=\"legend\">{}</p>", legend.join(" "));
    }
    let _ =
        write!(html, "<table class=\"chart\">\n<thead><tr><th scope=\"col\">{}</th>", escaped(chart.label));
    for head in &chart.heads {
        let _ = write!(html, "<th scope=\"col\" class=\"number\">{}</th>", escaped(head));
    }
    html.push_str("<th class=\"bar\"></th></tr></thead>\n<tbody>\n");
    let longest = chart.longest().max(1);
    for row in &chart.rows {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(&row.label));
        for number in &row.numbers {
            let _ = write!(html, "<td class=\"number\">{number}</td>");
        }
        html.push_str("<td class=\"bar\">");
        for (tone, length) in row.pieces.iter().filter(|(_, length)| *length > 0) {
            // In hundredths of a percent, without rounding errors.
            let share = u128::from(*length) * 10_000 / u128::from(longest);
            let name = tone.name();
            let _ =
                write!(html, "<i class=\"{name}\" style=\"width:{}.{:02}%\"></i>", share / 100, share % 100);
        }
        html.push_str("</td></tr>\n");
    }
    let _ = writeln!(html, "</tbody>\n</table>\n<p class=\"quiet\">{}</p>\n</section>", escaped(&chart.note));
}

fn show(html: &mut String, table: &Table) {
    let _ = writeln!(html, "<section>\n<h2>{}</h2>\n<table>\n<thead><tr>", escaped(&table.title));
    let is_number = |at: usize| table.rows.iter().all(|row| matches!(row.get(at), Some(Cell::Number(_))));
    for (at, head) in table.heads.iter().enumerate() {
        let class = if is_number(at) { " class=\"number\"" } else { "" };
        let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", escaped(head));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        html.push_str("<tr>");
        for cell in row {
            let _ = match cell {
                Cell::Name(name) => write!(html, "<td>{}</td>", escaped(name)),
                Cell::Number(number) => write!(html, "<td class=\"number\">{number}</td>"),
                Cell::Text(text) => write!(html, "<td class=\"text\"><bdi>{}</bdi></td>", escaped(text)),
            };
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</section>\n");
}

/// Escapes `text` for HTML. Characters that are invisible, or that change the direction of the text around them, are shown as a dot.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push('\n'),
            '\u{200d}' | '\u{fe0f}' => html.push(c),
            c if c.is_control() || crate::text::is_invisible(c) => html.push('\u{b7}'),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::super::{Bar, Tone};
    use super::*;

    #[test]
    fn nothing_on_a_page_is_markup_or_comes_from_elsewhere() {
        let evil = "</td><script src=\"https://evil.test/x\">alert('1')</script>&amp;\u{202e}\u{0}";
        let page = Page {
            title: evil.to_owned(),
            facts: vec![evil.to_owned()],
            charts: vec![Chart {
                title: evil.to_owned(),
                label: "rule",
                heads: vec!["messages"],
                rows: vec![Bar { label: evil.to_owned(), numbers: vec![1], pieces: vec![(Tone::Denied, 1)] }],
                note: evil.to_owned(),
            }],
            tables: vec![Table {
                title: evil.to_owned(),
                heads: vec!["a", "b"],
                rows: vec![vec![Cell::Name(evil.to_owned()), Cell::Text(evil.to_owned())]],
            }],
            has_text: true,
        };
        let html = page.html();
        let shown = "&lt;/td&gt;&lt;script src=&quot;https://evil.test/x&quot;&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;\u{b7}\u{b7}";
        assert_eq!(html.matches(shown).count(), 9);
        let tags = html.split('<').skip(1).map(|tag| tag.split(['>', ' ']).next().unwrap_or_default());
        let known = [
            "!doctype", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section",
            "span", "i", "table", "thead", "tbody", "tr", "th", "td", "bdi", "footer",
        ];
        for tag in tags {
            assert!(known.contains(&tag.trim_start_matches('/').trim_end()), "{tag}");
        }
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
