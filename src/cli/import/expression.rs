//! Regular expressions of other programs, in the syntax of this one.

use std::fmt::Write as _;

use super::engine::Engine;
use super::toml;

/// The program for which an expression was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// The syntax of the crate `regex`, which Discord and this program use.
    Rust,
    Python,
    JavaScript,
}

/// Returns `expression`, written in `dialect`, in the syntax of this program, after the flags `flags`.
///
/// # Errors
/// Why that is not possible, and which rules have the same effect.
pub(super) fn translate(
    expression: &str,
    dialect: Dialect,
    flags: &str,
    engine: Engine<'_>,
) -> Result<String, String> {
    if expression.trim().is_empty() {
        return Err("it is empty, and would be found in every message".to_owned());
    }
    if dialect == Dialect::JavaScript && has_escape(expression, 'c') {
        return Err("control characters have no such escape here: write `\\x01` for `\\cA`".to_owned());
    }
    if dialect == Dialect::JavaScript
        && has_escape(expression, 'k')
        && let Some(advice) = advice(expression)
    {
        return Err(advice.to_owned());
    }
    let inner = if dialect == Dialect::Rust { expression.to_owned() } else { rewritten(expression, dialect) };
    let translated = format!("{}{inner}", leading_flags(&inner, flags));
    let find = find(std::slice::from_ref(&translated));
    engine.check(&find).map_err(|why| advice(expression).map_or(why, str::to_owned))?;
    let is_everywhere = regex::Regex::new(&translated).is_ok_and(|regex| regex.is_match(""));
    if is_everywhere { Err("it matches the empty text, so every message".to_owned()) } else { Ok(translated) }
}

/// Returns an expression that matches only `text`.
pub(super) fn escaped(text: &str) -> String {
    // A hyphen, `#` or `&` has a meaning only in classes or in verbose mode.
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns the setting of `find` for `expressions`, in TOML.
pub(super) fn find(expressions: &[String]) -> String {
    match expressions {
        [one] => format!("regex = {}", toml::text(one)),
        all => format!("regex = {}", toml::list(all, 17)),
    }
}

/// Returns the flags that `expression` needs at its start: `i` if it has letters, `s` if it has a `.`.
fn leading_flags(expression: &str, flags: &str) -> String {
    let needs = |flag: char| match flag {
        'i' => expression.contains(char::is_alphabetic) && !expression.starts_with("(?i)"),
        's' => has_any_character(expression),
        _ => true,
    };
    let flags: String = flags.chars().filter(|flag| needs(*flag)).collect();
    if flags.is_empty() { flags } else { format!("(?{flags})") }
}

/// Returns whether a `.` stands for any character in `expression`.
fn has_any_character(expression: &str) -> bool {
    let mut chars = expression.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => chars.next(),
            '.' => return true,
            _ => continue,
        };
    }
    false
}

/// Returns whether `expression` has a `\` before `escaped`.
fn has_escape(expression: &str, escaped: char) -> bool {
    let mut chars = expression.chars();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.next() == Some(escaped) {
            return true;
        }
    }
    false
}

/// Returns what to write instead of look-around or a backreference, if `expression` contains one.
pub(super) fn advice(expression: &str) -> Option<&'static str> {
    let has = |part: &str| expression.contains(part);
    if has("(?<!") || has("(?!") {
        Some(
            "look-around is not possible in linear time: look for the words with `words`, and write what is fine into `allow`, or use two rules and `when = \"a and not b\"`",
        )
    } else if has("(?<=") {
        Some(
            "look-around is not possible in linear time: write what comes before as a part of the expression",
        )
    } else if has("(?=") {
        Some("look-around is not possible in linear time: use two rules and `when = \"a and b\"`")
    } else if has("(?P=") || has("\\1") || has("\\2") || has("\\k<") {
        Some(
            "backreferences are not possible in linear time: `repeats` finds characters, words and phrases that occur again",
        )
    } else if has("(?>") || has("(?(") {
        Some("atomic groups and conditions are not possible in linear time: write it without")
    } else {
        None
    }
}

/// Returns `expression` with what Rust writes differently: comments, ends of text, literal brackets, escapes of other characters.
fn rewritten(expression: &str, dialect: Dialect) -> String {
    let mut written = String::with_capacity(expression.len() + 8);
    let mut rest = expression;
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if c == '\\' {
            let Some(escaped) = after.chars().next() else { break };
            written.push_str(&escape(escaped, in_class, dialect));
            rest = &after[escaped.len_utf8()..];
            continue;
        }
        if in_class {
            match c {
                ']' => in_class = false,
                '[' => written.push('\\'),
                '&' | '~' | '-' if after.starts_with(c) => written.push('\\'),
                _ => {}
            }
            if is_mark(c) {
                let _ = write!(written, "\\u{{{:04x}}}", u32::from(c));
            } else {
                written.push(c);
            }
            rest = after;
            continue;
        }
        let known = [("(?<!\\w)", "\\b{start-half}"), ("(?!\\w)", "\\b{end-half}")];
        let any = (dialect == Dialect::JavaScript).then_some(("[^]", "[\\s\\S]"));
        if let Some((other, same)) = known.into_iter().chain(any).find(|(other, _)| rest.starts_with(other)) {
            written.push_str(same);
            rest = &rest[other.len()..];
        } else if rest.starts_with("(?#") {
            rest = rest.split_once(')').map_or("", |(_, after)| after);
        } else if c == '[' {
            in_class = true;
            // In Python, a bracket that comes first is a member of the class.
            let start = if after.starts_with('^') { 2 } else { 1 };
            written.push_str(&rest[..start]);
            rest = &rest[start..];
            if dialect == Dialect::Python && rest.starts_with(']') {
                written.push_str("\\]");
                rest = &rest[1..];
            }
        } else {
            if c == '{' && !is_repetition(after) {
                written.push('\\');
            }
            written.push(c);
            rest = after;
        }
    }
    written
}

