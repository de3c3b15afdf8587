//! Which lines a sample omits, and which it never omits.

use std::collections::BTreeSet;

use chimeflow::loopback::Act;
use serde_json::{Value, json};

use super::{RULES, check, emf, printed};
use crate::support::event;

/// Returns many ordinary messages, and one of each other kind.
fn events() -> Vec<(Value, Vec<Act>)> {
    let numbered = |number: usize, content: &str, acts: Vec<Act>| {
        let mut event = event(content);
        event["CallbackId"] = json!(format!("{number:036}"));
        event["ChannelMessage"]["MessageId"] = json!(format!("message-{number}"));
        (event, acts)
    };
    let throttled = Act::Refuse { status: 429, code: "ThrottledClientException", message: "no" };
    let refused = Act::Refuse { status: 400, code: "BadRequestException", message: "no" };
    let mut events: Vec<_> = (0..60).map(|number| numbered(number, "hello", Vec::new())).collect();
    events.extend(["denyme", "maskme", "watchme", "boom"].map(|content| numbered(60, content, Vec::new())));
    for (number, (event, _)) in events[60..].iter_mut().enumerate() {
        event["CallbackId"] = json!(format!("{:036}", 100 + number));
    }
    events.push(numbered(200, "hello", vec![throttled, Act::Take]));
    events.push(numbered(201, "hello", vec![refused]));
    // A duplicate: the first message once more.
    events.push(numbered(0, "hello", Vec::new()));
    events
}

/// Returns what is logged of [`events`] at `rate`: how many of the ordinary messages, and whether each of their lines has the rate.
async fn written(rate: &str) -> (usize, Vec<Value>) {
    let events = events();
    let lines = printed(RULES, &[("POWERTOOLS_LOGGER_SAMPLE_RATE", rate)], &events).await;
    check(&lines, &mut BTreeSet::new());
    let decisions: Vec<Value> = lines.iter().filter(|line| line["requestId"].is_string()).cloned().collect();
    let (sampled, always): (Vec<_>, Vec<_>) =
        decisions.into_iter().partition(|line| line["sampling_rate"].is_number());
    for line in &sampled {
        assert_eq!(line["sampling_rate"], rate.parse::<f64>().unwrap());
        assert_eq!(line["message"], "message unchanged");
    }
    assert_eq!(always.len(), 7, "what is not of the many is always written");
    let counted = emf::sums(&lines)
        .into_iter()
        .find(|((name, dimensions), _)| name == "Messages" && dimensions.len() == 1)
        .unwrap();
    assert_eq!(counted.1.to_string(), "67", "metrics count every event");
    (sampled.len(), sampled)
}

#[tokio::test]
async fn only_messages_with_nothing_to_say_about_them_are_left_out() {
    assert_eq!(written("0").await.0, 0);
    assert_eq!(written("1").await.0, 60);
    let (count, first) = written("0.5").await;
    assert!((15..45).contains(&count), "{count} of 60");
    let ids = |lines: &[Value]| lines.iter().map(|line| line["message_id"].to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&written("0.5").await.1), "a message is in the sample or not, whoever asks");
}
