//! Pages of a list: `MaxResults` and `NextToken`.
//!
//! A token contains the key after which the next page begins, so that pages remain consistent while the list grows. It also identifies the
//! list and the caller: a token of another list is refused, as is an invented one.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::ids::hex;
use super::refusal::{Refusal, bad_request};

/// A requested part of a list.
#[derive(Clone, Debug)]
pub(super) struct Page {
    size: usize,
    /// The last key of the previous page.
    after: Option<String>,
    /// The identity of the list: operation, filters and caller.
    list: String,
}

/// The default size of a page.
const SIZE: usize = 50;

impl Page {
    /// Returns the page of `list` that a request asks for. `list` identifies the list: the operation, its filters and the caller.
    ///
    /// # Errors
    /// If the token was not issued for this list.
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

    /// Returns the last key of the previous page.
    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Returns the range of keys from this page on, so that previous pages need not be iterated over.
    pub(super) fn rest(&self) -> (Bound<&str>, Bound<&str>) {
        (self.after().map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
    }

    /// Returns the page taken from `items`, which are ordered and each come with their key, and the token of the next page.
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

    /// Returns the page as [`Self::take`] does, as a JSON list and a JSON token.
    pub(super) fn json(&self, items: impl IntoIterator<Item = (String, Value)>) -> (Value, Value) {
        let (page, token) = self.take(items, false);
        (Value::from(page), Value::from(token))
    }

    /// Returns the page taken from `all`, with `item` applied to each entry, as a JSON list and a JSON token.
    pub(super) fn of_map<K: Ord + Borrow<str> + ToString, V>(
        &self,
        all: &BTreeMap<K, V>,
        item: impl Fn(&K, &V) -> Value,
    ) -> (Value, Value) {
        self.json(all.range::<str, _>(self.rest()).map(|(key, value)| (key.to_string(), item(key, value))))
    }

    /// Returns the page of a set as [`Self::of_map`] does, without the entries for which `item` returns nothing.
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
