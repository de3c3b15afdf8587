//! Rules with many words: compiled while messages are processed, within the time of an invocation, and freed when they are replaced.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::json;

use super::extension::{Act, Extension};
use super::{deliver, mask, rules, send, stage, version};
use crate::support::{Stage, event};

/// Returns configuration `version`, which masks `word` and `count` others.
fn many(version: &'static str, word: &str, count: usize) -> Act {
    let mut text = mask(word) + "[[rule]]\nid = \"many\"\nfind = { words = [\n";
    for number in 0..count {
        // Words of letters, of different lengths, and none of them `word`.
        let letters: String =
            (0..8).map(|at| char::from(b'a' + u8::try_from((number >> (at * 3)) & 7).unwrap())).collect();
        let _ = writeln!(text, "\"zq{letters}\",");
    }
    text.push_str("] }\ndo = \"deny\"\n");
    Act::Rules(version, text.into())
}

#[tokio::test]
async fn rules_that_take_longer_than_an_invocation_has_are_live_all_the_same() {
    let extension = Extension::start(rules("1", "heron")).await;
    let mut stage = stage(&extension, &[]).await;
    extension.say(many("2", "stork", 20_000));
    // Half of the time that is left is kept.
    let ended = stage.invoke_within(&event("hello"), Duration::from_millis(600)).await;
    assert!(ended.result.is_ok() && ended.took < Duration::from_millis(600), "{:?}", ended.took);
    assert_eq!(version(&stage.record(&ended).await), "1");
    let mut sent = 0;
    loop {
        let (answer, record) = send(&mut stage, "a heron, a stork").await;
        if version(&record) == "2" {
            assert_eq!(answer, "a heron, a *****");
            break;
        }
        assert_eq!(answer, "a *****, a stork");
        sent += 1;
        assert!(sent < 100, "the rules never came");
    }
    assert!(extension.asked().len() <= 3 + sent, "what is being compiled is not fetched again");
}

#[tokio::test]
async fn other_messages_are_answered_while_rules_are_compiled() {
    let extension = Extension::start(rules("1", "heron")).await;
    let stage = stage(&extension, &[("AWS_LAMBDA_MAX_CONCURRENCY", "2")]).await;
    extension.say(many("2", "stork", 20_000));
    let (compiles, mut quick) = (event("hello"), event("a heron"));
    quick["CallbackId"] = json!("the-callback-id-of-the-quick-one-12345");
    let both = async {
        let quick = async {
            stage.loopback.messaging.seen(1).await;
            stage.invoke(&quick).await
        };
        tokio::join!(stage.invoke(&compiles), quick)
    };
    let (compiles, quick) = crate::support::in_time(both).await;
    assert!(compiles.result.is_ok() && quick.result.is_ok());
    assert!(quick.took * 2 < compiles.took, "{:?} beside {:?}", quick.took, compiles.took);
}

#[tokio::test]
async fn rules_that_were_replaced_take_no_memory() {
    let extension = Extension::start(rules("1", "heron")).await;
    let stage = stage(&extension, &[]).await;
    let versions = [many("2", "heron", 3_000), many("3", "stork", 3_000)];
    let mut resident = Vec::new();
    for round in 0..30 {
        extension.say(versions[round % 2].clone());
        deliver(&stage, "hello").await;
        resident.push(memory(&stage));
    }
    let (early, late) = (resident[8..12].iter().max().unwrap(), resident[26..].iter().max().unwrap());
    assert!(*late < early + early / 8, "it grows: {resident:?} KB");
}

/// Returns the function's resident memory, in KB.
fn memory(stage: &Stage) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", stage.function.id().unwrap())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}
