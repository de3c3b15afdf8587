//! Text as rules see it, and the only code that edits it.
//!
//! ```text
//! Message ──Draft::new──> Text (one a field) ──> Part (one a readable string) ──> View (what detectors see)
//!                            │                      │
//!                            │                      └─ edit(): replaces spans of the view and keeps the offset map
//!                            └─ finish(): the field as received, except for the bytes that edits replace
//! ```
//!
//! There are three texts, linked by `Offsets`: *raw* (the field as received), *decoded* (as a person reads it) and the *view* (decoded,
//! as edited so far). A view is read once, into `Glyphs`, and the projections that detectors match on derive from these: `Folded`,
//! `Letters`, `Typed`. Only `Exact`, the text as it is spelled, needs no interpretation. An edit never rebuilds a field: it replaces byte
//! ranges of the raw text, so everything outside the spans remains byte for byte as received.

mod characters;
pub(crate) mod confusables;
mod draft;
mod drawn;
mod encoding;
mod escapes;
mod exact;
mod fold;
mod foreign;
mod format;
mod further;
mod glyph;
mod glyphs;
pub(crate) mod json;
mod layer;
mod letters;
mod mapped;
mod mask;
mod members;
mod offsets;
mod orthography;
mod part;
mod percent;
mod roles;
mod turned;
mod typed;
mod view;
mod visible;

#[cfg(test)]
mod projections;
#[cfg(test)]
mod properties;

pub use characters::is_invisible;
pub(crate) use characters::{
    is_alphanumeric, is_blank, is_direction, is_glued, is_hangul, is_hiragana, is_katakana, is_part_of_glyph,
    is_spaced_letter, is_unseen,
};
pub use draft::Edits;
pub(crate) use draft::{Draft, Text, TooLong};
pub(crate) use encoding::whole;
pub use exact::Exact;
pub(crate) use exact::is_skin_tone;
pub use fold::Folded;
pub(crate) use foreign::is_foreign_word;
pub(crate) use format::{Encoding, Format};
pub(crate) use glyph::{Glyph, Origin};
pub(crate) use glyphs::Glyphs;
pub use letters::Letters;
pub(crate) use letters::{Gap, Letter};
pub(crate) use mask::{keep_last, mask};
pub(crate) use offsets::Offsets;
pub(crate) use orthography::without_umlauts;
pub(crate) use part::Part;
pub use percent::percent_encode;
pub(crate) use roles::{Reading, stands_for_letter};
pub use typed::Typed;
pub use view::View;
