//! Tests of what is found of each kind.

use super::super::random::Random;
use super::cases::CASES;
use super::*;

fn found<'t>(kind: &str, text: &'t str) -> Vec<&'t str> {
    let mut found = Kinds::of(&[kind]).find(text, &mut Budget::of(10_000_000)).unwrap();
    found.sort_by_key(|id| id.range.start);
    found.dedup_by_key(|id| id.range.start);
    found.into_iter().map(|id| &text[id.range]).collect()
}

#[test]
fn finds_valid_numbers_only() {
    for (kind, valid, invalid) in CASES {
        for text in *valid {
            assert_eq!(found(kind, text).len(), 1, "{kind} {text:?}");
        }
        for text in *invalid {
            assert_eq!(found(kind, text), [""; 0], "{kind} {text:?}");
        }
    }
}

#[test]
fn every_kind_has_cases_and_one_description() {
    for id in all() {
        assert!(CASES.iter().any(|(kind, ..)| *kind == id.kind), "{}", id.kind);
        assert_eq!(
            all().filter(|other| other.kind == id.kind && !other.what.is_empty()).count(),
            1,
            "{}",
            id.kind
        );
    }
}

#[test]
fn a_reply_may_contain_several_numbers_and_nothing_else() {
    assert_eq!(found("us-ssn", "078051123 and 078-051124"), ["078051123", "078-051124"]);
    assert_eq!(found("us-ssn", "078051123 or 42"), [""; 0]);
}

#[test]
fn a_number_alone_is_nothing_certain_under_a_rule_for_all_kinds() {
    let every: Vec<_> = all().map(|id| id.kind).collect();
    let ids = Kinds::of(&every);
    let mut random = Random::new(5);
    let found = |text: &str| !ids.find(text, &mut Budget::of(10_000_000)).unwrap().is_empty();
    let count = (0..3_000).filter(|_| found(&random.some_digits(7, 13))).count();
    assert!(count * 10 <= 3_000, "{count}");
    for text in ["078051123", "911701234", "4158675309"] {
        assert!(!found(text), "{text}");
    }
    for text in ["078-05-1123", "my ssn is 078051123", "943 476 5919"] {
        assert!(found(text), "{text}");
    }
}

#[test]
fn the_label_near_a_number_decides_its_kind() {
    let every: Vec<_> = all().map(|id| id.kind).collect();
    let ids = Kinds::of(&every);
    for (text, kind) in [
        ("my SIN is 130692544", "ca-sin"),
        ("my passport is 130692544", "passport"),
        ("my SSN is 130692544", "us-ssn"),
        ("Reisepass C01X0006H1", "de-id-card"),
    ] {
        assert_eq!(ids.find(text, &mut Budget::of(10_000_000)).unwrap()[0].kind, kind, "{text:?}");
    }
}

#[test]
fn checks_are_as_strict_as_documented() {
    // A fixed seed makes the numbers the same in every run.
    let mut state = 1_u64;
    let mut digit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        b'0' + u8::try_from((state >> 33) % 10).unwrap()
    };
    for id in all().filter(|id| id.layouts.iter().any(|layout| layout.bytes().all(|part| part == b'9'))) {
        let layout = id.layouts.iter().find(|layout| layout.bytes().all(|part| part == b'9')).unwrap();
        let passes = |text: String| (id.check)(&values(&text));
        let random = |_| String::from_utf8(layout.bytes().map(|_| digit()).collect()).unwrap();
        let count = (0..20_000).map(random).filter(|text| passes(text.clone())).count();
        let one_in = 20_000 / count.max(1);
        assert!(one_in * 2 >= usize::from(id.one_in), "{}: one in {one_in}, says {}", id.kind, id.one_in);
    }
}

#[test]
fn a_text_of_only_digits_stays_within_the_budget() {
    let every: Vec<_> = all().map(|id| id.kind).collect();
    let ids = Kinds::of(&every);
    let text = "1 ".repeat(2048);
    let mut budget = Budget::of(10_000_000);
    assert!(ids.find(&text, &mut budget).is_ok());
}
