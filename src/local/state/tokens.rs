//! [`Tokens`]: responses to requests that clients may repeat.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::local::refusal::{Refusal, conflict};
use crate::local::time::Timestamp;

/// Responses to the newest requests with a `ClientRequestToken`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Tokens {
    answers: BTreeMap<String, StoredAnswer>,
    oldest_first: VecDeque<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredAnswer {
    /// A hash of the request.
    asked: String,
    answer: Value,
    #[serde(default)]
    at: Timestamp,
}

/// The maximum number of responses that are kept, and for how long. Clients repeat a request within seconds.
const KEPT: usize = 10_000;
const WITHIN: Duration = Duration::from_hours(24);

impl Tokens {
    /// Returns the response to an earlier request called `name`, if there was one.
    ///
    /// # Errors
    /// If the earlier request with this name had different input.
    pub(in super::super) fn answered(
        &self,
        name: &str,
        request: &str,
        now: Timestamp,
    ) -> Result<Option<Value>, Refusal> {
        match self.answers.get(name).filter(|before| !before.is_over(now)) {
            None => Ok(None),
            Some(before) if before.asked == request => Ok(Some(before.answer.clone())),
            Some(_) => {
                Err(conflict("ClientRequestToken was used before, for a request with other parameters"))
            }
        }
    }

    /// Stores a response.
    pub(in super::super) fn keep(&mut self, name: String, request: String, answer: Value, now: Timestamp) {
        while let Some(oldest) = self.oldest_first.front()
            && (self.oldest_first.len() >= KEPT || self.answers.get(oldest).is_none_or(|it| it.is_over(now)))
        {
            self.answers.remove(oldest);
            self.oldest_first.pop_front();
        }
        self.oldest_first.push_back(name.clone());
        self.answers.insert(name, StoredAnswer { asked: request, answer, at: now });
    }

    /// Removes the responses to requests that created `what`, a deleted resource given by its ARN or id, and to requests about it or by
    /// it: if it is created again, they are new requests.
    pub(in super::super) fn forget(&mut self, what: &str) {
        let is_it =
            |text: &str| text.strip_prefix(what).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.answers.retain(|name, StoredAnswer { answer, .. }| {
            let made = answer.as_object().into_iter().flat_map(|members| members.values());
            !name.split('\n').any(is_it) && !made.filter_map(Value::as_str).any(is_it)
        });
        self.oldest_first.retain(|name| self.answers.contains_key(name));
    }
}

impl StoredAnswer {
    fn is_over(&self, now: Timestamp) -> bool {
        now.since(self.at) >= WITHIN
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_170_600_000);

    fn keep(tokens: &mut Tokens, name: &str, answer: Value, now: Timestamp) {
        tokens.keep(name.to_owned(), "1".to_owned(), answer, now);
    }

    #[test]
    fn a_repeated_request_gets_the_first_answer() {
        let mut tokens = Tokens::default();
        assert_eq!(tokens.answered("a", "1", NOW), Ok(None));
        keep(&mut tokens, "a", Value::from("first"), NOW);
        assert_eq!(tokens.answered("a", "1", NOW), Ok(Some(Value::from("first"))));
        assert!(tokens.answered("a", "2", NOW).is_err());
        for n in 0..KEPT {
            keep(&mut tokens, &n.to_string(), Value::Null, NOW);
        }
        assert_eq!(tokens.answered("a", "2", NOW), Ok(None));
        assert_eq!((tokens.answers.len(), tokens.oldest_first.len()), (KEPT, KEPT));
    }

    #[test]
    fn a_request_is_new_after_a_day() {
        let mut tokens = Tokens::default();
        let hours = |hours| NOW.plus(Duration::from_hours(hours));
        keep(&mut tokens, "a", Value::from("first"), NOW);
        keep(&mut tokens, "b", Value::from("other"), hours(1));
        assert!(tokens.answered("a", "2", hours(23)).is_err());
        assert_eq!(tokens.answered("a", "2", hours(24)), Ok(None));
        keep(&mut tokens, "a", Value::from("second"), hours(24));
        assert_eq!(tokens.answered("a", "1", hours(24)), Ok(Some(Value::from("second"))));
        assert_eq!(tokens.oldest_first, ["b", "a"]);
        keep(&mut tokens, "c", Value::Null, hours(30));
        assert_eq!(tokens.answers.len(), 2, "what is over takes no memory");
    }

    #[test]
    fn what_is_deleted_is_forgotten_with_everything_in_it() {
        let mut tokens = Tokens::default();
        keep(&mut tokens, "Send\nuser\n\nhome/channel/a\nt", json!({ "MessageId": "m" }), NOW);
        keep(&mut tokens, "Create\nuser\nhome\n\nt", json!({ "ChannelArn": "home/channel/a" }), NOW);
        keep(&mut tokens, "Create\nuser\nhome\n\nu", json!({ "ChannelArn": "home/channel/ab" }), NOW);
        let left = |what: &str| {
            let mut tokens = tokens.clone();
            tokens.forget(what);
            assert_eq!(tokens.answers.len(), tokens.oldest_first.len());
            tokens.answers.len()
        };
        for (what, expected) in
            [("m", 2), ("home/channel/a", 1), ("home", 0), ("user", 0), ("hom", 3), ("other", 3)]
        {
            assert_eq!(left(what), expected, "{what}");
        }
    }
}
