//! Tests plans against a store in memory, with deliveries as Lambda makes them: repeated, late, and to many environments at once.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Numbers from a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

const START: i64 = 1_790_000_000_000;

const EXPIRES: i64 = START / 1000 + 86_400;

fn request(recording: Recording, within: i64, entry: &Entry) -> LogRequest {
    let name = "rule/10s".to_owned();
    let log = match recording {
        Recording::Accepted { .. } => Log::of_accepted(name, within),
        _ => Log::of_all(name, within),
    };
    LogRequest { log, recording, entry: entry.clone() }
}

/// Returns `count` messages with the gaps of a busy chat: several in a second, then none for a while.
fn messages(random: &mut Random, count: usize) -> Vec<Entry> {
    let mut at = START;
    let mut next = |number: usize| {
        let gap = if random.below(12) == 0 { 30_000 } else { 900 };
        at += i64::try_from(random.below(gap)).unwrap();
        Entry { at, id: format!("{number:05x}") }
    };
    (0..count).map(&mut next).collect()
}

/// Judges `entry` alone.
fn judge(memory: &mut Memory, recording: Recording, within: i64, entry: &Entry) -> LogAnswer {
    let mut plan = Plan::new("p#ana".to_owned(), EXPIRES, vec![request(recording, within, entry)]);
    loop {
        if let Next::Done(mut answers) = plan.next(&memory.update(&plan.update(), START / 1000)) {
            return answers.remove(0);
        }
    }
}

/// Returns the answers to all deliveries: each message once to three times, the repeats up to `delay` places later, with `environments`
/// plans under way at the same time.
fn deliver(
    random: &mut Random,
    recording: Recording,
    within: i64,
    entries: &[Entry],
    delay: usize,
    environments: usize,
) -> Vec<(Entry, LogAnswer)> {
    let mut order = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        order.push((place, entry));
        order.extend((0..random.below(3)).map(|_| (place + random.below(delay + 1), entry)));
    }
    order.sort_by_key(|(place, _)| *place);
    let mut deliveries = order.into_iter().map(|(_, entry)| entry);
    let (mut memory, mut running, mut answers) = (Memory::default(), Vec::new(), Vec::new());
    loop {
        while running.len() < environments {
            let Some(entry) = deliveries.next() else { break };
            running.push((
                entry,
                Plan::new("p#ana".to_owned(), EXPIRES, vec![request(recording, within, entry)]),
            ));
        }
        if running.is_empty() {
            return answers;
        }
        let one = random.below(running.len());
        let (entry, plan) = &mut running[one];
        if let Next::Done(answer) = plan.next(&memory.update(&plan.update(), START / 1000)) {
            answers.extend(answer.into_iter().map(|answer| (entry.clone(), answer)));
            running.swap_remove(one);
        }
    }
}

/// Returns how many of `entries` lie in the window that ends with `entry`.
fn count(entries: &[Entry], entry: &Entry, within: i64) -> usize {
    entries.iter().filter(|other| entry.at - within < other.at && *other <= entry).count()
}

#[test]
fn every_delivery_of_a_message_is_counted_once() {
    let mut random = Random(7);
    for round in 0..40 {
        let (within, max) = ([1_000, 10_000, 60_000, 600_000][round % 4], 1 + random.below(30));
        let entries = messages(&mut random, 400);
        let answers = deliver(&mut random, Recording::Every { max }, within, &entries, 20, 1);
        for (entry, answer) in answers {
            let expected = count(&entries, &entry, within);
            match answer {
                LogAnswer::Window(window) => assert_eq!(window.len(), expected, "round {round}"),
                LogAnswer::Full(_) => assert!(expected > max || entries_before(&entries, &entry) > 2 * max),
                other => panic!("{other:?}"),
            }
        }
    }
}

fn entries_before(entries: &[Entry], entry: &Entry) -> usize {
    entries.iter().filter(|other| *other <= entry).count()
}

#[test]
fn many_environments_count_nothing_twice() {
    let mut random = Random(11);
    for round in 0..40 {
        let (within, max) = ([1_000, 10_000, 60_000, 600_000][round % 4], 1 + random.below(30));
        let entries = messages(&mut random, 400);
        for (entry, answer) in deliver(&mut random, Recording::Every { max }, within, &entries, 30, 16) {
            let LogAnswer::Window(window) = answer else { continue };
            let distinct: BTreeSet<_> = window.iter().collect();
            assert_eq!(distinct.len(), window.len());
            assert!(window.len() <= count(&entries, &entry, within), "round {round}");
        }
    }
}

