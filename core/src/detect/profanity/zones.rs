//! Zones: parts of a text that are not prose. Links, addresses and code contain whole words by coincidence or convention, and identifiers
//! contain anything; neither is obfuscation.

use std::ops::Range;

use super::cores::{core_in, strong_in};
use super::english::{NAMES, holds};
use super::glued::glued;
use super::stream::{FOREIGN, Origin, Symbol};

/// A part of a text that is not prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    pub symbols: Range<usize>,
    /// What it contains.
    pub kind: ZoneKind,
}

/// The content of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZoneKind {
    /// Words: code, links.
    Words,
    /// Names: addresses.
    Names,
    /// Nothing readable: numbers, identifiers.
    Nothing,
}

/// Returns the zones of a text, in order.
pub(super) fn zones(symbols: &[Symbol]) -> Vec<Zone> {
    let mut zones = Vec::new();
    let mut at = 0;
    while at < symbols.len() {
        if let Some(end) = code_end(symbols, at) {
            zones.push(Zone { symbols: at..end, kind: ZoneKind::Words });
            at = end;
            continue;
        }
        if symbols[at].is_space() {
            at += 1;
            continue;
        }
        let rest = symbols[at..].iter().enumerate();
        let is_end = |(offset, symbol): (usize, &Symbol)| {
            symbol.is_space() || (offset > 0 && code_end(symbols, at + offset).is_some())
        };
        let end = at + rest.clone().position(is_end).unwrap_or(symbols.len() - at);
        zones.extend(token_zone(symbols, at..end));
        at = end;
    }
    zones
}

/// Returns the end of the code span or fence that begins at `at`.
fn code_end(symbols: &[Symbol], at: usize) -> Option<usize> {
    let begins = symbols[at].c == '`' && (at == 0 || !symbols[at - 1].is_word() && symbols[at - 1].c != '`');
    if !begins {
        return None;
    }
    let ticks = symbols[at..].iter().take_while(|symbol| symbol.c == '`').count();
    let body = at + ticks;
    let mut run = 0;
    for (offset, symbol) in symbols[body..].iter().enumerate() {
        match symbol.c {
            '`' => run += 1,
            _ if run == ticks => {
                let code = &symbols[body..body + offset - run];
                return (offset > run && !is_prose(code)).then_some(body + offset);
            }
            '\n' if ticks < 3 => return None,
            _ => run = 0,
        }
    }
    let end = symbols.len();
    (run == ticks && body + run < end && !is_prose(&symbols[body..end - run])).then_some(end)
}

/// Returns whether text marked as code consists only of words; people also mark prose as code.
fn is_prose(code: &[Symbol]) -> bool {
    code.iter().all(|symbol| symbol.is_word() || symbol.is_space() || matches!(symbol.c, '\'' | '-'))
}

fn token_zone(symbols: &[Symbol], token: Range<usize>) -> Option<Zone> {
    let mut token = token;
    let is = |at: usize, set: &str| set.contains(symbols[at].c);
    while !token.is_empty() && is(token.start, "([{\"'*") {
        token.start += 1;
    }
    while !token.is_empty() && is(token.end - 1, ".,;:!?)]}\"'*") {
        token.end -= 1;
    }
    if let Some(scheme) = scheme_in(&symbols[token.clone()]) {
        // The text before the link, `[word](https://…`, is not part of it.
        return Some(Zone { symbols: token.start + scheme..token.end, kind: ZoneKind::Words });
    }
    let chars = &symbols[token.clone()];
    if chars.len() < 2 {
        return None;
    }
    let kind = match () {
        () if is_number(chars) || is_mention(chars) || is_identifier(chars) || is_placeholder(chars) => {
            ZoneKind::Nothing
        }
        () if is_host(chars) => ZoneKind::Words,
        () => {
            let address =
                address_in(chars).map(|address| token.start + address.start..token.start + address.end);
            return address.map(|symbols| Zone { symbols, kind: ZoneKind::Names });
        }
    };
    Some(Zone { symbols: token, kind })
}

