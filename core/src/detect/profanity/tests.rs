//! Tests what is found, with its exact bytes, and what is not: one row for each kind of obfuscation or false positive.

use proptest::prelude::*;

use super::*;
use crate::detect::{Budget, Find};
use crate::message::Message;

pub(super) fn detector(settings: &str) -> Box<dyn Detector> {
    crate::detect::table::read::<Profanity>(settings).unwrap().build(&Rulebook::default()).unwrap()
}

pub(super) fn find(detector: &dyn Detector, text: &str, budget: Budget) -> Result<Vec<Find>, Exhausted> {
    let message = Message::default();
    let mut cx = Context { message: &message, budget };
    let mut found = Found::default();
    detector.find(&View::new(text), &mut cx, &mut found).map(|()| found.spans)
}

/// Returns what `detector` finds in `text`.
pub(super) fn pieces(detector: &dyn Detector, text: &str) -> Vec<String> {
    let found = find(detector, text, Budget::RULE).unwrap();
    found.into_iter().map(|find| text[find.range].to_owned()).collect()
}

fn check(settings: &str, rows: &[(&str, &[&str])]) {
    let detector = detector(settings);
    for (text, expected) in rows {
        assert_eq!(pieces(&*detector, text), *expected, "{text:?}");
    }
}

#[test]
fn plain_words_are_found_whole() {
    check(
        "'work'",
        &[
            ("what the fuck", &["fuck"]),
            ("FUCK this shit!!!", &["FUCK", "shit"]),
            ("fucking motherfuckers", &["fucking", "motherfuckers"]),
            ("“fuck”, he said", &["fuck"]),
            ("#fuck @bitch", &["fuck", "bitch"]),
            ("you are a motherfucker1", &["motherfucker"]),
            ("absofuckinglutely", &["absofuckinglutely"]),
            ("this is fuckface99", &["fuckface"]),
            ("Suck My Dick, You Dick Head", &["Suck My", "Dick", "Dick"]),
            ("SuchFuckCode", &["Fuck"]),
            ("fuckfuckfuck", &["fuckfuckfuck"]),
        ],
    );
}

#[test]
fn disguises_are_seen_through() {
    check(
        "'work'",
        &[
            ("f u c k you", &["f u c k"]),
            ("you are a f u c k honestly", &["f u c k"]),
            ("f.u.c.k", &["f.u.c.k"]),
            ("f-u-c-k, f_u_c_k f/u/c/k", &["f-u-c-k", "f_u_c_k", "f/u/c/k"]),
            ("f\nu\nc\nk", &["f\nu\nc\nk"]),
            ("f🔥u🔥c🔥k", &["f🔥u🔥c🔥k"]),
            ("fu.ck", &["fu.ck"]),
            ("fu ck off", &["fu ck"]),
            ("fu**c**k", &["fu**c**k"]),
            ("**fuck**", &["fuck"]),
            ("5h1t sh!t $h1t", &["5h1t", "sh!t", "$h1t"]),
            ("@sshole a$$hole", &["@sshole", "a$$hole"]),
            ("f*ck f**k f***ing", &["f*ck", "f**k", "f***ing"]),
            ("fuuuuuuuuuuuuuuuuuuck", &["fuuuuuuuuuuuuuuuuuuck"]),
            ("ffuucckk", &["ffuucckk"]),
            ("f\u{200b}u\u{200b}c\u{ad}k", &["f\u{200b}u\u{200b}c\u{ad}k"]),
            ("f\u{336}u\u{336}c\u{336}k\u{336}!", &["f\u{336}u\u{336}c\u{336}k\u{336}"]),
            ("fučk", &["fučk"]),
            ("ｆｕｃｋ 𝓯𝓾𝓬𝓴 ⓕⓤⓒⓚ 🅵🆄🅲🅺", &["ｆｕｃｋ", "𝓯𝓾𝓬𝓴", "ⓕⓤⓒⓚ", "🅵🆄🅲🅺"]),
            ("ѕһіт fuсk", &["ѕһіт", "fuсk"]),
            ("\u{202e}kcuf\u{202c} you", &["kcuf"]),
            ("&#102;&#117;&#x63;k", &["&#102;&#117;&#x63;k"]),
            ("https://example.com/fuck/x fuck@example.com", &["fuck", "fuck"]),
            ("`fuck`", &["fuck"]),
        ],
    );
}