#[test]
fn no_more_are_accepted_than_may_be_whoever_asks_at_the_same_time() {
    let mut random = Random(13);
    for round in 0..40 {
        let (within, max) = ([1_000, 10_000, 60_000][round % 3], 1 + random.below(3));
        let entries = messages(&mut random, 300);
        let answers = deliver(&mut random, Recording::Accepted { max }, within, &entries, 10, 16);
        let accepted: BTreeSet<_> = answers
            .iter()
            .filter(|(_, answer)| *answer == LogAnswer::Accepted)
            .map(|(entry, _)| entry)
            .collect();
        let accepted: Vec<_> = accepted.into_iter().cloned().collect();
        assert!(!accepted.is_empty());
        for entry in &accepted {
            assert!(count(&accepted, entry, within) <= max, "round {round}: {entry:?}");
        }
    }
}

#[test]
fn one_environment_accepts_whatever_is_not_too_much() {
    let mut random = Random(17);
    let (within, max) = (10_000, 2);
    let entries = messages(&mut random, 400);
    let (mut memory, mut accepted) = (Memory::default(), Vec::<Entry>::new());
    for entry in &entries {
        let before = accepted.iter().filter(|other| entry.at - within < other.at).count();
        let answer = judge(&mut memory, Recording::Accepted { max }, within, entry);
        assert_eq!(answer == LogAnswer::Accepted, before < max, "{entry:?}");
        if answer == LogAnswer::Accepted {
            accepted.push(entry.clone());
        }
    }
}

#[test]
fn an_ordinary_message_takes_one_update_for_all_logs() {
    let entry = Entry { at: START, id: "a".to_owned() };
    let other = Log::of_accepted("slow/30s".to_owned(), 30_000);
    let requests = vec![
        request(Recording::Every { max: 8 }, 10_000, &entry),
        LogRequest { log: other, recording: Recording::Accepted { max: 1 }, entry: entry.clone() },
    ];
    let mut plan = Plan::new("p#ana".to_owned(), EXPIRES, requests);
    let mut memory = Memory::default();
    let answers = plan.next(&memory.update(&plan.update(), START / 1000));
    assert_eq!(answers, Next::Done(vec![LogAnswer::Window(vec![entry]), LogAnswer::Accepted]));
}

#[test]
fn a_flood_fills_its_log_and_no_more() {
    let (mut memory, within, max) = (Memory::default(), 10_000, 8);
    let mut sizes = BTreeMap::new();
    for number in 0..5_000_i64 {
        let entry = Entry { at: START + number * 20, id: format!("{number}") };
        let answer = judge(&mut memory, Recording::Every { max }, within, &entry);
        let over = match &answer {
            LogAnswer::Window(window) => window.len() > max,
            _ => true,
        };
        assert_eq!(over, number >= 8, "{number}: {answer:?}");
        let probe = Update::of("p#ana", 0);
        let Updated::Applied(item) = memory.update(&probe, START / 1000) else { panic!("no guard") };
        sizes.extend(item.into_iter().map(|(attribute, members)| (attribute, members.len())));
    }
    assert!(sizes.values().all(|size| *size <= 216), "{sizes:?}");
}

#[test]
fn what_is_over_is_gone() {
    let mut memory = Memory::default();
    let update =
        |expires| Update { adds: vec![("a".to_owned(), "m".to_owned())], ..Update::of("k", expires) };
    assert_eq!(memory.update(&update(100), 50), Updated::Applied(Item::new()));
    let one = Item::from([("a".to_owned(), BTreeSet::from(["m".to_owned()]))]);
    assert_eq!(memory.update(&update(100), 99), Updated::Applied(one));
    assert_eq!(memory.update(&update(200), 100), Updated::Applied(Item::new()));
}

