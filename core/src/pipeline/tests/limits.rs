//! Tests that rules which count stay within the limits of a table, however many they are, and that each counts as it would alone.

use std::collections::BTreeMap;

use super::counting::{rules, sent};
use super::*;
use crate::pipeline::counting::index;
use crate::state::{Item, MOST_BYTES};

/// Numbers from a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Returns a detector that counts, with its settings.
    fn detector(&mut self, is_large: bool) -> String {
        let within = self.one_of(&["3s", "10s", "1m", "2m", "5m", "1h", "3d"]);
        let large = if is_large { self.one_of(&[20, 60, 100]) } else { 0 };
        let max = 1 + self.below(6) + large;
        let of = self.one_of(&["sender", "sender-anywhere", "channel"]);
        let counts = self.one_of(&["all", "delivered"]);
        let by = self.one_of(&["text", "link", "text\", \"link"]);
        match self.below(if is_large { 4 } else { 5 }) {
            0 | 1 => format!(
                "rate = {{ max = {max}, within = \"{within}\", of = \"{of}\", counts = \"{counts}\" }}"
            ),
            2 => {
                let of = self.one_of(&["sender", "sender-anywhere"]);
                let like = self.one_of(&["near", "same"]);
                format!(
                    "duplicate = {{ more-than = {}, within = \"{within}\", of = \"{of}\", like = \"{like}\", by = [\"{by}\"] }}",
                    max.min(100)
                )
            }
            3 => {
                let of = self.one_of(&["channel", "anywhere"]);
                let senders = 2 + max.min(90);
                format!(
                    "duplicate = {{ senders = {senders}, within = \"{within}\", of = \"{of}\", by = [\"{by}\"] }}"
                )
            }
            _ => format!("newcomer = {{ messages = {max} }}"),
        }
    }

    fn rule(&mut self, number: usize, is_large: bool) -> String {
        format!("[[rule]]\nid = \"r{number}\"\nfind = {{ {} }}\ntag = \"t\"\n", self.detector(is_large))
    }

    /// Returns message number `number`, from one of few senders in one of few channels, often with the same text or links.
    fn message(&mut self, number: usize, after: i64) -> Message {
        let texts =
            ["good evening everybody", "come and see what they have", "what a wonderful day it was", "hi"];
        let links = ["", " one.com", " one.com two.org", " two.org three.net four.com"];
        let content = format!("{}{}", self.one_of(&texts), self.one_of(&links));
        let message = sent(self.one_of(&["ana", "bob", "cy"]), number, after, &content);
        let channel = format!("{}-{}", message.channel, self.below(2));
        Message { channel, ..message }
    }
}

/// Judges `message` with a store that answers each update, which `look` sees with the item afterwards.
fn judge(
    pipeline: &Pipeline,
    items: &mut Items,
    message: Message,
    mut look: impl FnMut(&Update, &Item),
) -> Outcome {
    let mut run = pipeline.start(message);
    loop {
        match run.advance() {
            Progress::Ran => {}
            Progress::Asks(update) => {
                let item = items.entry(update.key.clone()).or_default();
                let before = item.clone();
                let holds = update.guards.iter().all(|guard| guard.holds(item));
                if holds {
                    update.apply(item);
                }
                look(&update, item);
                run.answer(Ok(if holds { Updated::Applied(before) } else { Updated::Refused(before) }));
            }
            Progress::Done => return run.finish(),
        }
    }
}

/// What a table holds.
type Items = BTreeMap<String, Item>;

/// Returns the size of `item` as `DynamoDB` counts it: names and members, and a byte or a few for each.
fn size(item: &Item) -> usize {
    let attribute = |(name, set): (&String, &std::collections::BTreeSet<String>)| {
        name.len() + 3 + set.iter().map(|member| member.len() + 1).sum::<usize>()
    };
    item.iter().map(attribute).sum()
}

/// Returns the bytes that the rules of each part of a subject's item may take.
fn parts(pipeline: &Pipeline) -> BTreeMap<(usize, usize), usize> {
    let mut bytes = BTreeMap::new();
    for ((rule, finder), part) in &pipeline.counters.parts {
        let counter = pipeline.rules[*rule].find[*finder].counter().unwrap();
        let subject = index(&counter.keeps().0);
        *bytes.entry((subject, *part)).or_insert(0) += counter.takes().1;
    }
    bytes
}