/// Returns whether `token` is a number, amount, time, ruler or arrow: ASCII characters without letters. In other scripts an ending may
/// follow it: `80%-ый`, `5-го`.
fn is_number(token: &[Symbol]) -> bool {
    let ending = token.iter().rposition(|symbol| symbol.c == '-').filter(|at| {
        let ending = &token[at + 1..];
        token[0].c.is_ascii_digit()
            && (1..=LONGEST_ENDING).contains(&ending.len())
            && ending.iter().all(|symbol| symbol.origin == Origin::Foreign || symbol.c == FOREIGN)
    });
    let token = &token[..ending.unwrap_or(token.len())];
    !token.iter().any(|symbol| (symbol.is_letter() && symbol.origin != Origin::Sign) || !symbol.c.is_ascii())
}

/// The maximum length of the ending of a number, in symbols: some letters look like two.
const LONGEST_ENDING: usize = 6;

/// Returns whether `token` is where a program fills in a value: `%s`, `%4$d`.
fn is_placeholder(token: &[Symbol]) -> bool {
    let [percent, number @ .., kind] = token else { return false };
    let is_digit = |symbol: &Symbol| symbol.c.is_ascii_digit();
    let is_number = match number {
        [] => true,
        [digits @ .., dollar] => dollar.c == '$' && !digits.is_empty() && digits.iter().all(is_digit),
    };
    percent.c == '%' && kind.c.is_ascii_lowercase() && is_number
}

/// Returns whether `token` is a mention: `<@U024BE7LH>`, `<#C024BE7LH|general>`.
fn is_mention(token: &[Symbol]) -> bool {
    token[0].c == '<' && matches!(token[1].c, '@' | '#' | '!') && token[token.len() - 1].c == '>'
}

/// Returns the index in `token` at which the scheme of a link begins.
fn scheme_in(token: &[Symbol]) -> Option<usize> {
    let slashes = |three: &[Symbol]| three[0].c == ':' && three[1].c == '/' && three[2].c == '/';
    let colon = token.windows(3).position(slashes)?;
    Some(colon - token[..colon].iter().rev().take_while(|symbol| symbol.is_word()).count())
}

/// Returns whether `token` is a host name: `www.example.com`.
fn is_host(token: &[Symbol]) -> bool {
    let www = ['w', 'w', 'w', '.'];
    token.len() > www.len() && token.iter().zip(www).all(|(symbol, c)| symbol.c.eq_ignore_ascii_case(&c))
}

/// Returns the range of the address of an e-mail in `token`: other words may adjoin it.
fn address_in(token: &[Symbol]) -> Option<Range<usize>> {
    let at = token.iter().position(|symbol| symbol.c == '@')?;
    let host = |symbol: &&Symbol| symbol.is_word() || matches!(symbol.c, '.' | '-');
    let name = |symbol: &&Symbol| host(symbol) || matches!(symbol.c, '_' | '+' | '%' | '=' | '\'');
    let start = at - token[..at].iter().rev().take_while(name).count();
    let domain = &token[at + 1..];
    let domain = &domain[..domain.iter().take_while(host).count()];
    let dot = domain.iter().rposition(|symbol| symbol.c == '.')?;
    let top = &domain[dot + 1..];
    let is_address = start < at && dot > 0 && top.len() >= 2 && top.iter().all(|symbol| symbol.is_letter());
    is_address.then_some(start..at + 1 + domain.len())
}

