//! Where an address ends: what follows the host, up to where the sentence goes on.

/// The end of the path, query and fragment that begin at `start` of `text`.
///
/// Brackets that open inside must close inside; punctuation at the end belongs to the sentence.
pub(super) fn end(text: &str, start: usize) -> usize {
    let mut end = start;
    let (mut open, mut quoted) = (Vec::new(), false);
    // A link in angle brackets ends at the bar before its label, as in `<https://example.com|our page>`.
    let before = &text[text.floor_char_boundary(start.saturating_sub(LONGEST_HOST))..start];
    let labelled = before.rfind(char::is_whitespace).map_or(before, |at| &before[at..]).contains('<');
    for (at, c) in text[start..].char_indices() {
        let after = start + at + c.len_utf8();
        match c {
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => {
                if open.pop() != Some(opening(c)) {
                    return end;
                }
                end = after;
            }
            // A sign of HTML that is written out stands around the address, not in it.
            '&' if ["&gt;", "&lt;", "&quot;", "&#39;"]
                .iter()
                .any(|sign| text[start + at..].starts_with(sign)) =>
            {
                return end;
            }
            // Whose it is, and what: the sentence goes on.
            '\'' if text[after..].starts_with("s ") => return end,
            '\'' => {
                quoted = !quoted;
                if !quoted {
                    end = after;
                }
            }
            '.' | ',' | '!' | '?' | ':' | ';' | '*' | '|' if !(labelled && c == '|') => {}
            _ if is_outside(c) => return end,
            _ => end = after,
        }
    }
    end
}

/// How far before the path of a link its scheme may be.
const LONGEST_HOST: usize = 300;

fn opening(closing: char) -> char {
    match closing {
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}

/// Whether `c` cannot be in an address as people paste them.
pub(super) fn is_outside(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '…'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301b}' | '\u{ff01}'..='\u{ff0c}' | '\u{ff1b}'..='\u{ff1f}'
            | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}'..='\u{ff64}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, tail) in [
            ("/a.", "/a"),
            ("/a/, b", "/a/"),
            ("/a(b)c)", "/a(b)c"),
            ("/a_(b).", "/a_(b)"),
            ("?a=b&c=d!!", "?a=b&c=d"),
            ("/it's", "/it's"),
            ("/its's page", "/its"),
            ("/'a'.", "/'a'"),
            ("/a>b", "/a"),
            ("/a?b=1&amp;c=2&gt; d", "/a?b=1&amp;c=2"),
            ("/däß，好", "/däß"),
            ("/", "/"),
            ("", ""),
        ] {
            assert_eq!(&text[..end(text, 0)], tail, "{text:?}");
        }
    }
}
