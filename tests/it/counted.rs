//! `replay` and `diff` with rules that count: each message has the result that it would have if all were judged one after another,
//! whatever the number of cores, and `on-error` decides about a message that cannot be counted.

use std::fmt::Write as _;
use std::process::{Command, Output};

use chimeflow_core::detect::Detectors;
use chimeflow_core::message::Message;
use chimeflow_core::pipeline::Pipeline;
use chimeflow_core::rules::{Source, channel_arn, load, sender_arn};
use chimeflow_core::state::Memory;
use serde_json::{Value, json};

use crate::support::Folder;

/// Rules that count, with others before, between and after them.
const RULES: &str = r#"
version = 1
rule = [
    { id = "muted", find = { strikes = { min = 2, within = "1m" } }, do = "deny", on-error = "pass" },
    { id = "mask", find = { words = ["darn"] }, do = "mask" },
    { id = "flood", find = { rate = { max = 6, within = "20s" } }, do = "deny", strikes = 1, on-error = "pass" },
    { id = "again", find = { duplicate = { more-than = 2, within = "2m" } }, do = "deny", on-error = "pass" },
    { id = "raid", mode = "shadow", find = { duplicate = { senders = 3, within = "1m", by = ["text", "link"] } }, do = "deny", on-error = "pass" },
    { id = "slow", in = "slow-ones", find = { rate = { max = 1, within = "9s", counts = "delivered" } }, do = "deny", on-error = "deny" },
    { id = "shout", find = { words = ["heck"], rate = { max = 2, within = "1m", of = "channel" } }, do = "strip", on-error = "pass" },
]
[places.slow-ones]
channels = ["channel/slow"]
"#;

/// The same rules without those that count.
const PLAIN: &str = r#"
version = 1
rule = [{ id = "mask", find = { words = ["darn"] }, do = "mask" }]
"#;

/// Numbers from a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// Returns messages of a busy chat, as lines of a corpus and as values of the core. A few have no time or no sender.
    fn messages(&mut self, count: usize) -> Vec<(Value, Message)> {
        const TEXTS: [&str; 7] = [
            "good evening everybody",
            "what the heck is that, darn",
            "look at one.example.com and two.example.org",
            "darn",
            "hello there, how are you all today?",
            "Good EVENING, everybody!",
            "heck",
        ];
        let mut at = 1_790_000_000_000;
        let mut next = |number: usize| {
            at += i64::try_from(self.below(2_500)).unwrap();
            let (text, from) = (TEXTS[self.below(TEXTS.len())], ["ana", "bob", "cy", "dee"][self.below(4)]);
            let channel = ["general", "slow"][self.below(2)];
            let (has_time, has_sender) = (self.below(20) > 0, self.below(20) > 0);
            let mut line = json!({ "text": text, "in": channel });
            let mut message = Message {
                content: text.to_owned(),
                channel: channel_arn(channel),
                id: (number + 1).to_string(),
                order: u64::try_from(number + 1).ok(),
                ..Message::default()
            };
            if has_sender {
                line["from"] = from.into();
                message.sender = sender_arn(from);
            }
            if has_time {
                line["at"] = jiff::Timestamp::from_millisecond(at).unwrap().to_string().into();
                message.sent = Some(at).filter(|_| has_sender);
            }
            (line, message)
        };
        (0..count).map(&mut next).collect()
    }
}

/// What happens to a message: the verdict, and the rules that found it.
type Fate = (String, Vec<String>);

/// Judges all messages, one after another.
fn judged(rules: &str, messages: &[(Value, Message)]) -> Vec<Fate> {
    let pipeline: Pipeline = load(&Source::alone("rules.toml", rules), &Detectors::builtin()).unwrap();
    let mut memory = Memory::default();
    let judge = |(_, message): &(Value, Message)| {
        // `run_after` would count a message without a time as sent in 1970.
        let outcome = pipeline.begin(message.clone()).finish(&mut memory);
        (outcome.verdict.name().to_owned(), outcome.hits().map(|step| step.rule.to_string()).collect())
    };
    messages.iter().map(judge).collect()
}

fn chimeflow(folder: &Folder, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chimeflow")).args(args).current_dir(&folder.0).output().unwrap()
}

/// Writes both files of rules and the messages into a folder.
fn folder(messages: &[(Value, Message)]) -> Folder {
    let folder = Folder::new();
    let mut corpus = String::new();
    for (line, _) in messages {
        writeln!(corpus, "{line}").unwrap();
    }
    for (name, text) in [("rules.toml", RULES), ("plain.toml", PLAIN), ("corpus.jsonl", &corpus)] {
        std::fs::write(folder.0.join(name), text).unwrap();
    }
    folder
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_corpus_is_judged_as_its_messages_one_after_the_other() {
    // More messages than are judged at the same time.
    let messages = Random(3).messages(3_000);
    let folder = folder(&messages);
    let expected = judged(RULES, &messages);
    let replayed = chimeflow(&folder, &["replay", "--json", "--rules", "rules.toml", "corpus.jsonl"]);
    let fate = |line: &Value| -> Fate {
        let by = line["by"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap().to_owned());
        (line["verdict"].as_str().unwrap().to_owned(), by.collect())
    };
    let replayed: Vec<Fate> = lines(&replayed).iter().map(fate).collect();
    assert_eq!(replayed.len(), expected.len());
    for (number, (replayed, expected)) in replayed.iter().zip(&expected).enumerate() {
        assert_eq!(replayed, expected, "line {}: {}", number + 1, messages[number].0);
    }
    for rule in ["muted", "mask", "flood", "again", "raid", "slow", "shout"] {
        assert!(expected.iter().any(|(_, by)| by.iter().any(|id| id == rule)), "{rule} finds something");
    }

    let plain = judged(PLAIN, &messages);
    let differ = chimeflow(&folder, &["diff", "--json", "plain.toml", "rules.toml", "corpus.jsonl"]);
    let changed: Vec<_> = lines(&differ).iter().filter_map(|line| line["line"].as_u64()).collect();
    let other = |((old, _), (new, _)): &(&Fate, &Fate)| old != new;
    let verdicts = plain.iter().zip(&expected).filter(other).count();
    assert!(changed.len() >= verdicts && verdicts > 500, "{} lines, {verdicts} verdicts", changed.len());
}

#[test]
fn a_message_that_cannot_be_counted_gets_what_on_error_says() {
    let messages = Random(9).messages(400);
    let folder = folder(&messages);
    let replayed = chimeflow(&folder, &["replay", "--json", "--rules", "rules.toml", "corpus.jsonl"]);
    let mut unknown = 0;
    for (line, (row, message)) in lines(&replayed).iter().zip(&messages) {
        if message.sent.is_none() {
            unknown += 1;
            // In `slow`, the rule denies what it cannot count; elsewhere, all others let it pass.
            assert_eq!(line["verdict"] == "denied", row["in"] == "slow", "{row}: {line}");
            let reason = if row["in"] == "slow" { json!("slow") } else { Value::Null };
            assert_eq!(line["denial"]["rule"], reason, "{row}: {line}");
        }
    }
    let errors = String::from_utf8(replayed.stderr).unwrap();
    assert!(
        unknown > 10 && errors.contains(&format!("{unknown} messages have no sender")),
        "{unknown}: {errors}"
    );
}
