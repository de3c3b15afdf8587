//! Private keys: between the lines that say so, or after the one that does when the rest was not sent.

use memchr::memmem;

use super::Finds;

/// The private keys in `text`, in order.
pub(super) fn find(text: &str, found: &mut Finds) {
    for at in memmem::find_iter(text.as_bytes(), "PRIVATE KEY") {
        let Some(start) = start(text, at) else { continue };
        let Some(body) = label_end(text, at + "PRIVATE KEY".len()) else { continue };
        if let Some(end) = end(text, body) {
            found.push((start..end, "private-key"));
        }
    }
    for at in memmem::find_iter(text.as_bytes(), "PuTTY-User-Key-File-") {
        if let Some(lines) = text[at..].find("Private-Lines:") {
            found.push((at..body_end(text, at + lines + "Private-Lines:".len()), "private-key"));
        }
    }
}

/// Where the line begins that has `PRIVATE KEY` at `at`.
fn start(text: &str, at: usize) -> Option<usize> {
    let from = text.floor_char_boundary(at.saturating_sub(40));
    let begin = from + text[from..at].rfind("BEGIN ")?;
    let label = &text[begin + "BEGIN ".len()..at];
    let named = label.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    let dashes = text[..begin].trim_end_matches(' ').trim_end_matches('-');
    (named && begin - dashes.len() >= 4).then_some(dashes.len())
}

/// Where the dashes end after the label that ends at `at`.
fn label_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = rest.strip_prefix(" BLOCK").unwrap_or(rest);
    let rest = rest.trim_start_matches(' ');
    let dashes = rest.bytes().take(5).take_while(|byte| *byte == b'-').count();
    (dashes >= 4).then(|| text.len() - rest.len() + dashes)
}

/// Where the key ends whose body begins at `body`. Nothing when there is a frame with no key in it.
fn end(text: &str, body: usize) -> Option<usize> {
    let Some(last) = text[body..].find("PRIVATE KEY").map(|at| body + at) else {
        return Some(body_end(text, body));
    };
    let closes = text[body..last].rfind("END ").map(|at| body + at);
    match (closes, label_end(text, last + "PRIVATE KEY".len())) {
        (Some(closes), Some(end)) => {
            let key = text[body..closes].trim_end_matches(['-', ' ']);
            (key.bytes().filter(u8::is_ascii_alphanumeric).count() >= SHORTEST).then_some(end)
        }
        _ => Some(body_end(text, body)),
    }
}

/// How many characters the shortest of keys has: 32 bytes and what is around them.
const SHORTEST: usize = 40;

/// Where the lines of letters end that begin at `body`; line ends may be written as in a string.
fn body_end(text: &str, body: usize) -> usize {
    let mut end = body;
    loop {
        let rest = &text[end..];
        let line = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
        let line = line.strip_prefix('n').filter(|_| rest.starts_with('\\')).unwrap_or(line);
        let len = line.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b)).count();
        if len < 16 {
            return end;
        }
        end = text.len() - line.len() + len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_all_of_it() {
        let body = "TWFkZSB1cCBmb3IgdGhpcyB0ZXN0\nTm8ga2V5IGF0IGFsbCBhbmQgbm90aGluZyBlbHNl";
        let open = "-----BEGIN OPENSSH PRIVATE KEY-----";
        let close = "-----END OPENSSH PRIVATE KEY-----";
        let escaped = body.replace('\n', "\\n");
        for (text, key) in [
            (format!("a {open}\n{body}\n{close} b"), format!("{open}\n{body}\n{close}")),
            (format!("a {open} b"), open.to_owned()),
            (format!("{open}\n{body}"), format!("{open}\n{body}")),
            (format!("\"{open}\\n{escaped}\\n\""), format!("{open}\\n{escaped}")),
            (format!("{open}{close}"), String::new()),
            (format!("{open}\n...\n{close}"), String::new()),
            ("-----BEGIN PUBLIC KEY-----".to_owned(), String::new()),
            ("the PRIVATE KEY of success".to_owned(), String::new()),
        ] {
            let mut found = Vec::new();
            find(&text, &mut found);
            let found = found.first().map_or("", |(range, _)| &text[range.clone()]);
            assert_eq!(found, key, "{text}");
        }
    }
}