#[test]
fn what_only_looks_like_it_is_left_alone() {
    let clean = [
        "Scunthorpe, Penistone, Lightwater, shiitake and shitake mushrooms",
        "just push it down the ledge",
        "the class assessed the assassin's glass; assume bass, pass, grass",
        "c.l.a.s.s c l a s s ｃｌａｓｓ cl**a**ss gl.ass",
        "a debugger, a document, a cocktail, a peacock, the analysis",
        "has steph, as is, an alert, it's hit or miss",
        "cd613e30-d8f1-6adf-91b7-584a2265b1f5 a55e7b3f9c1d2e4f8a0b1c2d3e4f5a6b",
        "45 45, 99 99, 4050035, order 8008135, 12:30, +1 (555) 455-5555",
        "- [ ] *task* one\n- [x] **bold** two",
        "**with sh**",
        "a hole",
        "/**/ int *p, **q; if lit.is_empty() { elapsed.as_secs() }",
        "| i | range.end() + i + 1 | x , x , x |",
        "xxx XXXX-XXX ppp",
        "Dr. Herman I. Libshitz and Ms. Matsushita of Kinoshita",
        "Dick Cheney met Dick Van Dyke; bob2 and nick420 saw 9xxx",
        "Größe, Übermut, das ist reich, der Hof, zum Beispiel",
        "Ça va assez bien, il est con comme la lune à Montréal",
        "Hòa Đông Thốt Nốt",
        "Привет, как дела, соски и соск",
        "नमस्ते दुनिया 你好世界 สวัสดี مرحبا שלום",
        "http://www.cum.qc.ca/ dick@example.com",
        "!@£$*&^&$%^$£%£$@£$@£$@£$%%^",
        "",
    ];
    check("'work'", &clean.map(|text| (text, &[] as &[&str])));
}

#[test]
fn core_words_are_found_however_they_are_written() {
    check(
        "'work'",
        &[
            ("(f)(u)(c)(k) off", &["f)(u)(c)(k"]),
            ("you |=|_|(|< you", &["|=|_|(|<"]),
            ("b█tch, sh💩t, f--k", &["b█tch", "sh💩t", "f--k"]),
            ("bul|lshit cu|nt", &["bul|lshit", "cu|nt"]),
            ("fu ck and bas tard", &["fu ck", "bas tard"]),
            ("f<b>u</b>ck f&shy;uck %66%75%63%6b", &["f<b>u</b>ck", "f&shy;uck", "%66%75%63%6b"]),
            ("ʞɔnɟ", &["ʞɔnɟ"]),
            ("fcuk btich uckfay", &["fcuk", "btich", "uckfay"]),
            ("www.fuckyou.com #fuckthis @fuckyou", &["fuckyou", "fuckthis", "fuckyou"]),
            ("你fuck好", &["fuck"]),
        ],
    );
}

#[test]
fn letters_of_adjacent_words_hide_no_phrase() {
    check(
        "'work'",
        &[
            ("and deep throat", &["deep throat"]),
            ("is strip club", &["strip club"]),
            ("much hand job", &["hand job"]),
            ("Bob: ball gag", &["ball gag"]),
            ("f f u c k", &["f f u c k"]),
        ],
    );
}

#[test]
fn words_that_lines_break_are_read_whole() {
    check(
        "'work'",
        &[
            ("ho-\ntel in-\nsults p-\nass", &[]),
            ("mother-\nfucker, fuck-\ning", &["mother-\nfucker", "fuck"]),
            ("you-\nslut, good-\nporn", &["slut", "porn"]),
        ],
    );
}

#[test]
fn placeholders_and_numerals_are_no_words() {
    check("'strict'", &[("%4$s of %s %s", &[]), ("80%-ый шанс, 5-го", &[]), ("%4$$hole", &["4$$hole"])]);
}

#[test]
fn one_word_alone_counts_with_a_doubled_letter() {
    for word in ["bitcch", "cunnt", "niggeer", "jigaboo", "c@ck", "p@rn"] {
        check("'work'", &[(word, &[word])]);
    }
    check("'work'", &[("kukka", &[]), ("kuuma", &[]), ("titta", &[]), ("kussen", &[]), ("annal", &[])]);
}

#[test]
fn a_sign_beside_a_word_is_no_letter_of_it() {
    let clean = [
        "@nala @hollies, (unties) [ocker] {unties} <ocker>, +watts+ $execs$ and as's",
        "(unties the knot, $execs, +watts, £its, ¡um! (um",
    ];
    check("'work'", &clean.map(|text| (text, &[] as &[&str])));
    check(
        "'work'",
        &[
            ("(cunt) [cunt] ¡cunt! $cunt$ +cunt+ @cunt", &["cunt"; 6]),
            ("¡arsehole! €bitch€ «whore» 「slut」 twat™", &["arsehole", "bitch", "whore", "slut", "twat"]),
            ("`raping` and [bung hole](https://example.com)", &["bung hole"]),
            ("(2 girls 1 cup)", &["2 girls 1 cup"]),
            (
                "@ss $hit shi+ a$$ (unt @sshole $h!t ¢unt",
                &["@ss", "$hit", "shi+", "a$$", "(unt", "@sshole", "$h!t", "¢unt"],
            ),
        ],
    );
    check("'strict'", &[("¡arsehole! `raping`", &["arsehole", "raping"])]);
}

