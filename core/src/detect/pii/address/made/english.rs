//! Generates addresses of the United States, the United Kingdom, Australia and Canada.

use super::layout::Address;
use crate::detect::pii::random::Random;

const ENGLISH_NAMES: &[&str] = &[
    "Oak",
    "Maple",
    "Washington",
    "Church",
    "Park",
    "Mill",
    "Victoria",
    "King's",
    "St Mary's",
    "Martin Luther King",
    "Old Post",
    "Elm",
    "Queen Anne",
    "O'Connell",
    "McKinley",
    "5th",
    "42nd",
    "Lakeview",
    "Cherry Tree",
    "Baker",
    "Station",
    "J. F. Kennedy",
    "Long Acre",
    "High",
    "Sunset",
    "Wood",
    "Hill",
    "Green",
    "The Oaks",
    "May",
];

fn number(random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("{}{}", 1 + random.below(200), random.one_of(&["A", "b", "B", "C"])),
        1 => format!("{0}-{1}", 10 + random.below(40), 52 + random.below(40)),
        2 => format!("{}", 1000 + random.below(900)),
        3 => format!("{}", 2100 + random.below(9000)),
        _ => format!("{}", 1 + random.below(320)),
    }
}

pub(super) fn maybe(random: &mut Random, one_in: usize, text: String) -> Option<String> {
    (random.below(one_in) == 0).then_some(text)
}

fn english_street(random: &mut Random) -> String {
    let direction = random.one_of(&["", "", "", "", "N ", "West ", "S. ", "NE "]);
    let kind = random.one_of(&[
        "Street",
        "St",
        "St.",
        "Avenue",
        "Ave",
        "Ave.",
        "Road",
        "Rd",
        "Lane",
        "Ln",
        "Drive",
        "Dr",
        "Dr.",
        "Court",
        "Ct",
        "Place",
        "Pl",
        "Blvd",
        "Boulevard",
        "Way",
        "Terrace",
        "Close",
        "Crescent",
        "Circle",
        "Parkway",
        "Trail",
        "Square",
        "Row",
        "Gardens",
    ]);
    let after = random.one_of(&["", "", "", "", "", "", " NW", " South"]);
    format!("{direction}{} {kind}{after}", random.one_of(ENGLISH_NAMES))
}

fn english_unit(random: &mut Random) -> String {
    let number = 1 + random.below(900);
    match random.below(8) {
        0 => format!("#{number}"),
        1 => format!("Suite {number}"),
        2 => format!("Unit {number}"),
        3 => format!("Apartment {}", random.one_of(&["4B", "12", "C"])),
        4 => format!("Floor {}", 1 + random.below(40)),
        5 => format!("{} floor", random.one_of(&["2nd", "3rd", "14th"])),
        6 => format!("Apt. {number}"),
        _ => format!("Apt {number}"),
    }
}

pub(super) fn us(random: &mut Random) -> Address {
    let town = random.one_of(&[
        "Springfield",
        "New York",
        "St. Louis",
        "Winston-Salem",
        "Salt Lake City",
        "Coeur d'Alene",
        "Lake of the Woods",
    ]);
    let state = random.one_of(&["IL", "NY", "MO", "CA", "OR", "TX", "D.C."]);
    let zip = if random.below(3) == 0 {
        format!("{}-{}", random.digits(5), random.digits(4))
    } else {
        random.digits(5)
    };
    let street = match random.below(12) {
        0 => format!("PO Box {}", 1 + random.below(99_999)),
        1 => format!("RR {} Box {}", 1 + random.below(9), 1 + random.below(400)),
        2 => format!(
            "{} {} {}",
            number(random),
            random.one_of(&["County Road", "State Highway", "US Highway"]),
            1 + random.below(300)
        ),
        _ => format!("{} {}", number(random), english_street(random)),
    };
    let unit = english_unit(random);
    Address {
        before: None,
        street,
        unit: maybe(random, 3, unit),
        town: vec![town.to_owned(), format!("{state} {zip}")],
        country: None,
    }
}

