//! Tests of what lists find: each kind of obfuscation, in several languages.

use super::*;
use crate::detect::Budget;
use crate::message::Message;

/// Returns what `words`, as written in a list, find in `text`.
pub(super) fn finds(words: &[&str], fold: Fold, text: &str) -> Vec<String> {
    found(&finder(words, &[], fold), text)
}

/// Returns a finder of `words` that does not report what is `allowed`, both as written in a list.
pub(super) fn finder(words: &[&str], allowed: &[&str], fold: Fold) -> Finder {
    let all = |words: &[&str]| {
        folded(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), fold).unwrap()
    };
    let (listed, spelled) = (Spellings::of(words.iter().copied()), Spellings::of(allowed.iter().copied()));
    Finder { words: all(words), allow: Allow { words: all(allowed), allowed: spelled, listed } }
}

/// Returns what `finder` finds in `text`.
pub(super) fn found(finder: &Finder, text: &str) -> Vec<String> {
    let (message, mut found) = (Message::default(), Found::default());
    let mut cx = Context { message: &message, budget: Budget::RULE };
    finder.find(&View::new(text), &mut cx, &mut found).unwrap();
    found.spans.into_iter().map(|find| text[find.range].to_owned()).collect()
}

#[track_caller]
fn check(word: &str, text: &str, found: &[&str]) {
    assert_eq!(finds(&[word], Fold::Strict, text), found, "{word:?} in {text:?}");
}

/// Asserts that `word` is found in each text and that the finding is the whole text.
#[track_caller]
fn assert_found(word: &str, texts: &[&str]) {
    for text in texts {
        check(word, text, &[text]);
        // The same between other words.
        let sentence = format!("well, {text}, so");
        check(word, &sentence, &[text]);
    }
}

/// Asserts that `word` is not found in any text.
#[track_caller]
fn assert_not_found(word: &str, texts: &[&str]) {
    for text in texts {
        check(word, text, &[]);
    }
}

#[test]
fn finds_obfuscated_words() {
    assert_found(
        "gobshite",
        &["gobshite", "GOBSHITE", "g0b$h1te", "gooobshite", "g o b s h i t e", "g.o-b s_h i t e"],
    );
    assert_found(
        "gobshite",
        &["g**ob**shite", "g_ob_shite", "g`o`bshite", "g~~o~~bshite", "gob(s)hite", "g|o|b|s|h|i|t|e"],
    );
    assert_found(
        "gobshite",
        &["gob&shy;shite", "gob&#115;hite", "g&#x200b;obshite", "&#103&#111&#98&#115hite"],
    );
    assert_found(
        "gobshite",
        &["ɢᴏʙꜱʜɪᴛᴇ", "ᵍᵒᵇˢʰⁱᵗᵉ", "🅖🅞🅑🅢🅗🅘🅣🅔", "🅶🅾🅱🆂🅷🅸🆃🅴", "🄶🄾🄱🅂🄷🄸🅃🄴", "🇬🇴🇧🇸🇭🇮🇹🇪", "🇬 🇴 🇧 🇸 🇭 🇮 🇹 🇪"],
    );
    assert_found("gobshite", &["g🅾️🅱️shite", "g🔥o🔥b🔥s🔥h🔥i🔥t🔥e", "ǝʇıɥsqoƃ", "g\no\nb\ns\nh\ni\nt\ne"]);
    assert_found("gobshite", &["g()bshite", r"gobs|-|ite", "go|3shite"]);
    check("gobshite", "\u{202e}etihsbog\u{202c}", &["etihsbog"]);
    check("gobshite", "etihsbog", &[]);
    assert_found("fork", &["f()rk", r"|=or|<", "forrrk", "f0rk", "f o r r r k", "F.O.R.K"]);
    assert_found("vain", &[r"\/ain", r"v/\in", r"vai|\|", r"\//-\i|\|"]);
    assert_found(
        "bell end",
        &[
            "bell end",
            "BELL-END",
            "b e l l e n d",
            "bell e n d",
            "b.e.l.l end",
            "b3ll   3nd",
            "be**ll** e_nd",
        ],
    );
    assert_found(
        "kill yourself",
        &[
            "kill y o u r s e l f",
            "k i l l y o u r s e l f",
            "k1ll y0urself",
            "kill yo*rself",
            "k*ll y**rself",
        ],
    );
}

#[test]
fn letters_at_a_star_may_be_spelled_too() {
    assert_found("gobshite*", &["g o b s h i t e s", "g.o.b.s.h.i.t.e.r"]);
    check("gobshite*", "you g o b s h i t e s   r u n", &["g o b s h i t e s"]);
    assert_found("*shite", &["g o b s h i t e"]);
}

#[test]
fn ignores_texts_that_resemble_a_word() {
    assert_not_found(
        "ass",
        &["c l a s s", "c.l.a.s.s", "a s s e t", "as s", "class", "a5", "455", "as\u{df}e"],
    );
    assert_not_found("god", &["good", "go d", "go-dive", "g o o d"]);
    assert_not_found("bell end", &["bellend", "bells end", "bell ending"]);
    assert_not_found("fi", &["ﬃ", "ﬁn"]);
    assert_not_found("of", &["oﬀ"]);
    assert_not_found("pot", &["рот", "нос и рот"]);
    check("pot", "you smoke рот", &["рот"]);
    assert_not_found("fishing", &["phishing"]);
    assert_not_found("us", &["🇺🇸", "from the 🇺🇸 to 🇬🇧"]);
    assert_not_found("fork", &["foo | rk", "f(x) or k", "x = f; // or k"]);
}

