//! Ordinary words and names are left alone, and what is meant is found beside them.

use super::cores::core_words;
use super::engine::rated_words;
use super::english::{EXACT, HARMLESS_AMONG, RESPELLED_HOMOGRAPHS};
use super::plainly::{Miss, missed};
use super::tests::{detector, find, pieces};
use crate::detect::{Budget, Detector, Find};

/// Words that a dictionary knows as ordinary, in the sense of their sentence.
const SENTENCES: &[&str] = &[
    "tighten the flange bolts, then the flanges",
    "he plays hooker for the Lions",
    "a rusty hoe in the shed",
    "the bird feeder is full of tits",
    "a chink of light under the door",
    "you can retard the ignition by two degrees",
    "faggots and peas with gravy",
    "prick the potatoes with a fork",
    "a cheese cracker",
    "he bobs along",
    "the Warsaw ghetto",
    "an early waker, the wakers",
    "a weaner pig",
    "the underskirt is silk",
    "frozen testes samples",
    "it nips at my heels",
    "muff the shot",
    "a commie block",
    "diddle around",
    "nakedness",
    "a prepubescent voice",
    "the vibrator motor in the phone",
    "the birds were blackcocks and stormcocks",
    "the boned fish",
    "hoar frost",
    "a booby trap and a booby prize",
    "he cocked his head and dickered about it",
    "do not bastardise the recipe, it is a bastardisation",
    "a golf foursome",
    "kumera and medick grow here",
    "wallpaper stripper, striped bass and stripers",
    "she tidies up",
    "a nagger, not a doer",
    "our shitzu puppy",
    "pornography laws and sodomy laws",
    "hi litter, Mr Pelini is here",
    "**balls**, *hole*, a **tiller and more** and ***hollies***",
    "the cocker's ear, the prickle's end, the annal's page",
    "see https://example.com/cumin-guide and https://example.com/prickly/swanker",
    "retarding basins, a scummy pond, and he is boobing",
    "Het lied 'We Are the Champions of the World' laat zien hoe de band klonk",
    "Pein is here",
    "he was a hooker in rugby, between two props",
    "cock and hen, and the cock crowed at dawn",
    "we had spotted dick for pudding",
    "hoe the garden with a hoe and a rake",
    "I got it at Dick's Sporting Goods, dicks sporting goods",
    "smooth it with a bastard file",
    "King Cnut and the sea, Cnut the Great",
    "gobble de gook",
    "tumbuhan yang dihasilkan seperti pakis menggunakan spora",
    "the bitch and her puppies are in the kennel",
    "the dyke along the river broke",
    "my tranny slipped into third gear",
];

/// Names of people that contain or are a word that counts.
const NAMES: &[&str] = &[
    "Bastardi",
    "Coombs",
    "Cumming",
    "Cummings",
    "Dickson",
    "Dickerson",
    "Fuks",
    "Hiscock",
    "Kuntz",
    "Penisson",
    "Shitov",
    "Shittu",
    "Slutzky",
    "Twatt",
];

#[test]
fn ordinary_words_are_left_alone() {
    let detector = detector("'work'");
    for sentence in SENTENCES {
        assert_eq!(pieces(&*detector, sentence), [] as [&str; 0], "{sentence}");
    }
}

#[test]
fn a_respelling_is_found_among_words_that_tell_no_language() {
    let detector = detector("'work'");
    let frames = ["WORD noob", "sup WORD", "Kevin WORD", "nerf WORD plz", "WORD Rachel", "gg WORD zxqv"];
    for word in [
        "fcking",
        "fcked",
        "fuker",
        "biatch",
        "btch",
        "btches",
        "sht",
        "shyt",
        "bullsht",
        "dumass",
        "azzhole",
        "motherfcker",
        "pussies",
        "titties",
        "rimjob",
        "clit",
        "pedofile",
        "deepthroat",
        "phuck",
        "thot",
    ] {
        for frame in frames {
            let text = frame.replace("WORD", word);
            assert_eq!(pieces(&*detector, &text), [word], "{text}");
        }
    }
    for word in RESPELLED_HOMOGRAPHS {
        for frame in frames {
            let text = frame.replace("WORD", word);
            assert_eq!(pieces(&*detector, &text), [] as [&str; 0], "{text}");
        }
    }
}

