//! Property tests: with `fold = "exact"` the spelling is the word, signs are found where they stand, and an allowed word never takes back
//! a listed one that is spelled otherwise.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::plainly::{FRAMES, Random, SCRIPTS, letters};
use super::tests::{finder, finds, found};
use super::*;
use crate::text::is_part_of_glyph;

/// Letters with accents that tell words apart, of Vietnamese, Spanish, Swedish, German, French, Polish, Turkish, Russian and Greek.
const ACCENTED: &str =
    "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵñåäöüçłśźżğşёйάέήίόύώ";

/// Returns `word` without accents, if that changes it.
fn bare(word: &str) -> Option<String> {
    let bare: String = word.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect();
    (bare != word).then_some(bare)
}

/// Returns words of one to three letters around an accented one.
fn accented_words() -> Vec<String> {
    let mut random = Random::new(5);
    let plain: Vec<char> = "abcdeghiklmnoprstuvy".chars().collect();
    let greek: Vec<char> = "αβγδεζηθικλμνξοπρτυφχψω".chars().collect();
    let cyrillic: Vec<char> = "абвгдежзиклмнопрстуфхцчшэюя".chars().collect();
    let word = |c: char| {
        let around = match c {
            'а'..='ё' => &cyrillic,
            'ά'..='ώ' => &greek,
            _ => &plain,
        };
        format!("{}{c}{}", random.one_of(around), random.word(around))
    };
    ACCENTED.chars().map(word).collect()
}

#[test]
fn an_exact_word_is_no_word_with_other_accents() {
    for word in accented_words() {
        let exact = finder(&[&word], &[], Fold::Exact);
        for (before, after) in FRAMES {
            for case in
                [word.clone(), word.to_uppercase(), word.nfd().collect(), word.to_uppercase().nfd().collect()]
            {
                let text = format!("{before}{case}{after}");
                let found = found(&exact, &text);
                let trimmed: Vec<_> =
                    found.iter().map(|one| one.trim_end_matches(is_part_of_glyph)).collect();
                assert_eq!(trimmed, [case.trim_end_matches(is_part_of_glyph)], "{word:?} in {text:?}");
            }
        }
        let Some(bare) = bare(&word) else { continue };
        for text in [bare.clone(), bare.to_uppercase(), format!("({bare})")] {
            assert_eq!(found(&exact, &text), [""; 0], "{word:?} in {text:?}");
            assert_eq!(finds(&[&bare], Fold::Exact, &text).len(), 1, "{bare:?} in {text:?}");
        }
        assert_eq!(finds(&[&bare], Fold::Exact, &word), [""; 0], "{bare:?} in {word:?}");
        assert_eq!(finds(&[&word], Fold::Plain, &bare).len(), 1, "{word:?} in {bare:?}");
    }
}