#[test]
fn context_makes_words_innocent() {
    let clean = [
        "homo sapiens, summa cum laude, np.cum_sum, an anal fissure, a blue tit",
        "Ask Dick about it, says Mr. Dick; Dick Tracy, Dick Van Dyke, Nguyen Phuc",
        "Der Arm ist dick und das Kind ist nicht reich",
        "Je suis en retard pour le train",
        "is_hit, this_hit, cache_hit; it's hit or miss; room A55",
        "subtitles.ass, please asses the damage",
        "pea.cock, cock|tail, gl ass, c - l - a - s - s, S E X T A N T",
    ];
    check("'work'", &clean.map(|text| (text, &[] as &[&str])));
    check(
        "'work'",
        &[("you Dick, a homo, my dick", &["Dick", "homo", "dick"]), ("dick is not nice", &["dick"])],
    );
}

#[test]
fn who_is_called_something_is_no_topic() {
    let detector = detector("\"work\"");
    for (topic, word) in [
        ("you lost the lineout", "hooker"),
        ("garden chat is boring", "hoe"),
        ("the hens are dead", "cock"),
        ("puppies are boring", "bitch"),
    ] {
        for called in ["you", "you're a", "ur a", "you are such a", "shut up", "u r a useless", "your a fat"]
        {
            let text = format!("{called} {word}, {topic}");
            assert_eq!(pieces(&*detector, &text), [word], "{text}");
        }
    }
}

#[test]
fn everyday_words_of_other_languages_are_left_alone() {
    let clean = [
        "¡feliz cumple, abuela!",
        "mañana es el cumple de mi primo",
        "en dan nu? hoe ver is het nog",
        "kunt u dat nog een keer zeggen",
        "boken ligger på bordet och lektionen är slut",
        "snart är det slut med det",
        "vi møtes klokken seks i morgen",
        "jeg er sulten, er maten slutt?",
        "cum merge, ce mai faci",
        "nu știu cum se face",
        "bu cuma gelemem",
        "sexta não dá, só no sábado",
        "os testes já foram feitos",
        "já bych to nekupoval",
        "bị cúm nên tôi ở nhà",
        "minun pitää kysyä, onko siellä kuuma",
        "моята нова шапка е червена",
        "më duhet diçka tjetër",
        "sült hal lesz ma ebédre",
        "o batla ho ya hae ka moso",
        "hij is te dik voor die jas",
        "das Ende der Reise",
        "cuma",
        "sexta",
        "diçka",
        "шапка",
        "kyss",
    ];
    check("'work'", &clean.map(|text| (text, &[] as &[&str])));
}

#[test]
fn a_reading_far_from_the_text_is_found_where_there_is_a_reason() {
    check(
        "'work'",
        &[
            ("you cum stained slut, you hoe", &["cum", "slut", "hoe"]),
            ("slut", &["slut"]),
            ("hoe", &["hoe"]),
            ("what a kunt you are", &["kunt"]),
            ("kunt", &["kunt"]),
            ("phuk", &["phuk"]),
            ("du bist so eine bitch, fuck", &["bitch", "fuck"]),
            ("det är s l u t och cu.m", &["s l u t", "cu.m"]),
            ("ta gueule, $lut", &["$lut"]),
            ("han är en ｓｌｕｔ och en slυt", &["ｓｌｕｔ", "slυt"]),
        ],
    );
}

#[test]
fn a_span_tells_how_grave_it_is() {
    let text = "shit, you cunt, damn";
    let found = find(&*detector("'strict'"), text, Budget::RULE).unwrap();
    let grave: Vec<_> =
        found.iter().map(|find| (&text[find.range.clone()], find.severity.map(Severity::name))).collect();
    assert_eq!(grave, [("shit", Some("moderate")), ("cunt", Some("severe")), ("damn", Some("mild"))]);
    check("'severe'", &[(text, &["cunt"])]);
}

#[test]
fn strict_finds_mild_words_too() {
    let mild: &[(&str, &[&str])] =
        &[("damn, what the hell", &["damn", "hell"]), ("don't be a butt", &["butt"])];
    check("'strict'", mild);
    check("'work'", &mild.iter().map(|(text, _)| (*text, &[] as &[&str])).collect::<Vec<_>>());
}

