//! Tests rules that count, with a store in memory.

use std::collections::BTreeMap;

use super::*;

/// A moment in 2027, in milliseconds.
const NOW: i64 = 1_800_000_000_000;

pub(super) fn rules(text: &str) -> Pipeline {
    load(&Source::alone("rules.toml", &format!("version = 1\n{text}")), &Detectors::builtin())
        .unwrap_or_else(|report| panic!("{report}"))
}

/// Returns the message of `sender` number `number`, sent `after` milliseconds.
pub(super) fn sent(sender: &str, number: usize, after: i64, content: &str) -> Message {
    Message {
        channel: "arn:aws:chime:us-east-1:1:app-instance/a/channel/general".to_owned(),
        sender: format!("arn:aws:chime:us-east-1:1:app-instance/a/user/{sender}"),
        id: format!("{sender}-{number}"),
        sent: Some(NOW + after),
        ..say(content)
    }
}

/// Judges `message` and returns the outcome and the number of requests to the store.
fn judge(pipeline: &Pipeline, memory: &mut Memory, message: Message) -> (Outcome, usize) {
    let (mut run, mut requests) = (pipeline.start(message), 0);
    loop {
        match run.advance() {
            Progress::Ran => {}
            Progress::Asks(update) => {
                requests += 1;
                run.answer(Ok(memory.update(&update, NOW / 1000)));
            }
            Progress::Done => return (run.finish(), requests),
        }
    }
}

/// Returns the rule that denies `message`, or an empty text.
fn denied(pipeline: &Pipeline, memory: &mut Memory, message: Message) -> String {
    match judge(pipeline, memory, message).0.verdict {
        Verdict::Denied(denial) => denial.rule().map_or("?".to_owned(), ToString::to_string),
        _ => String::new(),
    }
}

const ALL: &str = r#"
rule = [
    { id = "staff", from = "user/staff-*", do = "pass" },
    { id = "muted", find = { strikes = { min = 2, within = "1h" } }, do = "deny" },
    { id = "flood", find = { rate = { max = 4, within = "10s" } }, do = "deny", strikes = 1 },
    { id = "day", find = { rate = { max = 100, within = "1d", of = "sender-anywhere" } }, do = "deny" },
    { id = "slow", find = { rate = { max = 1, within = "1s", counts = "delivered" } }, do = "deny" },
    { id = "again", find = { duplicate = { more-than = 2, within = "5m" } }, do = "deny" },
    { id = "new", find = { newcomer = { messages = 2 } }, tag = "new" },
    { id = "links", when = "new", find = { links = "all" }, do = "deny" },
]"#;

#[test]
fn an_ordinary_message_takes_one_request() {
    let (pipeline, mut memory) = (rules(ALL), Memory::default());
    let texts = ["good morning to all of you", "did anybody see the game last night?", "no, I was at work"];
    for (number, text) in texts.iter().cycle().take(12).enumerate() {
        let after = i64::try_from(number).unwrap() * 200_000;
        let (outcome, requests) = judge(&pipeline, &mut memory, sent("ana", number, after, text));
        assert_eq!(outcome.verdict, Verdict::Unchanged, "{number}");
        // The first two messages of a newcomer are recorded as such by a second request.
        assert_eq!(requests, if number < 2 { 2 } else { 1 }, "{number}");
    }
    let (_, requests) = judge(&pipeline, &mut memory, sent("staff-1", 1, 0, "good morning to all of you"));
    assert_eq!(requests, 0, "after `pass`");
}

#[test]
fn a_raid_rule_takes_one_request_more() {
    let text = ALL.replace(
        "\n]",
        r#"
    { id = "raid", find = { duplicate = { senders = 4, within = "1m" } }, do = "deny" },
]"#,
    );
    let (pipeline, mut memory) = (rules(&text), Memory::default());
    let shout = "Join us at the new server, free nitro!";
    let by: Vec<_> = (0..8)
        .map(|number| {
            let message = sent(&format!("bot{number}"), 0, i64::from(number) * 900, shout);
            judge(&pipeline, &mut memory, message)
        })
        .collect();
    for (number, (outcome, requests)) in by.iter().enumerate() {
        assert_eq!(outcome.verdict.name(), if number < 3 { "unchanged" } else { "denied" }, "{number}");
        // One of them because each is new; and what slow mode accepted is taken back when the raid is denied.
        assert_eq!(*requests, if number < 3 { 3 } else { 4 }, "{number}");
    }
    let other = judge(&pipeline, &mut memory, sent("bot9", 0, 8000, "what is going on in this channel?"));
    assert_eq!(other.0.verdict, Verdict::Unchanged);
}

