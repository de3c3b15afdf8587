//! Property tests: random personal data of every kind is found in every frame of text, and random texts that resemble it are not.

use std::collections::BTreeMap;

use super::ids::{Sample, samples};
use super::made;
use super::random::Random;
use super::*;
use crate::message::Message;

/// Frames of text around a number, which replaces `{}`.
const FRAMES: &[&str] = &[
    "{}",
    "it is {} now",
    "it is {}.",
    "it is {}...",
    "is it {}?!",
    "it is\n{}\nnow",
    "it is\r\n{}\r\n",
    "\t{}\t",
    "Ann,42,{},x",
    "1,{},2",
    "{},12/27,123",
    "1;{};2",
    "1|{}|2",
    "1\t{}\t2",
    "\"1\",\"{}\",\"2\"",
    "x={}",
    "x={}&y=1",
    "x={};y=1",
    "x: {}",
    "x:{}",
    "x_{}",
    "_{}_",
    "__{}__",
    "*{}*",
    "**{}**",
    "~~{}~~",
    "||{}||",
    "`{}`",
    "```\n{}\n```",
    "> {}",
    "- {}",
    "* {}",
    "1. {}",
    "1) {}",
    "[{}](x)",
    "[x]({})",
    "{\"x\":\"{}\"}",
    "{\"x\": \"{}\", \"y\": 2}",
    "[\"{}\",\"y\"]",
    "\"x\\n{}\\ny\"",
    "<x>{}</x>",
    "<{}>",
    "({})",
    "'{}'",
    "“{}”",
    "„{}“",
    "«{}»",
    "‘{}’",
    "「{}」",
    "（{}）",
    "【{}】",
    "、{}。",
    "，{}，",
    "—{}—",
    "–{}–",
    "…{}…",
    "→{}←",
    "番号{}です",
    "号码{}的",
    "번호{}입니다",
    "เลข{}ครับ",
    "🙂{}🙂",
    "¿{}?",
    "¡{}!",
    "x/{}",
    "{}/x",
    "x/{}/y",
    "{} / x",
    "level=info msg=\"got {}\" took=7ms",
    "[x] INFO got {} (ok)",
    "WHERE x = '{}' AND y = 2",
    "<td>{}</td><td>2</td>",
    "{\"x\":{\"y\":[\"{}\"]}}",
    "мой номер {} спасибо",
    "رقمي {} شكرا",
    "המספר שלי {} תודה",
    "मेरा नंबर {} है",
    "ο αριθμός {} είναι",
    "எனது எண் {} ஆகும்",
    "ჩემი ნომერია {}",
    "իմ համարն է {}",
    "私の番号は{}です",
    "我的号码是{}谢谢",
    "เบอร์{}ค่ะ",
];

/// Separators between two adjacent numbers.
const SEPARATORS: &[&str] = &[
    ",", ";", "/", "|", ":", "_", "-", "+", "&", "=", " ", ", ", " - ", " / ", "\n", "\t", "、", "，", "。",
    "和",
];

/// Creates a detector with `settings`.
fn pii(settings: &str) -> Finder {
    Finder::new(&crate::detect::table::read(settings).unwrap())
}

/// Returns what `pii` finds in `text`.
fn found<'t>(pii: &Finder, text: &'t str) -> Vec<&'t str> {
    let message = Message::default();
    let mut cx = Context { message: &message, budget: Budget::RULE };
    let mut found = Found::default();
    pii.find(&View::new(text), &mut cx, &mut found).unwrap();
    found.spans.into_iter().map(|find| &text[find.range]).collect()
}

/// Returns all frames, including each ASCII punctuation character before, after and around the number.
fn frames() -> Vec<String> {
    let signs = (b'!'..=b'~').map(char::from).filter(|sign| !sign.is_ascii_alphanumeric());
    // A percent sign or backslash before digits starts an escape sequence.
    let before = |sign: char| (!matches!(sign, '%' | '\\')).then_some(sign);
    let framed = signs.flat_map(|sign| {
        let after = Some(format!("x {{}}{sign} y"));
        let around = before(sign).map(|sign| format!("x {sign}{{}}{sign} y"));
        [before(sign).map(|sign| format!("x {sign}{{}} y")), after, around].into_iter().flatten()
    });
    FRAMES.iter().map(|frame| (*frame).to_owned()).chain(framed).collect()
}

/// Counts correct and wrong results.
#[derive(Default)]
struct Count {
    all: usize,
    wrong: BTreeMap<String, Vec<String>>,
}

impl Count {
    fn add(&mut self, what: &str, text: &str, right: bool) {
        self.all += 1;
        if !right {
            self.wrong.entry(what.to_owned()).or_default().push(text.to_owned());
        }
    }

    /// Fails if more than `max` in 10,000 results were wrong.
    fn assert_at_most(&self, max: usize) {
        let wrong: usize = self.wrong.values().map(Vec::len).sum();
        let show = |(what, texts): (&String, &Vec<String>)| {
            format!("{what}: {} such as {:?}", texts.len(), &texts[..texts.len().min(40)])
        };
        let shown: Vec<_> = self.wrong.iter().map(show).collect();
        assert!(wrong * 10_000 <= self.all * max, "{wrong} of {}\n{}", self.all, shown.join("\n"));
    }
}

/// Two numbers of the same kind and format, and the label to write before them.
struct Pair {
    kind: &'static str,
    label: &'static str,
    numbers: [String; 2],
}

fn check_frames(settings: &str, pairs: &[Pair], count: &mut Count) {
    check_some_frames(settings, pairs, &frames(), count);
}

