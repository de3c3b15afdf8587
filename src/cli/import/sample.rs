//! [`of`]: a text that an expression matches, for `hit`.

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

/// The maximum length of a readable example.
const LONGEST: usize = 60;

/// Returns a short, readable text that `expression` probably matches. The caller must test it.
pub(super) fn of(expression: &str) -> Option<String> {
    let hir = regex_syntax::parse(expression).ok()?;
    let mut text = String::new();
    write(&hir, &mut text)?;
    let is_readable = text.chars().all(|c| !c.is_control()) && !text.trim().is_empty();
    is_readable.then_some(text)
}

fn write(hir: &Hir, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(pick(class)?),
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min {
                write(&repetition.sub, text)?;
                if text.len() > LONGEST {
                    return None;
                }
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, text))?,
        // An alternative that can never match has no text.
        HirKind::Alternation(parts) => {
            let before = text.len();
            parts.iter().find_map(|part| {
                text.truncate(before);
                write(part, text)
            })?;
        }
    }
    (text.len() <= LONGEST).then_some(())
}

/// Returns the most readable character of a class: a lower-case letter, or else a digit, or else any visible character.
fn pick(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let has = |c: char| class.ranges().iter().any(|range| range.start() <= c && c <= range.end());
    // A `.` in an expression usually means a full stop.
    if ['.', ' ', 'a', '0'].into_iter().all(has) {
        return Some('.');
    }
    let first = |low: char, high: char| {
        let ranges = class.ranges().iter().filter(move |range| range.start() <= high && low <= range.end());
        ranges.map(move |range| range.start().max(low)).next()
    };
    let seen = || class.ranges().iter().map(ClassUnicodeRange::start).find(|c| !c.is_control());
    first('a', 'z').or_else(|| first('0', '9')).or_else(|| first(' ', '~')).or_else(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_match_and_read_well() {
        for (expression, text) in [
            ("(?i)free nitro", "free nitro"),
            (r"(?i)\bk[i1]ll (h[i1]m|her)", "kill him"),
            (r"discord\.gg/\w+", "discord.gg/a"),
            ("bit.ly|x", "bit.ly"),
            (r"^\d{3}-\d{4}$", "000-0000"),
            (r"[^a-z0-9]!", " !"),
        ] {
            assert_eq!(of(expression).as_deref(), Some(text), "{expression}");
        }
        assert_eq!(of("x{500}"), None);
    }
}
