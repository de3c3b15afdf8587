//! JSON stays JSON with the same structure whatever a rule edits in it: only the contents of strings change.

use std::sync::OnceLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::*;
use crate::text::json::{Json, JsonType};

const ACTIONS: [&str; 8] = [
    "'deny'",
    "'pass'",
    "'mask'",
    "{ mask = '\"' }",
    "'strip'",
    "{ replace = '\"}]\\' }",
    "{ keep-last = 1 }",
    "{ annotate = { metadata = { flag = [1] } } }",
];

/// Returns a rule that finds every letter and digit, and characters of JSON syntax, in every text.
fn rules(action: &str) -> Pipeline {
    let text = format!(
        "version = 1\n[message]\njson = ['/a', '/b/0']\nempty = '(\"gone\")'\n[[rule]]\nid = 'all'\n\
         on = ['content', 'metadata', 'attributes']\nfind = {{ regex = '[0-9A-Za-z{{\"]+' }}\ndo = {action}\nhit = ['a']"
    );
    load(&Source::alone("rules", &text), &Detectors::builtin()).expect("the rules load")
}

/// Returns the rules for every action.
fn pipelines() -> &'static [(&'static str, Pipeline)] {
    static PIPELINES: OnceLock<Vec<(&'static str, Pipeline)>> = OnceLock::new();
    PIPELINES.get_or_init(|| ACTIONS.map(|action| (action, rules(action))).into())
}

/// Generates JSON of any structure, in any notation that a client may use.
fn any_json() -> impl Strategy<Value = String> {
    let space = || prop::sample::select(vec!["", "", " ", "\t", "\r\n ", "\n"]);
    let string = || {
        let piece = prop::sample::select(vec![
            "fuck",
            "555-1234",
            "\\u0066uck",
            "\\ud800",
            "\\ud83d\\ude00",
            "\\n",
            "\\/",
            "\\\\",
            "\\\"",
            "é",
            "%66",
            "{\\\"n\\\":1}",
            " ",
            "\u{2028}",
            "flag",
            "a",
            "b",
            "PlainText",
        ]);
        vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
    };
    let scalar = prop::sample::select(vec![
        "5551234",
        "-0",
        "0.5E-3",
        "1e999",
        "123456789012345678901234567890",
        "true",
        "false",
        "null",
    ]);
    let key = prop_oneof![
        prop::sample::select(vec![
            "\"a\"",
            "\"b\"",
            "\"flag\"",
            "\"Messages\"",
            "\"Content\"",
            "\"ContentType\"",
            "\"\""
        ])
        .prop_map(str::to_owned),
        string(),
    ];
    let leaf = prop_oneof![scalar.prop_map(str::to_owned), string()];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        let item = (space(), inner.clone(), space())
            .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let member = (space(), key.clone(), space(), space(), inner)
            .prop_map(|(before, key, gap, after, value)| format!("{before}{key}{gap}:{after}{value}"));
        prop_oneof![
            vec(item, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            (vec(member, 0..4), space()).prop_map(|(members, end)| format!("{{{}{end}}}", members.join(","))),
        ]
    })
}

/// Returns `json` without the contents of its strings: everything that must stay, byte for byte.
fn frame(json: &str) -> Option<String> {
    let (mut frame, mut at) = (String::new(), 0);
    Json::parse(json)?.walk(|_, value| {
        let string = value.string_range();
        frame.push_str(string.as_ref().map_or("", |string| &json[at..string.start]));
        at = string.map_or(at, |string| string.end);
    });
    frame.push_str(&json[at..]);
    Some(frame)
}

/// Returns the JSON pointers and the source text of all values of `json`, except those below `/flag`.
fn members(json: &str) -> Vec<(String, String)> {
    let (document, mut members) = (Json::parse(json).expect("it is JSON"), Vec::new());
    document.walk(|pointer, value| {
        let is_leaf = !matches!(value.json_type(), JsonType::Object | JsonType::Array);
        if !pointer.starts_with("/flag") {
            members.push((pointer.to_owned(), if is_leaf { value.text().to_owned() } else { String::new() }));
        }
    });
    members
}

proptest! {
    #![proptest_config(Config { cases: 100, rng_seed: RngSeed::Fixed(22), ..Config::default() })]

    #[test]
    fn json_stays_json_of_the_same_shape(json in any_json(), lex in any::<bool>(), deep in prop::sample::select(vec![0, 0, 0, 200])) {
        let json = format!("{}{json}{}", "[".repeat(deep), "]".repeat(deep));
        let content = if lex {
            format!("{{\"Messages\":[{{\"ContentType\":\"PlainText\",\"Content\":{json}}}]}}")
        } else {
            format!("{{\"b\" : [{json} ,1],\"a\":{json}}}")
        };
        let attribute = if json.trim_start().starts_with(['{', '[', '"']) { json.clone() } else { "[]".to_owned() };
        let message = Message {
            metadata: Some(json.clone()), attributes: [("k".to_owned(), vec![attribute.clone()])].into(), ..say(&content)
        };
        for (action, pipeline) in pipelines() {
            let edits = match pipeline.run(message.clone()).verdict {
                Verdict::Denied(denial) => {
                    prop_assert!(*action == "'deny'" || matches!(denial, Denial::TooLong(_)), "{action}: {denial:?}");
                    continue;
                }
                Verdict::Unchanged => continue,
                Verdict::Edited(edits) => edits,
            };
            prop_assert!(!["'deny'", "'pass'"].contains(action));
            let annotated = action.contains("annotate");
            let attributes = edits.attributes.map(|attributes| attributes["k"][0].clone());
            for (before, after) in [(&content, &edits.content), (&json, &edits.metadata), (&attribute, &attributes)] {
                let Some(after) = after else { continue };
                prop_assert_ne!(before, after, "an edit that changes nothing is none");
                if annotated {
                    prop_assert_eq!(members(after), members(before));
                } else {
                    prop_assert_eq!(frame(after), frame(before), "{} made {} of {}", action, after, before);
                }
            }
        }
    }
}
