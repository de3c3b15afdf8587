//! Tests every list: it is well-formed, finds its own words, and finds nothing in everyday texts.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

use super::super::plainly::{Miss, missed};
use super::*;
use crate::detect::words::check_word;
use crate::detect::{Budget, Rulebook};
use crate::message::Message;

/// Everyday sentences with many words that a careless list would find: `[code]`, then one per line.
const EVERYDAY: &str = include_str!("everyday.txt");

fn detector(settings: &str) -> Box<dyn Detector> {
    use crate::detect::Settings;

    crate::detect::table::read::<super::super::Profanity>(settings)
        .unwrap()
        .build(&Rulebook::default())
        .unwrap()
}

/// Returns a detector for `languages` that finds every kind and severity.
fn everything(languages: &[&str]) -> Box<dyn Detector> {
    let kinds = Kind::ALL.map(Kind::name);
    detector(&format!("{{ level = 'strict', kinds = {kinds:?}, languages = {languages:?} }}"))
}

fn find<'t>(detector: &dyn Detector, text: &'t str) -> Vec<(&'t str, &'static str)> {
    let message = Message::default();
    let mut cx = Context { message: &message, budget: Budget::RULE };
    let mut found = Found::default();
    detector.find(&View::new(text), &mut cx, &mut found).unwrap();
    found.spans.into_iter().map(|find| (&text[find.range], find.kind)).collect()
}

/// Returns the lists by code, parsed.
fn lists() -> impl Iterator<Item = (&'static str, File)> {
    ALL[1..].iter().map(|language| (language.code, File::parse(language.list).unwrap()))
}

/// Returns the everyday sentences, each with its language.
fn everyday() -> Vec<(&'static str, &'static str)> {
    let mut code = "";
    let mut rows = Vec::new();
    for line in EVERYDAY.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|head| head.strip_suffix(']')) {
            Some(head) => code = head,
            None => rows.push((code, line)),
        }
    }
    rows
}

