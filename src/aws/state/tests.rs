use crate::state::{Guard, Item};

use super::dynamodb::tests::{DENIED, DONE, Does, table};
use super::*;

const LIMIT: Duration = Duration::from_secs(1);

fn store(does: &[Does]) -> StateStore {
    let (_, table) = table(does);
    let kind = Kind::DynamoDb(table, LocalItems::new(10));
    StateStore { kind, key: Secret::random(), bypasses: Mutex::default(), log: None }
}

fn update(member: &str) -> Update {
    let guard = Guard::Fewer { attribute: "a".to_owned(), than: 3, member: member.to_owned() };
    Update {
        adds: vec![("a".to_owned(), member.to_owned())],
        guards: vec![guard],
        ..Update::of("k", 4_000_000_000)
    }
}

fn item(members: &[&str]) -> Item {
    Item::from([("a".to_owned(), members.iter().map(|member| (*member).to_owned()).collect())])
}

#[tokio::test]
async fn a_copy_answers_for_a_table_that_does_not_and_that_is_told() {
    let others = Does::Answers(200, r#"{"Attributes":{"k":{"S":"k"},"a":{"SS":["other"]}}}"#);
    let store = store(&[others, DENIED]);
    let update_with = async |member| store.update(&update(member), LIMIT).await;
    assert_eq!(update_with("m1").await, Ok(Updated::Applied(item(&["other"]))));
    assert_eq!(store.taken(), Bypasses::default());
    let local = |seen| Err(Unavailable { seen: Some(seen) });
    assert_eq!(update_with("m2").await, local(Updated::Applied(item(&["m1", "other"]))));
    assert_eq!(update_with("m3").await, local(Updated::Refused(item(&["m1", "m2", "other"]))));
    assert_eq!(store.taken(), Bypasses { count: 2, why: Some(Failure::NotAllowed) });
    assert_eq!(store.taken(), Bypasses::default());
}

#[tokio::test]
async fn a_table_that_answers_is_right() {
    let full = r#"{"__type":"x#ConditionalCheckFailedException","Item":{"a":{"SS":["1","2","3"]}}}"#;
    let store = store(&[DONE, Does::Answers(400, full), DENIED]);
    let update_with = async |member| store.update(&update(member), LIMIT).await;
    assert_eq!(update_with("m1").await, Ok(Updated::Applied(Item::new())));
    assert_eq!(update_with("m2").await, Ok(Updated::Refused(item(&["1", "2", "3"]))));
    assert_eq!(store.taken().count, 0);
    let seen = Some(Updated::Refused(item(&["1", "2", "3"])));
    assert_eq!(update_with("m3").await, Err(Unavailable { seen }));
}

#[tokio::test]
async fn memory_is_a_store_of_its_own() {
    let kind = Kind::Memory(LocalItems::new(10));
    let store = StateStore { kind, key: Secret::random(), bypasses: Mutex::default(), log: None };
    assert_eq!(store.update(&update("m1"), Duration::ZERO).await, Ok(Updated::Applied(Item::new())));
    assert_eq!(store.update(&update("m2"), Duration::ZERO).await, Ok(Updated::Applied(item(&["m1"]))));
    assert_eq!(store.taken().count, 0);
}
