//! Generates addresses of Germany, France, Spain, Italy, the Netherlands and, in French, of Canada.

use super::english::{canadian_postcode, maybe};
use super::layout::Address;
use crate::detect::pii::random::Random;

const SURNAMES: &[&str] = &[
    "Schiller", "Goethe", "Garcia", "Rossi", "Jansen", "Moreau", "Hugo", "Verdi", "Mozart", "Kepler",
    "Bolivar",
];

fn french_name(random: &mut Random) -> &'static str {
    random.one_of(&[
        "de la Paix",
        "Victor Hugo",
        "du Général de Gaulle",
        "des Lilas",
        "de l'Église",
        "Saint-Honoré",
        "d'Italie",
        "du 8 Mai 1945",
        "Pasteur",
        "aux Ours",
        "du Faubourg Saint-Antoine",
        "Notre-Dame-des-Champs",
        "Jean-Jaurès",
        "de Verdun",
    ])
}

pub(super) fn ca_fr(random: &mut Random) -> Address {
    let town = random.one_of(&[
        "Montréal",
        "Trois-Rivières",
        "Saint-Jean-sur-Richelieu",
        "L'Assomption",
        "La Tuque",
    ]);
    let kind = random.one_of(&["rue", "avenue", "boul.", "chemin", "montée", "rang"]);
    let comma = random.one_of(&["", ","]);
    let after = random.one_of(&["", "", " Ouest", " E"]);
    let street = format!("{}{comma} {kind} {}{after}", 1 + random.below(9000), french_name(random));
    let unit = format!("{} {}", random.one_of(&["app.", "bureau", "app"]), 1 + random.below(400));
    let region = random.one_of(&["QC", "(Québec)", "(QC)"]);
    let code = format!("{town} {region} {}", canadian_postcode(random));
    Address { before: None, street, unit: maybe(random, 3, unit), town: vec![code], country: None }
}

fn last_number(random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("{}{}", 1 + random.below(99), random.one_of(&["a", "b", "C"])),
        1 => format!("{}-{}", 1 + random.below(40), 42 + random.below(40)),
        2 => format!("{}/{}", 1 + random.below(99), 1 + random.below(9)),
        _ => format!("{}", 1 + random.below(250)),
    }
}

pub(super) fn de(random: &mut Random) -> Address {
    let surname = random.one_of(SURNAMES);
    let street = match random.below(9) {
        0 => format!("{surname}straße"),
        1 => format!("{surname}str."),
        2 => format!("Karl-{surname}-Allee"),
        3 => "Berliner Straße".to_owned(),
        4 => "Alte Poststr.".to_owned(),
        5 => format!("{surname}{}", random.one_of(&["platz", "weg", "gasse", "ring", "ufer", "damm"])),
        6 => random
            .one_of(&["Am Alten Markt", "Unter den Linden", "Im Winkel", "An der Mühle", "Zum Hafen"])
            .to_owned(),
        7 => "Straße des 17. Juni".to_owned(),
        _ => format!("{surname}strasse"),
    };
    let town = random.one_of(&[
        "Berlin",
        "Bad Homburg",
        "Frankfurt am Main",
        "Halle (Saale)",
        "Groß-Gerau",
        "St. Ingbert",
        "Neustadt an der Weinstraße",
    ]);
    let prefix = random.one_of(&["", "", "", "", "D-"]);
    let unit = match random.below(4) {
        0 => "// Wohnung 12".to_owned(),
        1 => "// W 23".to_owned(),
        2 => format!("{}. OG", 1 + random.below(6)),
        _ => "Hinterhaus".to_owned(),
    };
    let street = if random.below(12) == 0 {
        format!("Postfach {} {}", random.digits(2), random.digits(2))
    } else {
        format!("{street} {}", last_number(random))
    };
    let unit = maybe(random, 5, unit).filter(|_| !street.starts_with("Postfach"));
    Address {
        before: None,
        unit,
        street,
        town: vec![format!("{prefix}{} {town}", random.digits(5))],
        country: None,
    }
}

pub(super) fn fr(random: &mut Random) -> Address {
    let kind = random.one_of(&[
        "rue",
        "avenue",
        "Rue",
        "av.",
        "boulevard",
        "bd",
        "allée",
        "impasse",
        "chemin",
        "place",
        "quai",
        "cours",
        "route",
    ]);
    let number = match random.below(6) {
        0 => format!("{} bis", 1 + random.below(90)),
        1 => format!("{}ter", 1 + random.below(90)),
        _ => format!("{}", 1 + random.below(250)),
    };
    let comma = random.one_of(&["", "", ","]);
    let town = random.one_of(&[
        "Paris",
        "Saint-Denis",
        "La Rochelle",
        "Aix-en-Provence",
        "Châlons-en-Champagne",
        "L'Haÿ-les-Roses",
        "Le Mans",
    ]);
    let cedex = random.one_of(&["", "", "", "", " CEDEX", " CEDEX 03"]);
    let before = match random.below(8) {
        0 => Some(format!("Appartement {}", 1 + random.below(90))),
        1 => Some("Résidence Les Pins".to_owned()),
        2 => Some(format!("Bâtiment {}", random.one_of(&["A", "B"]))),
        _ => None,
    };
    let prefix = random.one_of(&["", "", "", "", "F-"]);
    Address {
        before,
        street: format!("{number}{comma} {kind} {}", french_name(random)),
        unit: None,
        town: vec![format!("{prefix}{} {town}{cedex}", random.digits(5))],
        country: None,
    }
}

