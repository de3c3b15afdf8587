//! Tests of which numbers are phone numbers.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, Region};

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
fn finds_international_numbers_without_a_region() {
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
        ("+14155552671,+14155552672", &["+14155552671", "+14155552672"]),
        ("+44 20 7946 0958,+44 20 7946 0959", &["+44 20 7946 0958", "+44 20 7946 0959"]),
        ("+14155552671+14155552672", &["+14155552671", "+14155552672"]),
        ("phone=+14155552671, tel_+14155552672", &["+14155552671", "+14155552672"]),
        (
            "+1-415-555-2671 +1.415.555.2671 +1.4155552671",
            &["+1-415-555-2671", "+1.415.555.2671", "+1.4155552671"],
        ),
        ("+33.1.70.18.99.00, +61.2.9374.4000", &["+33.1.70.18.99.00", "+61.2.9374.4000"]),
        ("+7.495.123.45.67", &["+7.495.123.45.67"]),
        ("+1.2.3, +3.1415926535, +0.12345678", &[]),
        ("+ 44 20 7946 0958, call + 49 30 1234567", &["+ 44 20 7946 0958", "+ 49 30 1234567"]),
        ("2 + 44 20 7946 0958, x + 14155552671, + 1 2 3 4 5 6 7", &[]),
        ("+1 242-359-1234 +1 345 949 1234", &["+1 242-359-1234", "+1 345 949 1234"]),
    ] {
        assert_eq!(found(text, &[]), numbers, "{text:?}");
    }
}

#[test]
fn finds_national_numbers_of_the_regions() {
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
        ("415-555-2671,415-555-2672", &["US"], &["415-555-2671", "415-555-2672"]),
        ("415-555-2671/415-555-2672", &["US"], &["415-555-2671", "415-555-2672"]),
        ("415-555-2671-415-555-2672", &["US"], &["415-555-2671", "415-555-2672"]),
        ("4155552671,4155552672", &["US"], &["4155552671", "4155552672"]),
        ("4155552671-4155552672", &["US"], &["4155552671", "4155552672"]),
        ("(415) 555-2671,(415) 555-2672", &["US"], &["(415) 555-2671", "(415) 555-2672"]),
        ("(415) 555-2671/2672", &["US"], &["(415) 555-2671"]),
        ("01 70 18 99 00/01 70 18 99 01", &["FR"], &["01 70 18 99 00", "01 70 18 99 01"]),
        ("Ann(415-555-2671), tel(415)555-2672", &["US"], &["415-555-2671", "(415)555-2672"]),
        ("Ann(+44 20 7946 0123)", &["US"], &["+44 20 7946 0123"]),
        ("(415) 555-2671(415) 555-2672", &["US"], &["(415) 555-2671", "(415) 555-2672"]),
        ("Ann,42,4155552671,x", &["US"], &["4155552671"]),
        ("phone=4155552671&x=1 tel_4155552672", &["US"], &["4155552671", "4155552672"]),
        ("@4155552671 4155552672%", &["US"], &["4155552671", "4155552672"]),
        ("+14155552671_415.555.2672", &["US"], &["+14155552671", "415.555.2672"]),
        ("%4155552671% $4155552672$", &["US"], &["4155552671", "4155552672"]),
        ("+ 415-555-2671\n+ 415-555-2672", &["US"], &["415-555-2671", "415-555-2672"]),
        ("0412 345 678/0412 345 679", &["AU"], &["0412 345 678", "0412 345 679"]),
        ("1800 975 711, 1300 975 711", &["AU"], &["1800 975 711", "1300 975 711"]),
        ("1-800-88-1234", &["MY"], &["1-800-88-1234"]),
        ("01 70 18 99 12:12", &["FR"], &["01 70 18 99 12"]),
        ("TEL-4155552671, USA-415-555-2671", &["US"], &["4155552671", "415-555-2671"]),
    ] {
        assert_eq!(found(text, codes), numbers, "{text:?}");
    }
}

#[test]
fn ignores_other_numbers() {
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
        "hosted-eu-20260812-09 is up",
        "backup-2026081209 done",
        "see 20260812-09.log",
        "2026-0812-09",
        "img-20260930-15.png",
        "20260401-12",
        "01.05.-13.05.2026",
        "01.05.2026-13.05.2026",
        "01.05.2026 - 13.05.2026",
        "01.-13.05.2026",
        "01/05-13/05/2026",
        "20260401-20260412",
        "2026-04-01/2026-04-12",
        "01.05.2026/13.05.2026",
        "0,4155552671",
        "3.4155552671",
        "4155552671.5",
        "112-4155552-2671234",
        "302-4155552671",
        "41555526-71d5-4e5f-8415-415555267100",
        "IMG_4155552671.jpg",
        "4155552671@example.com",
        "4155552671€",
        "user_id=4155552671",
        "INV-2026-081234",
        "INV 2026-081234",
        "PO 2025550143",
        "PO-2025550143",
        "ABC-4155552671",
        "4155552671 bytes",
        "08.00-12.00 13.00-17.00",
        "01.05.26/13.05.26 10.30",
        "2026_08_12_10_30",
    ] {
        let numbers = found(text, &["US", "GB", "DE"]);
        assert_eq!(numbers, [""; 0], "{text:?}");
    }
}

#[test]
fn limits_the_cost_of_a_text_of_only_digits() {
    let regions = regions(&["US", "GB"]);
    for text in ["1 ".repeat(2048), "+".repeat(4096), "12 ".repeat(1365), "(0".repeat(2048)] {
        assert_eq!(find(&text, Some(&regions), &mut Budget::of(1_000_000)), Ok(vec![]));
    }
    let text = "0123 4567 ".repeat(400);
    assert!(find(&text, Some(&regions), &mut Budget::of(1_000_000)).is_err());
}

/// Returns the example number of `kind` in `region` in the formats in which people write it.
fn examples(region: Region, kind: PhoneNumberType) -> Vec<String> {
    let Ok(number) = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind) else {
        return vec![];
    };
    let written = |format| PHONE_NUMBER_UTIL.format(&number, format).into_owned();
    let national = written(PhoneNumberFormat::National);
    let international = written(PhoneNumberFormat::International);
    // What is too short to be a phone number of its own is a short code.
    if national.bytes().filter(u8::is_ascii_digit).count() < MIN_DIGITS {
        return vec![];
    }
    vec![
        international.replace('-', " "),
        international.replace(' ', "-"),
        international.replace([' ', '-'], "."),
        international.replacen('+', "+ ", 1),
        national.replace(['-', '(', ')'], " ").replace("  ", " ").trim().to_owned(),
        national,
        written(PhoneNumberFormat::E164),
    ]
}

#[test]
fn finds_example_numbers_of_every_region() {
    const FRAMES: [&str; 5] = ["{}", "it is {} now", "Ann,{},x", "\"{}\"", "番号{}です"];
    let (mut all, mut missed) = (0, Vec::new());
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        let regions = Regions(vec![Country::new(region)]);
        for kind in [PhoneNumberType::FixedLine, PhoneNumberType::Mobile, PhoneNumberType::TollFree] {
            for number in examples(region, kind) {
                for frame in FRAMES {
                    let text = frame.replace("{}", &number);
                    let ranges = find(&text, Some(&regions), &mut Budget::of(10_000_000)).unwrap();
                    all += 1;
                    if ranges.len() != 1 || !text[ranges[0].clone()].contains(number.trim_start_matches('('))
                    {
                        missed.push(format!("{region:?} {text}"));
                    }
                }
            }
        }
    }
    assert!(missed.len() * 200 <= all, "{} of {all}: {missed:#?}", missed.len());
}
