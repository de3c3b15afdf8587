//! Explains why parts of a text that resemble personal data are not found.

use std::ops::Range;

use super::{Finder, NearMiss, address, birth_date, card, iban, ip, phone};
use crate::detect::Budget;

/// The maximum number of explanations for one text.
const MAX: usize = 5;

/// Returns the parts of `text` that resemble a kind of `finder`, each with the reason why it is not of that kind. Of several reasons for
/// overlapping parts, this is the one of the longest part.
pub(super) fn of(finder: &Finder, text: &str) -> Vec<NearMiss> {
    let mut all = Vec::new();
    let mut add = |kind: &'static str, near: Vec<(Range<usize>, String)>| {
        if finder.wants(kind) {
            all.extend(near.into_iter().map(|(range, why)| NearMiss { range, kind, why }));
        }
    };
    add("card", card::near_misses(text));
    add("iban", iban::near_misses(text));
    add("ip", ip::near_misses(text));
    add("birth-date", birth_date::near_misses(text));
    add("address", address::near_misses(text));
    add("phone", phone::near_misses(text, finder.region.as_ref()));
    all.extend(finder.ids.near_misses(text));
    // What is found needs no explanation.
    let mut budget = Budget::RULE;
    let found = finder.find_numbers(text, &mut budget).unwrap_or_default();
    all.retain(|near| !found.iter().any(|(range, ..)| overlap(range, &near.range)));
    all.sort_by_key(|near| std::cmp::Reverse(near.range.len()));
    let mut kept: Vec<NearMiss> = Vec::new();
    for near in all {
        if !kept.iter().any(|kept| overlap(&kept.range, &near.range)) {
            kept.push(near);
        }
    }
    kept.truncate(MAX);
    kept.sort_by_key(|near| near.range.start);
    kept
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near_misses(settings: &str, text: &str) -> Vec<String> {
        let finder = Finder::new(&crate::detect::table::read(settings).unwrap());
        of(&finder, text).into_iter().map(|near| format!("{}: {}", &text[near.range], near.why)).collect()
    }

    #[test]
    fn every_near_miss_has_its_reason() {
        for (settings, text, expected) in [
            (
                r#"{ kinds = ["phone"], region = "US" }"#,
                "call 555-123-4567",
                "555-123-4567: area code 555 is assigned to nobody",
            ),
            (
                r#"{ kinds = ["phone"], region = "US" }"#,
                "call 123-456-7890",
                "123-456-7890: it is a sample number",
            ),
            (
                r#"{ kinds = ["phone"], region = "US" }"#,
                "on 2026-11-20",
                "2026-11-20: it has the format of a date, a version or an amount",
            ),
            (
                r#"["phone"]"#,
                "call 415-555-2671",
                "415-555-2671: without a country code it is found only with a `region`",
            ),
            (
                r#"{ kinds = ["phone"], region = "GB" }"#,
                "call 0999 555 2671",
                "0999 555 2671: the numbering plan has no such number",
            ),
            (
                r#"{ kinds = ["phone"], region = "US" }"#,
                "order 4155552671",
                "4155552671: the words beside it name another number",
            ),
            (r#"["card"]"#, "4111 1111 1111 1112", "4111 1111 1111 1112: it fails its check digit (Luhn)"),
            (r#"["card"]"#, "9111111111111110", "9111111111111110: no issuer has such numbers"),
            (
                r#"["iban"]"#,
                "GB82 WEST 1234 5698 7654 33",
                "GB82 WEST 1234 5698 7654 33: it fails its check digits (mod 97)",
            ),
            (
                r#"["ip"]"#,
                "version 1.2.3.4",
                "1.2.3.4: the text around it shows that it is a version or section number",
            ),
            (r#"["ip"]"#, "at 300.1.1.1", "300.1.1.1: it has a part above 255"),
            (
                r#"["birth-date"]"#,
                "we met on 2010-05-12",
                "2010-05-12: no word such as `born` or `DOB` is beside it",
            ),
            (
                r#"["address"]"#,
                "we went to 12 Oak Drive",
                "12 Oak Drive: it is a street without a postal code, a unit or a town beside it, and may be an everyday phrase",
            ),
            (r#"["us-ssn"]"#, "123-45-6789", "123-45-6789: it is a published sample number"),
            (r#"["us-ssn"]"#, "666-05-1123", "666-05-1123: numbers that start with 666 are never issued"),
            (r#"["us-ssn"]"#, "part 078051123", "078051123: it needs its name beside it, such as `ssn`"),
            (r#"["us-ssn"]"#, "078-05-1123-9", "078-05-1123: it is part of a longer number or word"),
            (
                r#"["de-tax-id"]"#,
                "Steuer-ID 86095742718",
                "86095742718: it is invalid (check digit (mod 11,10), and how often a digit may stand in it)",
            ),
            (r#"["es-nif"]"#, "12345678A", "12345678A: it is invalid (check letter (mod 23))"),
        ] {
            assert_eq!(near_misses(settings, text), [expected], "{text:?}");
        }
    }

    #[test]
    fn what_is_found_or_resembles_nothing_has_no_reason() {
        for text in ["call 415-555-2671", "078-05-1123", "hello", "it is 12 o'clock"] {
            assert_eq!(
                near_misses(r#"{ kinds = ["phone", "us-ssn"], region = "US" }"#, text),
                [""; 0],
                "{text:?}"
            );
        }
    }
}