pub(super) fn es(random: &mut Random) -> Address {
    let kind = random.one_of(&[
        "Calle",
        "C/",
        "C.",
        "calle",
        "Avda.",
        "Avenida",
        "Av.",
        "Plaza",
        "Pza.",
        "Paseo",
        "Ronda",
        "Camino",
        "Carrer",
        "Ctra.",
        "Travesía",
    ]);
    let name = random.one_of(&[
        "Mayor",
        "de la Constitución",
        "de Alcalá",
        "San Juan de la Cruz",
        "de los Reyes Católicos",
        "Miguel Ángel",
        "12 de Octubre",
        "del Carmen",
    ]);
    let number = random
        .one_of(&[" {}", ", {}", ", nº {}", " s/n", ", n.º {}"])
        .replace("{}", &format!("{}", 1 + random.below(200)));
    let unit = random
        .one_of(&["3º B", "2.º izq.", "bajo A", "4ª", "Piso 3", "1º 2ª", "esc. 2", "puerta 5", "ático"])
        .to_owned();
    let town = random.one_of(&[
        "Madrid",
        "San Sebastián",
        "L'Hospitalet de Llobregat",
        "Alcalá de Henares",
        "Las Palmas",
    ]);
    let province = random.one_of(&["", "", "", " (Madrid)"]);
    Address {
        before: None,
        street: format!("{kind} {name}{number}"),
        unit: maybe(random, 3, unit),
        town: vec![format!("{} {town}{province}", random.digits(5))],
        country: None,
    }
}

pub(super) fn it(random: &mut Random) -> Address {
    let kind = random.one_of(&[
        "Via", "via", "Viale", "Corso", "Piazza", "piazza", "Largo", "Vicolo", "V.le", "P.zza", "Strada",
    ]);
    let name = random.one_of(&[
        "Roma",
        "Giuseppe Verdi",
        "dei Mille",
        "della Repubblica",
        "XX Settembre",
        "25 Aprile",
        "San Martino",
        "dell'Orso",
        "G. Marconi",
        "Monte Bianco",
    ]);
    let number = match random.below(5) {
        0 => ", 10/A".to_owned(),
        1 => ", snc".to_owned(),
        2 => format!(", {}", 1 + random.below(200)),
        3 => format!(" n. {}", 1 + random.below(200)),
        _ => format!(" {}", 1 + random.below(200)),
    };
    let unit = random.one_of(&["int. 5", "scala B", "piano 3", "interno 12"]).to_owned();
    let town = random.one_of(&["Roma", "Reggio nell'Emilia", "L'Aquila", "San Donà di Piave", "Milano"]);
    let province = random.one_of(&[" RM", " (MI)", " (MI)", ""]);
    Address {
        before: None,
        street: format!("{kind} {name}{number}"),
        unit: maybe(random, 4, unit),
        town: vec![format!("{} {town}{province}", random.digits(5))],
        country: None,
    }
}

pub(super) fn nl(random: &mut Random) -> Address {
    let street = random.one_of(&[
        "Keizersgracht",
        "Kerkstraat",
        "Laan van Meerdervoort",
        "Prins Hendrikkade",
        "1e Constantijn Huygensstraat",
        "Burgemeester de Vlugtlaan",
        "Korte Prinsengracht",
        "Spui",
        "Stationsplein",
        "Oude Delft",
        "Vondelpark",
        "Molenweg",
        "Van der Helststraat",
        "Nieuwezijds Voorburgwal",
    ]);
    let number = match random.below(6) {
        0 => format!("{}-II", 1 + random.below(200)),
        1 => format!("{} hs", 1 + random.below(200)),
        2 => format!("{}A", 1 + random.below(200)),
        3 => format!("{} bis", 1 + random.below(200)),
        _ => format!("{}", 1 + random.below(400)),
    };
    let space = random.one_of(&[" ", " ", ""]);
    let code = format!(
        "{}{}{space}{}",
        1 + random.below(9),
        random.digits(3),
        random.one_of(&["AB", "XK", "CJ", "ZP"])
    );
    let town = random.one_of(&[
        "Amsterdam",
        "Den Haag",
        "'s-Hertogenbosch",
        "Alphen aan den Rijn",
        "Capelle aan den IJssel",
    ]);
    let street = if random.below(12) == 0 {
        format!("Postbus {}", 1 + random.below(90_000))
    } else {
        format!("{street} {number}")
    };
    Address { before: None, street, unit: None, town: vec![format!("{code} {town}")], country: None }
}