#[test]
fn every_delivery_of_a_message_is_decided_alike() {
    let (pipeline, mut memory) = (rules(&ALL.replace("min = 2", "min = 20")), Memory::default());
    let messages: Vec<_> = (0..40)
        .map(|number| {
            let text = if number % 3 == 0 { "buy followers at my little shop" } else { "so what?" };
            let pause = if number > 20 { 60_000 } else { 0 };
            sent("ana", number, i64::try_from(number).unwrap() * 1_700 + pause, text)
        })
        .collect();
    let first: Vec<_> =
        messages.iter().map(|message| denied(&pipeline, &mut memory, message.clone())).collect();
    assert!(first.iter().any(|by| by == "again") && first.iter().any(|by| by == "flood"), "{first:?}");
    for (message, by) in messages.iter().zip(&first) {
        assert_eq!(denied(&pipeline, &mut memory, message.clone()), *by, "{}", message.id);
    }
}

#[test]
fn a_flood_is_stopped_and_mutes_for_a_while() {
    let (pipeline, mut memory) = (rules(ALL), Memory::default());
    let mut by = |number: usize, after: i64| {
        let text = format!("what about {number}?");
        denied(&pipeline, &mut memory, sent("ana", number, after, &text))
    };
    let flood: Vec<_> = (0..8).map(|number| by(number, i64::try_from(number).unwrap() * 1_100)).collect();
    assert_eq!(flood, ["", "", "", "", "flood", "flood", "muted", "muted"]);
    assert_eq!(by(8, 30 * 60_000), "muted");
    assert_eq!(by(9, 60 * 60_000 + 4_000), "muted", "the first strike is over, and the second is not");
    assert_eq!(by(10, 60 * 60_000 + 5_000), "");
}

#[test]
fn a_mute_lasts_from_the_strike_that_reached_it() {
    let pipeline = rules(
        r#"rule = [
    { id = "muted", find = { strikes = { min = 2, within = "10m", mute = "2h" } }, do = "deny" },
    { id = "word", find = { words = ["darn"] }, do = "mask", strikes = 1 },
    { id = "trial", find = { words = ["dang"] }, do = "deny", strikes = 2, mode = "shadow" },
]"#,
    );
    let mut memory = Memory::default();
    let minute = 60_000_i64;
    let mut by =
        |number, minutes, text| denied(&pipeline, &mut memory, sent("ana", number, minutes * minute, text));
    assert_eq!(by(0, 0, "dang"), "", "a rule in shadow mode gives no strikes");
    assert_eq!(by(1, 1, "darn"), "");
    assert_eq!(by(2, 12, "darn"), "", "more than ten minutes later");
    assert_eq!(by(3, 20, "darn"), "");
    assert_eq!(by(4, 21, "hello"), "muted");
    assert_eq!(by(5, 139, "darn"), "muted", "what is denied before gives no strike");
    assert_eq!(by(6, 140, "hello"), "");
}

#[test]
fn slow_mode_counts_what_was_delivered() {
    let pipeline = rules(
        r#"rule = [
    { id = "slow", find = { rate = { max = 1, within = "30s", counts = "delivered" } }, do = "deny" },
    { id = "word", find = { words = ["darn"] }, do = "deny" },
]"#,
    );
    let mut memory = Memory::default();
    let mut by = |number, seconds: i64, text| {
        denied(&pipeline, &mut memory, sent("ana", number, seconds * 1000, text))
    };
    let all = [
        by(0, 0, "darn"),
        by(1, 1, "hi"),
        by(2, 20, "hi"),
        by(3, 29, "hi"),
        by(4, 31, "hi"),
        by(5, 32, "hi"),
    ];
    assert_eq!(all, ["word", "", "slow", "slow", "", "slow"]);
}

