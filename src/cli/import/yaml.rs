//! YAML as a tree in which every node knows its lines.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

/// A node of a document.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The lines that it spans, from 1.
    pub lines: RangeInclusive<usize>,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A scalar as written. `is_block` is whether it is a block scalar (`|`, `>`).
    Scalar {
        text: String,
        is_block: bool,
    },
    List(Vec<Node>),
    /// A mapping in the order of the source, including repeated keys.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Returns the node as a text, or its items as texts; a mapping has none.
    pub(super) fn texts(&self) -> Vec<String> {
        match &self.value {
            Value::Scalar { text, .. } => vec![text.clone()],
            Value::List(items) => items.iter().flat_map(Node::texts).collect(),
            Value::Map(_) => Vec::new(),
        }
    }

    /// Returns the node as a mapping, or its items as mappings, each on one line.
    pub(super) fn mappings(&self) -> Vec<String> {
        match &self.value {
            Value::Scalar { .. } => Vec::new(),
            Value::List(items) => items.iter().flat_map(Node::mappings).collect(),
            Value::Map(_) => vec![format!("{{{}}}", self.on_one_line())],
        }
    }

    /// Returns the node on one line, without the brackets or braces around it.
    pub(super) fn on_one_line(&self) -> String {
        let inner = |node: &Node| match &node.value {
            Value::Map(_) => format!("{{{}}}", node.on_one_line()),
            _ => node.on_one_line(),
        };
        match &self.value {
            Value::Scalar { text, .. } => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Value::List(items) => items.iter().map(inner).collect::<Vec<_>>().join(", "),
            Value::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{key}: {}", inner(value)));
                entries.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Returns the text of a scalar.
    pub(super) fn text(&self) -> &str {
        match &self.value {
            Value::Scalar { text, .. } => text,
            _ => "",
        }
    }

    /// Returns whether `line` is inside a block scalar, where `#` does not begin a comment.
    pub(super) fn has_text_on(&self, line: usize) -> bool {
        match &self.value {
            Value::Scalar { is_block, .. } => {
                self.lines.contains(&line) && (*is_block || line > *self.lines.start())
            }
            Value::List(items) => items.iter().any(|item| item.has_text_on(line)),
            Value::Map(entries) => entries.iter().any(|(_, value)| value.has_text_on(line)),
        }
    }
}

/// Why a text is not YAML.
#[derive(Debug)]
pub(super) struct Fault {
    /// The line, from 1, if the fault is in one.
    line: Option<usize>,
    why: String,
}

impl Fault {
    fn on(line: usize, why: &str) -> Self {
        Self { line: Some(line), why: why.to_owned() }
    }

    /// Returns the fault in a text with `lines` other lines above it.
    pub(super) fn below(&self, lines: usize) -> String {
        match self.line {
            Some(line) => format!("line {}: {}", line + lines, self.why),
            None => self.why.clone(),
        }
    }
}

/// The maximum nesting depth, and the maximum number of nodes including those that aliases repeat.
const MAX_DEPTH: usize = 32;
const MAX_NODES: usize = 200_000;

/// Parses the first document of `text`, if there is one.
///
/// # Errors
/// Why it is not YAML, with the line.
pub(super) fn parse(text: &str) -> Result<Option<Node>, Fault> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let mut anchors: HashMap<usize, Node> = HashMap::new();
    let mut nodes = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Fault::on(error.marker().line(), error.info()))?;
        nodes += 1;
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                (
                    anchor,
                    Node { lines: lines(&span), value: Value::Scalar { text: text.into_owned(), is_block } },
                )
            }
            Event::Alias(anchor) => {
                let node = anchors.get(&anchor);
                let node =
                    node.ok_or_else(|| Fault::on(span.start.line(), "an alias of something around it"))?;
                nodes += size(node);
                if nodes > MAX_NODES {
                    return Err(Fault { line: None, why: "its aliases repeat too much".to_owned() });
                }
                (0, node.clone())
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                if open.len() == MAX_DEPTH {
                    return Err(Fault::on(span.start.line(), "nested too deeply"));
                }
                let is_map = matches!(event, Event::MappingStart(..));
                open.push(Open { anchor, is_map, start: span.start.line(), items: Vec::new() });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(closed) = open.pop() else { continue };
                (closed.anchor, closed.node(span.end.line()))
            }
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, node.clone());
        }
        match open.last_mut() {
            Some(parent) => parent.items.push(node),
            None if root.is_none() => root = Some(node),
            None => return Err(Fault::on(span.start.line(), "a second document")),
        }
    }
    Ok(root)
}

/// A list or mapping that has not ended.
struct Open {
    anchor: usize,
    is_map: bool,
    start: usize,
    items: Vec<Node>,
}

impl Open {
    fn node(self, end: usize) -> Node {
        let lines = self.start..=end.max(self.start);
        if !self.is_map {
            return Node { lines, value: Value::List(self.items) };
        }
        let mut entries = Vec::new();
        let mut items = self.items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            entries.push((key.text().to_owned(), value));
        }
        Node { lines, value: Value::Map(entries) }
    }
}

fn lines(span: &Span) -> RangeInclusive<usize> {
    // A block ends at the start of the line after it.
    let end = if span.end.col() == 0 { span.end.line().saturating_sub(1) } else { span.end.line() };
    span.start.line()..=end.max(span.start.line())
}

/// Returns the number of nodes in `node`.
fn size(node: &Node) -> usize {
    let inside: usize = match &node.value {
        Value::Scalar { .. } => 0,
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(entries) => entries.iter().map(|(_, value)| size(value)).sum(),
    };
    inside + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_lines_order_and_repeated_keys() {
        let node =
            parse("a: x # note\nb: [1, '\\d', \"\\u0041\"]\na: |\n  # text\n  more\nc: &k {d: e}\nf: *k\n")
                .unwrap()
                .unwrap();
        let Value::Map(entries) = &node.value else { panic!("{node:?}") };
        let keys: Vec<_> = entries.iter().map(|(key, _)| &**key).collect();
        assert_eq!(keys, ["a", "b", "a", "c", "f"]);
        assert_eq!(entries[1].1.texts(), ["1", "\\d", "A"]);
        assert_eq!(node.mappings(), ["{a: x, b: 1, \\d, A, a: # text more, c: {d: e}, f: {d: e}}"]);
        assert!(
            node.has_text_on(4) && node.has_text_on(5) && !node.has_text_on(1) && !node.has_text_on(6),
            "{node:?}"
        );
    }

    #[test]
    fn what_is_no_yaml_is_told_with_its_line() {
        assert!(parse("a: b\nc: [\n").is_err_and(|fault| fault.below(4).starts_with("line 7: ")));
        assert!(parse(&"[".repeat(100)).is_err_and(|fault| fault.below(0).contains("deeply")));
        assert!(parse("# only\n").unwrap().is_none());
        let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
            format!("{text}a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)
        });
        assert!(parse(&bomb).is_err());
    }
}
