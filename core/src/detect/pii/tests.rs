//! What chance makes, in every frame: personal data of every kind is found, and what comes close to it is left alone.

use std::collections::BTreeMap;

use super::ids::{Sample, samples};
use super::made;
use super::random::Random;
use super::*;
use crate::message::Message;

/// Frames of one number, which stands where the `{}` is.
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
];

/// Signs between two numbers that stand side by side.
const SIGNS: &[&str] = &[
    ",", ";", "/", "|", ":", "_", "-", "+", "&", "=", " ", ", ", " - ", " / ", "\n", "\t", "、", "，", "。",
    "和",
];

/// A detector of `settings`.
fn pii(settings: &str) -> Pii {
    Pii::deserialize(toml::de::ValueDeserializer::parse(settings).unwrap()).unwrap()
}

/// What `pii` finds in `text`.
fn found<'t>(pii: &Pii, text: &'t str) -> Vec<&'t str> {
    let message = Message::default();
    let mut cx = Context { message: &message, answer: None, budget: Budget::RULE };
    let mut found = Found::default();
    pii.find(&View::new(text), &mut cx, &mut found).unwrap();
    found.spans.into_iter().map(|find| &text[find.range]).collect()
}

/// Every frame with one number, with every sign of ASCII on either side and on both.
fn frames() -> Vec<String> {
    let signs = (b'!'..=b'~').map(char::from).filter(|sign| !sign.is_ascii_alphanumeric());
    // A percent sign or a backslash before digits is an escape.
    let before = |sign: char| (!matches!(sign, '%' | '\\')).then_some(sign);
    let framed = signs.flat_map(|sign| {
        let after = Some(format!("x {{}}{sign} y"));
        let around = before(sign).map(|sign| format!("x {sign}{{}}{sign} y"));
        [before(sign).map(|sign| format!("x {sign}{{}} y")), after, around].into_iter().flatten()
    });
    FRAMES.iter().map(|frame| (*frame).to_owned()).chain(framed).collect()
}

/// How often something went right, and what did not.
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

    /// Fails if more than `most` of 10,000 were wrong.
    fn at_most(&self, most: usize) {
        let wrong: usize = self.wrong.values().map(Vec::len).sum();
        let show = |(what, texts): (&String, &Vec<String>)| {
            format!("{what}: {} such as {:?}", texts.len(), &texts[..texts.len().min(40)])
        };
        let shown: Vec<_> = self.wrong.iter().map(show).collect();
        assert!(wrong * 10_000 <= self.all * most, "{wrong} of {}\n{}", self.all, shown.join("\n"));
    }
}

/// Numbers of a kind, for one detector: what they are called, what is said before them, and two of them.
struct Pair {
    kind: &'static str,
    name: &'static str,
    numbers: [String; 2],
}

fn check_frames(settings: &str, pairs: &[Pair], count: &mut Count) {
    let pii = pii(settings);
    let frames = frames();
    for Pair { kind, name, numbers: [one, other] } in pairs {
        for frame in frames.iter().filter(|frame| !is_amount(kind, one, frame)) {
            let text = format!("{name} {}", frame.replace("{}", one));
            // What is found may be more: a plus before a number that is dialled, a letter that the kind may have before it.
            let right = found(&pii, &text)
                .iter()
                .any(|found| found.contains(one.as_str()) && found.len() <= one.len() + 3);
            count.add(kind, &text, right);
        }
        for sign in SIGNS.iter().filter(|sign| is_between(kind, one, sign)) {
            let text = format!("{name} {one}{sign}{other}");
            let found = found(&pii, &text);
            let right = found.len() == 2
                && found[0] == one
                && found[1].trim_start_matches('+') == other.trim_start_matches('+');
            count.add(kind, &text, right);
        }
    }
}

/// Whether `sign` may stand between `number` of a kind and another, and the two are still two.
fn is_between(kind: &str, number: &str, sign: &str) -> bool {
    match kind {
        // Every group of bytes more makes another row of bytes.
        "ip" | "mac" => !number.contains(sign),
        // Only the first is said to be one.
        "birth-date" => false,
        _ => true,
    }
}

/// Whether `frame` makes something else of `number`: a price, or the name of somebody.
fn is_amount(kind: &str, number: &str, frame: &str) -> bool {
    let either = ["{}$", "${}"].iter().any(|sign| frame.contains(sign));
    let both = frame.contains("${}$");
    kind == "phone" && number.bytes().all(|byte| byte.is_ascii_digit()) && either && !both
}

/// Two of a kind that are written alike.
fn pairs(samples: Vec<Sample>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut samples = samples.into_iter();
    while let (Some(one), Some(other)) = (samples.next(), samples.next()) {
        pairs.push(Pair { kind: one.kind, name: one.name, numbers: [one.number, other.number] });
    }
    pairs
}

/// `count` pairs of what `make` makes, each two written alike.
fn pairs_of(
    kind: &'static str,
    name: &'static str,
    count: u64,
    make: fn(&mut Random) -> String,
) -> Vec<Pair> {
    let shape =
        |text: &String| text.chars().map(|c| if c.is_alphanumeric() { '9' } else { c }).collect::<String>();
    let pair = |seed| {
        let mut random = Random::new(seed);
        let one = make(&mut random);
        let alike = |other: &String| shape(other) == shape(&one) && *other != one;
        let other = (0..10_000).map(|_| make(&mut random)).find(alike);
        Pair { kind, name, numbers: [one, other.unwrap()] }
    };
    (0..count).map(pair).collect()
}

#[test]
fn numbers_of_persons_are_found_in_every_frame() {
    let mut count = Count::default();
    for pair in pairs(samples(&mut Random::new(1), 2)) {
        check_frames(&format!("[\"{}\"]", pair.kind), &[pair], &mut count);
    }
    count.at_most(20);
}

#[test]
fn other_numbers_are_found_in_every_frame() {
    let mut count = Count::default();
    check_frames(r#"["card"]"#, &pairs_of("card", "", 12, made::card), &mut count);
    check_frames(r#"["iban"]"#, &pairs_of("iban", "", 12, made::iban), &mut count);
    check_frames(r#"["ip"]"#, &pairs_of("ip", "", 12, made::ip), &mut count);
    check_frames(r#"["mac"]"#, &pairs_of("mac", "", 6, made::mac), &mut count);
    check_frames(r#"["birth-date"]"#, &pairs_of("birth-date", "born", 9, made::birth_date), &mut count);
    count.at_most(20);
}

#[test]
fn phones_are_found_in_every_frame() {
    let mut count = Count::default();
    check_frames(
        r#"{ kinds = ["phone"], region = "US" }"#,
        &pairs_of("phone", "", 21, made::north_american),
        &mut count,
    );
    check_frames(r#"["phone"]"#, &pairs_of("phone", "", 20, made::international), &mut count);
    count.at_most(20);
}

#[test]
fn what_comes_close_is_left_alone() {
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
    count.at_most(50);
}

#[test]
fn numbers_with_a_wrong_end_are_left_alone_in_every_frame() {
    let mut count = Count::default();
    let frames = frames();
    for Sample { kind, name, wrong, .. } in samples(&mut Random::new(3), 1) {
        let Some(wrong) = wrong else { continue };
        let pii = pii(&format!("[\"{kind}\"]"));
        for frame in &frames {
            let text = format!("{name} {}", frame.replace("{}", &wrong));
            count.add(kind, &text, found(&pii, &text).is_empty());
        }
    }
    count.at_most(50);
}
