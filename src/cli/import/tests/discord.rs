//! What Discord finds and does.

use regex::Regex;
use serde_json::json;

use super::{Kind, Random, denies, imported, of_keyword, texts};

#[test]
fn keywords_of_discord_are_found_as_there() {
    let keywords = ["heron", "her*", "*ite", "*ren*", "blue tit", "c++", "$5", "*1488*", "discord.gg/*"];
    let expressions = [r"dis\w+\.gg", "^wren", r"her.n\b", r"\$\d"];
    let mut random = Random(20_261_129);
    for _ in 0..60 {
        let (keywords, expressions) = (random.some(&keywords, 4), random.some(&expressions, 2));
        let text = json!([{
            "id": "1", "name": random.one(&["Birds", "새", "1", "Don't!"]), "event_type": 1, "trigger_type": 1, "enabled": true,
            "trigger_metadata": { "keyword_filter": keywords, "regex_patterns": expressions, "allow_list": [] },
            "actions": [{ "type": 1, "metadata": {} }],
        }])
        .to_string();
        let (pipeline, document, tally) = imported(Kind::Discord, &text);
        // A rule that finds nothing is omitted together with its actions.
        let found = keywords.len() + expressions.len();
        let expected = if found == 0 { (0, 1) } else { (found + 1, 0) };
        assert_eq!((tally.taken, tally.left), expected, "{document}");
        let theirs: Vec<_> = keywords.iter().map(|keyword| of_keyword(keyword)).collect();
        let expressions: Vec<_> =
            expressions.iter().map(|one| Regex::new(&format!("(?i){one}")).unwrap()).collect();
        for text in texts(&mut random) {
            let is_found = theirs.iter().chain(&expressions).any(|regex| regex.is_match(&text));
            assert!(denies(&pipeline, &text) || !is_found, "{text:?}\n{document}");
        }
        assert!(!denies(&pipeline, "just a nice day"), "{document}");
    }
}

#[test]
fn whatever_a_rule_of_discord_says_is_accounted_for() {
    let text = json!({ "auto_moderation_rules": [
        { "name": "All", "trigger_type": 1, "enabled": false, "exempt_roles": ["7"], "exempt_channels": ["8", "9"],
          "trigger_metadata": { "keyword_filter": ["heron"], "regex_patterns": ["wren(?!ch)", "kit[e"], "allow_list": ["heronry"] },
          "actions": [{ "type": 1, "metadata": { "custom_message": "no \"birds\"" } }, { "type": 3, "metadata": { "duration_seconds": 60 } }] },
        { "name": "Mentions", "trigger_type": "MENTION_SPAM", "trigger_metadata": { "mention_total_limit": 3, "mention_raid_protection_enabled": true },
          "actions": [{ "type": 2, "metadata": { "channel_id": "5" } }] },
        { "name": "Presets", "trigger_type": 4, "trigger_metadata": { "presets": [1, 3, 9], "allow_list": ["hell"] }, "actions": [{ "type": 1 }] },
        { "name": "Spam", "trigger_type": 3, "actions": [{ "type": 1 }] },
        { "name": "Profiles", "trigger_type": 6, "event_type": 2, "trigger_metadata": { "keyword_filter": ["a", "b"] }, "actions": [{ "type": 4 }] },
    ]})
    .to_string();
    let (pipeline, document, tally) = imported(Kind::Discord, &text);
    for expected in [
        "wren(?!ch)",
        "`allow`",
        "kit[e",
        "heronry",
        "no \"birds\"",
        "60 s",
        "mention_raid_protection_enabled",
        "the preset 9",
        "\"Spam\"",
        "\"a\",\"b\"",
        "[people.role-7]",
        "[places.channel-8]",
        "mode = \"shadow\"",
        "max = 3",
    ] {
        assert!(document.contains(expected), "{expected}\n{document}");
    }
    assert_eq!(tally.rules, 3, "{document}");
    // The rule was disabled.
    assert!(!denies(&pipeline, "a heron"), "{document}");
}

#[test]
fn no_member_of_an_action_of_discord_vanishes() {
    let known = ["", "custom_message", "channel_id", "duration_seconds", ""];
    for kind in 1..=5 {
        for (place, name) in
            [("metadata", "strange_member"), ("action", "strange_member"), ("metadata", "channel_id")]
        {
            for (value, is_said) in [
                (json!("kestrel"), true),
                (json!({ "a": "kestrel" }), true),
                (json!([]), false),
                (json!(null), false),
            ] {
                let mut action = json!({ "type": kind, "metadata": {} });
                let member = if place == "action" { &mut action } else { &mut action["metadata"] };
                member[name] = value.clone();
                let rule = json!([{ "name": "A", "trigger_type": 1, "trigger_metadata": { "keyword_filter": ["heron"] },
                                    "actions": [{ "type": 1 }, action] }]);
                let (_, document, tally) = imported(Kind::Discord, &rule.to_string());
                let is_read = known.get(kind).is_some_and(|known| *known == name) && place == "metadata";
                let about = format!("{action}\n{document}");
                if is_said {
                    assert!(document.contains("kestrel"), "{about}");
                    assert_eq!(document.contains("of an action"), !is_read && kind < 5, "{about}");
                }
                let none = imported(
                    Kind::Discord,
                    &rule.to_string().replace(&action.to_string(), &format!("{{\"type\":{kind}}}")),
                )
                .2;
                let more = usize::from(is_said && !is_read && kind < 5);
                let more = more + usize::from(is_said && kind == 1 && is_read);
                assert_eq!(tally.left, none.left + more, "{about}");
            }
        }
    }
    let rule = json!([{ "name": "A", "trigger_type": 1, "trigger_metadata": { "keyword_filter": ["heron"] }, "actions": [{ "type": 1, "metadata": "kestrel" }] }]);
    assert!(imported(Kind::Discord, &rule.to_string()).1.contains("`metadata: \"kestrel\"` of an action"));
}
