//! Property tests: generated addresses are found whole in every frame of text, and texts that resemble addresses are not found.

use super::made::{COUNTRIES, address, near_miss};
use super::*;
use crate::detect::pii::random::Random;

/// Frames of text around an address, which replaces `{}`.
const FRAMES: &[&str] = &[
    "{}",
    "my address is {}",
    "it is {} now",
    "it is {}, ok?",
    "({})",
    "Address: {}",
    "Address:{}",
    "address={};x=1",
    "\"{}\"",
    "{\"address\":\"{}\"}",
    "{\"a\": \"{}\", \"b\": 2}",
    "1,Ann,\"{}\",x",
    "Ann|{}|42",
    "Ann\t{}\t42",
    "Ann Example\n{}\nTel: 555 0100",
    "Hi,\n\n{}\n\nThanks, Ann",
    "> {}",
    "- {}",
    "* {}",
    "**{}**",
    "`{}`",
    "<td>{}</td>",
    "«{}»",
    "„{}“",
    "it was {} – really",
    "🙂 {} 🙂",
    "мой адрес {} спасибо",
    "عنواني {} شكرا",
    "הכתובת שלי {} תודה",
    "मेरा पता {} है",
    "η διεύθυνση {} είναι",
    "எனது முகவரி {} ஆகும்",
    "私の住所は{}です",
    "我的地址是{}谢谢",
    "ที่อยู่ {} ค่ะ",
    "내 주소는 {}입니다",
];

fn found(text: &str) -> Vec<&str> {
    let mut budget = Budget::RULE;
    let ranges = find(text, &mut budget).unwrap();
    ranges.into_iter().map(|range| &text[range]).collect()
}

