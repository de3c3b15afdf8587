use serde_json::json;

use super::*;
use chimeflow_core::state::{Entry, Log, LogRequest, Plan, Recording, Strike};

fn update(guards: Vec<Guard>) -> Update {
    let text = str::to_owned;
    Update {
        key: text("p#ana"),
        expires: 1_800_000_000,
        adds: vec![(text("flood/10s.1a"), text("00kf12oiy-7")), (text("e\"\\"), text("\u{1}"))],
        removes: vec![text("flood/10s.16"), text("flood/10s.15")],
        deletes: Vec::new(),
        guards,
    }
}

#[test]
fn an_update_is_one_request() {
    let text = str::to_owned;
    let guards = vec![
        Guard::Fewer { attribute: text("flood/10s.1a"), than: 24, member: text("00kf12oiy-7") },
        Guard::Same {
            sizes: vec![(text("slow.1a"), 1), (text("slow.19"), 0), (text("flood/10s.1a"), 2)],
            member: text("m"),
        },
    ];
    let body: serde_json::Value = serde_json::from_str(&request("a.table", &update(guards))).unwrap();
    let condition = "(attribute_not_exists(#n1) OR size(#n1) < :v3 OR contains(#n1, :v4)) AND \
                     (size(#n5) = :v5 AND attribute_not_exists(#n6) AND size(#n1) = :v6 OR contains(#n5, :v7))";
    let expected = json!({
        "TableName": "a.table",
        "Key": { "k": { "S": "p#ana" } },
        "UpdateExpression": "SET #n0 = :v0 ADD #n1 :v1, #n2 :v2 REMOVE #n3, #n4",
        "ConditionExpression": condition,
        "ExpressionAttributeNames": {
            "#n0": "e", "#n1": "flood/10s.1a", "#n2": "e\"\\", "#n3": "flood/10s.16", "#n4": "flood/10s.15",
            "#n5": "slow.1a", "#n6": "slow.19",
        },
        "ExpressionAttributeValues": {
            ":v0": { "N": "1800000000" }, ":v1": { "SS": ["00kf12oiy-7"] }, ":v2": { "SS": ["\u{1}"] },
            ":v3": { "N": "24" }, ":v4": { "S": "00kf12oiy-7" },
            ":v5": { "N": "1" }, ":v6": { "N": "2" }, ":v7": { "S": "m" },
        },
        "ReturnValues": "ALL_OLD",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    });
    assert_eq!(body, expected);
}

#[test]
fn an_update_without_guards_has_no_condition() {
    let body: serde_json::Value = serde_json::from_str(&request("t", &update(Vec::new()))).unwrap();
    assert!(body.get("ConditionExpression").is_none());
}

#[test]
fn responses_are_told_apart() {
    let item = Item::from([("a.1".to_owned(), BTreeSet::from(["x".to_owned(), "y".to_owned()]))]);
    let attributes = json!({ "k": { "S": "p#" }, "e": { "N": "18" }, "a.1": { "SS": ["y", "x"] } });
    let failed = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
    let error =
        |code: &str| json!({ "__type": format!("com.amazon.coral.service#{code}"), "message": "text" });
    let cases = [
        (200, json!({ "Attributes": attributes }), Ok(Updated::Applied(item.clone()))),
        (200, json!({}), Ok(Updated::Applied(Item::new()))),
        (400, json!({ "__type": failed, "message": "no", "Item": attributes }), Ok(Updated::Refused(item))),
        (400, json!({ "__type": failed, "message": "no" }), Ok(Updated::Refused(Item::new()))),
        (400, error("ThrottlingException"), Err(Failure::Throttled)),
        (400, error("ProvisionedThroughputExceededException"), Err(Failure::Throttled)),
        (400, error("AccessDeniedException"), Err(Failure::NotAllowed)),
        (400, error("ResourceNotFoundException"), Err(Failure::NoTable)),
        (400, error("ExpiredTokenException"), Err(Failure::BadCredentials)),
        (400, error("ValidationException"), Err(Failure::Refused(400))),
        (500, error("InternalServerError"), Err(Failure::Failed(500))),
        (500, json!(null), Err(Failure::Failed(500))),
        (403, json!({ "message": "Forbidden" }), Err(Failure::Garbled)),
        (200, json!([1]), Err(Failure::Garbled)),
        (301, json!(null), Err(Failure::Garbled)),
    ];
    for (status, body, expected) in cases {
        assert_eq!(response(status, body.to_string().as_bytes()), expected, "{status} {body}");
    }
    assert_eq!(response(200, b"healthy: dynamodb.us-east-1.amazonaws.com"), Err(Failure::Garbled));
}

