//! Properties that hold for every text: an edit never changes a byte outside the bytes that it replaces.

use proptest::collection::vec;
use proptest::prelude::*;

use super::encoding::decode;
use super::layer::Layer;
use super::{Draft, Edits, Encoding, Format, is_invisible, keep_last, mask, percent_encode};
use crate::message::{Field, Message};

/// Generates hostile text: arbitrary characters, with those that reveal errors overrepresented.
fn any_text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "%",
        "%2",
        "%41",
        "%F0%9F%98%80",
        "\\",
        "\"",
        "\\u0041",
        "\\ud83d",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\u{0}",
        "\n",
        "\r\n",
        "\u{200d}",
        "👨‍👩‍👧",
        "🏳️‍🌈",
        "🇩🇪",
        "e\u{301}\u{302}",
        "\u{301}",
        "\u{202e}",
        "שלום",
        "مرحبا",
        "न\u{94d}स",
        "น้ำ",
        "\u{e000}",
        "\u{feff}",
        "a",
        " ",
        "ﬃ",
        "İ",
        "ẞ",
    ]);
    let piece = prop_oneof![odd.prop_map(str::to_owned), any::<char>().prop_map(String::from), "[ -~]{1,6}"];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Wraps a text as clients do. Returns the whole field and the JSON pointer of the text in it.
fn wrapped(text: &str, how: usize) -> (String, &'static str) {
    let json = |prefix: &str, suffix: &str| format!("{prefix}\"{}\"{suffix}", Layer::Json.encode(text));
    match how {
        0 => (text.to_owned(), ""),
        1 => (percent_encode(text), ""),
        2 => (json("{ \"a\" : [1,\"b\"], \"text\":", "\n, \"z\": null}"), "/text"),
        3 => (percent_encode(&json("{\"text\":", "}")), "/text"),
        _ => {
            (json("{\"Messages\":[{\"Content\":", ",\"ContentType\":\"PlainText\"}]}"), "/Messages/0/Content")
        }
    }
}

fn format() -> Format {
    Format { encoding: Encoding::Auto, json: vec!["/text".to_owned()] }
}

fn message(content: &str) -> Message {
    Message { content: content.to_owned(), ..Message::default() }
}

/// Returns the decoded text of `raw` at `pointer`.
fn read(raw: &str, pointer: &str) -> Option<String> {
    decode(Field::Content, raw, &format())
        .into_iter()
        .find(|part| part.pointer() == pointer)
        .map(|part| part.view().text().to_owned())
}

/// Returns a range of `text` on character boundaries.
fn range_in(text: &str, a: prop::sample::Index, b: prop::sample::Index) -> std::ops::Range<usize> {
    let (a, b) = (a.index(text.len() + 1), b.index(text.len() + 1));
    text.floor_char_boundary(a.min(b))..text.floor_char_boundary(a.max(b))
}

proptest! {
    #[test]
    fn a_message_without_edits_stays_as_it_is(text in any_text(), how in 0..5_usize, metadata in any_text()) {
        let (content, _) = wrapped(&text, how);
        let message = Message {
            metadata: Some(metadata.clone()), push_title: Some(text.clone()), push_body: Some(metadata), ..message(&content)
        };
        prop_assert_eq!(Draft::new(&message, &format()).finish(&message, '*'), Ok(Edits::default()));
    }

    #[test]
    fn edits_change_what_they_stand_for_and_nothing_else(
        text in any_text(),
        how in 0..5_usize,
        rounds in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any_text()), 1..5),
    ) {
        let (raw, pointer) = wrapped(&text, how);
        // Some texts read differently when wrapped: `%41` alone is an encoded `A`.
        let Some(mut model) = read(&raw, pointer) else { return Ok(()) };
        let original = message(&raw);
        let mut draft = Draft::new(&original, &format());
        for (a, b, with) in rounds {
            let range = range_in(&model, a, b);
            if range.is_empty() { continue }
            let part = draft.texts_mut()[0].parts_mut().iter_mut().find(|part| part.pointer() == pointer).unwrap();
            let stands_for = part.raw_range(range.clone());
            prop_assert!(raw.is_char_boundary(stands_for.start) && raw.is_char_boundary(stands_for.end));
            part.edit(&[(range.clone(), with.clone())]);
            model.replace_range(range, &with);
            prop_assert_eq!(part.view().text(), &model);
        }
        let edits = draft.finish(&original, '#');
        let Ok(Edits { content: Some(new), .. }) = edits else { return Ok(()) };
        if !Field::Content.limit().allows(&new) || model.is_empty() { return Ok(()) }
        // Everything before the first and after the last edit is unchanged, byte for byte.
        let part = draft.texts()[0].parts().iter().find(|part| part.pointer() == pointer).unwrap();
        let swaps = part.raw_swaps(None);
        let (first, last) = (swaps[0].0.start, swaps[swaps.len() - 1].0.end);
        prop_assert!(new.starts_with(&raw[..first]) && new.ends_with(&raw[last..]));
        // It reads as edited, unless the edited text itself looks encoded.
        let reads = read(&new, pointer);
        prop_assert!(reads.as_ref() == Some(&model) || model.contains(['%', '{', '[']) , "{reads:?} is not {model:?}");
    }

    #[test]
    fn several_edits_at_once_are_the_same_as_one_after_another(text in "[a-z ]{1,40}", cuts in vec(0..40_usize, 2..8), with in "[A-Z]{0,3}") {
        let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let swaps: Vec<_> = cuts.chunks_exact(2).map(|pair| (pair[0]..pair[1], with.clone())).collect();
        let original = message(&text);
        let mut draft = Draft::new(&original, &Format::default());
        draft.texts_mut()[0].parts_mut()[0].edit(&swaps);
        let mut model = text;
        for (range, with) in swaps.iter().rev() {
            model.replace_range(range.clone(), with);
        }
        prop_assert_eq!(draft.texts()[0].parts()[0].view().text(), model);
    }

    #[test]
    fn masks_never_grow(text in any_text(), keep in 0..9_usize) {
        prop_assert!(mask(&text, '*').len() <= text.len());
        prop_assert!(keep_last(&text, keep, '*').len() <= text.len());
        prop_assert!(mask(&text, '*').chars().all(|c| c == '*' || c.is_whitespace()));
    }

    #[test]
    fn an_edit_that_outgrows_the_field_becomes_a_mask(text in "[a-z]{2000,4096}", with in "[A-Z]{2200}") {
        let original = message(&text);
        let mut draft = Draft::new(&original, &Format::default());
        draft.texts_mut()[0].parts_mut()[0].edit(&[(1..2, with)]);
        let content = draft.finish(&original, '#').unwrap().content.unwrap();
        prop_assert!(Field::Content.limit().allows(&content));
        if text.len() + 2199 > Field::Content.limit().max {
            prop_assert_eq!(content, format!("{}#{}", &text[..1], &text[2..]));
        }
    }
}

#[test]
fn what_nobody_sees_is_not_white_space() {
    assert!(['\u{200b}', '\u{feff}', '\u{202e}', '\u{e0041}', '\u{fe0f}'].into_iter().all(is_invisible));
    assert!(![' ', '\u{a0}', 'a', '\u{301}', '\n'].into_iter().any(is_invisible));
}