#[test]
fn however_many_rules_count_each_counts_as_alone() {
    let (mut random, mut found, mut most) = (Random(11), 0, 0);
    for _ in 0..6 {
        let all: Vec<_> = (0..20 + random.below(60)).map(|number| random.rule(number, false)).collect();
        let together = rules(&all.concat());
        let mut alone: Vec<_> = all.iter().map(|rule| (rules(rule), Memory::default())).collect();
        let (mut items, mut after) = (Items::new(), 0);
        for number in 0..80 {
            after += i64::try_from(random.below(3_000)).unwrap();
            let message = random.message(number, after);
            let outcome = judge(&together, &mut items, message.clone(), |update, item| {
                assert!(update.guards.len() <= 24, "{}", update.guards.len());
                assert!(update.removes.len() <= 48, "{}", update.removes.len());
                assert!(size(item) < MOST_BYTES);
                most = most.max(update.guards.len());
            });
            let hits: Vec<_> = outcome.hits().map(|step| step.rule.to_string()).collect();
            let mut expected = Vec::new();
            for (pipeline, memory) in &mut alone {
                let outcome = pipeline.run_after(message.clone(), memory);
                expected.extend(outcome.hits().map(|step| step.rule.to_string()));
            }
            assert_eq!(hits, expected, "message {number}: {message:?}");
            found += hits.len();
        }
    }
    assert!(most > 16 && found > 2_000, "{most} requests at most in an update, {found} hits");
}

#[test]
fn no_part_of_an_item_may_grow_too_large() {
    let (mut random, mut most) = (Random(5), 0);
    for _ in 0..60 {
        // Not every number fits every time.
        let loads = |rule: &String| {
            load(&Source::alone("rules.toml", &format!("version = 1\n{rule}")), &Detectors::builtin()).is_ok()
        };
        let all: String = (0..40).map(|number| random.rule(number, true)).filter(loads).collect();
        let pipeline = rules(&all);
        most = parts(&pipeline).into_values().max().unwrap_or(0).max(most);
        assert!(most <= MOST_BYTES, "{most}");
    }
    assert!(most > MOST_BYTES / 2, "{most}");
}

/// Whoever sends without end fills the logs of a rule, and no more than it says.
#[test]
fn a_flood_takes_no_more_of_an_item_than_its_rule_says() {
    let find = [
        "rate = { max = 2, within = \"20s\" }",
        "rate = { max = 3, within = \"8s\", counts = \"delivered\" }",
        "rate = { max = 2, within = \"30s\", of = \"channel\" }",
        "duplicate = { more-than = 1, within = \"90s\" }",
        "duplicate = { more-than = 1, within = \"2m\", by = [\"text\", \"link\"], like = \"same\" }",
        "duplicate = { senders = 2, within = \"1m\", by = \"link\" }",
        "newcomer = { messages = 5 }",
    ];
    for find in find {
        let pipeline = rules(&format!("[[rule]]\nid = \"r\"\nfind = {{ {find} }}\ntag = \"t\"\n"));
        let allowed = parts(&pipeline).into_values().max().unwrap();
        let (mut items, mut most) = (Items::new(), 0);
        for number in 0..1_500 {
            let content =
                format!("the same again and again: {number} one.com two.org three{}.net", number % 40);
            let message = sent("ana", number, i64::try_from(number * 450).unwrap(), &content);
            judge(&pipeline, &mut items, message, |_, item| {
                most = most.max(size(item));
                assert!(size(item) <= allowed, "{find}: {} of {allowed}", size(item));
            });
        }
        // Most kinds are filled to a good part.
        assert!(most * 50 > allowed, "{find}: {most} of {allowed}");
    }
}

#[test]
fn forty_rules_about_a_sender_take_two_requests() {
    let rule = |number: usize| {
        format!(
            "[[rule]]\nid = \"r{number}\"\nfind = {{ rate = {{ max = {}, within = \"1m\" }} }}\ntag = \"t\"\n",
            number + 1
        )
    };
    let many = rules(&(0..40).map(rule).collect::<String>());
    let mut items = Items::new();
    // Later ones fill the first logs, which takes another request.
    for number in 0..24 {
        let message = sent("ana", number, i64::try_from(number).unwrap(), "hi");
        let mut adds = Vec::new();
        let outcome = judge(&many, &mut items, message, |update, _| adds.push(update.adds.len()));
        assert_eq!((adds.len(), adds.iter().sum::<usize>()), (2, 40), "{adds:?}");
        // Rule `rN` finds message N + 2 and all after it.
        assert_eq!(outcome.hits().count(), number, "message {number}");
    }
}

#[test]
fn large_logs_are_kept_apart() {
    let large = |number: usize| {
        format!(
            "[[rule]]\nid = \"r{number}\"\nfind = {{ rate = {{ max = 600, within = \"1m\" }} }}\ntag = \"t\"\n"
        )
    };
    for (count, expected) in [(1, 1), (2, 1), (4, 2)] {
        let (mut items, mut requests) = (Items::new(), 0);
        let pipeline = rules(&(0..count).map(large).collect::<String>());
        judge(&pipeline, &mut items, sent("ana", 1, 0, "hi"), |_, _| requests += 1);
        assert_eq!(requests, expected, "{count} rules");
    }
}
