//! Splits a text into words, numbers, signs and line breaks, each with the roles that its word has in addresses.

use std::ops::Range;

use super::roles::Roles;
use super::words;

/// The type of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters of the Latin script, with apostrophes and hyphens inside.
    Word,
    /// Digits.
    Number,
    /// Letters and digits, such as `12a`, `42nd` or `SW1A`.
    Mixed,
    /// A line break, also `\n` as data formats write it, or `<br>`.
    Line,
    /// Any other character.
    Sign(char),
}

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub range: Range<usize>,
    pub kind: Kind,
    /// Whether a space is before it.
    pub spaced: bool,
    /// Whether one of the parts of the word begins with a capital letter.
    pub capital: bool,
    pub roles: Roles,
    /// Where its letters are in [`Tokens::folded`].
    key: Range<usize>,
}

/// The tokens of a text.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    pub text: &'t str,
    all: Vec<Token>,
    /// The words in lower case, without accents.
    folded: String,
}

impl<'t> Tokens<'t> {
    /// Splits `text`.
    pub(super) fn of(text: &'t str) -> Self {
        let mut tokens =
            Self { text, all: Vec::with_capacity(text.len() / 4), folded: String::with_capacity(text.len()) };
        let (mut at, mut spaced) = (0, true);
        while at < text.len() {
            let Some(c) = char_at(text, at) else { break };
            if matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{3000}') {
                (at, spaced) = (at + c.len_utf8(), true);
                continue;
            }
            let (len, kind) = token_at(text, at, c);
            tokens.push(at..at + len, kind, spaced);
            (at, spaced) = (at + len, kind == Kind::Line);
        }
        tokens
    }

    fn push(&mut self, range: Range<usize>, kind: Kind, spaced: bool) {
        let start = self.folded.len();
        let (mut roles, mut capital) = (Roles::default(), false);
        if matches!(kind, Kind::Word | Kind::Mixed) {
            let token = &self.text[range.clone()];
            let mut starts = true;
            if token.is_ascii() {
                self.folded.push_str(token);
                self.folded[start..].make_ascii_lowercase();
                for byte in token.bytes() {
                    capital |= starts && byte.is_ascii_uppercase();
                    starts = !byte.is_ascii_alphanumeric();
                }
            } else {
                for c in token.chars() {
                    capital |= starts && c.is_uppercase();
                    starts = !c.is_alphanumeric();
                    words::fold(c, &mut self.folded);
                }
            }
            roles = words::roles(&self.folded[start..]);
        }
        let key = start..self.folded.len();
        self.all.push(Token { range, kind, spaced, capital, roles, key });
    }

    /// Returns the number of tokens.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns token `at`, if there is one.
    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.all.get(at)
    }

    /// Returns the word or number at `at` as written in the text.
    pub(super) fn text_at(&self, at: usize) -> &'t str {
        self.get(at).map_or("", |token| &self.text[token.range.clone()])
    }

    /// Returns the word at `at` in lower case and without accents, or an empty string.
    pub(super) fn word(&self, at: usize) -> &str {
        self.get(at).map_or("", |token| &self.folded[token.key.clone()])
    }

    /// Returns whether the token at `at` is of this kind.
    pub(super) fn is(&self, at: usize, kind: Kind) -> bool {
        self.get(at).is_some_and(|token| token.kind == kind)
    }

    /// Returns whether the character `sign` is at `at`.
    pub(super) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.is(at, Kind::Sign(sign))
    }

    /// Returns whether the character `sign` is at `at`, without a space before it.
    pub(super) fn is_glued_sign(&self, at: usize, sign: char) -> bool {
        self.is_sign(at, sign) && !self.is_spaced(at)
    }

    /// Returns whether a space or the start of the text is before `at`.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        self.get(at).is_none_or(|token| token.spaced)
    }

    /// Returns whether the word at `at` has one of `roles`.
    pub(super) fn has(&self, at: usize, roles: Roles) -> bool {
        self.get(at).is_some_and(|token| token.roles.any(roles))
    }

    /// Returns whether a word with a capital letter is at `at`.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Word && token.capital)
    }

    /// Returns whether a word of one letter is at `at`.
    pub(super) fn is_letter(&self, at: usize) -> bool {
        self.is(at, Kind::Word) && self.word(at).len() == 1
    }

    /// Returns the number of digits of the number at `at`; zero if there is none.
    pub(super) fn digits(&self, at: usize) -> usize {
        if self.is(at, Kind::Number) { self.text_at(at).len() } else { 0 }
    }

    /// Returns the index after a full stop that is directly after the word before `at`, or `at`.
    pub(super) fn after_stop(&self, at: usize) -> usize {
        if self.is_glued_sign(at, '.') { at + 1 } else { at }
    }
}

