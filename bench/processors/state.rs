//! An emulated table for rules that count: it adds to sets and removes them, and ignores conditions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// The attributes of an item that are sets.
type Item = BTreeMap<String, BTreeSet<String>>;

/// A table.
#[derive(Debug, Default)]
pub(crate) struct Table(Mutex<BTreeMap<String, Item>>);

/// The rules that are measured: those of a chat at work, without examples, which every start would test.
pub(crate) const WITHOUT: &str = r#"
version = 1

[[rule]]
id   = "keys"
find = { secrets = "all" }
do   = "deny"

[[rule]]
id   = "profanity"
find = { profanity = "work" }
do   = "mask"
"#;

/// A rule before them that counts. It finds nothing, so that all rules process each message.
pub(crate) const COUNTS: &str = r#"
version = 1

[[rule]]
id       = "flood"
find     = { rate = { max = 50, within = "10s" } }
do       = "deny"
on-error = "pass"
"#;

impl Table {
    /// Responds to the body of an `UpdateItem` with the previous item.
    pub(crate) fn answer(&self, body: &[u8]) -> String {
        let request: Value = serde_json::from_slice(body).unwrap_or_default();
        // The empty request that opens a connection has none.
        let Some(key) = request["Key"]["k"]["S"].as_str() else { return "{}".to_owned() };
        let mut items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let item = items.entry(key.to_owned()).or_default();
        let sets = item.iter().map(|(name, set)| (name.clone(), json!({ "SS": set })));
        let mut attributes: BTreeMap<String, Value> = sets.collect();
        if !attributes.is_empty() {
            attributes.insert("k".to_owned(), request["Key"]["k"].clone());
            attributes.insert("e".to_owned(), request["ExpressionAttributeValues"][":v0"].clone());
        }
        let name = |at: &str| request["ExpressionAttributeNames"][at].as_str().unwrap_or_default().to_owned();
        let expression = request["UpdateExpression"].as_str().unwrap_or_default();
        let (mut is_add, mut words) = (false, expression.split([' ', ',']).filter(|word| !word.is_empty()));
        while let Some(word) = words.next() {
            match word {
                "ADD" => is_add = true,
                "SET" | "REMOVE" | "DELETE" => is_add = false,
                _ if is_add => {
                    let value = words.next().unwrap_or_default();
                    let members = request["ExpressionAttributeValues"][value]["SS"].as_array();
                    let members = members.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
                    item.entry(name(word)).or_default().extend(members);
                }
                _ => drop(item.remove(&name(word))),
            }
        }
        json!({ "Attributes": attributes }).to_string()
    }
}