#[test]
fn a_phrase_is_found_in_every_frame_in_which_a_word_is() {
    let detector = detector("'work'");
    let mut tried = 0;
    for phrase in rated_words().iter().map(|phrase| phrase.trim()).filter(|phrase| phrase.contains(' ')) {
        if pieces(&*detector, phrase) != [phrase] {
            continue;
        }
        tried += 1;
        for (before, after) in [
            ("they wrote ", ""),
            ("they wrote ", " to me"),
            ("", ", idiot"),
            ("", " is what they wrote"),
            ("", " I think"),
            ("x: ", ""),
            ("- ", "!"),
            ("1. ", "."),
            ("\"", "\""),
            ("they wrote this:\n", "\nyesterday"),
        ] {
            let text = format!("{before}{phrase}{after}");
            assert_eq!(pieces(&*detector, &text), [phrase], "{text:?}");
        }
        for between in [" ", ". ", ", ", "! ", "\n"] {
            let text = format!("{phrase}{between}{phrase}");
            assert_eq!(pieces(&*detector, &text).concat().matches(phrase).count(), 2, "{text:?}");
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn other_words_and_colors_are_none() {
    let detector = detector("'work'");
    for text in ["A S S E T", "C L A S S", "background: #a55", "background: #A55"] {
        assert_eq!(pieces(&*detector, text), [] as [&str; 0], "{text}");
    }
    for (text, found) in [("F U C K E R", "F U C K E R"), ("#f4g", "f4g")] {
        assert_eq!(pieces(&*detector, text), [found], "{text}");
    }
}

#[test]
fn a_capitalised_word_within_a_sentence_is_a_name() {
    let detector = detector("'work'");
    for name in NAMES {
        for sentence in [
            "please ask NAME about it",
            "Mr NAME is here",
            "hi NAME",
            "Thanks NAME!",
            "I talked to NAME",
            "NAME: look",
        ] {
            let text = sentence.replace("NAME", name);
            assert_eq!(pieces(&*detector, &text), [] as [&str; 0], "{text}");
        }
    }
    for text in [
        "Mr Hooker is here",
        "ask Dyke about it",
        "I met Anna Coon",
        "Thanks, Dick!",
        "good work, Dick",
        "Regards,\nDick",
        "Tom, Dick and Harry",
        "it is Dick's birthday",
        "Dick’s house",
    ] {
        assert_eq!(pieces(&*detector, text), [] as [&str; 0], "{text}");
    }
    for (text, found) in [
        ("you are such a Dick", "Dick"),
        ("shame on you, Dick", "Dick"),
        ("Thanks, dick!", "dick"),
        ("your Dick's so small", "Dick"),
        ("that's Fcked up", "Fcked"),
        ("he is a Twat, Wanker and so on", "Twat"),
        ("what the Fuck", "Fuck"),
        ("What A Stupid Cunt", "Cunt"),
        ("ask that Shithead", "Shithead"),
        ("oh Shit", "Shit"),
        ("you Fuk", "Fuk"),
        // These are slurs more often than names: a title has to say so, or another name beside them.
        ("I love Dykes", "Dykes"),
        ("all these Hoes", "Hoes"),
        ("I love Hoes", "Hoes"),
        // A text that is nothing else.
        ("as s", "as s"),
        ("βιτ⊂η", "βιτ⊂η"),
        ("**shit** happens", "shit"),
        ("**what the fuck**", "fuck"),
        ("see https://example.com/fuck-it", "fuck"),
        ("you dumb hoe, get out of the garden", "hoe"),
        ("suck my cock, chicken", "cock"),
        ("a cheap hooker", "hooker"),
        ("that fucking tranny in the car", "tranny"),
        ("shit|bob@example.com", "shit"),
    ] {
        assert!(pieces(&*detector, text).iter().any(|piece| piece == found), "{text}");
    }
}

/// Misspellings and slurs that are no exotic ones.
#[test]
fn plain_misspellings_and_slurs_are_found_alone_and_in_sentences() {
    let detector = detector("'work'");
    for word in [
        "shlt", "bltch", "bitxh", "btich", "cnut", "fuking", "tranny", "trannies", "gook", "gooks", "paki",
        "pakis", "bellend", "nlgger", "bjtch", "fucj", "shjt", "cjnt", "spic", "wetback", "wetbacks",
        "raghead", "pikeys", "nig-nog", "jerk-off", "ass-hats",
    ] {
        for frame in [
            "WORD",
            "(WORD)",
            "[WORD]",
            "-WORD",
            "xx WORD yy",
            "oh WORD",
            "you WORD",
            "what a WORD!",
            "that WORD is here again",
        ] {
            for written in [word.to_owned(), word.to_uppercase()] {
                let text = frame.replace("WORD", &written);
                assert_eq!(pieces(&*detector, &text), [&*written], "{text}");
            }
        }
    }
}

/// Words of other topics, and insults with the same words.
#[test]
fn words_are_left_alone_among_those_of_their_topic_unless_somebody_is_called_so() {
    let detector = detector("'work'");
    for (word, topic, insults) in HARMLESS_AMONG {
        for near in *topic {
            for text in [
                format!("the {near} and the {word} are here"),
                format!("we saw {word} near the {near}"),
                format!("{near} with {word}"),
            ] {
                assert!(!pieces(&*detector, &text).iter().any(|piece| piece == word), "{text}");
            }
            for text in [format!("look at the {near}, you {word}"), format!("no {near} here, shut up {word}")]
            {
                assert!(pieces(&*detector, &text).iter().any(|piece| piece == word), "{text}");
            }
        }
        for insult in *insults {
            let text = format!("the {} and {insult} {word} are here", topic[0]);
            assert!(pieces(&*detector, &text).iter().any(|piece| piece.ends_with(word)), "{text}");
        }
    }
}

#[test]
fn severe_phrases_are_found_in_the_disguises_of_words() {
    let detector = detector("'work'");
    let signs = [("i", "1"), ("i", "!"), ("l", "1"), ("e", "3"), ("o", "0"), ("s", "5"), ("s", "$")];
    let spaced = |text: &str| text.chars().map(String::from).collect::<Vec<_>>().join(" ");
    let mut missed = Vec::new();
    for phrase in ["kill yourself", "kill urself"] {
        let mut written = vec![phrase.to_owned(), phrase.to_uppercase(), spaced(phrase)];
        written.extend(signs.iter().map(|(letter, sign)| phrase.replace(letter, sign)));
        written.extend(["-", "_", "  "].map(|space| phrase.replace(' ', space)));
        if let Some((one, two)) = phrase.split_once(' ') {
            written.extend([format!("{} {two}", spaced(one)), format!("{one} {}", spaced(two))]);
        }
        for text in written {
            for frame in [text.clone(), format!("just {text} already"), format!("{text}!!")] {
                let found = pieces(&*detector, &frame);
                if found.len() != 1 || found[0].trim_end_matches('!') != text {
                    missed.push(format!("{found:?} in {frame:?}"));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    for text in ["kys", "ky5", "ky$", "KYS"] {
        assert_eq!(pieces(&*detector, &format!("just {text} already")), [text]);
    }
}

#[test]
fn markup_between_letters_hides_nothing() {
    let detector = detector("'work'");
    for text in ["`f`uck", "fu`c`k", "[f](https://example.com)uck", "f:smile:uck", "sh:heart_eyes:it"] {
        let found = pieces(&*detector, &format!("oh {text} there"));
        let bare: Vec<_> = found.iter().map(|piece| piece.trim_matches('`')).collect();
        assert_eq!(bare, [text.trim_matches('`')]);
    }
}

/// Respellings of a core word: without vowels, with two letters swapped, backwards, by ear.
fn respellings(core: &str) -> Vec<String> {
    let without_vowels = core.chars().enumerate().filter(|(at, c)| *at == 0 || !"aeiou".contains(*c));
    let swap = |at: usize| {
        let mut letters: Vec<char> = core.chars().collect();
        letters.swap(at, at + 1);
        letters.into_iter().collect()
    };
    let by_ear = [("f", "ph"), ("u", "v"), ("s", "z"), ("i", "y"), ("ck", "k"), ("ck", "x")];
    let by_ear = by_ear.into_iter().filter(|(spelled, _)| core.contains(spelled));
    (1..core.len() - 1)
        .map(swap)
        .chain([without_vowels.map(|(_, c)| c).collect(), core.chars().rev().collect()])
        .chain(by_ear.map(|(spelled, heard)| core.replacen(spelled, heard, 1)))
        .collect()
}

#[test]
fn a_respelling_is_found_in_every_frame_if_it_is_found_alone() {
    let words: Vec<_> = core_words().flat_map(respellings).collect();
    let detector = detector("'work'");
    let mut missed = missed(&*detector, &words, 4000);
    missed.retain(Miss::is_of_the_word);
    assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
}

#[test]
fn strict_finds_what_work_finds() {
    let [work, strict] = ["'work'", "'strict'"].map(detector);
    let exact = EXACT.iter().map(|(word, _)| (*word).to_owned());
    let mut missed = Vec::new();
    for word in exact.chain(rated_words()).chain(core_words().map(str::to_owned)) {
        for frame in ["WORD", "they said WORD again", "real bitches WORD", "hola WORD, amigo"] {
            let text = frame.replace("WORD", &word);
            let ranges = |detector: &dyn Detector| find(detector, &text, Budget::RULE).unwrap();
            let found = ranges(&*strict);
            let is_met = |one: &Find| {
                found
                    .iter()
                    .any(|other| one.range.start < other.range.end && other.range.start < one.range.end)
            };
            if !ranges(&*work).iter().all(is_met) {
                missed.push(text);
            }
        }
    }
    assert!(missed.is_empty(), "{} missed: {missed:?}", missed.len());
}