#[test]
fn an_attribute_is_named_once_in_an_expression() {
    let text = str::to_owned;
    let pairs =
        [("a", "m1"), ("b", "m1"), ("a", "m2"), ("a", "m1")].map(|(one, other)| (text(one), text(other)));
    let adds = Update { adds: pairs.to_vec(), ..Update::of("k", 1) };
    let deletes = Update { deletes: pairs.to_vec(), ..Update::of("k", 1) };
    for (update, verb) in [(adds, "ADD"), (deletes, "DELETE")] {
        let body: serde_json::Value = serde_json::from_str(&request("t", &update)).unwrap();
        assert_eq!(body["UpdateExpression"], format!("SET #n0 = :v0 {verb} #n1 :v1, #n2 :v2"));
        assert_eq!(body["ExpressionAttributeValues"][":v1"], json!({ "SS": ["m1", "m2"] }));
    }
}

/// DynamoDB takes 4 KB of an expression, with 300 operators, functions and names of attributes at most. The core makes at most 24 requests
/// with one update.
#[test]
fn the_largest_updates_are_within_the_limits_of_the_table() {
    let at = 1_790_000_000_000;
    let recordings = [
        Recording::Every { max: 100 },
        Recording::Number { max: 100 },
        Recording::Accepted { max: 100 },
        Recording::First { most: 100 },
        Recording::Nothing,
    ];
    for (recording, within) in recordings
        .into_iter()
        .flat_map(|recording| [10_000, 600_000, 86_400_000].map(|within| (recording, within)))
    {
        let request_of = |number: usize| {
            let name = format!("log{number:05}");
            let log = match recording {
                Recording::Accepted { .. } => Log::of_accepted(name, within),
                _ => Log::of_all(name, within),
            };
            LogRequest { log, recording, entry: Entry { at, id: format!("{number:027x}") } }
        };
        let mut plan =
            Plan::new("s#aaaaaaaaaaaaaaa.1".to_owned(), at / 1000, (0..24).map(request_of).collect());
        // The first update asks, or finds that others have been recorded meanwhile.
        for _ in 0..2 {
            let update = plan.update();
            within_limits(&update);
            let mut filled = Item::new();
            let names = update.adds.iter().map(|(attribute, _)| attribute);
            for attribute in names {
                filled
                    .insert(attribute.clone(), (0..50).map(|other| format!("{other:09}-another")).collect());
            }
            plan.next(&Updated::Refused(filled));
        }
    }
    let strike = Strike { at, id: "12345".to_owned(), weight: u32::MAX };
    within_limits(&strike.update(&Strike::log(1_000), "s#aaaaaaaaaaaaaaa", at / 1000));
    // Buckets that were over long ago are removed, 48 at most.
    let removes = (0..48).map(|number| format!("log{number:05}.3yc.{number:06}")).collect();
    within_limits(&Update { removes, ..Update::of("s#aaaaaaaaaaaaaaa", at / 1000) });
}

fn within_limits(update: &Update) {
    let body: serde_json::Value = serde_json::from_str(&request("t", update)).unwrap();
    for expression in ["UpdateExpression", "ConditionExpression"] {
        let Some(text) = body[expression].as_str() else { continue };
        assert!(text.len() <= 4_096, "{expression}: {}", text.len());
        let is_counted =
            |word: &&str| ["AND", "OR", "=", "<", "size", "contains", "attribute_not_exists"].contains(word);
        let operators = text.split([' ', '(']).filter(is_counted).count();
        let actions = update.adds.len() + update.removes.len() + update.deletes.len() + 1;
        let all = if expression == "UpdateExpression" { operators + actions } else { operators };
        assert!(all <= 300, "{expression}: {all}");
    }
}
