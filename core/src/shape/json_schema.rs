//! Shapes as JSON Schema, draft 7.

use serde_json::{Map as Object, Value, json};

use super::{Constraint, Key, List, Map, Shape, Table};

impl Shape {
    /// Returns the JSON Schema of a value of this shape, for TOML language servers. Adds named shapes to `definitions`.
    pub(crate) fn json_schema(&self, definitions: &mut Object<String, Value>) -> Value {
        match self {
            Self::Any | Self::Json => json!({}),
            Self::Boolean => json!({ "type": "boolean" }),
            Self::Integer { min, max } if min == max => json!({ "const": min }),
            Self::Integer { min, max } => {
                let mut schema = json!({ "type": "integer" });
                if *min > i64::MIN {
                    schema["minimum"] = (*min).into();
                }
                if *max < i64::MAX {
                    schema["maximum"] = (*max).into();
                }
                schema
            }
            Self::Number { above, max } => {
                let mut schema = json!({ "type": "number" });
                if above.is_finite() {
                    schema["exclusiveMinimum"] = (*above).into();
                }
                if max.is_finite() {
                    schema["maximum"] = (*max).into();
                }
                schema
            }
            Self::Text(text) => {
                let mut schema = json!({ "type": "string" });
                if !text.pattern.is_empty() {
                    schema["pattern"] = text.pattern.into();
                }
                if !text.never.is_empty() {
                    schema["not"] = json!({ "enum": text.never });
                }
                schema
            }
            Self::Words(words) => json!({ "enum": (words.all)() }),
            Self::List(list) => list.json_schema(definitions),
            Self::Table(table) => table.json_schema(definitions),
            Self::Map(map) => map.json_schema(definitions),
            Self::Alternatives(all) => {
                let all: Vec<_> = all.iter().map(|one| one.shape.json_schema(definitions)).collect();
                json!({ "anyOf": all })
            }
            Self::Named(name, shape) => {
                // A named shape may contain itself, so its definition is inserted before its content is visited.
                if !definitions.contains_key(*name) {
                    definitions.insert((*name).to_owned(), Value::Null);
                    let schema = shape.json_schema(definitions);
                    definitions.insert((*name).to_owned(), schema);
                }
                json!({ "allOf": [{ "$ref": format!("#/definitions/{name}") }] })
            }
        }
    }
}

impl List {
    fn json_schema(&self, definitions: &mut Object<String, Value>) -> Value {
        let item = self.item.json_schema(definitions);
        let mut list = json!({ "type": "array", "items": item });
        if self.least > 0 {
            list["minItems"] = self.least.into();
        }
        let mut choices: Vec<_> = self.or_word.iter().map(|word| json!({ "const": word })).collect();
        choices.extend(self.or_item.then_some(item));
        if choices.is_empty() {
            return list;
        }
        choices.push(list);
        json!({ "anyOf": choices })
    }
}

impl Table {
    fn json_schema(&self, definitions: &mut Object<String, Value>) -> Value {
        let properties = properties(self.keys, definitions);
        let required: Vec<_> = self.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
        let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": properties });
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        if self.is_choice {
            schema["minProperties"] = 1.into();
            schema["maxProperties"] = 1.into();
        }
        constrain(&mut schema, self.constraints);
        schema
    }
}

/// Returns the schemas of `keys`, by name.
fn properties(keys: &[Key], definitions: &mut Object<String, Value>) -> Object<String, Value> {
    let property = |key: &Key| {
        let mut schema = key.shape.json_schema(definitions);
        schema["description"] = key.means.into();
        (key.name.to_owned(), schema)
    };
    keys.iter().map(property).collect()
}

fn constrain(schema: &mut Value, constraints: &[Constraint]) {
    if !constraints.is_empty() {
        schema["allOf"] = constraints.iter().map(Constraint::json_schema).collect();
    }
}

impl Map {
    fn json_schema(&self, definitions: &mut Object<String, Value>) -> Value {
        let mut schema =
            json!({ "type": "object", "additionalProperties": self.value.json_schema(definitions) });
        if !self.names.pattern.is_empty() {
            schema["propertyNames"] = json!({ "pattern": self.names.pattern });
        }
        if self.least > 0 {
            schema["minProperties"] = self.least.into();
        }
        if !self.keys.is_empty() {
            schema["properties"] = properties(self.keys, definitions).into();
        }
        constrain(&mut schema, self.constraints);
        schema
    }
}
