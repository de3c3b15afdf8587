//! Warm-up: what the first message would otherwise pay for.
//!
//! Lambda gives a function two cores while it starts and, with little memory, a tenth of one while it runs. At 128 MB the first
//! message takes 160 ms cold and less than one warm.

use std::hint::black_box;

use crate::message::Message;
use crate::pipeline::Pipeline;

/// Has every rule build what it builds on first use.
pub(super) fn rules(pipeline: &Pipeline) {
    let message = Message {
        channel: "arn:aws:chime:us-east-1:111122223333:app-instance/warm-up/channel/warm-up".into(),
        sender: "arn:aws:chime:us-east-1:111122223333:app-instance/warm-up/user/warm-up".into(),
        content:
            "Good morning! The r3port is at https://example.com, call 555-0100 or mail a.b@example.com 🙂"
                .into(),
        metadata: Some(r#"{"clientId":"warm-up"}"#.into()),
        push_title: Some("warm-up".into()),
        push_body: Some("Good morning".into()),
        ..Message::default()
    };
    black_box(pipeline.run(message));
}
