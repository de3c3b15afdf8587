//! Compares numbers and plans with libphonenumber, which many crates stand behind: only with the feature `libphonenumber`.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

use super::made;
use super::pattern::Pattern;
use super::plans::{Kind, PLANS, Plan};
use super::*;
use crate::detect::pii::random::Random;

/// Returns whether a number is possible, and its kind.
fn told(number: Option<&Number>) -> Option<(bool, Option<Kind>)> {
    number.map(|number| (number.is_possible(), number.kind()))
}

/// Returns the same as the library says.
fn expected(number: Option<&PhoneNumber>) -> Option<(bool, Option<Kind>)> {
    let number = number?;
    let kind = match PHONE_NUMBER_UTIL.get_number_type(number) {
        _ if !PHONE_NUMBER_UTIL.is_valid_number(number) => None,
        PhoneNumberType::FixedLine => Some(Kind::Fixed),
        PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile => Some(Kind::Mobile),
        PhoneNumberType::TollFree
        | PhoneNumberType::PremiumRate
        | PhoneNumberType::SharedCost
        | PhoneNumberType::UAN => Some(Kind::Service),
        PhoneNumberType::Unknown => None,
        _ => Some(Kind::Other),
    };
    Some((PHONE_NUMBER_UTIL.is_possible_number(number), kind))
}

#[test]
fn service_numbers_are_written_as_the_library_writes_them() {
    let mut random = Random::new(3);
    let (mut all, mut other) = (0, Vec::new());
    for plan in PLANS.iter().filter(|plan| plan.row("written").starts_with('0')) {
        let region = Region::from_code(plan.region).unwrap();
        for (_, _, pattern) in plan.kinds().filter(|(kind, ..)| *kind == Kind::Service) {
            let pattern = Pattern::of(pattern);
            for _ in 0..20 {
                let digits = made::digits(&pattern, &mut random);
                // What starts with 0 needs no other reason to be found.
                if digits.starts_with('0') {
                    continue;
                }
                let Ok(number) = PHONE_NUMBER_UTIL.parse(&digits, Some(region)) else { continue };
                let written = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::National);
                let is_bare = plan.rules().bare.iter().any(|(lengths, starts)| {
                    lengths.contain(digits.len()) && starts.match_start(&digits).is_some()
                });
                all += 1;
                if is_bare == written.trim_start_matches('(').starts_with('0') {
                    other.push(format!("{region:?} {digits} {written}"));
                }
            }
        }
    }
    assert!(other.len() * 100 <= all, "{} of {all}: {other:#?}", other.len());
}

#[test]
fn every_plan_of_the_library_is_there() {
    let mut regions: Vec<_> = PHONE_NUMBER_UTIL.get_supported_regions().collect();
    regions.retain(|region| !PLANS.iter().any(|plan| Region::from_code(plan.region).ok() == Some(*region)));
    assert_eq!(regions, []);
    for code in PHONE_NUMBER_UTIL.get_supported_calling_codes() {
        let expected: Vec<_> =
            PHONE_NUMBER_UTIL.get_regions_for_country_calling_code(code).into_iter().flatten().collect();
        let plans = Plan::of_international(&format!("{code}5555555"));
        let found: Vec<_> = plans.iter().map(|plan| Region::from_code(plan.region).unwrap()).collect();
        assert_eq!(found, expected, "{code}");
    }
}

#[test]
fn agrees_with_the_library_on_numbers_of_every_plan() {
    let mut random = Random::new(2);
    for plan in PLANS.iter() {
        let region = Region::from_code(plan.region).ok().filter(|region| *region != Region::World);
        let prefixes = ["", "0", "1", "8", "00", "011", plan.code];
        for (_, _, pattern) in plan.kinds() {
            let pattern = Pattern::of(pattern);
            for _ in 0..120 {
                let national = made::nearly(&pattern, &mut random);
                let (code, prefix) = (plan.code, random.one_of(&prefixes));
                let international =
                    format!("{code}{}{national}", if random.below(8) == 0 { "0" } else { "" });
                let parsed = PHONE_NUMBER_UTIL.parse(format!("+{international}"), None).ok();
                assert_eq!(
                    told(Number::international(&international).as_ref()),
                    expected(parsed.as_ref()),
                    "{international}"
                );
                let Some(region) = region else { continue };
                let dialled = format!("{prefix}{national}");
                let parsed = PHONE_NUMBER_UTIL.parse(&dialled, Some(region)).ok();
                assert_eq!(
                    told(Number::dialled(&dialled, plan).as_ref()),
                    expected(parsed.as_ref()),
                    "{dialled} in {region:?}"
                );
            }
        }
    }
}

/// Returns the layouts in which people write `number`.
fn layouts(number: &PhoneNumber) -> Vec<String> {
    let written = |format| PHONE_NUMBER_UTIL.format(number, format).into_owned();
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
