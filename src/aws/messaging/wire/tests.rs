use aws_sdk_chimesdkmessaging::operation::channel_flow_callback::{
    ChannelFlowCallback, ChannelFlowCallbackInput,
};
use aws_sdk_chimesdkmessaging::types::{
    ChannelMessageCallback, MessageAttributeValue, PushNotificationConfiguration,
};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{SerializeRequest, SharedRequestSerializer};
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::Value;

use super::*;
use crate::event::Address;
use crate::reply::Delivery;

/// The request that the SDK makes of `reply`.
fn by_sdk(reply: &Reply) -> HttpRequest {
    let to = &reply.to;
    let mut message = ChannelMessageCallback::builder()
        .message_id(&to.message_id)
        .set_sub_channel_id(to.sub_channel.clone());
    let mut input = ChannelFlowCallbackInput::builder().callback_id(&to.callback_id).channel_arn(&to.channel);
    match &reply.answer {
        Answer::Delete => input = input.delete_resource(true),
        Answer::Deliver(delivery) => {
            let Delivery { content, metadata, push, attributes } = &**delivery;
            message = message.set_content(content.clone()).set_metadata(metadata.clone());
            message = message.set_push_notification(push.as_ref().map(|push| {
                PushNotificationConfiguration::builder()
                    .set_title(push.title.clone())
                    .set_body(push.body.clone())
                    .set_type(push.kind.as_deref().map(Into::into))
                    .build()
            }));
            for (name, values) in attributes.iter().flatten() {
                let value = MessageAttributeValue::builder().set_string_values(Some(values.clone()));
                message = message.message_attributes(name, value.build());
            }
        }
    }
    let input = input.channel_message(message.build().unwrap()).build().unwrap();
    let config = ChannelFlowCallback::new().config().unwrap();
    let serializer = config.load::<SharedRequestSerializer>().unwrap();
    serializer.serialize_input(Input::erase(input), &mut ConfigBag::base()).unwrap()
}

/// A generator with a fixed seed: xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % limit
    }

    fn text(&mut self) -> String {
        const SIGNS: &[char] = &[
            'a', 'Z', '7', '-', '_', '.', '~', ':', '/', '%', '?', '"', '\\', '\n', '\u{1}', 'ä', '🙂', ' ',
        ];
        (0..=self.below(40)).map(|_| SIGNS[self.below(SIGNS.len())]).collect()
    }

    fn perhaps(&mut self) -> Option<String> {
        (self.below(2) == 0).then(|| self.text())
    }

    fn reply(&mut self) -> Reply {
        // The SDK makes no request for a channel with these in its name, which no channel has.
        let channel = self.text().replace(['"', '\\'], "");
        let to = Address {
            callback_id: self.text(),
            channel: format!("arn:aws:chime:eu-central-1:1:app-instance/a/channel/{channel}"),
            message_id: self.text(),
            sub_channel: self.perhaps(),
        };
        if self.below(5) == 0 {
            return Reply { to, answer: Answer::Delete };
        }
        let kind = [None, Some("DEFAULT"), Some("VOIP"), Some("NEW")][self.below(4)].map(str::to_owned);
        let push = Push { title: self.perhaps(), body: self.perhaps(), kind };
        // The SDK leaves no attributes out as if there were none.
        let attributes =
            (0..self.below(4)).map(|_| (self.text(), vec![self.text(); self.below(3)])).collect();
        let delivery = Delivery {
            content: self.perhaps(),
            metadata: self.perhaps(),
            push: (self.below(2) == 0).then_some(push),
            attributes: Some(attributes).filter(|all: &BTreeMap<_, _>| !all.is_empty()),
        };
        Reply { to, answer: Answer::Deliver(Box::new(delivery)) }
    }
}

#[test]
fn every_request_is_the_one_that_the_sdk_makes() {
    let random = &mut Random(20_261_130);
    for _ in 0..2_000 {
        let reply = random.reply();
        let theirs = by_sdk(&reply);
        assert_eq!(path(&reply), theirs.uri());
        assert_eq!(
            (theirs.method(), theirs.headers().get("content-type")),
            ("POST", Some("application/json"))
        );
        let ours: Value = serde_json::from_str(&body(&reply).unwrap()).unwrap();
        let theirs: Value = serde_json::from_slice(theirs.body().bytes().unwrap()).unwrap();
        assert_eq!(ours, theirs);
    }
}