/// Whatever the fold, an allowed word that folds to a listed one allows only what is spelled like it.
#[test]
fn an_allowed_word_does_not_take_back_a_listed_one() {
    for word in accented_words() {
        let Some(bare) = bare(&word) else { continue };
        for fold in [Fold::Strict, Fold::Plain, Fold::Exact] {
            for (listed, allowed) in [(&word, &bare), (&bare, &word)] {
                let finder = finder(&[listed], &[allowed], fold);
                for case in [str::to_lowercase, str::to_uppercase] {
                    let text = format!("{} {}, ({})", case(listed), case(allowed), case(listed));
                    let expected = [case(listed), case(listed)];
                    assert_eq!(
                        found(&finder, &text),
                        expected,
                        "{listed:?} but {allowed:?}, {fold:?}: {text:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn exact_words_of_every_script_are_found_in_every_case() {
    let mut random = Random::new(6);
    for script in SCRIPTS {
        let mut letters = letters(*script);
        // Capitals of several letters are tried below.
        letters.retain(|c| c.to_uppercase().count() == 1);
        for _ in 0..8 {
            let word = random.word(&letters);
            let exact = finder(&[&word], &[], Fold::Exact);
            let title: String =
                word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
            let upper = word.to_uppercase();
            for case in [word.clone(), title, upper.clone(), word.nfd().collect(), upper.nfd().collect()] {
                let (before, after) = random.one_of(FRAMES);
                let text = format!("{before}{case}{after}");
                let found = found(&exact, &text);
                let [found] = &found[..] else { panic!("{word:?} in {text:?}: {found:?}") };
                let end = is_part_of_glyph;
                assert_eq!(found.trim_end_matches(end), case.trim_end_matches(end), "{word:?} in {text:?}");
            }
        }
    }
}

#[test]
fn exact_words_are_spelled_as_people_spell_them() {
    for (words, text, expected) in [
        (
            &["chó", "đụ"][..],
            "Chó cho chò CHÓ du dụ đu ĐỤ cho\u{301}",
            &["Chó", "CHÓ", "ĐỤ", "cho\u{301}"][..],
        ),
        (&["año", "sí"], "un ano, un AÑO, si, Sí.", &["AÑO", "Sí"]),
        (&["får", "höra"], "far FÅR faar hora höra Ho\u{308}ra", &["FÅR", "höra", "Ho\u{308}ra"]),
        (
            &["Fuß", "Maße"],
            "Fuss FUSS fuß FUẞ Füße, Masse MASSE Maße",
            &["FUSS", "fuß", "FUẞ", "MASSE", "Maße"],
        ),
        (&["sıkı", "ibne"], "SIKI sıkı siki İBNE ibne IBNE ıbne", &["SIKI", "sıkı", "İBNE", "ibne", "IBNE"]),
        (&["και"], "ΚΑΙ Και καὶ kai", &["ΚΑΙ", "Και"]),
        (&["λόγος"], "λόγος ΛΌΓΟΣ λογος", &["λόγος", "ΛΌΓΟΣ"]),
        (&["cat"], "c4t cаt c a t ｃａｔ caat CaT ca\u{200b}t cats", &["CaT", "ca\u{200b}t"]),
        (&["má*"], "mạt mát má ma", &["mát", "má"]),
        (&["con chó"], "con\nchó con cho CON  CHÓ", &["con\nchó", "CON  CHÓ"]),
        (&["c++", "mp3"], "C++ c+ c MP3 mpe", &["C++", "MP3"]),
        (&["zebra", "바보"], "zebra의 zebraです 바보야 바보상자", &["zebra", "zebra", "바보"]),
    ] {
        assert_eq!(finds(words, Fold::Exact, text), expected, "{words:?} in {text:?}");
    }
}

#[test]
fn signs_are_found_where_they_stand() {
    for sign in ["🖕", "$$$", ":)", "👉👈", "^_^", "🇩🇪", "❤️", "👨‍👩‍👧", "™", "(╯°□°）╯︵ ┻━┻", "💰 💰"]
    {
        for fold in [Fold::Strict, Fold::Plain, Fold::Exact] {
            let finder = finder(&[sign], &[], fold);
            let ends =
                |text: &str| sign.contains(|c| text.contains(c) || c == '\u{200d}' && text.contains('👧'));
            for (before, after) in FRAMES.iter().chain(&[("a", "b"), ("5", "5"), ("字", "字")]) {
                let text = format!("{before}{sign}{after}");
                if !ends(before) && !ends(after) {
                    assert_eq!(found(&finder, &text), [sign], "{sign} in {text:?}");
                }
            }
        }
    }
    for (sign, text, expected) in [
        ("🖕", "🖕🏽🖕🖕🏿", &["🖕🏽", "🖕", "🖕🏿"][..]),
        ("🖕🏿", "🖕 🖕🏽 🖕🏿", &["🖕🏿"]),
        ("👩", "👩‍🚀 👩 👩🏽", &["👩", "👩🏽"]),
        ("❤", "❤️ ❤", &["❤️", "❤"]),
        (":)", ":)))) :-)", &[":))))"]),
        ("$$$", "cash$$$$$ $$", &["$$$$$"]),
        // Emoticons with a letter or digit are words.
        ("<3", "I <3 you, 3 < 4", &["<3"]),
        (":D", "hi :D, id: Dan", &[":D"]),
        ("8)", "cool 8) 8", &["8)"]),
    ] {
        assert_eq!(finds(&[sign], Fold::Strict, text), expected, "{sign} in {text}");
    }
}

/// A word in Latin letters stands in the sentences of languages that glue other letters to it.
#[test]
fn words_are_found_with_letters_of_other_scripts_glued_to_them() {
    let korean = "의 를 을 은 는 이 가 에 에서 에서는 로 으로 와 과 도 만 까지 부터 처럼 보다 들 들이 들은 이다 입니다 이에요 예요 이야 야 라고 이라고 \
        이랑 랑 하고 한테 에게 한테서 에게서 마다 마저 조차 밖에 이나 나 이든 든지 이라도 라도 인데 이고 이며 이지만 였다 이었다 이죠 죠 네요 이네요 \
        에도 에만 에는 까지도 부터는 만의 와의 로는 님 님이 씨 씨가 같은 같이 이란 란 대로 만큼 뿐 뿐만 요";
    let others = "です は が を の に も だ じゃない という さん 的 是 了 吗 很好 และ คือ";
    for word in ["zebra", "idiot", "mp3"] {
        for fold in [Fold::Strict, Fold::Plain, Fold::Exact] {
            let finder = finder(&[word], &[], fold);
            for after in korean.split_whitespace().chain(others.split_whitespace()) {
                for text in
                    [format!("{word}{after}"), format!("그 {word}{after} 본다"), format!("「{word}{after}」")]
                {
                    assert_eq!(found(&finder, &text), [word], "{fold:?} in {text}");
                }
            }
            for after in ["상자", "판매점", "가방", "이름표"] {
                let text = format!("{word}{after}");
                assert_eq!(found(&finder, &text), [""; 0], "{fold:?} in {text}");
            }
        }
    }
}
