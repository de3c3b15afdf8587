//! Pages of a list: `MaxResults` and `NextToken`.
//!
//! A token says after which key the next page begins, so that a page is the same however the list grows. It also says what was
//! listed, for whom: a token of another list is refused, as is one that somebody made up.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::ids::hex;
use super::refusal::{Refusal, bad_request};

/// Which part of a list is asked for.
#[derive(Clone, Debug)]
pub(super) struct Page {
    size: usize,
    /// The last key of the page before.
    after: Option<String>,
    /// What is listed, for whom.
    list: String,
}

/// What a page holds when nobody says.
const SIZE: usize = 50;

impl Page {
    /// The page of `list` that a request asks for. `list` is what makes the list: the operation, its filters and the caller.
    ///
    /// # Errors
    /// When the token is not one that this list gave.
    pub(super) fn of(
        list: &[&str],
        max_results: Option<usize>,
        next_token: Option<&str>,
    ) -> Result<Self, Refusal> {
        let list = hex(&Sha256::digest(list.join("\n"))[..8]);
        let after = match next_token.filter(|token| !token.is_empty()) {
            None => None,
            Some(token) => {
                let key = token.strip_prefix(&*list).and_then(|rest| unhex(rest.strip_prefix('-')?));
                Some(key.ok_or_else(|| {
                    bad_request(
                        "NextToken: it is not one that this list, with these filters and this caller, gave",
                    )
                })?)
            }
        };
        Ok(Self { size: max_results.unwrap_or(SIZE), after, list })
    }

    /// The last key of the page before.
    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// The keys that this page and those behind it are taken from, so that nobody has to go through the pages before.
    pub(super) fn rest(&self) -> (Bound<&str>, Bound<&str>) {
        (self.after().map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
    }

    /// Takes the page out of `items`, which are in order and each come with their key; gives it with the token of the next.
    pub(super) fn take<T>(
        &self,
        items: impl IntoIterator<Item = (String, T)>,
        backwards: bool,
    ) -> (Vec<T>, Option<String>) {
        let before = |key: &str| match &self.after {
            None => false,
            Some(after) if backwards => key >= after.as_str(),
            Some(after) => key <= after.as_str(),
        };
        let mut items = items.into_iter().skip_while(|(key, _)| before(key)).peekable();
        let (mut page, mut last) = (Vec::new(), None);
        while page.len() < self.size {
            let Some((key, item)) = items.next() else { break };
            page.push(item);
            last = Some(key);
        }
        let more = items.peek().is_some();
        let token = last.filter(|_| more).map(|key| format!("{}-{}", self.list, hex(key.as_bytes())));
        (page, token)
    }

    /// [`Self::take`], as a JSON list and a JSON token.
    pub(super) fn json(&self, items: impl IntoIterator<Item = (String, Value)>) -> (Value, Value) {
        let (page, token) = self.take(items, false);
        (Value::from(page), Value::from(token))
    }

    /// Takes the page out of `all`, with what `item` makes of each, as a JSON list and a JSON token.
    pub(super) fn of_map<K: Ord + Borrow<str> + ToString, V>(
        &self,
        all: &BTreeMap<K, V>,
        item: impl Fn(&K, &V) -> Value,
    ) -> (Value, Value) {
        self.json(all.range::<str, _>(self.rest()).map(|(key, value)| (key.to_string(), item(key, value))))
    }

    /// [`Self::of_map`] for a set, of which those are left out that `item` makes nothing of.
    pub(super) fn of_set<K: Ord + Borrow<str> + ToString>(
        &self,
        all: &BTreeSet<K>,
        item: impl Fn(&K) -> Option<Value>,
    ) -> (Value, Value) {
        self.json(all.range::<str, _>(self.rest()).filter_map(|key| Some((key.to_string(), item(key)?))))
    }
}

fn unhex(text: &str) -> Option<String> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(keys: &[&str]) -> Vec<(String, u8)> {
        keys.iter().map(|key| ((*key).to_owned(), key.as_bytes()[0])).collect()
    }

    #[test]
    fn pages_follow_each_other_however_the_list_grows() {
        let first = Page::of(&["ListChannels", "ann"], Some(2), None).unwrap();
        let (page, token) = first.take(items(&["a", "c", "e"]), false);
        assert_eq!(page, b"ac");
        let next = Page::of(&["ListChannels", "ann"], Some(2), token.as_deref()).unwrap();
        let (page, token) = next.take(items(&["a", "b", "c", "d", "e"]), false);
        assert_eq!((page, token), (b"de".to_vec(), None));
    }

    #[test]
    fn lists_may_run_backwards() {
        let first = Page::of(&["x"], Some(1), None).unwrap();
        let (_, token) = first.take(items(&["b", "a"]), true);
        let next = Page::of(&["x"], Some(1), token.as_deref()).unwrap();
        assert_eq!(next.take(items(&["c", "b", "a"]), true).0, b"a");
    }

    #[test]
    fn a_token_is_good_for_its_own_list_only() {
        let (_, token) = Page::of(&["a"], Some(1), None).unwrap().take(items(&["a", "b"]), false);
        let token = token.unwrap();
        assert!(Page::of(&["a"], None, Some(&token)).is_ok());
        for (list, token) in
            [("b", &*token), ("a", "x"), ("a", "-"), ("a", &token[..token.len() - 1]), ("a", "é")]
        {
            assert!(Page::of(&[list], None, Some(token)).is_err(), "{list} {token}");
        }
        assert!(Page::of(&["a"], None, Some("")).is_ok());
    }
}
