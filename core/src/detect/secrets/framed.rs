//! Finds private keys in PEM and `PuTTY` format, with or without the closing line.

use super::{Finds, places};

/// Finds the private keys in `text`, in order.
pub(super) fn find(text: &str, found: &mut Finds) {
    for at in places(text, "PRIVATE KEY") {
        let Some(start) = header_start(text, at) else { continue };
        let Some(body) = dashes_end(text, at + "PRIVATE KEY".len()) else { continue };
        match key_end(text, body) {
            Some(end) => found.push(start..end, "private-key"),
            None => found.reject(start..body, "private-key", "its lines contain no key"),
        }
    }
    for at in places(text, "PuTTY-User-Key-File-") {
        if let Some(lines) = text[at..].find("Private-Lines:") {
            found.push(at..body_end(text, at + lines + "Private-Lines:".len()), "private-key");
        }
    }
}

/// Returns the start of the `-----BEGIN` line that contains `PRIVATE KEY` at `at`.
fn header_start(text: &str, at: usize) -> Option<usize> {
    let from = text.floor_char_boundary(at.saturating_sub(40));
    let begin = from + text[from..at].rfind("BEGIN ")?;
    let label = &text[begin + "BEGIN ".len()..at];
    let is_label =
        label.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    let dashes = text[..begin].trim_end_matches(' ').trim_end_matches('-');
    (is_label && begin - dashes.len() >= 4).then_some(dashes.len())
}

/// Returns the end of the dashes after the label that ends at `at`.
fn dashes_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = rest.strip_prefix(" BLOCK").unwrap_or(rest);
    let rest = rest.trim_start_matches(' ');
    let dashes = rest.bytes().take(5).take_while(|byte| *byte == b'-').count();
    (dashes >= 4).then(|| text.len() - rest.len() + dashes)
}

/// Returns the end of the key whose body starts at `body`, or `None` if there is no key between the header and the footer.
fn key_end(text: &str, body: usize) -> Option<usize> {
    let Some(last) = text[body..].find("PRIVATE KEY").map(|at| body + at) else {
        return Some(body_end(text, body));
    };
    let footer = text[body..last].rfind("END ").map(|at| body + at);
    match (footer, dashes_end(text, last + "PRIVATE KEY".len())) {
        (Some(footer), Some(end)) => {
            let key = text[body..footer].trim_end_matches(['-', ' ']);
            (key.bytes().filter(u8::is_ascii_alphanumeric).count() >= MIN_KEY_LEN).then_some(end)
        }
        _ => Some(body_end(text, body)),
    }
}

/// The minimum number of letters and digits in the body of a key: 32 bytes with their ASN.1 structure, in Base64.
const MIN_KEY_LEN: usize = 40;

/// Returns the end of the Base64 lines that start at `body`. Line breaks may be escaped, as in a string literal.
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
    fn a_finding_covers_the_whole_key() {
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
            let mut finds = Finds::default();
            find(&text, &mut finds);
            let found = finds.found.first().map_or("", |(range, _)| &text[range.clone()]);
            assert_eq!(found, key, "{text}");
        }
    }
}
