//! Generates texts that resemble addresses.

use crate::detect::pii::random::Random;

/// Generates a text that resembles an address: a number with words, some of which may be types of streets.
pub(in super::super) fn near_miss(random: &mut Random) -> String {
    let (small, large) = (1 + random.below(30), 100 + random.below(900));
    let capital = random.one_of(&[
        "Main",
        "Food",
        "Google",
        "Star",
        "Supreme",
        "Harry Potter",
        "Downing",
        "Silver",
        "Big Red",
        "Tennis",
        "Apple",
    ]);
    let kind = random.one_of(&[
        "Drive", "Court", "Way", "Place", "Park", "Hill", "Point", "Points", "Square", "Circle", "Close",
        "Row", "Walk", "Trail", "Cross", "Bridge", "Station", "Center", "Run", "View", "Island", "Bay",
        "Path", "Pass", "Gate", "Ring", "Garden", "House",
    ]);
    let lower = kind.to_lowercase();
    let year = 1950 + random.below(80);
    let street = random.one_of(&["Main Street", "Oak Avenue", "Park Lane", "Mill Road"]);
    match random.below(50) {
        0 => format!("{small} {capital} {kind}"),
        1 => format!("{small} {capital} {lower} tickets"),
        2 => format!("see {small} {capital} points {kind} home"),
        3 => format!("{small} {capital} tools {lower}"),
        4 => format!("{small} {kind} cases"),
        5 => format!("${small} {street}"),
        6 => format!("€{small}.50 {street}"),
        7 => format!("bus {small} {street}"),
        8 => format!("Linie {small} {street}"),
        9 => format!("on May {small} {street} closes"),
        10 => format!("in {year} {street} was built"),
        11 => format!("v{small}.{small}.{large} {kind} release"),
        12 => format!("we won {small}-{large} at {capital} {kind}"),
        13 => format!("{small}:{:02} {street}", random.below(60)),
        14 => format!("{small}% {street}"),
        15 => format!("Brown v. Board, {large} U.S. {large} ({year})"),
        16 => format!("{small} U.S.C. § {large}, 9th Cir. {year}"),
        17 => format!("Highway {small} Revisited"),
        18 => format!("sent via Windows {small} to you"),
        19 => format!("via Android {small}, thanks"),
        20 => format!("iPhone {small} {capital} {kind} edition"),
        21 => format!("Abbey Road {year} Remix"),
        22 => format!("chapter {small} {capital} Street"),
        23 => format!("{small} people on {street}"),
        24 => format!("{small} {lower}s from here"),
        25 => format!("{small} miles of road to {capital}"),
        26 => format!("route {small} {street} stop"),
        27 => format!("Parkplatz {small} ist frei"),
        28 => format!("Sitzplatz {small} im Zug"),
        29 => format!("am Montag {small} Leute"),
        30 => format!("Am {small}. Mai {year}"),
        31 => format!("la place {small} est libre"),
        32 => format!("les {small} places de parking"),
        33 => format!("plaza {small} libre"),
        34 => format!("rue {small} fois"),
        35 => format!("Platz {small} in der Liste"),
        36 => format!("{large} {capital} {kind} fans"),
        37 => format!("episode {small} The Long {kind}"),
        38 => format!("{small} of the {capital} {kind}"),
        39 => format!("{small} km {lower}"),
        40 => format!("version {small} {capital} {kind}"),
        41 => format!("{large} {capital} items, {small} sold"),
        42 => format!("{year} {capital} {kind} Championship"),
        43 => format!("order {large}, {street}"),
        44 => format!("{small} {capital} {kind}, it was fun"),
        45 => format!("Hauptstraße {small} Minuten von hier"),
        46 => format!("Treffpunkt Bahnhofstraße {small} Uhr"),
        47 => format!("{small} Best Road Trips"),
        48 => format!("la calle Mayor {small} minutos andando"),
        _ => format!("{small}. {capital} {kind}"),
    }
}
