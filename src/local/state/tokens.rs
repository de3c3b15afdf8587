//! [`Tokens`]: responses to requests that clients may repeat.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::local::refusal::{Refusal, conflict};

/// Responses to the newest requests with a `ClientRequestToken`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Tokens {
    answers: BTreeMap<String, Answered>,
    oldest_first: VecDeque<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Answered {
    /// A hash of the request.
    asked: String,
    answer: Value,
}

/// How many responses are kept. Clients repeat a request within seconds.
const KEPT: usize = 10_000;

impl Tokens {
    /// Returns the response to an earlier request called `name`, if there was one.
    ///
    /// # Errors
    /// If the earlier request with this name had different input.
    pub(in super::super) fn answered(&self, name: &str, asked: &str) -> Result<Option<Value>, Refusal> {
        match self.answers.get(name) {
            None => Ok(None),
            Some(before) if before.asked == asked => Ok(Some(before.answer.clone())),
            Some(_) => {
                Err(conflict("ClientRequestToken was used before, for a request with other parameters"))
            }
        }
    }

    /// Stores a response.
    pub(in super::super) fn keep(&mut self, name: String, asked: String, answer: Value) {
        if self.oldest_first.len() == KEPT
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.answers.remove(&oldest);
        }
        self.oldest_first.push_back(name.clone());
        self.answers.insert(name, Answered { asked, answer });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_request_gets_the_first_answer() {
        let mut tokens = Tokens::default();
        assert_eq!(tokens.answered("a", "1"), Ok(None));
        tokens.keep("a".into(), "1".into(), Value::from("first"));
        assert_eq!(tokens.answered("a", "1"), Ok(Some(Value::from("first"))));
        assert!(tokens.answered("a", "2").is_err());
        for n in 0..KEPT {
            tokens.keep(n.to_string(), String::new(), Value::Null);
        }
        assert_eq!(tokens.answered("a", "2"), Ok(None));
        assert_eq!(tokens.answers.len(), KEPT);
    }
}
