//! Property tests with generated names of numbers.

use super::is_named;
use super::words::{CJK, ITEMS, MADE, NUMBERED, NUMBERS, STEMS, SUFFIXES};
use crate::detect::pii::Finder;
use crate::detect::pii::random::Random;
use crate::detect::{Budget, table};

/// Names as people write them: `INVOICE`, `Invoice no.:`, `invoice #`.
fn name(random: &mut Random) -> String {
    let number = random.one_of(NUMBERS);
    let things = if random.below(2) == 0 { ITEMS } else { NUMBERED };
    let named = match random.below(5) {
        0 => random.one_of(MADE).to_owned(),
        1 => random.one_of(ITEMS).to_owned(),
        2 => format!("{} {number}", random.one_of(things)),
        3 => format!("{}{}", random.one_of(STEMS), random.one_of(SUFFIXES)),
        _ => format!("{} #", random.one_of(things)),
    };
    let named = match random.below(3) {
        0 => named.to_uppercase(),
        1 => named.chars().take(1).flat_map(char::to_uppercase).chain(named.chars().skip(1)).collect(),
        _ => named,
    };
    let gap = if named.ends_with('#') { "" } else { random.one_of(&[" ", ": ", " #", "=", " is ", ". "]) };
    // A full stop abbreviates only words for numbers.
    let gap = if gap == ". " && !named.to_lowercase().ends_with("nr") { ": " } else { gap };
    format!("{named}{gap}")
}

/// Returns a number in the format of one that identifies a person, but that may also be another number.
fn number(random: &mut Random) -> String {
    match random.below(5) {
        0 => format!("415-867-{}", random.digits(4)),
        1 => format!("(415) 867-{}", random.digits(4)),
        2 => format!("9{}-70-{}", random.digits(2), random.digits(4)),
        3 => format!("AB{}C", random.digits(6)),
        _ => format!("415867{}", random.digits(4)),
    }
}

fn found(text: &str) -> usize {
    let settings = r#"{ kinds = ["phone", "us-itin", "us-ssn", "uk-nino"], region = ["US", "DE"] }"#;
    let finder = Finder::new(&table::read(settings).unwrap());
    finder.find_numbers(text, &mut Budget::of(10_000_000)).unwrap().len()
}

#[test]
fn named_numbers_are_none_of_a_person() {
    let mut random = Random::new(1);
    for _ in 0..4_000 {
        let before = random.one_of(&["", "see ", "hi, ", "Bitte ", "my "]);
        let text = format!("{before}{}{} ok", name(&mut random), number(&mut random));
        assert_eq!(found(&text), 0, "{text}");
    }
}

#[test]
fn numbers_stay_those_of_a_person_elsewhere() {
    let mut random = Random::new(2);
    for _ in 0..2_000 {
        let before = random.one_of(&[
            "call ",
            "my number is ",
            "to order, call ",
            "to order: ",
            "I paid the invoice. ",
            "customer ",
            "Kunde: ",
            "about the order, mine is ",
            "order by phone number ",
            "booking: ",
            "in case: ",
            "phone no. ",
            "call for tickets ",
            "text me about your order ",
            "phone number: ",
        ]);
        let text = format!("{before}415-867-{} ok", random.digits(4));
        assert_eq!(found(&text), 1, "{text}");
    }
    assert_eq!(found("invoice +1 415-867-5309"), 1);
    assert_eq!(found("order ITIN 900-70-1234"), 1);
}

#[test]
fn a_name_may_stand_behind_or_in_another_script() {
    let mut random = Random::new(3);
    for _ in 0..2_000 {
        let number = number(&mut random);
        let things = if random.below(2) == 0 { ITEMS } else { NUMBERED };
        let thing = random.one_of(things);
        let no = random.one_of(&["no", "nr", "n°", "nº", "number"]);
        let text = match random.below(5) {
            0 => format!("it is {number} ({thing} {no}.) ok"),
            1 => format!("{number} [{thing} #]"),
            2 => format!("n° {thing} {number}"),
            3 => format!("我的{}：{number}", random.one_of(CJK)),
            _ => format!("Ihre {}-Nr. {number}", random.one_of(&["Kd", "Rg", "Best", "Auftr", "Art"])),
        };
        assert_eq!(found(&text), 0, "{text}");
    }
    for text in ["415-867-5309 (my phone)", "415-867-5309 (call for tickets)", "my client 415-867-5309"] {
        assert_eq!(found(text), 1, "{text}");
    }
}

#[test]
fn a_name_applies_to_every_number_of_a_list() {
    for text in ["orders 12 and ", "invoice 030-", "tickets #12 und "] {
        assert!(is_named(text, text.len()), "{text}");
    }
    for text in ["order 12 ", "invoice, ", "orders and "] {
        assert!(!is_named(text, text.len()), "{text}");
    }
}
