//! The constraints of the service's model on a `ChannelFlowCallback`, as far as a processor can violate them.

use serde_json::Value;

use crate::message::{Field, Limit};

/// Returns the service's error for the callback `body`, which was signed with `authorization`, if it violates the model.
pub(super) fn refusal(authorization: &str, body: &Value) -> Option<(u16, &'static str, String)> {
    let bad = |what: String| Some((400, "BadRequestException", what));
    if !authorization.contains("/chime/aws4_request") {
        return Some((403, "MissingAuthenticationTokenException", "the request is not signed".to_owned()));
    }
    let message = &body["ChannelMessage"];
    let push = &message["PushNotification"];
    let limits = [
        ("CallbackId", &body["CallbackId"], Limit::characters(32, 64)),
        ("ChannelMessage.MessageId", &message["MessageId"], Limit::characters(1, 128)),
        ("ChannelMessage.Content", &message["Content"], Field::Content.limit()),
        ("ChannelMessage.Metadata", &message["Metadata"], Field::Metadata.limit()),
        ("ChannelMessage.SubChannelId", &message["SubChannelId"], Limit::characters(1, 128)),
        ("ChannelMessage.ContentType", &message["ContentType"], Limit::characters(0, 45)),
        ("ChannelMessage.PushNotification.Title", &push["Title"], Field::PushTitle.limit()),
        ("ChannelMessage.PushNotification.Body", &push["Body"], Field::PushBody.limit()),
    ];
    for (at, (name, value, limit)) in limits.into_iter().enumerate() {
        let required = at < 2;
        let length = match value {
            Value::Null if required => return bad(format!("{name} is missing")),
            Value::Null => continue,
            Value::String(text) => limit.size(text),
            _ => return bad(format!("{name} is not a string")),
        };
        if !(limit.min..=limit.max).contains(&length) {
            return bad(format!("{name} is {length} long, expected {} to {}", limit.min, limit.max));
        }
    }
    let one_line = [&message["Metadata"], &message["PushNotification"]["Title"]];
    if one_line.into_iter().any(|text| text.as_str().is_some_and(|text| text.contains(['\n', '\r']))) {
        return bad("Metadata and PushNotification.Title must be a single line".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callbacks_are_held_to_the_model() {
        let check = |message: &str, refused: Option<&str>| {
            let body = format!(r#"{{"CallbackId":"{}","ChannelMessage":{message}}}"#, "c".repeat(32));
            let body = serde_json::from_str(&body).unwrap();
            let refusal = refusal("AWS4-HMAC-SHA256 Credential=A/1/r/chime/aws4_request", &body);
            assert_eq!(refusal.map(|(_, _, what)| what).as_deref(), refused, "{message}");
        };
        check(r#"{"MessageId":"m"}"#, None);
        check(r#"{"MessageId":"m","Content":"hi","Metadata":"","SubChannelId":"s"}"#, None);
        check("{}", Some("ChannelMessage.MessageId is missing"));
        check(
            r#"{"MessageId":"m","Content":""}"#,
            Some("ChannelMessage.Content is 0 long, expected 1 to 4096"),
        );
        check(
            r#"{"MessageId":"m","Metadata":"a\nb"}"#,
            Some("Metadata and PushNotification.Title must be a single line"),
        );
        assert_eq!(refusal("", &Value::Null).map(|(status, ..)| status), Some(403));
    }
}