#[test]
fn newcomers_are_told_by_all_their_messages() {
    let pipeline = rules(
        r#"rule = [{ id = "new", find = { newcomer = { messages = 3, days = 1 }, links = "all" }, do = "deny" }]"#,
    );
    let (mut memory, hour) = (Memory::default(), 3_600_000_i64);
    let mut by =
        |number, hours, text| denied(&pipeline, &mut memory, sent("ana", number, hours * hour, text));
    assert_eq!(by(0, 0, "hi"), "");
    assert_eq!(by(1, 1, "see example.com"), "new");
    assert_eq!(by(2, 2, "hi"), "");
    assert_eq!(by(3, 3, "see example.com"), "new", "three messages, but of the same day");
    assert_eq!(by(4, 23, "see example.com"), "new");
    assert_eq!(by(5, 24, "see example.com"), "");
    // An edit of the first message is as the message was.
    let edit = Message { edited: Some(NOW + 25 * hour), ..sent("ana", 0, 0, "see example.com") };
    assert_eq!(denied(&pipeline, &mut memory, edit), "");
    let edit = Message { edited: Some(NOW + 1000), ..sent("cy", 0, 0, "see example.com") };
    assert_eq!(denied(&pipeline, &mut memory, edit), "new");
}

#[test]
fn edits_count_only_where_the_rule_says_so() {
    for (edits, expected) in [("false", ""), ("true", "flood")] {
        let pipeline = rules(&format!(
            r#"rule = [{{ id = "flood", find = {{ rate = {{ max = 3, within = "1m", edits = {edits} }} }}, do = "deny" }}]"#
        ));
        let mut memory = Memory::default();
        let edit = |number: i64| Message { edited: Some(NOW + number * 1000), ..sent("ana", 0, 0, "hi") };
        let all: Vec<_> = (1..8).map(|number| denied(&pipeline, &mut memory, edit(number))).collect();
        assert_eq!(all.last().unwrap(), expected);
        assert_eq!(denied(&pipeline, &mut memory, edit(1)), "", "delivered again");
    }
}

#[test]
fn rules_with_other_detectors_count_what_these_find() {
    let pipeline = rules(
        r#"rule = [{ id = "often", find = { rate = { max = 2, within = "1m" }, words = ["darn"] }, do = "deny" }]"#,
    );
    let mut memory = Memory::default();
    let mut by = |number, text| {
        let (outcome, requests) =
            judge(&pipeline, &mut memory, sent("ana", number, i64::try_from(number).unwrap(), text));
        (outcome.verdict.name(), requests)
    };
    for number in 0..9 {
        assert_eq!(by(number, "hello"), ("unchanged", 0));
    }
    assert_eq!(
        [by(10, "darn"), by(11, "darn"), by(12, "darn")],
        [("unchanged", 1), ("unchanged", 1), ("denied", 1)]
    );
}

#[test]
fn without_an_answer_or_a_time_on_error_decides() {
    for (on_error, expected) in [("deny", "denied"), ("pass", "unchanged")] {
        let pipeline = rules(&format!(
            r#"rule = [{{ id = "flood", find = {{ rate = {{ max = 3, within = "1m" }} }}, do = "deny", on-error = "{on_error}" }}]"#
        ));
        let mut run = pipeline.start(sent("ana", 1, 0, "hi"));
        assert!(matches!(run.advance(), Progress::Asks(_)));
        run.answer(Err(Unavailable::default()));
        assert_eq!((run.advance(), run.advance()), (Progress::Ran, Progress::Done));
        let outcome = run.finish();
        assert_eq!(outcome.trace[0].result, StepResult::Failed(Failure::Unanswered));
        assert_eq!(outcome.verdict.name(), expected);
        let mut run = pipeline.start(Message { sent: None, ..sent("ana", 1, 0, "hi") });
        assert_eq!((run.advance(), run.advance()), (Progress::Ran, Progress::Done));
        let outcome = run.finish();
        assert_eq!(outcome.trace[0].result, StepResult::Failed(Failure::Event));
        assert_eq!(outcome.verdict.name(), expected);
    }
}