#[test]
fn finds_words_of_other_languages() {
    assert_found(
        "Arschlöcher",
        &["Arschlöcher", "arschlocher", "arschloecher", "ARSCHLÖCHER", "Arschlo\u{308}cher"],
    );
    assert_found("scheiße", &["scheisse", "SCHEISSE", "scheiße", "SCHEIẞE"]);
    assert_not_found("scheiße", &["Scheibe", "scheide"]);
    assert_found("kurwa łajza", &["kurwa łajza", "kurwa lajza", "k u r w a łajza"]);
    assert_found("røv", &["røv", "rov", "roev", "RØV"]);
    assert_found("đụ", &["đụ", "du", "Đụ"]);
    assert_found("ibne sıkı", &["İBNE SIKI", "ibne siki", "ıbne sıkı"]);
    assert_found("мудёр", &["мудер", "МУДЁР", "м у д ё р", "муд*р", "мyдep"]);
    assert_found("أحمق", &["احمق", "أَحْمَق", "أحـــمق", "ﺃﺣﻤﻖ"]);
    assert_found("کثافت", &["كثافت", "کثافت"]);
    assert_found("שמוק", &["שמוק", "שׁמוֹק", "שמוק"]);
    check("バカ", "ﾊﾞｶだ、おまえバカ！", &["ﾊﾞｶ", "バカ"]);
    check("バカが", "ばかがき バカガ ばかか", &["ばかが", "バカガ"]);
    check("バカ", "バカンス そばかす ばかだ", &["ばか"]);
    check("ばか", "おまえばかだ", &["ばか"]);
    check("死ね", "おまえは死ねよ", &["死ね"]);
    check("笨蛋", "你是个笨 蛋吗", &["笨 蛋"]);
    check("바보", "바보야, ㅂㅏㅂㅗ, 바보상자 바보들은", &["바보", "ㅂㅏㅂㅗ", "바보"]);
    check("가", "각", &[]);
    check("โง่", "คุณโง่มาก", &["โง่"]);
    check("चूतिया", "वह चूतिया है, चूतियापा", &["चूतिया"]);
    assert_found("सात 7", &["सात 7", "सात ७"]);
}

#[test]
fn allowed_words_may_have_particles() {
    let finder = finder(&["바보*"], &["바보상자*"], Fold::Strict);
    assert_eq!(found(&finder, "바보상자는, 바보상자점에서, 바보짓은"), ["바보짓은"]);
}

#[test]
fn plain_lists_ignore_only_case_width_accents_and_invisible_characters() {
    for (text, found) in [
        ("ＣＡＦÉ, cafe\u{301}, ca\u{200b}fe, &#99;afe, \u{202e}efac\u{202c}", 5),
        ("c4fe, c a f e, caаfe, cafes, c.afe, ca*e", 0),
        ("cafﬁ", 0),
    ] {
        assert_eq!(finds(&["café"], Fold::Plain, text).len(), found, "{text:?}");
    }
    assert_eq!(finds(&["café"], Fold::Plain, "ǝɟɐɔ"), ["ǝɟɐɔ"]);
    assert_eq!(finds(&["fi"], Fold::Plain, "ﬃ fi"), ["fi"]);
    assert_eq!(finds(&["ass"], Fold::Plain, "&#99;l&#97;&#115;&#115; &#97;ss"), ["&#97;ss"]);
}

/// Discord keyword filters have a star at an end, any number of words, and ignore case.
#[test]
fn keywords_match_as_in_discord() {
    for (keyword, matches, not) in [
        ("dog*", &["dog", "Doge", "DOGMA", "dogs!", "(dogged)"][..], &["hotdog", "underdogs"][..]),
        ("*dog", &["dog", "hotdog", "WatchDog", "under-dog"], &["dogma", "hotdogs"]),
        ("*dog*", &["dog", "hotdogs", "eNDOGenous", "dogma"], &["god", "do g-man"]),
        ("dog", &["dog", "a DOG.", "\"dog\"", "dog's", "#dog", "@dog"], &["dogs", "hotdog", "1dog", "dog2"]),
        ("the dog", &["the dog", "The  DOG!", "on the\ndog"], &["the dogs", "bathe dog", "thedog"]),
        ("the dog*", &["the dog", "the dogma"], &["bathe dogs"]),
        ("*the dog", &["the dog", "bathe dog"], &["bathe dogs"]),
        ("*the dog*", &["the dog", "bathe dogs", "lathe dogma"], &["the hot dog"]),
        ("*", &[], &[]),
    ] {
        if keyword == "*" {
            assert!(check_word(keyword).is_err());
            continue;
        }
        for text in matches {
            assert_ne!(finds(&[keyword], Fold::Plain, text), [""; 0], "{keyword} in {text}");
            assert_ne!(finds(&[keyword], Fold::Strict, text), [""; 0], "{keyword} in {text}");
        }
        for text in not {
            assert_eq!(finds(&[keyword], Fold::Plain, text), [""; 0], "{keyword} in {text}");
            assert_eq!(finds(&[keyword], Fold::Strict, text), [""; 0], "{keyword} in {text}");
        }
    }
}