/// Whatever the order of deliveries, the first messages of all are recorded and no more, and each knows those before it.
#[test]
fn the_first_messages_are_remembered() {
    let mut random = Random(23);
    for most in [1, 2, 5] {
        let entries = messages(&mut random, 60);
        let (mut memory, mut requests) = (Memory::default(), Vec::new());
        for (number, entry) in entries.iter().enumerate() {
            let mut plan =
                Plan::new("p#ana".to_owned(), EXPIRES, vec![request(Recording::First { most }, 1, entry)]);
            for again in 1.. {
                if let Next::Done(answers) = plan.next(&memory.update(&plan.update(), START / 1000)) {
                    assert_eq!(answers, [LogAnswer::Window(entries[..number.min(most)].to_vec())]);
                    requests.push(again);
                    break;
                }
            }
        }
        assert!(requests[..most].iter().all(|count| *count == 2), "{requests:?}");
        assert!(requests[most..].iter().all(|count| *count == 1), "{requests:?}");
    }
}

#[test]
fn what_was_taken_back_was_never_accepted() {
    let mut memory = Memory::default();
    let recording = Recording::Accepted { max: 1 };
    let [first, second] = [0, 5_000].map(|after| Entry { at: START + after, id: after.to_string() });
    let mut plan = Plan::new("p#ana".to_owned(), EXPIRES, vec![request(recording, 30_000, &first)]);
    let answers = plan.next(&memory.update(&plan.update(), START / 1000));
    assert_eq!(answers, Next::Done(vec![LogAnswer::Accepted]));
    assert_eq!(judge(&mut memory, recording, 30_000, &second), LogAnswer::Late);
    for update in plan.take_backs() {
        memory.update(&update, START / 1000);
    }
    assert_eq!(judge(&mut memory, recording, 30_000, &second), LogAnswer::Accepted);
}

/// A sender who is seen in many channels leaves a bucket in each.
#[test]
fn buckets_of_other_logs_are_removed() {
    let mut memory = Memory::default();
    let mut largest = 0;
    for hour in 0..200_i64 {
        let entry = Entry { at: START + hour * 3_600_000, id: "m".to_owned() };
        let log = Log::of_all(format!("{hour}"), 10_000);
        let request = LogRequest { log, recording: Recording::Every { max: 3 }, entry };
        let mut plan = Plan::new("p#ana".to_owned(), i64::MAX, vec![request]);
        let updated = memory.update(&plan.update(), 0);
        let Updated::Applied(item) = &updated else { panic!("no guard fails") };
        largest = largest.max(item.len());
        plan.next(&updated);
        if let Some(cleanup) = plan.cleanup() {
            memory.update(&cleanup, 0);
        }
    }
    assert!((10..30).contains(&largest), "{largest}");
}

#[test]
fn a_copy_holds_what_the_other_store_holds() {
    let mut random = Random(19);
    let (mut store, mut copy) = (Memory::default(), Memory::default());
    for _ in 0..2_000 {
        let name = |number: usize| format!("a{number}");
        let update = Update {
            key: format!("k{}", random.below(5)),
            expires: 1_000,
            adds: vec![(name(random.below(3)), format!("{}", random.below(20)))],
            removes: vec![name(3 + random.below(2))],
            deletes: Vec::new(),
            guards: vec![Guard::Fewer {
                attribute: name(random.below(5)),
                than: 1 + random.below(8),
                member: format!("{}", random.below(20)),
            }],
        };
        let updated = store.update(&update, 1);
        copy.copy(&update, &updated);
        let probe = Update { adds: Vec::new(), removes: Vec::new(), guards: Vec::new(), ..update };
        assert_eq!(store.update(&probe, 1), copy.update(&probe, 1));
    }
}

#[test]
fn a_memory_that_is_full_makes_room() {
    let mut memory = Memory::default();
    let update = |key: usize, expires| Update {
        adds: vec![("a".to_owned(), "m".to_owned())],
        ..Update::of(&format!("k{key}"), expires)
    };
    let kept = |memory: &Memory, key| matches!(memory.clone().update(&update(key, 0), 10), Updated::Applied(item) if !item.is_empty());
    for key in 0..10 {
        memory.update(&update(key, if key < 7 { 5 } else { 50 }), 1);
    }
    memory.shrink(10, 10);
    assert!(kept(&memory, 9));
    memory.update(&update(10, 50), 10);
    memory.shrink(10, 10);
    assert!((7..11).all(|key| kept(&memory, key)) && !kept(&memory, 6));
    memory.shrink(3, 10);
    assert!(!(0..11).any(|key| kept(&memory, key)));
}