/// Nobody learns from the store who wrote what and where.
#[test]
fn the_store_holds_no_text_and_no_name() {
    let text = ALL.replace("\n]", "\n    { id = \"raid\", find = { duplicate = { senders = 4, within = \"1m\", by = [\"text\", \"link\"] } }, do = \"deny\" },\n]");
    let pipeline = rules(&text).with_key(Key::new(b"a key of a test"));
    let mut keys = Vec::new();
    let message =
        Message { content: "meet cordelia at bananashop.com now".to_owned(), ..sent("brunhilde", 77, 5, "") };
    let mut run = pipeline.start(message.clone());
    let mut memory = Memory::default();
    while run.position < pipeline.rules.len() || run.counts.update().is_some() {
        if let Progress::Asks(update) = run.advance() {
            keys.push(format!("{update:?}"));
            run.answer(Ok(memory.update(&update, 0)));
        }
    }
    assert_eq!(keys.len(), 4, "{keys:?}");
    let all = keys.join("\n").to_lowercase();
    for name in ["meet", "cordelia", "banana", "brunhilde", "general", "-77", "arn:", "flood", "muted"] {
        assert!(!all.contains(name), "{name} in {all}");
    }
    let other = rules(&text).with_key(Key::new(b"another key of a test"));
    let mut run = other.start(message);
    let Progress::Asks(update) = run.advance() else {
        let Progress::Asks(update) = run.advance() else { panic!("the second rule asks") };
        assert!(!keys.iter().any(|known| known.contains(&update.key)));
        return;
    };
    assert!(!keys.iter().any(|known| known.contains(&update.key)));
}

#[test]
fn two_links_of_a_message_are_two_members_of_a_log() {
    let pipeline = rules(
        r#"rule = [{ id = "again", find = { duplicate = { more-than = 1, within = "5m", by = "link" } }, do = "deny" }]"#,
    );
    let mut memory = Memory::default();
    for (number, content, by) in
        [(1, "one.com and two.com", ""), (2, "three.com", ""), (3, "see two.com", "again")]
    {
        let message = sent("ana", number, i64::try_from(number).unwrap(), content);
        assert_eq!(denied(&pipeline, &mut memory, message), by, "{content}");
    }
}

/// What is done ahead changes nothing: for any rules and messages, judging in two steps gives the same outcomes as judging in one.
#[test]
fn judging_ahead_changes_no_outcome() {
    const RULES: &str = r#"
rule = [
    { id = "muted", find = { strikes = { min = 3, within = "1m" } }, do = "deny" },
    { id = "flood", find = { rate = { max = 6, within = "20s" } }, do = "deny", strikes = 1 },
    { id = "new", find = { newcomer = { messages = 3 }, links = "all" }, do = "strip" },
    { id = "mask", find = { words = ["darn"] }, do = "mask", strikes = 1 },
    { id = "shadow", mode = "shadow", find = { words = ["heck"] }, do = "deny" },
    { id = "again", find = { words = ["buy*"], duplicate = { more-than = 1, within = "1m" } }, do = "deny" },
    { id = "when", when = "mask", find = { words = ["heck"] }, do = "deny" },
    { id = "stop", find = { words = ["hello"], links = "all" }, do = "deny" },
    { id = "last", find = { words = ["heck", "com"] }, do = "mask" },
]"#;
    const PIECES: [&str; 8] = [
        "hello ",
        "darn ",
        "heck ",
        "buy gold at shop.com ",
        "buy ",
        "see other.org ",
        "what a day it was ",
        "com ",
    ];
    let pipeline = rules(RULES);
    let mut random = 7_u64;
    let mut below = |limit: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % limit
    };
    let (mut one, mut two, mut after, mut hits) = (Memory::default(), Memory::default(), 0, BTreeMap::new());
    let mut messages = Vec::new();
    for number in 0..2_000 {
        let content: String = (0..=below(4)).map(|_| PIECES[below(PIECES.len())]).collect();
        let sender = ["ana", "bob", "cy", "dee"][below(4)];
        after += i64::try_from(below(4_000)).unwrap();
        messages.push(sent(sender, number, after, &content));
    }
    let begun: Vec<_> = messages.iter().map(|message| pipeline.begin(message.clone()).ahead()).collect();
    for (message, begun) in messages.into_iter().zip(begun) {
        let (ahead, plain) = (begun.finish(&mut one), pipeline.run_after(message, &mut two));
        assert_eq!((&ahead.verdict, &ahead.trace), (&plain.verdict, &plain.trace));
        for step in plain.hits() {
            *hits.entry(step.rule.to_string()).or_insert(0) += 1;
        }
    }
    assert!(hits.len() >= 7, "{hits:?}");
}
