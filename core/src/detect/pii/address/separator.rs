//! Recognises the separators between the parts of an address.

use super::tokens::{Kind, Tokens};

/// A separator between two parts of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Space,
    Comma,
    Line,
}

/// Returns the separator at `at` and the index after it.
pub(super) fn separator(tokens: &Tokens<'_>, at: usize) -> (Separator, usize) {
    let (mut found, mut next) = (Separator::Space, at);
    while let Some(token) = tokens.get(next) {
        let dash = || token.spaced && tokens.is_spaced(next + 1);
        found = match token.kind {
            Kind::Line if found != Separator::Line => Separator::Line,
            // Quoted lines of a message.
            Kind::Sign('>') if found == Separator::Line && token.spaced => Separator::Line,
            Kind::Sign(',' | ';' | '|' | '·' | '•' | '，' | '、') if found == Separator::Space => {
                Separator::Comma
            }
            Kind::Sign('-' | '–' | '—' | '/') if found == Separator::Space && dash() => Separator::Comma,
            _ => break,
        };
        next += 1;
    }
    (found, next)
}