/// Fails if more than `max` in 10,000 of `all` were wrong.
fn assert_at_most(max: usize, all: usize, wrong: &[String]) {
    let shown: Vec<_> = wrong.iter().step_by(wrong.len() / 60 + 1).cloned().collect();
    assert!(wrong.len() * 10_000 <= all * max, "{} of {all}:\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn finds_addresses_whole_in_every_frame() {
    let (mut all, mut wrong) = (0, Vec::new());
    for country in COUNTRIES {
        let mut random = Random::new(11);
        for at in 0..400 {
            let address = address(country, &mut random);
            let written = address.layout(&mut random);
            for frame in FRAMES.iter().skip(at % 4).step_by(4) {
                let text = frame.replace("{}", &written);
                all += 1;
                if found(&text) != [written.as_str()] {
                    wrong.push(format!("{country} {text:?} {:?}", found(&text)));
                }
            }
        }
    }
    assert_at_most(50, all, &wrong);
}

#[test]
fn finds_addresses_in_capitals_and_in_lower_case() {
    let (mut all, mut wrong) = (0, Vec::new());
    for country in COUNTRIES {
        let mut random = Random::new(12);
        for _ in 0..200 {
            let address = address(country, &mut random);
            let lower = Some(address.in_lower_case(&mut random)).filter(|_| address.is_clear_in_lower_case());
            for written in [Some(address.in_capitals()), lower].into_iter().flatten() {
                all += 1;
                let text = format!("my address is {written}");
                let street = address.street.to_lowercase();
                let is_found = found(&text)
                    .iter()
                    .any(|found| found.to_lowercase().contains(&street) || found.len() > street.len());
                if !is_found {
                    wrong.push(format!("{country} {text:?} {:?}", found(&text)));
                }
            }
        }
    }
    assert_at_most(200, all, &wrong);
}

#[test]
fn ignores_texts_that_resemble_addresses() {
    let (mut all, mut wrong) = (0, Vec::new());
    let mut random = Random::new(13);
    for _ in 0..4_000 {
        let miss = near_miss(&mut random);
        for frame in ["{}", "it is {} now", "we saw {}, and more", "({})", "{}\nok"] {
            let text = frame.replace("{}", &miss);
            all += 1;
            if !found(&text).is_empty() {
                wrong.push(format!("{text:?} {:?}", found(&text)));
            }
        }
    }
    assert_at_most(50, all, &wrong);
}

#[test]
fn finds_street_addresses() {
    for (text, expected) in [
        ("I live at 123 Main St, ok", &["123 Main St"][..]),
        (
            "1600 Pennsylvania Avenue NW, Washington, DC 20500",
            &["1600 Pennsylvania Avenue NW, Washington, DC 20500"],
        ),
        ("350 Fifth Avenue, Apt 4B, New York, NY 10118.", &["350 Fifth Avenue, Apt 4B, New York, NY 10118"]),
        ("742 Evergreen Terrace, Springfield", &["742 Evergreen Terrace, Springfield"]),
        (
            "at 4821 Maple Dr.Suite 200, Springfield IL 62704",
            &["4821 Maple Dr.Suite 200, Springfield IL 62704"],
        ),
        ("12 Oak St,Apt 4 is ours", &["12 Oak St,Apt 4"]),
        ("10 Downing Street, London SW1A 2AA", &["10 Downing Street, London SW1A 2AA"]),
        ("221B Baker Street", &["221B Baker Street"]),
        ("24 Sussex Drive, Ottawa, ON K1M 1M4", &["24 Sussex Drive, Ottawa, ON K1M 1M4"]),
        ("5 W 42nd St", &["5 W 42nd St"]),
        ("1233 SW 46 Ave", &["1233 SW 46 Ave"]),
        ("i live at 123 main st lol", &["123 main st"]),
        ("my address is 9 old mill lane", &["9 old mill lane"]),
        ("123 main st apt 4 springfield il 62704", &["123 main st apt 4 springfield il 62704"]),
        ("PO Box 123, Springfield, IL 62701", &["PO Box 123, Springfield, IL 62701"]),
        ("PSC 802, Box 74\nAPO AE 09499-0074", &["PSC 802, Box 74\nAPO AE 09499-0074"]),
        ("Rose Cottage\nMill Lane\nAshford\nTN23 1AB", &["Rose Cottage\nMill Lane\nAshford\nTN23 1AB"]),
        ("Hauptstraße 12, 10115 Berlin", &["Hauptstraße 12, 10115 Berlin"]),
        ("ich wohne Berliner Str. 5a", &["Berliner Str. 5a"]),
        ("Am Alten Markt 5 // W 23, 14467 Potsdam", &["Am Alten Markt 5 // W 23, 14467 Potsdam"]),
        ("12 rue de la Paix, 75002 Paris", &["12 rue de la Paix, 75002 Paris"]),
        ("12 rue de la Paix\n75002 PARIS CEDEX 02", &["12 rue de la Paix\n75002 PARIS CEDEX 02"]),
        ("Calle Mayor 5, 28013 Madrid", &["Calle Mayor 5, 28013 Madrid"]),
        ("C/ Mayor, 5, 3º B\n28013 Madrid", &["C/ Mayor, 5, 3º B\n28013 Madrid"]),
        ("abito in via roma 10", &["via roma 10"]),
        ("Via Roma, 10/A\n00184 Roma RM", &["Via Roma, 10/A\n00184 Roma RM"]),
        ("Spui 12, 1012 XA Amsterdam", &["Spui 12, 1012 XA Amsterdam"]),
        ("Unit 3/12 Smith St, Richmond VIC 3121", &["Unit 3/12 Smith St, Richmond VIC 3121"]),
        (
            "Flat 3, 12 High Street, Little Snoring, Fakenham, Norfolk NR21 0HZ",
            &["Flat 3, 12 High Street, Little Snoring, Fakenham, Norfolk NR21 0HZ"],
        ),
        ("One Microsoft Way, Redmond, WA 98052", &["One Microsoft Way, Redmond, WA 98052"]),
        ("Mariahilfer Straße 10, 1060 Wien", &["Mariahilfer Straße 10, 1060 Wien"]),
        ("10115 Berlin, Hauptstraße 12", &["10115 Berlin, Hauptstraße 12"]),
        ("> 12 Oak Street\n> Springfield IL 62704", &["12 Oak Street\n> Springfield IL 62704"]),
        ("send it to #12 Oak Street", &["12 Oak Street"]),
        ("Mariahilfer Straße 10, A-1010 Wien", &["Mariahilfer Straße 10, A-1010 Wien"]),
        ("Bahnhofstrasse 5, CH-8001 Zürich", &["Bahnhofstrasse 5, CH-8001 Zürich"]),
        ("A-1010 Wien, Kärntner Straße 12", &["A-1010 Wien, Kärntner Straße 12"]),
        ("Gran Vía 28, 28013 Madrid", &["Gran Vía 28, 28013 Madrid"]),
        ("La Rambla 12, 08002 Barcelona", &["La Rambla 12, 08002 Barcelona"]),
        ("Gran Via de les Corts 585, 08007 Barcelona", &["Gran Via de les Corts 585, 08007 Barcelona"]),
        ("12 Oak Drive and 14 Elm Street", &["12 Oak Drive", "14 Elm Street"]),
        ("14 Elm Street or 12 Oak Drive", &["14 Elm Street", "12 Oak Drive"]),
        ("I live at 3 Rocky Road, ok", &["3 Rocky Road"]),
        ("12 Oak Street, Springfield; Hauptstraße 5", &["12 Oak Street, Springfield", "Hauptstraße 5"]),
    ] {
        assert_eq!(found(text), expected, "{text:?}");
    }
}

#[test]
fn ignores_texts_without_an_address() {
    for text in [
        "a 5 way street",
        "5 Way street",
        "2 Court cases",
        "2 court cases on 3 streets",
        "it took 3 days to drive",
        "the 1 Way",
        "I have 20 Dr Pepper",
        "in 1990 Main Street was closed at 5",
        "10 ways to close a row",
        "12 rue",
        "3 of the Hill",
        "come to 2 court",
        "see 5 Main points Drive home",
        "10 Downing tools way",
        "12 Oak Drive",
        "sent via Windows 10 to you",
        "Windows 10, 10115 Downloads",
        "I scored 21 Jump Street tickets",
        "5 Star Hotel Road trip",
        "the score is 2-1 Oxford Street",
        "Der Platz 5, 12345 Punkte",
        "Toyota Camry 2020, Los Angeles, CA 90210",
        "a 2 Lane Highway",
        "1 Bike Lane",
        "1 Bike Lane and 2 Bus Lanes",
        "3 Rocky Road please",
        "12 Oak Drive and a dog",
        "La Plaza 5",
    ] {
        assert_eq!(found(text), [""; 0], "{text:?}");
    }
}

/// Frames of text around two addresses.
const PAIRS: &[&str] = &["{} and {}", "{} or {}", "{}, and {}", "{} & {}"];

#[test]
fn finds_two_streets_side_by_side() {
    let mut random = Random::new(14);
    for _ in 0..2_000 {
        let mut street = |kinds: &[&'static str]| {
            let name = random.one_of(&["Oak", "Elm", "Maple", "Old Mill", "Victoria", "Lincoln"]);
            format!("{} {name} {}", 1 + random.below(90), random.one_of(kinds))
        };
        let streets =
            [street(&["Drive", "Court", "Way", "Close"]), street(&["Street", "Road", "Avenue", "Lane"])];
        let [one, other] = &streets;
        let (one, other) = if random.below(2) == 0 { (one, other) } else { (other, one) };
        let text = random.one_of(PAIRS).replacen("{}", one, 1).replacen("{}", other, 1);
        assert_eq!(found(&text), [one.as_str(), other.as_str()], "{text}");
    }
}

#[test]
fn finds_two_whole_addresses_side_by_side() {
    const JOINTS: &[&str] = &[
        " und ", " oder ", ", ", "; ", " / ", " y ", " e ", " en ", " et ", " of ", " and ", " zur ",
        " nach ",
    ];
    let mut random = Random::new(18);
    for _ in 0..2_000 {
        let mut address = || {
            let number = 1 + random.below(150);
            let code = 10_000 + random.below(80_000);
            match random.below(4) {
                0 => {
                    let street = random.one_of(&["Goethestraße", "Hauptstraße", "Mühlenweg", "Lange Gasse"]);
                    format!(
                        "{street} {number}, {code} {}",
                        random.one_of(&["Berlin", "Frankfurt am Main", "Ulm"])
                    )
                }
                1 => {
                    let street = random.one_of(&["Via Roma", "Via Giuseppe Verdi", "Piazza Dante"]);
                    format!(
                        "{street} {number}, {code} {}",
                        random.one_of(&["Milano", "Torino", "Reggio Emilia"])
                    )
                }
                2 => {
                    let street = random.one_of(&["Calle Mayor", "Avenida de América", "Plaza del Sol"]);
                    format!("{street} {number}, {code} {}", random.one_of(&["Madrid", "Sevilla", "Palma"]))
                }
                _ => {
                    let street = random.one_of(&["Dorpsstraat", "Korte Laan", "Prinsengracht"]);
                    let code = 1_000 + random.below(8_000);
                    format!("{street} {number}, {code} AB {}", random.one_of(&["Utrecht", "Breda"]))
                }
            }
        };
        let (one, other) = (address(), address());
        let text = format!("{one}{}{other}", random.one_of(JOINTS));
        assert_eq!(found(&text), [one.as_str(), other.as_str()], "{text}");
    }
}

#[test]
fn finds_towns_after_the_code_of_a_country() {
    let mut random = Random::new(15);
    for _ in 0..2_000 {
        let prefix = random.one_of(&["A", "CH", "AT", "B", "L", "DK", "FL"]);
        let code = format!("{prefix}-{}{}", 1 + random.below(9), random.digits(3));
        let town = random.one_of(&["Wien", "Zürich", "Graz", "Bern", "Brugge", "Vaduz", "Aarhus"]);
        let street = random.one_of(&["Hauptstraße", "Bahnhofstrasse", "Mühlenweg", "Alte Gasse"]);
        let gap = random.one_of(&[", ", "\n", " "]);
        let text = format!("{street} {}{gap}{code} {town}", 1 + random.below(200));
        assert_eq!(found(&text), [text.as_str()], "{text}");
    }
}

#[test]
fn small_numbers_count_kinds_of_roads() {
    let mut random = Random::new(16);
    for _ in 0..500 {
        let kind = random.one_of(&["Bike", "Lane", "Dirt", "Toll", "Rocky", "Gravel", "Busy"]);
        let road = random.one_of(&["Lane", "Road", "Highway", "Street", "Lane Highway"]);
        let frame = random.one_of(&["{}", "a {}", "{} please", "it has {}.", "{} and more"]);
        let text = frame.replace("{}", &format!("{} {kind} {road}", 1 + random.below(9)));
        assert_eq!(found(&text), [""; 0], "{text}");
    }
}

#[test]
fn explains_streets_that_are_no_addresses() {
    for (text, expected) in
        [("we went to 12 Oak Drive", &["12 Oak Drive"][..]), ("12 Oak Street", &[]), ("it is 5 o'clock", &[])]
    {
        let near: Vec<_> = near_misses(text)
            .into_iter()
            .filter(|(range, _)| !found(text).contains(&&text[range.clone()]))
            .collect();
        assert_eq!(
            near.iter().map(|(range, _)| &text[range.clone()]).collect::<Vec<_>>(),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn the_worst_texts_stay_within_the_budget() {
    for part in [
        "1 St ",
        "12 Oak, ",
        "1 rue de la ",
        "Platz 1 ",
        "Flat 1, ",
        "1 ",
        "Apt 1 Oak St, ",
        "Rue A, ",
        "1 A B C D E ",
        "Am A 1\n",
    ] {
        let text = part.repeat(4096 / part.len());
        let mut budget = Budget::RULE;
        find(&text, &mut budget).unwrap();
    }
}