#[test]
fn every_list_says_where_it_is_from_and_holds_good_words() {
    let mut bad = Vec::new();
    for language in &ALL[1..] {
        for line in ["# Sources: ", "# Reviewed: "] {
            assert!(language.list.contains(line), "{} has no line `{line}`", language.code);
        }
        let file = File::parse(language.list).unwrap();
        assert!(file.entries.len() >= 80, "{} has {} entries", language.code, file.entries.len());
        let mut seen = BTreeMap::new();
        for entry in &file.entries {
            let core = Manner::of(entry).plain(entry.core());
            let alphabet = !core.chars().all(|c| matches!(c.script(), Script::Han | Script::Hangul));
            let shortest =
                if alphabet && entry.written.contains('*') { 3 } else { 1 + usize::from(alphabet) };
            if check_word(&entry.written).is_err() || core.chars().count() < shortest {
                bad.push(format!("{}: `{}` is no word for a list", language.code, entry.written));
            }
            if let Some(other) = seen.insert(core, &entry.written) {
                bad.push(format!("{}: `{}` is there as `{other}`", language.code, entry.written));
            }
        }
        bad.extend(file.allow.iter().filter_map(|word| check_word(word).err()));
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn every_entry_is_found_by_its_own_list_and_by_all_together() {
    let codes: Vec<_> = ALL[1..].iter().map(|language| language.code).collect();
    let all = everything(&codes);
    let mut missed = Vec::new();
    for (code, file) in lists() {
        let own = everything(&[code]);
        for entry in file.entries {
            let text = format!("- {} -", entry.core());
            for (by, detector) in [(code, &own), ("all", &all)] {
                let found = find(&**detector, &text);
                if !found
                    .iter()
                    .any(|(piece, _)| piece.contains(entry.core()) || entry.core().contains(piece))
                {
                    missed.push(format!("{code}: `{}` by {by}: {found:?}", entry.written));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_is_allowed_would_be_found_otherwise() {
    let mut useless = Vec::new();
    for (code, file) in lists() {
        let words: Vec<_> = file.entries.iter().map(|entry| entry.written.clone()).collect();
        let finder = finder(&words).unwrap();
        let needless = |word: &&String| find(&*finder, word.trim_matches('*')).is_empty();
        useless.extend(
            file.allow.iter().filter(needless).map(|word| format!("{code}: `{word}` allows nothing")),
        );
    }
    assert!(useless.is_empty(), "{}", useless.join("\n"));
}

#[test]
fn everyday_sentences_are_left_alone() {
    let rows = everyday();
    let mut flagged = Vec::new();
    for language in &ALL[1..] {
        let own = everything(&[language.code]);
        let sentences = rows.iter().filter(|(code, _)| *code == language.code);
        assert!(sentences.clone().count() >= 8, "{} has too few sentences", language.code);
        for (code, sentence) in rows.iter().filter(|(code, _)| [language.code, "en"].contains(code)) {
            let found = find(&*own, sentence);
            if !found.is_empty() {
                flagged.push(format!("{} in {code}: {found:?} in `{sentence}`", language.code));
            }
        }
    }
    assert!(flagged.is_empty(), "{}", flagged.join("\n"));
}

#[test]
fn a_language_finds_its_words_in_their_disguises() {
    for (code, text, found) in [
        ("de", "So eine Scheiße!", &[("Scheiße", "profane")] as &[_]),
        ("de", "f.i.c.k.e.n und Ar$chl0ch", &[("f.i.c.k.e.n", "profane"), ("Ar$chl0ch", "profane")]),
        ("fr", "FILS DE PUTE va", &[("FILS DE PUTE", "offensive")]),
        ("es", "qué coñazo, h1jo de put4", &[("coñazo", "profane"), ("h1jo de put4", "offensive")]),
        ("ru", "ну и пиздец, с у к а", &[("пиздец", "profane"), ("с у к а", "offensive")]),
        ("tr", "Siktir git, piç!", &[("Siktir", "profane"), ("piç", "offensive")]),
        ("ar", "يا ابن الكلب", &[("يا ابن الكلب", "offensive")]),
        ("zh", "你这个傻逼，草泥马", &[("傻逼", "offensive"), ("草泥马", "profane")]),
        ("ko", "이 개새끼야 ㅅㅂ", &[("개새끼", "offensive"), ("ㅅㅂ", "profane")]),
        ("ja", "まじで死ねよ", &[("死ね", "mean")]),
        ("hi", "तू चूतिया है, madarchod", &[("चूतिया", "profane"), ("madarchod", "offensive")]),
    ] {
        assert_eq!(find(&*everything(&[code]), text), found, "{code}: {text}");
    }
}

#[test]
fn level_kinds_and_allow_hold_for_every_language() {
    let text = "verdammt, du Idiot, so eine Scheiße, du Hurensohn";
    for (settings, found) in [
        ("languages = ['de']", &["Scheiße", "Hurensohn"] as &[_]),
        ("level = 'strict', languages = ['de']", &["verdammt", "Scheiße", "Hurensohn"]),
        ("level = 'strict', kinds = ['mean'], languages = ['de']", &["Idiot"]),
        ("kinds = ['offensive'], languages = ['de']", &["Hurensohn"]),
        ("languages = ['de'], allow = ['scheiße']", &["Hurensohn"]),
        ("level = 'severe', languages = ['de']", &["Hurensohn"]),
        ("languages = ['fr']", &[]),
    ] {
        let detector = detector(&format!("{{ {settings} }}"));
        let pieces: Vec<_> = find(&*detector, text).into_iter().map(|(piece, _)| piece).collect();
        assert_eq!(pieces, found, "{settings}");
    }
}

#[test]
fn english_runs_where_it_is_named() {
    let text = "what the fuck, merde";
    for (languages, found) in
        [("['en']", &["fuck"] as &[_]), ("['fr']", &["merde"]), ("['fr', 'en']", &["fuck", "merde"])]
    {
        let detector = detector(&format!("{{ languages = {languages} }}"));
        let pieces: Vec<_> = find(&*detector, text).into_iter().map(|(piece, _)| piece).collect();
        assert_eq!(pieces, found, "{languages}");
    }
}

#[test]
fn a_language_that_is_none_is_guessed() {
    for (code, meant) in [
        ("ger", Some("de")),
        ("German", Some("de")),
        ("germn", Some("de")),
        ("deutsch", Some("de")),
        ("pt-BR", Some("pt")),
        ("zh_Hant", Some("zh")),
        ("nb", Some("no")),
        ("xx", None),
    ] {
        assert_eq!(Language::of(code), None, "{code}");
        assert_eq!(Language::meant(code), meant, "{code}");
    }
    assert!(ALL.is_sorted_by_key(|language| (language.code != "en", language.code)));
}

#[test]
fn words_of_every_language_are_found_in_plain_frames_and_in_capitals() {
    for language in &ALL[1..] {
        let entries = File::parse(language.list).unwrap().entries;
        let words: Vec<String> = entries.iter().map(|entry| entry.written.replace('*', "")).collect();
        let mut missed = missed(&*everything(&[language.code]), &words, 200);
        // A sign or digit after a word may form another listed word with it, which is then found, too.
        missed.retain(Miss::is_of_the_word);
        assert!(missed.is_empty(), "{}: {} missed: {missed:#?}", language.code, missed.len());
    }
}

/// Under a rule that names its language, an everyday word is left alone where it stands alone, in any case, and among others.
#[test]
fn everyday_words_of_a_named_language_are_left_alone() {
    let mut flagged = Vec::new();
    for (code, file) in lists() {
        for languages in [vec!["en", code], vec![code]] {
            let detector = everything(&languages);
            for word in &file.everyday {
                let shouted =
                    if code == "tr" { word.replace('i', "İ").to_uppercase() } else { word.to_uppercase() };
                for text in [word.clone(), shouted, format!("({word})!")] {
                    let found = find(&*detector, &text);
                    if !found.is_empty() {
                        flagged.push(format!("{languages:?}: {found:?} in `{text}`"));
                    }
                }
            }
        }
    }
    assert!(flagged.is_empty(), "{}", flagged.join("\n"));
}

/// English around a word shows that it is English, whatever other languages the rule names.
#[test]
fn signs_behind_a_phrase_are_no_letters_of_its_last_word() {
    for (languages, text, expected) in [
        ("ro", "te fut!", "te fut"),
        ("ro", "**te fut**", "te fut"),
        ("es", "**hijo de puta**", "hijo de puta"),
        ("es", "¡hijo de puta!", "hijo de puta"),
    ] {
        let detector = detector(&format!("{{ languages = ['{languages}'] }}"));
        let found: Vec<_> = find(&*detector, text).into_iter().map(|(piece, _)| piece).collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn english_swearing_stays_found_beside_other_languages() {
    for (code, text, word) in [
        ("de", "you are such a dick", "dick"),
        ("sv", "she called me a slut and left", "slut"),
        ("fr", "that is what a retard would say", "retard"),
        ("nl", "stop being a douche about it", "douche"),
    ] {
        let found = find(&*everything(&["en", code]), text);
        assert!(found.iter().any(|(piece, _)| *piece == word), "{code}: {found:?} in {text}");
    }
}