fn check_some_frames(settings: &str, pairs: &[Pair], frames: &[String], count: &mut Count) {
    let pii = pii(settings);
    for Pair { kind, label, numbers: [one, other] } in pairs {
        for frame in frames.iter().filter(|frame| !is_amount(kind, one, frame)) {
            let text = format!("{label} {}", frame.replace("{}", one));
            // The finding may be longer by a plus sign or by a letter that may precede the number.
            let right = found(&pii, &text)
                .iter()
                .any(|found| found.contains(one.as_str()) && found.len() <= one.len() + 3);
            count.add(kind, &text, right);
        }
        for separator in SEPARATORS.iter().filter(|separator| separates(kind, one, separator)) {
            let text = format!("{label} {one}{separator}{other}");
            let found = found(&pii, &text);
            let right = found.len() == 2
                && found[0] == one
                && found[1].trim_start_matches('+') == other.trim_start_matches('+');
            count.add(kind, &text, right);
        }
    }
}

/// Returns whether `number` and another number of the kind are still two numbers with `separator` between them.
fn separates(kind: &str, number: &str, separator: &str) -> bool {
    match kind {
        // More groups of bytes make a longer sequence of bytes.
        "ip" | "mac" => !number.contains(separator),
        // The label applies only to the first.
        "birth-date" => false,
        _ => true,
    }
}

/// Returns whether `frame` makes an amount of money of `number`.
fn is_amount(kind: &str, number: &str, frame: &str) -> bool {
    let either = ["{}$", "${}"].iter().any(|sign| frame.contains(sign));
    let both = frame.contains("${}$");
    kind == "phone" && number.bytes().all(|byte| byte.is_ascii_digit()) && either && !both
}

/// Returns `samples` in pairs of the same kind and layout.
fn pairs(samples: Vec<Sample>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut samples = samples.into_iter();
    while let (Some(one), Some(other)) = (samples.next(), samples.next()) {
        pairs.push(Pair { kind: one.kind, label: one.label, numbers: [one.number, other.number] });
    }
    pairs
}

/// Generates `count` pairs with `make`, each of two numbers in the same format.
fn pairs_of(
    kind: &'static str,
    label: &'static str,
    count: u64,
    make: fn(&mut Random) -> String,
) -> Vec<Pair> {
    let format_of =
        |text: &String| text.chars().map(|c| if c.is_alphanumeric() { '9' } else { c }).collect::<String>();
    let pair = |seed| {
        let mut random = Random::new(seed);
        let one = make(&mut random);
        let has_same_format = |other: &String| format_of(other) == format_of(&one) && *other != one;
        let other = (0..10_000).map(|_| make(&mut random)).find(has_same_format);
        Pair { kind, label, numbers: [one, other.unwrap()] }
    };
    (0..count).map(pair).collect()
}

#[test]
fn finds_identification_numbers_in_every_frame() {
    let mut count = Count::default();
    // Each pair gets every third frame, so that the layouts of a kind share all frames.
    let thirds = [0, 1, 2].map(|third| frames().into_iter().skip(third).step_by(3).collect::<Vec<_>>());
    for (at, pair) in pairs(samples(&mut Random::new(1), 2)).into_iter().enumerate() {
        check_some_frames(&format!("[\"{}\"]", pair.kind), &[pair], &thirds[at % 3], &mut count);
    }
    count.assert_at_most(20);
}

#[test]
fn finds_other_numbers_in_every_frame() {
    let mut count = Count::default();
    check_frames(r#"["card"]"#, &pairs_of("card", "", 12, made::card), &mut count);
    check_frames(r#"["iban"]"#, &pairs_of("iban", "", 60, made::iban), &mut count);
    check_frames(r#"["ip"]"#, &pairs_of("ip", "", 12, made::ip), &mut count);
    check_frames(r#"["mac"]"#, &pairs_of("mac", "", 6, made::mac), &mut count);
    check_frames(r#"["birth-date"]"#, &pairs_of("birth-date", "born", 9, made::birth_date), &mut count);
    count.assert_at_most(20);
}

#[test]
fn finds_phone_numbers_in_every_frame() {
    let mut count = Count::default();
    check_frames(
        r#"{ kinds = ["phone"], region = "US" }"#,
        &pairs_of("phone", "", 21, made::north_american),
        &mut count,
    );
    check_frames(r#"["phone"]"#, &pairs_of("phone", "", 20, made::international), &mut count);
    count.assert_at_most(20);
}

#[test]
fn ignores_texts_that_resemble_personal_data() {
    let mut count = Count::default();
    let pii = pii(r#"{ kinds = "all", region = ["US", "DE"] }"#);
    let mut random = Random::new(2);
    for _ in 0..2_000 {
        let miss = made::near_miss(&mut random);
        let frames: &[&str] = if miss.starts_with('#') || miss.contains("Scope") {
            &["{}"]
        } else {
            &["{}", "it is {} now", "it was {}, and", "({})"]
        };
        for frame in frames {
            let text = frame.replace("{}", &miss);
            let found = found(&pii, &text);
            count.add(&found.concat(), &text, found.is_empty());
        }
    }
    count.assert_at_most(50);
}

#[test]
fn ignores_invalid_numbers_in_every_frame() {
    let mut count = Count::default();
    let frames = frames();
    for Sample { kind, label, invalid, .. } in samples(&mut Random::new(3), 1) {
        let Some(invalid) = invalid else { continue };
        let pii = pii(&format!("[\"{kind}\"]"));
        for frame in frames.iter().step_by(3) {
            let text = format!("{label} {}", frame.replace("{}", &invalid));
            count.add(kind, &text, found(&pii, &text).is_empty());
        }
    }
    count.assert_at_most(50);
}
