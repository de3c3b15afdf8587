//! What the service's model says about a `ChannelFlowCallback`, as far as a processor can get it wrong.

use serde_json::Value;

/// What is wrong with the callback `body` that came with `authorization`, as the service would say it.
pub(super) fn refusal(authorization: &str, body: &Value) -> Option<(u16, &'static str, String)> {
    let bad = |what: String| Some((400, "BadRequestException", what));
    if !authorization.contains("/chime/aws4_request") {
        return Some((403, "MissingAuthenticationTokenException", "the request is not signed".to_owned()));
    }
    let message = &body["ChannelMessage"];
    let limits: [(&str, &Value, usize, usize); 8] = [
        ("CallbackId", &body["CallbackId"], 32, 64),
        ("ChannelMessage.MessageId", &message["MessageId"], 1, 128),
        ("ChannelMessage.Content", &message["Content"], 1, 4096),
        ("ChannelMessage.Metadata", &message["Metadata"], 0, 1024),
        ("ChannelMessage.SubChannelId", &message["SubChannelId"], 1, 128),
        ("ChannelMessage.ContentType", &message["ContentType"], 0, 45),
        ("ChannelMessage.PushNotification.Title", &message["PushNotification"]["Title"], 1, 50),
        ("ChannelMessage.PushNotification.Body", &message["PushNotification"]["Body"], 1, 150),
    ];
    for (at, (name, value, least, most)) in limits.into_iter().enumerate() {
        let required = at < 2;
        let length = match value {
            Value::Null if required => return bad(format!("{name} is missing")),
            Value::Null => continue,
            // The quota of content is in bytes, what the model says about the rest is in characters.
            Value::String(text) if name.ends_with(".Content") => text.len(),
            Value::String(text) => text.chars().count(),
            _ => return bad(format!("{name} is not a string")),
        };
        if !(least..=most).contains(&length) {
            return bad(format!("{name} is {length} long, expected {least} to {most}"));
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