fn uk_postcode(random: &mut Random) -> String {
    let area = random.one_of(&["SW1A", "M1", "B33", "CR2", "DN55", "EC1A", "W1", "NR21"]);
    let inward = format!("{}{}", random.digit(), random.one_of(&["AA", "BB", "HZ", "XG"]));
    let space = random.one_of(&[" ", " ", " ", ""]);
    format!("{area}{space}{inward}")
}

pub(super) fn gb(random: &mut Random) -> Address {
    let town = random.one_of(&[
        "London",
        "Stoke-on-Trent",
        "Milton Keynes",
        "Bury St Edmunds",
        "King's Lynn",
        "Newcastle upon Tyne",
    ]);
    let mut street = format!("{} {}", number(random), english_street(random));
    let unit = random.below(60);
    let before = match random.below(6) {
        0 => Some(format!("Flat {unit}")),
        1 => Some(format!("{} House", random.one_of(&["Rose", "Alexandra", "Old Mill"]))),
        2 => Some("Ground Floor Flat".to_owned()),
        3 => {
            street = format!(
                "{} {}",
                random.one_of(&["Mill", "Church", "Station"]),
                random.one_of(&["Lane", "Road", "Hill"])
            );
            Some(format!("{} Cottage", random.one_of(&["Rose", "Ivy"])))
        }
        _ => None,
    };
    let mut rest = vec![town.to_owned(), uk_postcode(random)];
    let locality = random_locality(random);
    rest.splice(0..0, maybe(random, 4, locality));
    Address { before, street, unit: None, town: rest, country: None }
}

fn random_locality(random: &mut Random) -> String {
    random.one_of(&["Little Snoring", "Camden", "Upper Heyford"]).to_owned()
}

pub(super) fn au(random: &mut Random) -> Address {
    let town = random.one_of(&["Richmond", "Alice Springs", "Wagga Wagga", "St Kilda"]);
    let state = random.one_of(&["VIC", "NSW", "QLD", "WA", "ACT"]);
    let space = random.one_of(&[" ", "  "]);
    let number = number(random);
    let street = match random.below(4) {
        0 => format!("{}/{} {}", 1 + random.below(30), 1 + random.below(300), english_street(random)),
        1 => format!("Unit {}/{} {}", 1 + random.below(30), 1 + random.below(300), english_street(random)),
        _ => format!("{number} {}", english_street(random)),
    };
    let level = 1 + random.below(30);
    let before = maybe(random, 6, format!("Level {level}")).filter(|_| !street.contains('/'));
    let code = format!("{town}{space}{state}{space}{}{}", 2 + random.below(6), random.digits(3));
    Address { before, street, unit: None, town: vec![code], country: None }
}

pub(super) fn canadian_postcode(random: &mut Random) -> String {
    let space = random.one_of(&[" ", " ", ""]);
    format!(
        "{}{}{}{space}{}{}{}",
        random.one_of(&["K", "H", "M", "V"]),
        random.digit(),
        random.one_of(&["A", "Z", "L"]),
        random.digit(),
        random.one_of(&["B", "Y"]),
        random.digit()
    )
}

pub(super) fn ca(random: &mut Random) -> Address {
    let town = random.one_of(&["Ottawa", "Trois-Rivières", "St. John's", "Sault Ste. Marie", "North Bay"]);
    let province = random.one_of(&["ON", "BC", "QC", "NL"]);
    let street = if random.below(4) == 0 {
        format!("{}-{} {}", 1 + random.below(90), 100 + random.below(3000), english_street(random))
    } else {
        format!("{} {}", number(random), english_street(random))
    };
    let unit = english_unit(random);
    Address {
        before: None,
        street,
        unit: maybe(random, 4, unit),
        town: vec![town.to_owned(), format!("{province} {}", canadian_postcode(random))],
        country: None,
    }
}
