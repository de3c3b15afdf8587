//! Looks at the service and the model: single things, and lists at every page size.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::operation::{CHANNELS, LISTS, Operation, PEOPLE, READS};
use super::{World, status_of};
use crate::local::client::Response;

const PAGES: [usize; 3] = [1, 3, 50];

impl World {
    /// Compares a list at one page size.
    async fn list(&mut self, op: &Operation, items: &str, size: usize) {
        let (method, path) = op.request(&self.model);
        let body = if method == "POST" { &op.input } else { &Value::Null };
        let filters = op.input.as_object().filter(|_| method == "GET").into_iter().flatten();
        let filters: Vec<_> =
            filters.map(|(name, value)| format!("&{name}={}", value.as_str().unwrap())).collect();
        let filters = filters.concat();
        let by = self.model.user_arn(&op.by);
        let (mut all, mut token) = (Vec::new(), String::new());
        let expected = self.model.list(op);
        loop {
            let path = format!("{path}{filters}&max-results={size}&next-token={token}");
            let Response { status, mut body } =
                self.client.send(method, &path, &by, body).await.expect("a response");
            let rest = match &expected {
                Ok((_, rest)) if status == 200 => rest,
                Err(code) if body["Code"] == *code && status == status_of(code) => return,
                expected => self.differs(op, &format!("expected {expected:?}, came {status} {body}")),
            };
            let Value::Array(page) = body[items].take() else { self.differs(op, &format!("no {items}")) };
            body["NextToken"].take().as_str().unwrap_or_default().clone_into(&mut token);
            if page.len() > size || (page.len() < size && !token.is_empty()) {
                self.differs(op, &format!("{} on a page of {size}", page.len()));
            }
            all.extend(page);
            if let Err(why) = self.model.times.compare(rest, &body) {
                self.differs(op, &why);
            }
            if token.is_empty() {
                break;
            }
        }
        *self.done.entry(op.name).or_default() += 1;
        let (wanted, _) = expected.expect("it is a list");
        if let Err(why) = self.model.times.compare(&Value::from(wanted), &Value::from(all)) {
            self.differs(op, &format!("pages of {size}: {why}"));
        }
    }

    /// Looks at one thing, or at one list at each page size.
    pub(super) async fn look(&mut self, by: &str, who: &str, channel: &str, which: usize) {
        let mut op = Operation {
            by: by.to_owned(),
            who: who.to_owned(),
            channel: channel.to_owned(),
            flow: self.dice.flow(&self.model),
            ..Operation::default()
        };
        op.resource = self.dice.resource(&self.model, &op);
        if let Some(which) = which.checked_sub(READS.len()) {
            let (name, items, filters) = LISTS[which];
            let filters: BTreeMap<_, _> = filters.iter().copied().collect();
            let input = if name == "SearchChannels" { self.dice.search(&self.model) } else { json!(filters) };
            if ["ListChannelMessages", "ListChannelMemberships"].contains(&name) {
                op.sub_channel = self.dice.sub_channel(&self.model, channel, by);
            }
            let op = Operation { name, input, ..op };
            for size in PAGES {
                self.list(&op, items, size).await;
            }
        } else {
            let message =
                self.messages[self.messages.len() - 1 - self.dice.below(self.messages.len().min(12))].clone();
            let name = READS[which];
            if ["GetChannelMessage", "GetChannelMessageStatus", "DescribeChannelMembership"].contains(&name) {
                op.sub_channel = self.dice.sub_channel(&self.model, channel, by);
            }
            if name == "GetChannelMembershipPreferences" && self.dice.below(4) > 0 {
                op.who.clone_from(&op.by);
            }
            self.answer(&Operation { name, message, ..op }).await;
        }
    }

    /// Looks at everything as every user.
    pub(super) async fn look_at_all(&mut self) {
        for (by, channel) in PEOPLE.iter().flat_map(|by| CHANNELS.iter().map(move |channel| (by, channel))) {
            for which in 0..READS.len() + LISTS.len() {
                let who = self.dice.pick(&PEOPLE);
                self.look(by, who, channel, which).await;
            }
        }
    }
}