/// Returns whether `token` is a UUID, hash, base64 or the like: what people neither type nor read as words.
fn is_identifier(token: &[Symbol]) -> bool {
    let digits = token.iter().filter(|symbol| symbol.c.is_ascii_digit()).count();
    let hex = |symbol: &Symbol| symbol.c.is_ascii_hexdigit() || matches!(symbol.c, '-' | ':' | '#');
    // 0xff is a number, whatever its digits spell.
    let literal = token.len() > 2 && token[0].c == '0' && matches!(token[1].c, 'x' | 'X');
    let digits_from = if literal { 2 } else { 0 };
    if digits >= 1 && (literal || token.len() >= 6) && token[digits_from..].iter().all(hex) {
        return true;
    }
    if token.len() < 16 || !token.iter().all(|s| s.c.is_ascii_alphanumeric() || "+/=_-.".contains(s.c)) {
        return false;
    }
    // Words change between letters, capitals and digits rarely; random characters do so often.
    let changes = token.windows(2).filter(|two| class(two[0].c) != class(two[1].c)).count();
    digits >= 2 && changes * 4 >= token.len()
}

fn class(c: char) -> u8 {
    match c {
        'a'..='z' => 0,
        'A'..='Z' => 1,
        '0'..='9' => 2,
        _ => 3,
    }
}

/// Returns the profane words in a zone, each with its core word: without obfuscation, whole or joined with other words.
pub(super) fn plain_words(symbols: &[Symbol], zone: &Zone) -> Vec<(Range<usize>, &'static str)> {
    let mut words = Vec::new();
    let mut start = zone.symbols.start;
    for word in symbols[zone.symbols.clone()].split(|symbol| !symbol.is_letter()) {
        let read: String = word.iter().map(|symbol| symbol.c.to_ascii_lowercase()).collect();
        let whole = || match zone.kind {
            // Short words are abbreviations.
            ZoneKind::Words => core_in(&read).filter(|_| word.len() >= 4 && !holds(NAMES, &read)),
            _ => None,
        };
        let core = match zone.kind {
            ZoneKind::Words | ZoneKind::Names => {
                whole().or_else(|| strong_in(&read)).or_else(|| glued(&read))
            }
            ZoneKind::Nothing => None,
        };
        words.extend(core.map(|core| (start..start + word.len(), core)));
        start += word.len() + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::stream::Stream;
    use super::*;

    #[test]
    fn zones_are_links_code_and_identifiers() {
        for (text, expected) in [
            ("see https://example.com/a, ok", vec![("https://example.com/a", ZoneKind::Words)]),
            ("www.example.com", vec![("www.example.com", ZoneKind::Words)]),
            ("mail (jo@example.com)!", vec![("jo@example.com", ZoneKind::Names)]),
            (
                "use `a(b)` and ```\nc;\n```",
                vec![("`a(b)`", ZoneKind::Words), ("```\nc;\n```", ZoneKind::Words)],
            ),
            ("`a b` and [a](https://b.c/d)", vec![("https://b.c/d", ZoneKind::Words)]),
            ("fu`ck` ` it", vec![]),
            ("<@U024BE7LH> hi", vec![("<@U024BE7LH>", ZoneKind::Nothing)]),
            (
                "6ba7b810-9dad-11d1 1,234.50",
                vec![("6ba7b810-9dad-11d1", ZoneKind::Nothing), ("1,234.50", ZoneKind::Nothing)],
            ),
            (
                "RG/OwqPYEXNhEOV4G8zOppZ2LmEWxunJLZ",
                vec![("RG/OwqPYEXNhEOV4G8zOppZ2LmEWxunJLZ", ZoneKind::Nothing)],
            ),
            ("a @sshole b@d.x f u c k", vec![]),
            (
                "%4$s 80%-ый %s 5-го",
                vec![
                    ("%4$s", ZoneKind::Nothing),
                    ("80%-ый", ZoneKind::Nothing),
                    ("%s", ZoneKind::Nothing),
                    ("5-го", ZoneKind::Nothing),
                ],
            ),
            ("%ass 5-fuck", vec![]),
        ] {
            let stream = Stream::new(text);
            let zones = zones(&stream.symbols);
            let found: Vec<_> =
                zones.iter().map(|zone| (&text[stream.bytes(zone.symbols.clone())], zone.kind)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
