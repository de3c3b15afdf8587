//! Explains why parts of a text that resemble links are not found.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::{bare, scan};

/// Returns the parts of `text` that resemble links but are not, each with the reason.
pub(super) fn of(text: &str) -> Vec<(Range<usize>, String)> {
    let (mut near, mut done) = (Vec::new(), 0);
    for at in memchr_iter(b'.', text.as_bytes()).filter(|at| *at > 0) {
        if at < done {
            continue;
        }
        let run = scan::run_around(text, done, at);
        done = run.end.max(at + 1);
        let name = text[run.clone()].trim_start_matches(['.', '-', '_']);
        let start = run.end - name.len();
        let name = name.trim_end_matches(['.', '-', '_']);
        let range = start..start + name.len();
        near.extend(why_bare(text, &range).map(|why| (range, why)));
    }
    for at in memmem::find_iter(text.as_bytes(), "://") {
        let scheme = text[..at].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let rest = &text[at + 3..];
        let len = rest.find(|c: char| c.is_whitespace() || "<>\"'`".contains(c)).unwrap_or(rest.len());
        if scheme > 0 && len > 0 {
            near.push((at - scheme..at + 3 + len, "it has no valid host after `://`".to_owned()));
        }
    }
    near
}

/// Returns why the name at `range` in `text` is not a link without a scheme; `None` if nothing suggests that it was meant as one.
fn why_bare(text: &str, range: &Range<usize>) -> Option<String> {
    let (before, name, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    if let Some(why) = bare::flaw(name) {
        return Some(why);
    }
    if !bare::is_bare_host(name) {
        return None;
    }
    let why = match (before.chars().next_back(), after.chars().next()) {
        (Some('@'), _) | (_, Some('@')) => "it is part of an e-mail address",
        (_, Some('(')) => "it is followed by a bracket, as calls in program code are",
        (Some('\\'), _) => "it is part of the path of a file",
        (Some('-' | '_'), _) => "it is part of a longer word",
        _ => return None,
    };
    Some(why.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::detect::{Detectors, Rulebook};
    use crate::text::View;

    fn near_misses(settings: &str, text: &str) -> Vec<String> {
        let settings = toml::de::DeValue::parse(settings).unwrap();
        let build = Detectors::builtin().get("links").unwrap().build;
        let near = build(settings, &Rulebook::default()).unwrap().near_misses(&View::new(text));
        near.into_iter().map(|near| format!("{}: {}", &text[near.range], near.why)).collect()
    }

    #[test]
    fn every_near_miss_has_its_reason() {
        for (text, expected) in [
            ("see b.readme", "b.readme: `readme` is not a top-level domain"),
            ("m.in. dlatego", "m.in: it is written like an abbreviation"),
            (
                "Steam.app",
                "Steam.app: without a scheme or a path, it is more often the name of a product or an abbreviation",
            ),
            ("install.sh", "install.sh: without a scheme or a path, it is more often the name of a file"),
            ("main.rs", "main.rs: without a scheme or a path, it is more often the name of a file"),
            ("Fine.It is", "Fine.It: `It` is written like the first word of a sentence"),
            ("tel.no 5", "tel.no: it means \"number\""),
            ("bob@example.com", "example.com: it is part of an e-mail address"),
            ("foo.bar()", "foo.bar: it is followed by a bracket, as calls in program code are"),
            ("http://-example.com/a", "http://-example.com/a: it has no valid host after `://`"),
        ] {
            assert_eq!(near_misses(r#""all""#, text), [expected], "{text}");
        }
    }

    #[test]
    fn settings_are_a_reason() {
        for (settings, text, expected) in [
            (
                r#"{ except = ["example.com"] }"#,
                "see www.example.com/a",
                "www.example.com/a: `except` contains `www.example.com`",
            ),
            (
                r#"{ except = ["discord.gg/ours"] }"#,
                "discord.gg/ours?a",
                "discord.gg/ours?a: `except` contains this path of `discord.gg`",
            ),
            (r#"{ only = ["bit.ly"] }"#, "example.com", "example.com: `only` does not contain `example.com`"),
            (
                r#"["shortener"]"#,
                "example.com/a",
                "example.com/a: it is of kind `link`, which `kinds` does not contain",
            ),
            (
                "{ max = 1 }",
                "see example.com",
                "example.com: it is among the first findings, which `max` allows",
            ),
        ] {
            assert_eq!(near_misses(settings, text), [expected], "{text}");
        }
    }

    #[test]
    fn what_resembles_no_link_has_no_reason() {
        for text in ["hello", "10.5 percent", "e.g. this", "wait...", "v1.2.3", "example.com"] {
            assert_eq!(near_misses(r#""all""#, text), [""; 0], "{text}");
        }
    }
}
