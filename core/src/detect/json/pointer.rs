//! [`Pointer`]: the path to values in a JSON document.

use crate::detect::{Budget, Exhausted};
use crate::text::json::{JsonType, Value};

/// A JSON pointer in which `*` matches every member and every item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Each,
    Named(String),
}

/// The cost of opening a value, in budget units per byte.
const OPENING: u64 = 8;

impl Pointer {
    /// Parses a pointer.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self(Vec::new()));
        }
        let step = |step: &str| match step {
            "*" => Step::Each,
            name => Step::Named(name.replace("~1", "/").replace("~0", "~")),
        };
        Some(Self(text.strip_prefix('/')?.split('/').map(step).collect()))
    }

    /// Returns every value that the pointer leads to from `root`. A name that does not exist yields `None`; `*` without members or items
    /// yields nothing.
    pub(super) fn follow<'d>(
        &self,
        root: Option<Value<'d>>,
        budget: &mut Budget,
    ) -> Result<Vec<Option<Value<'d>>>, Exhausted> {
        let mut places = vec![root];
        for step in &self.0 {
            let mut next = Vec::new();
            for value in places {
                budget.spend(OPENING * value.map_or(1, |value| value.range().len() as u64))?;
                step.take(value, &mut next);
            }
            places = next;
        }
        Ok(places)
    }
}

impl Step {
    fn take<'d>(&self, from: Option<Value<'d>>, into: &mut Vec<Option<Value<'d>>>) {
        let Some(from) = from else {
            return into.extend((*self != Self::Each).then_some(None));
        };
        match self {
            Self::Each => into.extend(from.children().map(Some)),
            Self::Named(name) => {
                let before = into.len();
                into.extend(from.children().filter(|child| child.key().as_ref() == Some(name)).map(Some));
                let index = name.parse::<usize>().ok().filter(|index| index.to_string() == *name);
                let item = index
                    .filter(|_| from.json_type() == JsonType::Array)
                    .and_then(|index| from.children().nth(index));
                into.extend(item.map(Some));
                if into.len() == before {
                    into.push(None);
                }
            }
        }
    }
}
