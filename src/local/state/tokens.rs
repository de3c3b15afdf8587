//! [`Tokens`]: what was answered to requests that may come again.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::local::refusal::{Refusal, conflict};

/// The answers to requests with a `ClientRequestToken`, the newest so many.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Tokens {
    answers: BTreeMap<String, Answered>,
    oldest_first: VecDeque<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Answered {
    /// What was asked, as a hash.
    asked: String,
    answer: Value,
}

/// How many are kept: clients repeat a request within seconds.
const KEPT: usize = 10_000;

impl Tokens {
    /// What was answered to the request called `name`, if it came before.
    ///
    /// # Errors
    /// When something else was asked by that name.
    pub(in super::super) fn answered(&self, name: &str, asked: &str) -> Result<Option<Value>, Refusal> {
        match self.answers.get(name) {
            None => Ok(None),
            Some(before) if before.asked == asked => Ok(Some(before.answer.clone())),
            Some(_) => {
                Err(conflict("ClientRequestToken was used before, for a request with other parameters"))
            }
        }
    }

    /// Keeps an answer.
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
