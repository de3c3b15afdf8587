//! Completes ARNs of senders and channels that are given by their end: `mod-7`, `user/mod-7`.

/// An example app instance.
const INSTANCE: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/test";

/// Returns `name` as the ARN of a sender, so that it can be matched against patterns for ARNs. `name` is an ARN or the end of one, such as
/// `mod-7`.
#[must_use]
pub fn sender_arn(name: &str) -> String {
    whole(name, "user")
}

/// Returns `name` as the ARN of a channel, so that it can be matched against patterns for ARNs. `name` is an ARN or the end of one, such as
/// `kids-1`.
#[must_use]
pub fn channel_arn(name: &str) -> String {
    whole(name, "channel")
}

fn whole(name: &str, kind: &str) -> String {
    let (account, _) = INSTANCE.split_once("app-instance/").unwrap_or_default();
    match name.matches('/').count() {
        _ if name.is_empty() || name.starts_with("arn:") => name.to_owned(),
        _ if name.starts_with("app-instance/") => format!("{account}{name}"),
        0 => format!("{INSTANCE}/{kind}/{name}"),
        1 => format!("{INSTANCE}/{name}"),
        _ => format!("{account}app-instance/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_arns_are_completed() {
        let account = "arn:aws:chime:us-east-1:111122223333:";
        for (name, arn) in [
            ("mod-7", "app-instance/test/user/mod-7"),
            ("user/mod-7", "app-instance/test/user/mod-7"),
            ("bot/b", "app-instance/test/bot/b"),
            ("a/user/mod-7", "app-instance/a/user/mod-7"),
            ("app-instance/a/user/mod-7", "app-instance/a/user/mod-7"),
        ] {
            assert_eq!(sender_arn(name), format!("{account}{arn}"), "{name}");
        }
        assert_eq!(channel_arn("kids-1"), format!("{INSTANCE}/channel/kids-1"));
        for whole in ["", "arn:aws:chime:eu-central-1:1:app-instance/a/user/b"] {
            assert_eq!(sender_arn(whole), whole);
        }
    }
}