/// Returns the character at `at`.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..].chars().next(),
    }
}

/// Returns the length and the kind of the token that starts at `at` with `first`.
fn token_at(text: &str, at: usize, first: char) -> (usize, Kind) {
    let rest = &text[at..];
    match first {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            let len = if rest.starts_with("\r\n") { 2 } else { first.len_utf8() };
            return (len, Kind::Line);
        }
        '\\' => {
            if let Some(escaped) = ["\\r\\n", "\\n", "\\r"].iter().find(|line| rest.starts_with(**line)) {
                return (escaped.len(), Kind::Line);
            }
        }
        '<' => {
            if let Some(tag) =
                ["<br>", "<br/>", "<br />", "<BR>"].iter().find(|line| rest.starts_with(**line))
            {
                return (tag.len(), Kind::Line);
            }
        }
        // Some Dutch towns begin with a shortened article: 's-Hertogenbosch.
        '\'' | '’'
            if rest[first.len_utf8()..].starts_with(['s', 't', 'S', 'T'])
                && rest[first.len_utf8() + 1..].starts_with(['-', ' ']) =>
        {
            let article = first.len_utf8() + 1;
            let len =
                if rest[article..].starts_with('-') { article + word_len(&rest[article..]) } else { article };
            return (len, Kind::Word);
        }
        _ => {}
    }
    if first.is_ascii_digit() || is_latin(first) {
        let len = word_len(rest);
        let token = &rest.as_bytes()[..len];
        // The bytes of a word that are not digits belong to letters.
        let kind = match (!token.iter().all(u8::is_ascii_digit), token.iter().any(u8::is_ascii_digit)) {
            (true, true) => Kind::Mixed,
            (true, false) => Kind::Word,
            _ => Kind::Number,
        };
        return (len, kind);
    }
    (first.len_utf8(), Kind::Sign(first))
}

/// Returns the length of the word or number at the start of `text`. Hyphens and apostrophes between letters are part of a word.
fn word_len(text: &str) -> usize {
    // Most words are ASCII letters or digits up to the end.
    let ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if text.as_bytes().get(ascii).is_none_or(|next| next.is_ascii() && !matches!(next, b'-' | b'\'')) {
        return ascii;
    }
    let mut chars = text.char_indices().peekable();
    let mut before = '-';
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '-' | '\'' | '’')
            && (is_latin(before) || at == 0)
            && chars.peek().is_some_and(|(_, next)| is_latin(*next));
        if !(c.is_ascii_digit() || is_latin(c) || matches!(c, '\u{300}'..='\u{36f}') || joins) {
            return if is_apostrophe_for_accent(&text[at..], before) { at + c.len_utf8() } else { at };
        }
        before = c;
    }
    text.len()
}

/// Returns whether `text` starts with an apostrophe that stands for the accent of the vowel `before`: `Mondovi' (CN)`, `Ca' Bianca`.
fn is_apostrophe_for_accent(text: &str, before: char) -> bool {
    let rest = text.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix(' '));
    matches!(before, 'a' | 'e' | 'i' | 'o' | 'u')
        && rest.is_some_and(|rest| rest.starts_with(|c: char| c == '(' || c.is_uppercase()))
}

/// Returns whether `c` is a letter of the Latin script, or a sign of an ordinal number (`º`).
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, 'ª' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}