/// Returns whether `c` is a mark that is drawn on the character before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Returns the Rust syntax for `\` followed by `c`.
fn escape(c: char, in_class: bool, dialect: Dialect) -> String {
    match c {
        'Z' if dialect == Dialect::Python => "\\z".to_owned(),
        // In Rust, these are the ends of words.
        '<' | '>' => c.to_string(),
        'b' if in_class => "\\x08".to_owned(),
        c if c.is_ascii()
            && !(c.is_ascii_alphabetic()
                && dialect == Dialect::JavaScript
                && !"bBdDsSwWnrtvfxukpP".contains(c)) =>
        {
            format!("\\{c}")
        }
        // An escape that other programs ignore.
        c => c.to_string(),
    }
}

/// Returns whether `after`, which follows a `{`, makes it a repetition.
fn is_repetition(after: &str) -> bool {
    let Some((inside, _)) = after.split_once('}') else { return false };
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !inside.is_empty() && inside != "," && is_number(least) && is_number(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Detectors;

    #[test]
    fn expressions_of_other_programs_mean_the_same() {
        let detectors = Detectors::builtin();
        let engine = Engine(&detectors);
        for (dialect, expression, rust) in [
            (Dialect::Rust, r"dis\.gg/\w+", r"(?i)dis\.gg/\w+"),
            (Dialect::Rust, "(?i)free", "(?i)free"),
            (Dialect::Python, "(?#Thai)[ก-๙]+", "(?i)[ก-๙]+"),
            (Dialect::Python, r"free.money\Z", r"(?is)free.money\z"),
            (Dialect::Python, r"(?<!\w)cat(?!\w)", r"(?i)\b{start-half}cat\b{end-half}"),
            (Dialect::Python, "[[a]", r"(?i)[\[a]"),
            (Dialect::Python, "[\u{300}-\u{36f}]", r"(?i)[\u{0300}-\u{036f}]"),
            (Dialect::Python, "[^]x]", r"(?i)[^\]x]"),
            (Dialect::Python, "{{match}}", r"(?i)\{\{match}}"),
            (Dialect::Python, "a{2,3}", "(?i)a{2,3}"),
            (Dialect::Python, r"\<a\>", "(?i)<a>"),
            (Dialect::JavaScript, r"a\/b\'\-", r"(?i)a\/b\'\-"),
            (Dialect::JavaScript, r"a\\cA", r"(?i)a\\cA"),
            (Dialect::JavaScript, r"\h[\b]", r"(?i)h[\x08]"),
            (Dialect::JavaScript, "x[^]y", r"(?i)x[\s\S]y"),
            (Dialect::Python, r"\’", "’"),
        ] {
            assert_eq!(translate(expression, dialect, "is", engine).as_deref(), Ok(rust), "{expression}");
        }
        for (expression, why) in [
            ("foo(?!bar)", "`allow`"),
            ("(?<!x)foo", "`allow`"),
            ("(?=.*a)b", "`when = \"a and b\"`"),
            ("(?<=a)b", "before"),
            (r"(a)\1", "`repeats`"),
            ("a(", "not a regular expression"),
            ("", "empty"),
            ("a*", "empty text"),
        ] {
            let error = translate(expression, Dialect::Python, "is", engine).expect_err(expression);
            assert!(error.contains(why), "{expression}: {error}");
        }
        for (expression, why) in [(r"a\cA", "control"), (r"(?<a>x)\k<a>", "`repeats`")] {
            let error = translate(expression, Dialect::JavaScript, "i", engine).expect_err(expression);
            assert!(error.contains(why), "{expression}: {error}");
        }
    }

    fn matches(expression: &str, text: &str) -> Result<bool, regex::Error> {
        regex::Regex::new(expression).map(|regex| regex.is_match(text))
    }

    #[test]
    fn escaped_texts_match_themselves_alone() {
        for text in ["a.b", r"c:\d", "[x]{2}", "(^_^)$", "1+1|2", "ünï*?"] {
            let expression = format!("^{}$", escaped(text));
            assert_eq!(matches(&expression, text), Ok(true), "{text}");
            let other = text.replace(['.', '+', '*', '?'], "x");
            assert_eq!(matches(&expression, &other), Ok(other == text), "{text}");
        }
    }
}
