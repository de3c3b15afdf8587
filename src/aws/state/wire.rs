//! The wire format of `UpdateItem`: JSON of DynamoDB's protocol, `application/x-amz-json-1.0`.
//!
//! The item has its key in `k` and its end in `e`; each other attribute is a set of texts. Attributes are named through placeholders, so
//! their names may be anything.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::state::{Guard, Item, Update, Updated};

/// The attribute with the key of an item.
const KEY: &str = "k";

/// The attribute with the second from which on the table may remove an item.
const EXPIRES: &str = "e";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    table_name: &'a str,
    key: BTreeMap<&'a str, Value<'a>>,
    update_expression: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition_expression: Option<String>,
    expression_attribute_names: BTreeMap<String, &'a str>,
    expression_attribute_values: BTreeMap<String, Value<'a>>,
    return_values: &'static str,
    return_values_on_condition_check_failure: &'static str,
}

/// A value of an attribute.
#[derive(Serialize)]
enum Value<'a> {
    /// A text.
    S(&'a str),
    /// A number, as text.
    N(String),
    /// A set of texts.
    #[serde(rename = "SS")]
    Set(Vec<&'a str>),
}

/// Returns the body of the request for `update`.
pub(super) fn request(table: &str, update: &Update) -> String {
    let mut placeholders = Placeholders::default();
    let mut expression = format!(
        "SET {} = {}",
        placeholders.name(EXPIRES),
        placeholders.value(Value::N(update.expires.to_string()))
    );
    for (number, (attribute, members)) in by_attribute(&update.adds).into_iter().enumerate() {
        expression.push_str(if number == 0 { " ADD " } else { ", " });
        expression.push_str(&placeholders.name(attribute));
        expression.push(' ');
        expression.push_str(&placeholders.value(Value::Set(members)));
    }
    for (number, attribute) in update.removes.iter().enumerate() {
        expression.push_str(if number == 0 { " REMOVE " } else { ", " });
        expression.push_str(&placeholders.name(attribute));
    }
    for (number, (attribute, members)) in by_attribute(&update.deletes).into_iter().enumerate() {
        expression.push_str(if number == 0 { " DELETE " } else { ", " });
        expression.push_str(&placeholders.name(attribute));
        expression.push(' ');
        expression.push_str(&placeholders.value(Value::Set(members)));
    }
    let conditions: Vec<_> = update.guards.iter().map(|guard| placeholders.condition(guard)).collect();
    let request = Request {
        table_name: table,
        key: BTreeMap::from([(KEY, Value::S(&update.key))]),
        update_expression: expression,
        condition_expression: (!conditions.is_empty()).then(|| conditions.join(" AND ")),
        expression_attribute_names: placeholders.names.into_iter().map(|(name, at)| (at, name)).collect(),
        expression_attribute_values: placeholders.values,
        return_values: "ALL_OLD",
        return_values_on_condition_check_failure: "ALL_OLD",
    };
    serde_json::to_string(&request).unwrap_or_default()
}

/// Returns the members of each attribute, in the order of the attributes, because an expression may name an attribute once.
fn by_attribute(pairs: &[(String, String)]) -> Vec<(&str, Vec<&str>)> {
    let mut sets: Vec<(&str, Vec<&str>)> = Vec::new();
    for (attribute, member) in pairs {
        match sets.iter_mut().find(|(known, _)| known == attribute) {
            // A set has each member once.
            Some((_, members)) if members.contains(&&**member) => {}
            Some((_, members)) => members.push(member),
            None => sets.push((attribute, vec![member])),
        }
    }
    sets
}

/// What stands for names and values in expressions.
#[derive(Default)]
struct Placeholders<'a> {
    names: BTreeMap<&'a str, String>,
    values: BTreeMap<String, Value<'a>>,
}

impl<'a> Placeholders<'a> {
    fn name(&mut self, attribute: &'a str) -> String {
        let number = self.names.len();
        self.names.entry(attribute).or_insert_with(|| format!("#n{number}")).clone()
    }

    fn value(&mut self, value: Value<'a>) -> String {
        let at = format!(":v{}", self.values.len());
        self.values.insert(at.clone(), value);
        at
    }

    fn number(&mut self, number: usize) -> String {
        self.value(Value::N(number.to_string()))
    }

    fn condition(&mut self, guard: &'a Guard) -> String {
        match guard {
            Guard::Fewer { attribute, than, member } => {
                let (name, than) = (self.name(attribute), self.number(*than));
                let member = self.value(Value::S(member));
                format!(
                    "(attribute_not_exists({name}) OR size({name}) < {than} OR contains({name}, {member}))"
                )
            }
            Guard::Same { sizes, member } => {
                let mut has_size = |(attribute, size): &'a (String, usize)| {
                    let name = self.name(attribute);
                    match size {
                        0 => format!("attribute_not_exists({name})"),
                        size => format!("size({name}) = {}", self.number(*size)),
                    }
                };
                let all = sizes.iter().map(&mut has_size).collect::<Vec<_>>().join(" AND ");
                let Some((first, _)) = sizes.first() else {
                    return format!("attribute_not_exists({0}) OR attribute_exists({0})", self.name(EXPIRES));
                };
                let (first, member) = (self.name(first), self.value(Value::S(member)));
                format!("({all} OR contains({first}, {member}))")
            }
        }
    }
}

/// The response to a request that was carried out.
#[derive(Deserialize)]
struct UpdateResponse {
    #[serde(rename = "Attributes", default)]
    attributes: HashMap<String, Attribute>,
}

/// The response to a request that was not.
#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "__type")]
    code: Option<String>,
    #[serde(rename = "Item", default)]
    item: HashMap<String, Attribute>,
}

/// An attribute, if it is a set of texts.
#[derive(Deserialize)]
struct Attribute {
    #[serde(rename = "SS")]
    set: Option<BTreeSet<String>>,
}

/// Interprets a response.
pub(super) fn response(status: u16, body: &[u8]) -> Result<Updated, Failure> {
    if status == 200 {
        let done: UpdateResponse = serde_json::from_slice(body).map_err(|_| Failure::Garbled)?;
        return Ok(Updated::Applied(item(done.attributes)));
    }
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let Some(Problem { code: Some(code), item: kept }) = problem else {
        return Err(Failure::of(status, None));
    };
    // `com.amazonaws.dynamodb.v20120810#NameOfTheException`.
    let code = code.rsplit('#').next().unwrap_or_default();
    if status == 400 && code == "ConditionalCheckFailedException" {
        return Ok(Updated::Refused(item(kept)));
    }
    Err(Failure::of(status, Some(code)))
}

fn item(attributes: HashMap<String, Attribute>) -> Item {
    attributes.into_iter().filter_map(|(name, attribute)| Some((name, attribute.set?))).collect()
}

#[cfg(test)]
mod tests;