#[test]
fn a_span_tells_its_kind() {
    let text = "shit cunt porn";
    let found = find(&*detector("'work'"), text, Budget::RULE).unwrap();
    let kinds: Vec<_> = found.iter().map(|find| (&text[find.range.clone()], find.kind)).collect();
    assert_eq!(kinds, [("shit", "profane"), ("cunt", "offensive"), ("porn", "sexual")]);
    check("{ kinds = ['sexual'] }", &[("shit porn", &["porn"]), ("s**t", &[])]);
}

/// Returns texts that are as costly as possible.
fn costly() -> Vec<String> {
    let units = [
        "8",
        "1 2 3 4 5 6 7 8 9 0 ",
        "12.5 | 44,301 | 9 |\n",
        "@$!+(<#",
        "i!1|l",
        "x3 ",
        "* ",
        "f*",
        "f*** ",
        "a1! ",
        "ass ",
        "a s s ",
        "f u c k ",
        "f.u.c.k.",
        "fuck",
        "s",
        "asss",
        "ssss 3(^z~s",
        "` ",
        "``` ",
        "&#102;",
        "&#",
        "e\u{301}\u{302}",
        "\u{202e}a",
        "http://",
        "a@",
        "- [ ] *t* one\n",
        "3i!i|l!j1|a l:",
        " 1dvf!f6*! ! l53A",
        "🍆💦",
        "f4gg07 5h1t ",
        "🍑kk",
        "*k<k",
        "3**X",
        "un+x*Xxx\\x3X*3x3xx3393xxx3(",
        "xxx*x**xXxXxxXx*x(untxxX",
        "a s h i t t a k e s ",
        "p u s h x ",
        "s|h(i!tt@|<0 ",
        "fuckshitbitchcuntwhore1",
        "f.u-c_k(s)h!i+t ",
        "Dick ",
        "dick und der ",
        "fu ck fuc k ",
        "f*ck_sh-t.b@#ch ",
        "|=|_|",
        "<b><b",
        "%66\\u0066",
        "ʞɔ ",
    ];
    units
        .map(|unit| {
            unit.chars()
                .cycle()
                .scan(0, |len, c| {
                    *len += c.len_utf8();
                    (*len <= 4096).then_some(c)
                })
                .collect()
        })
        .into()
}

#[test]
fn no_text_uses_up_the_budget() {
    let detector = detector("'strict'");
    for text in costly() {
        let start: String = text.chars().take(12).collect();
        assert!(find(&*detector, &text, Budget::of(5_000_000)).is_ok(), "{start:?}");
    }
    let prose =
        "Could somebody have a look at the build, please? It fails for me since this morning. ".repeat(48);
    assert!(find(&*detector, &prose, Budget::of(400_000)).is_ok());
}

#[test]
fn what_is_allowed_is_looked_for_once_whatever_is_found() {
    let detector = detector("{ allow = ['*bitch*', 'nazi*'] }");
    let found = find(&*detector, &"b!tch fuck ".repeat(372), Budget::of(3_000_000));
    assert_eq!(found.map(|found| found.len()), Ok(372));
}

#[test]
fn an_exhausted_budget_is_told() {
    assert_eq!(find(&*detector("'work'"), "what the fuck", Budget::of(100)), Err(Exhausted));
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_it(text in any_text()) {
        for find in find(&*detector("'strict'"), &text, Budget::RULE).unwrap() {
            prop_assert!(!find.range.is_empty() && text.get(find.range).is_some());
        }
    }

    #[test]
    fn a_word_is_found_wherever_it_stands(before in "[a-z ]{0,40}", after in "[a-z ]{0,40}") {
        let text = format!("{before}. fuck, {after}");
        let at = before.len() + 2;
        let found = find(&*detector("'work'"), &text, Budget::RULE).unwrap();
        prop_assert!(found.iter().any(|find| find.range.start <= at && at + 4 <= find.range.end));
    }
}

/// Generates difficult texts: pieces of words, signs, marks, and arbitrary characters.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "fuck", "shit", "ass", " ", "f u c k", "*", "`", "```", ".", "@", "$", "1", "3", "http://",
            "\u{202e}", "\u{202c}", "\u{e000}", "\u{301}", "\u{336}", "\u{200b}", "&#", "&#102;", "ß", "ﬀ",
            "🔥", "\n", "-", "(", "a", "s", "Dick", "한", "ｆ",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        "[a-zA-Z0-9 .*@$!]{1,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_disguised_word_is_told_as_it_is_read() {
    for (settings, text, word) in [
        ("'work'", "well f.u.c.k it", "fuck"),
        ("'work'", "sh1t happens", "shit"),
        ("'work'", "oh f**k", "fuck"),
        ("{ languages = ['en', 'de'], max = 1 }", "what the fυck", "fuck"),
    ] {
        let read = detector(settings).words_read(&View::new(text));
        assert_eq!(read.iter().map(|read| &*read.word).collect::<Vec<_>>(), [word], "{text}");
    }
}
