//! [`Reply`]: an outcome as the content of a callback.
//!
//! | verdict | Content | Metadata | `PushNotification` | `SubChannelId` | `DeleteResource` |
//! |---|---|---|---|---|---|
//! | unchanged | as received | as received | omitted | as received | omitted |
//! | edited | edited | edited or as received | only if edited | as received | omitted |
//! | denied | omitted | omitted | omitted | as received | true |
//!
//! AWS does not document what happens to an omitted field, so fields that must be kept are sent back byte for byte.

use std::collections::BTreeMap;
use std::fmt;

use crate::event::{Address, Event};
use crate::outcome::Verdict;

/// A `ChannelFlowCallback` request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The message that it concerns.
    pub to: Address,
    /// What happens to the message.
    pub answer: Answer,
}

/// What happens to a message.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is delivered.
    Deliver(Box<Delivery>),
    /// It is not delivered: `DeleteResource`.
    Delete,
}

impl fmt::Debug for Answer {
    /// Omits the texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Delete) { "Delete" } else { "Deliver" })
    }
}

/// The content of a message to deliver. Fields that are `None` are not sent, and the service keeps their values.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The text that members of the channel read.
    pub content: Option<String>,
    /// Data for the client.
    pub metadata: Option<String>,
    /// The push notification, if a rule edited it.
    pub push: Option<Push>,
    /// The message attributes, if a rule edited them.
    pub attributes: Option<BTreeMap<String, Vec<String>>>,
}

impl fmt::Debug for Delivery {
    /// Omits the texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").finish_non_exhaustive()
    }
}

/// A push notification. The service replaces it as a whole, so fields that no rule edited are sent as received.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Push {
    /// Its title.
    pub title: Option<String>,
    /// Its body.
    pub body: Option<String>,
    /// Its kind, `DEFAULT` or `VOIP`.
    pub kind: Option<String>,
}

impl fmt::Debug for Push {
    /// Omits the texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Push").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Reply {
    /// Creates the reply with `verdict` for the message of `event`.
    #[must_use]
    pub fn new(event: &Event, verdict: &Verdict) -> Self {
        let message = &event.message;
        let received = Delivery {
            // A damaged event may lack content, and the service rejects empty content.
            content: Some(message.content.clone()).filter(|content| !content.is_empty()),
            metadata: message.metadata.clone(),
            ..Delivery::default()
        };
        let answer = match verdict {
            Verdict::Denied(_) => Answer::Delete,
            Verdict::Unchanged => Answer::Deliver(Box::new(received)),
            Verdict::Edited(edits) => {
                let push_edited = edits.push_title.is_some() || edits.push_body.is_some();
                let edited =
                    |edit: &Option<String>, was: &Option<String>| edit.clone().or_else(|| was.clone());
                Answer::Deliver(Box::new(Delivery {
                    content: edited(&edits.content, &received.content),
                    metadata: edited(&edits.metadata, &received.metadata),
                    push: push_edited.then(|| Push {
                        title: edited(&edits.push_title, &message.push_title),
                        body: edited(&edits.push_body, &message.push_body),
                        kind: event.push_type.clone(),
                    }),
                    attributes: edits.attributes.clone(),
                }))
            }
        };
        Self { to: event.address.clone(), answer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;
    use crate::outcome::Denial;
    use crate::text::Edits;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn event() -> Event {
        let message = Message {
            content: "content".into(),
            metadata: Some(text("metadata")),
            push_title: Some(text("title")),
            push_body: Some(text("body")),
            ..Message::default()
        };
        let address = Address {
            callback_id: "cb".into(),
            channel: "c".into(),
            message_id: "m".into(),
            sub_channel: Some(text("s")),
        };
        Event { address, message, push_type: Some(text("VOIP")), damage: vec![] }
    }

    fn check(verdict: &Verdict, answer: Answer) {
        let event = event();
        assert!(Reply::new(&event, verdict) == Reply { to: event.address, answer }, "{verdict:?}");
    }

    fn delivery(change: impl FnOnce(&mut Delivery)) -> Answer {
        let mut delivery = Delivery {
            content: Some(text("content")),
            metadata: Some(text("metadata")),
            ..Delivery::default()
        };
        change(&mut delivery);
        Answer::Deliver(Box::new(delivery))
    }

    #[test]
    fn unchanged_goes_back_as_received_without_the_push() {
        check(&Verdict::Unchanged, delivery(|_| {}));
    }

    #[test]
    fn denied_carries_nothing_but_the_denial() {
        check(&Verdict::Denied(Denial::Empty), Answer::Delete);
    }

    #[test]
    fn edited_carries_the_edit_and_the_rest_as_received() {
        let content = Edits { content: Some(text("new")), ..Edits::default() };
        check(&Verdict::Edited(content), delivery(|sent| sent.content = Some(text("new"))));
        let metadata = Edits { metadata: Some(text("new")), ..Edits::default() };
        check(&Verdict::Edited(metadata), delivery(|sent| sent.metadata = Some(text("new"))));
        let attributes = BTreeMap::from([("k".to_owned(), vec!["v".to_owned()])]);
        let edits = Edits { attributes: Some(attributes.clone()), ..Edits::default() };
        check(&Verdict::Edited(edits), delivery(|sent| sent.attributes = Some(attributes)));
    }

    #[test]
    fn an_edited_push_goes_whole() {
        let body = Edits { push_body: Some(text("new")), ..Edits::default() };
        let push = Push { title: Some(text("title")), body: Some(text("new")), kind: Some(text("VOIP")) };
        check(&Verdict::Edited(body), delivery(|sent| sent.push = Some(push)));
    }

    #[test]
    fn content_that_is_not_there_is_not_sent_empty() {
        let mut event = event();
        event.message.content.clear();
        let Answer::Deliver(sent) = Reply::new(&event, &Verdict::Unchanged).answer else { panic!() };
        assert!(sent.content.is_none() && sent.metadata.is_some());
    }
}
