//! Explains why parts of a text that resemble personal data are not found.

use std::ops::Range;

use super::{Finder, NearMiss, address, birth_date, card, crypto, email, iban, ip, mac, phone};
use crate::detect::Budget;
use crate::detect::near_misses::distinct;

/// Returns the parts of `text` that resemble a kind of `finder`, each with the reason why it is not of that kind.
pub(super) fn of(finder: &Finder, text: &str) -> Vec<NearMiss> {
    let mut all = Vec::new();
    let mut add = |kind: &'static str, near: Vec<(Range<usize>, String)>| {
        if finder.wants(kind) {
            all.extend(near.into_iter().map(|(range, why)| NearMiss { range, kind, why }));
        }
    };
    add("email", email::near_misses(text));
    add("mac", mac::near_misses(text));
    add("crypto", crypto::near_misses(text));
    add("card", card::near_misses(text));
    add("iban", iban::near_misses(text));
    add("ip", ip::near_misses(text));
    add("birth-date", birth_date::near_misses(text));
    add("address", address::near_misses(text));
    add("phone", phone::near_misses(text, finder.region.as_ref()));
    all.extend(finder.ids.near_misses(text));
    let mut budget = Budget::RULE;
    let found = finder.find_numbers(text, &mut budget).unwrap_or_default();
    let mut found: Vec<_> = found.into_iter().map(|(range, ..)| range).collect();
    if finder.wants("email") {
        found.extend(email::find(text));
    }
    distinct(all, &found)
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
                "555-123-4567: area code 555 is not assigned",
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
                "4155552671: the words next to it name another number",
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
                "2010-05-12: no word such as `born` or `DOB` is next to it",
            ),
            (
                r#"["address"]"#,
                "we went to 12 Oak Drive",
                "12 Oak Drive: it is a street without a postal code, a unit or a town next to it, and may be an everyday phrase",
            ),
            (r#"["us-ssn"]"#, "123-45-6789", "123-45-6789: it is a published sample number"),
            (r#"["us-ssn"]"#, "666-05-1123", "666-05-1123: numbers that start with 666 are never issued"),
            (r#"["us-ssn"]"#, "part 078051123", "078051123: it requires a label next to it, such as `ssn`"),
            (r#"["us-ssn"]"#, "078-05-1123-9", "078-05-1123: it is part of a longer number or word"),
            (
                r#"["de-tax-id"]"#,
                "Steuer-ID 86095742718",
                "86095742718: it is invalid (check digit (mod 11,10), and how often each digit may occur)",
            ),
            (r#"["email"]"#, "bob@example.coma", "bob@example.coma: `coma` is not a top-level domain"),
            (r#"["email"]"#, "bob@localhost", "bob@localhost: its domain has no dot"),
            (
                r#"["email"]"#,
                "https://bob@example.com/",
                "bob@example.com: it is the user and the host of a URL",
            ),
            (
                r#"["mac"]"#,
                "FF:FF:FF:FF:FF:FF",
                "FF:FF:FF:FF:FF:FF: it repeats one digit, as the broadcast address does",
            ),
            (
                r#"["mac"]"#,
                "ab:cd:ef:01:23:45:67",
                "ab:cd:ef:01:23:45: it is part of a longer number or word",
            ),
            (
                r#"["crypto"]"#,
                "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed: the case of its letters fails the checksum (EIP-55)",
            ),
            (
                r#"["crypto"]"#,
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb: it fails its checksum (Base58Check)",
            ),
            (
                r#"["crypto"]"#,
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5: it fails its checksum (Bech32)",
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
