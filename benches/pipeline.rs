//! What the default rules cost a message: `cargo bench --no-default-features`.
//!
//! Compare rows of one run with each other; times of different runs only on a machine that does nothing else.

use chimeflow::detect::Detectors;
use chimeflow::message::Message;
use chimeflow::outcome::Outcome;
use chimeflow::rules::{self, Source};

/// Messages: what people write, and the worst that anybody may.
fn messages() -> Vec<(&'static str, String)> {
    let short = "can you have a look at the build? it fails on my laptop since monday";
    let repeat = |text: &str| text.repeat(4096 / text.len());
    vec![
        ("short, 68 bytes", short.to_owned()),
        ("short, profane", "what the fuck, the shit build fails on my laptop since monday again".to_owned()),
        ("short, Russian", "посмотри пожалуйста сборку, она падает с понедельника".to_owned()),
        ("4 KB of chat", repeat(&format!("{short}. "))),
        ("4 KB of Russian", repeat("посмотри пожалуйста сборку. ")),
        ("4 KB of digits", repeat("8008135")),
        ("4 KB table", repeat("12 345 6.78 | 90 1,234 5\n")),
        ("4 KB of leet", repeat("5h1t $#!7 4$$ ")),
        ("4 KB of stars", repeat("f*ck **** s**t ")),
        ("4 KB of marks", repeat("a\u{301}\u{302}\u{303}\u{304}\u{305}")),
        ("4 KB of emoji", repeat("👨‍👩‍👧🏳️‍🌈")),
    ]
}

/// What `bench/worst` found to cost most when it is repeated to 4 KB: a row a kind of work, not a rule.
const WORST: &[(&str, &str)] = &[
    ("single letters that read as others", "^k"),
    ("single letters and signs", "k, "),
    ("letters among starred ones", "\u{438} \u{438} @ss*"),
    ("a swear word that some allow", "b!tch "),
    ("words in one run", "concatenate"),
    ("hosts in one run", "\u{d55c}.com"),
    ("numbers that could be dialled", "10.5 +1"),
    ("vowel signs", "\u{e19}\u{e49}\u{e33}, "),
];

/// The files that ship.
const FILES: &[(&str, &str)] = &[
    ("default", rules::DEFAULT),
    ("kids", include_str!("../rules/kids.toml")),
    ("gaming", include_str!("../rules/gaming.toml")),
    ("healthcare", include_str!("../rules/healthcare.toml")),
];

fn main() {
    divan::main();
}

#[divan::bench(args = FILES.iter().flat_map(|(file, _)| WORST.iter().map(move |(name, _)| format!("{file}: {name}"))))]
fn worst(bencher: divan::Bencher<'_, '_>, case: &str) {
    let (file, name) = case.split_once(": ").expect("the case names both");
    let text = FILES.iter().find(|(known, _)| *known == file).expect("the file is listed").1;
    let unit = WORST.iter().find(|(known, _)| *known == name).expect("the name is listed").1;
    let pipeline = rules::load(&Source::alone(file, text), &Detectors::builtin()).expect("the rules load");
    let message = Message { content: unit.repeat(4096 / unit.len()), ..Message::default() };
    bencher.with_inputs(|| message.clone()).bench_values(|message| -> Outcome { pipeline.run(message) });
}

#[divan::bench(args = messages().into_iter().map(|(name, _)| name))]
fn default_rules(bencher: divan::Bencher<'_, '_>, name: &str) {
    let source = Source::alone("embedded", rules::DEFAULT);
    let pipeline = rules::load(&source, &Detectors::builtin()).expect("the default rules load");
    let content = messages().into_iter().find(|(known, _)| *known == name).expect("the name is listed").1;
    let message = Message { content, ..Message::default() };
    bencher.with_inputs(|| message.clone()).bench_values(|message| -> Outcome { pipeline.run(message) });
}
