//! Tests of which numbers are phone numbers.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

use super::pattern::Pattern;
use super::plans::{Kind, PLANS, Plan};
use super::*;
use crate::detect::pii::random::Random;

fn found<'t>(text: &'t str, codes: &[&str]) -> Vec<&'t str> {
    let regions = (!codes.is_empty()).then(|| regions(codes));
    let ranges = find(text, regions.as_ref(), &mut Budget::of(10_000_000)).unwrap();
    ranges.into_iter().map(|range| &text[range]).collect()
}

fn regions(codes: &[&str]) -> Regions {
    Regions(codes.iter().map(|code| Country::new(Plan::of_region(code).unwrap())).collect())
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
        ("(415) 555-2671/2672, x", &["US"], &["(415) 555-2671/2672"]),
        ("415-555-2671/72 and 415-555-2673 / 2674.", &["US"], &["415-555-2671/72", "415-555-2673 / 2674"]),
        ("415-555-2671/12/27, 415-555-2671/2026", &["US"], &["415-555-2671", "415-555-2671/2026"]),
        ("+49 30 1234567/68", &["DE"], &["+49 30 1234567/68"]),
        ("07700 900123 +44 7700 900123", &["GB"], &["07700 900123", "+44 7700 900123"]),
        ("01 99 00 12 34, +33 1 99 00 12 34", &["FR"], &["01 99 00 12 34", "+33 1 99 00 12 34"]),
        ("01 23 45 67 89, +33 1 23 45 67 89, 0033 1 23 45 67 89", &["FR"], &[]),
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

/// Returns the layouts in which people write `number`.
fn layouts(number: &PhoneNumber) -> Vec<String> {
    let written = |format| PHONE_NUMBER_UTIL.format(number, format).into_owned();
    let national = written(PhoneNumberFormat::National);
    let international = written(PhoneNumberFormat::International);
    // A number too short to be a phone number is a short code.
    if national.bytes().filter(u8::is_ascii_digit).count() < MIN_DIGITS {
        return vec![];
    }
    vec![
        international.replace('-', " "),
        international.replace(' ', "-"),
        international.replace([' ', '-'], "."),
        international.replacen('+', "+ ", 1),
        international.replacen('+', "00", 1),
        format!("tel:{}", written(PhoneNumberFormat::E164)),
        format!("({}", international.replacen(' ', ") ", 1)),
        national.replace(['-', '(', ')'], " ").replace("  ", " ").trim().to_owned(),
        national.replace([' ', '/'], "-").replace("--", "-").replace(")-", ") ").replace("-(", " ("),
        national,
        international,
        written(PhoneNumberFormat::E164),
    ]
}

/// Frames of text around a number, in ten scripts among others.
const FRAMES: [&str; 20] = [
    "{}",
    "it is {} now",
    "Ann,{},x",
    "\"{}\"",
    "phone: {}.",
    "tel={}&x=1",
    "[12:07] ann> {} ok?",
    "мой номер {}!",
    "ο αριθμός {}",
    "رقمي {} شكرا",
    "המספר {}",
    "मेरा नंबर {} है",
    "เบอร์{}ค่ะ",
    "番号{}です",
    "号码{}的",
    "번호는 {}입니다",
    "նոր համար՝ {}",
    "{\"phone\":\"{}\"}",
    "• {}",
    "({})",
];

/// Counts the numbers that are not found in one of `frames`, in the layouts in which people write them.
fn missed(
    numbers: impl Iterator<Item = (&'static Plan, PhoneNumber)>,
    frames: &[&str],
) -> (usize, Vec<String>) {
    let (mut all, mut missed) = (0, Vec::new());
    for (plan, number) in numbers {
        let regions = Regions(vec![Country::new(plan)]);
        for (at, layout) in layouts(&number).into_iter().enumerate() {
            let text = frames[(all + at) % frames.len()].replace("{}", &layout);
            let ranges = find(&text, Some(&regions), &mut Budget::of(10_000_000)).unwrap();
            let inner = layout.trim_start_matches("tel:").trim_start_matches('(');
            all += 1;
            if ranges.len() != 1 || !text[ranges[0].clone()].contains(inner) {
                missed.push(format!("{} {text}", plan.region));
            }
        }
    }
    (all, missed)
}

#[test]
fn finds_numbers_of_every_plan_in_every_layout() {
    let mut random = Random::new(4);
    let countries = PLANS.iter().filter(|plan| plan.region.len() == 2);
    let mut numbers = Vec::new();
    for plan in countries {
        let region = Region::from_code(plan.region).unwrap();
        for kind in [PhoneNumberType::FixedLine, PhoneNumberType::Mobile, PhoneNumberType::TollFree] {
            numbers.extend(
                PHONE_NUMBER_UTIL
                    .get_example_number_for_type_and_region(region, kind)
                    .ok()
                    .map(|number| (plan, number)),
            );
        }
        for (_, _, pattern) in plan.kinds().filter(|(kind, ..)| matches!(kind, Kind::Fixed | Kind::Mobile)) {
            let pattern = Pattern::of(pattern);
            let made = (0..6).map(|_| made::digits(&pattern, &mut random));
            let parsed = made.filter_map(|digits| PHONE_NUMBER_UTIL.parse(digits, Some(region)).ok());
            numbers.extend(
                parsed
                    .filter(|number| PHONE_NUMBER_UTIL.is_valid_number(number))
                    .map(|number| (plan, number)),
            );
        }
    }
    let (all, missed) = missed(numbers.into_iter(), &FRAMES);
    assert!(missed.len() * 200 <= all, "{} of {all}: {missed:#?}", missed.len());
}

#[test]
fn numbers_that_libphonenumber_calls_impossible_are_not_found() {
    // The kinds of PhoneNumberMatcherTest, with digits of our own.
    let mut random = Random::new(5);
    let (mut all, mut flagged) = (0, Vec::new());
    for _ in 0..400 {
        let [day, month] = [28, 12].map(|end| 1 + random.below(end));
        let (year, hour, minute) = (1950 + random.below(90), random.below(24), random.below(60));
        let [area, exchange, line] = [3, 3, 4].map(|count| random.digits(count));
        for text in [
            format!("{area}+{exchange}+{line}"),
            format!("{day}/{month}/{year}"),
            format!("{month}/{day}/{year}"),
            format!("{day:02}/{month:02}/{:02}", year % 100),
            format!("{area}x{exchange}{line}"),
            format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            format!("{year}/{month:02}/{day:02} {hour:02}:{minute:02}"),
            format!("{year}{month:02}{day:02} {hour:02}:{minute:02}"),
            format!("{day}.{month}.{year} {hour}.{minute:02}"),
            format!("{day:02}.{month:02}.-{day:02}.{month:02}.{year}"),
            format!("{day:02}.{month:02}.{year} – {day:02}.{month:02}.{year}"),
            format!("{day}.{month}.–{day}.{month}."),
            format!("vom {day}. {month}. bis {day}. {month}. {year}"),
            format!("{day:02}.{month:02}. - {day:02}.{month:02}.{:02}", year % 100),
            format!("{day}.{month}.{year}, {hour}:{minute:02}"),
            format!("{year}-{} 100", year + 1),
            format!("{} 7/8 - 14 12/34 - 5", 1 + random.below(20)),
            format!("{}.1 - 23.71 - 23.45", 1 + random.below(30)),
            format!("115{}", random.digits(7)),
            format!(
                "{}.{}.{}.{}",
                random.below(256),
                random.below(256),
                random.below(256),
                random.below(256)
            ),
        ] {
            all += 1;
            let view = crate::text::View::new(&text);
            let found = found(view.typed().text(), &["US", "DE", "CH", "GB", "FR", "PL", "RU", "FI"]).len();
            if found > 0 {
                flagged.push(text);
            }
        }
    }
    assert!(flagged.len() * 200 <= all, "{} of {all}: {flagged:#?}", flagged.len());
}
