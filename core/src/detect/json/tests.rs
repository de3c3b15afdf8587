//! Tests hostile JSON, pointers and conditions.

use proptest::prelude::*;

use super::super::{Budget, Context, Exhausted, Found, Rulebook};
use super::*;
use crate::message::Message;

/// Returns what `settings` find in `text`, or that the budget was exhausted.
fn find(settings: &str, text: &str) -> Result<Found, Exhausted> {
    let settings = crate::detect::table::read::<Json>(settings).unwrap();
    let detector =
        settings.build(&Rulebook::default()).unwrap_or_else(|problem| panic!("{}", problem.message));
    let (view, message, mut found) = (View::new(text), Message::default(), Found::default());
    let mut cx = Context { message: &message, budget: Budget::RULE };
    detector.find(&view, &mut cx, &mut found).map(|()| found)
}

#[track_caller]
fn check(settings: &str, rows: &[(&str, bool)]) {
    for (text, finds) in rows {
        let found = find(settings, text).expect("the budget is enough");
        assert_eq!(!found.is_empty(), *finds, "{settings} in {text}");
    }
}

#[test]
fn values_are_compared_as_what_they_are() {
    check(
        r#"{ "/a" = "x" }"#,
        &[(r#"{"a":"x"}"#, true), (r#"{"a":"\u0078"}"#, true), (r#"{"a":["x"]}"#, false)],
    );
    check(r#"{ "/a" = "7" }"#, &[(r#"{"a":7}"#, false), (r#"{"a":"7"}"#, true)]);
    check(
        r#"{ "/a" = 7 }"#,
        &[(r#"{"a":7}"#, true), (r#"{"a":7.0}"#, true), (r#"{"a":7e0}"#, true), (r#"{"a":"7"}"#, false)],
    );
    check(
        r#"{ "/a" = 9007199254740993 }"#,
        &[(r#"{"a":9007199254740992}"#, false), (r#"{"a":9007199254740993}"#, true)],
    );
    check(r#"{ "/a" = 0.5 }"#, &[(r#"{"a":5e-1}"#, true), (r#"{"a":0.25}"#, false)]);
    check(
        r#"{ "/a" = true }"#,
        &[(r#"{"a":true}"#, true), (r#"{"a":"true"}"#, false), (r#"{"a":1}"#, false)],
    );
    check(
        r#"{ "/a" = ["x", 1, false] }"#,
        &[(r#"{"a":1}"#, true), (r#"{"a":false}"#, true), (r#"{"a":2}"#, false)],
    );
    check(
        r#"{ "/a" = { not = "x" } }"#,
        &[(r#"{"\ud800":1,"a":"\ud800"}"#, true), (r#"{"\ud800":1,"a":"x"}"#, false)],
    );
}

#[test]
fn numbers_may_be_of_any_size() {
    check(
        r#"{ "/a" = { min = 1, max = 10 } }"#,
        &[
            (r#"{"a":1}"#, true),
            (r#"{"a":10.0}"#, true),
            (r#"{"a":10.1}"#, false),
            (r#"{"a":1e999}"#, false),
            (r#"{"a":-1e999}"#, false),
            (r#"{"a":"5"}"#, false),
            ("{}", false),
        ],
    );
    check(
        r#"{ "/a" = { min = 1 } }"#,
        &[(r#"{"a":1e999}"#, true), (&format!(r#"{{"a":1{}}}"#, "0".repeat(900)), true)],
    );
}

#[test]
fn pointers_lead_through_objects_and_lists() {
    check(
        r#"{ "/a/b" = 1 }"#,
        &[(r#"{"a":{"b":1}}"#, true), (r#"{"a":[{"b":1}]}"#, false), (r#"{"a/b":1}"#, false)],
    );
    check(r#"{ "/a~1b/~0" = 1 }"#, &[(r#"{"a/b":{"~":1}}"#, true)]);
    check(r#"{ "/0" = 1 }"#, &[("[1]", true), (r#"{"0":1}"#, true), ("[[1]]", false)]);
    check(r#"{ "/00" = 1 }"#, &[("[1]", false)]);
    check(
        r#"{ "/10" = { present = true } }"#,
        &[("[0,1,2,3,4,5,6,7,8,9]", false), ("[0,1,2,3,4,5,6,7,8,9,10]", true)],
    );
    check(
        r#"{ "/*/a" = 1 }"#,
        &[(r#"[{"a":2},{"a":1}]"#, true), (r#"{"x":{"a":1}}"#, true), (r#"{"a":1}"#, false)],
    );
    check(r#"{ "/" = 1 }"#, &[(r#"{"":1}"#, true)]);
}

#[test]
fn of_a_key_that_comes_twice_both_values_count() {
    check(r#"{ "/a" = 1 }"#, &[(r#"{"a":1,"a":2}"#, true), (r#"{"a":2,"a":1}"#, true)]);
    check(r#"{ "/a" = { not = 1 } }"#, &[(r#"{"a":1,"a":2}"#, true), (r#"{"a":1,"\u0061":1}"#, false)]);
}

#[test]
fn what_is_not_there_fits_only_what_is_about_that() {
    let rows = |finds: bool| {
        [("{}", finds), ("", finds), ("7", finds), ("no JSON", finds), (r#"{"a":null}"#, !finds)]
    };
    check(r#"{ "/a" = { present = false } }"#, &rows(true));
    check(r#"{ "/a" = { present = true } }"#, &rows(false));
    check(r#"{ "/a" = { not = { type = "null" } } }"#, &rows(true));
    check(
        r#"{ "/a" = { type = "string", not = "x" } }"#,
        &[("{}", false), (r#"{"a":"x"}"#, false), (r#"{"a":"y"}"#, true)],
    );
    check(r#"{ "/l/*/a" = { not = 1 } }"#, &[("{}", false), (r#"{"l":[]}"#, false), (r#"{"l":[{}]}"#, true)]);
    check(r#"{ "" = { present = false } }"#, &[("", true), (" \n", true), ("text", false)]);
}

#[test]
fn what_is_no_json_is_text() {
    let rows = [
        ("hi", true),
        ("{\"a\":1", true),
        ("{}{}", true),
        ("{}", false),
        (" [1] ", false),
        ("\"hi\"", false),
        ("NaN", true),
    ];
    check(r#"{ "" = { type = "text" } }"#, &rows);
    check(r#"{ "" = { not = { type = ["object", "array", "string"] } } }"#, &rows);
}

#[test]
fn hostile_json_is_bounded() {
    let deep = ["[".repeat(2048), "]".repeat(2048)].concat();
    check(
        r#"{ "" = { deeper-than = 100 } }"#,
        &[(&deep, true), (&"[".repeat(4096), true), (r#"["[[[[[\"[["]"#, false)],
    );
    check(
        r#"{ "" = { deeper-than = 1 } }"#,
        &[("[1,[2]]", true), ("[1,{}]", true), ("[1,\"[\"]", false), ("7", false)],
    );
    let wide = format!("[{}0]", "0,".repeat(2046));
    let keys = format!("{{{}\"a\":0}}", "\"a\":0,".repeat(680));
    for text in [&deep, &wide, &keys] {
        for settings in
            [r#"{ "/*/*/*" = 1 }"#, r#"{ "/0/0/0/0/0/0" = 1 }"#, r#"{ "/a" = 1, "/*" = { not = 1 } }"#]
        {
            assert!(find(settings, text).is_ok(), "{settings}");
        }
    }
    let steps = format!("{{ \"{}\" = 1 }}", "/0".repeat(2047));
    assert_eq!(find(&steps, &deep).err(), Some(Exhausted));
}

proptest! {
    #[test]
    fn any_text_ends_and_what_is_found_is_there(text in r#"([\[\]{},:"\\]|"a"|"b"|\\u00|null|true|-?[0-9e.]{1,4}|[a-z ]){0,60}"#) {
        for settings in [
            r#"{ "" = { not = { type = "text" } } }"#,
            r#"{ "/a/*" = { present = true } }"#,
            r#"{ "/*/*" = { not = 1 } }"#,
            r#"{ "" = { keys-other-than = ["a"] } }"#,
        ] {
            for find in find(settings, &text).expect("short texts cost little").spans {
                prop_assert!(text.get(find.range.clone()).is_some_and(|piece| !piece.is_empty()));
            }
        }
    }

    #[test]
    fn a_value_is_found_where_it_was_put(key in "[a-z~/*0-9]{0,6}", value in any::<i64>(), before in "[a-z]{1,5}") {
        let text = serde_json::json!({ "before": before, "in": { key.clone(): value } }).to_string();
        let pointer = format!("/in/{}", key.replace('~', "~0").replace('/', "~1"));
        let settings = format!("{{ {} = {value} }}", serde_json::Value::from(pointer));
        let found = find(&settings, &text).expect("short texts cost little");
        prop_assert_eq!(&text[found.spans[0].range.clone()], value.to_string());
    }
}
