//! Generates random addresses of every country in the layouts of its postal service and in those of people, and random texts that
//! resemble addresses.

use crate::detect::pii::random::Random;

/// The countries that addresses are generated for. Canada has two languages.
pub(super) const COUNTRIES: &[&str] = &["US", "GB", "AU", "CA", "CA-fr", "DE", "FR", "ES", "IT", "NL"];

/// An address in parts.
pub(super) struct Address {
    /// The unit or building before the street.
    before: Option<String>,
    street: String,
    /// The unit after the street.
    unit: Option<String>,
    /// The town with its postal code, in parts that commas may separate.
    town: Vec<String>,
    country: Option<&'static str>,
}

impl Address {
    /// Generates an address of `country`.
    pub(super) fn new(country: &str, random: &mut Random) -> Self {
        let mut address = match country {
            "US" => us(random),
            "GB" => gb(random),
            "AU" => au(random),
            "CA" => ca(random),
            "CA-fr" => ca_fr(random),
            "DE" => de(random),
            "FR" => fr(random),
            "ES" => es(random),
            "IT" => it(random),
            _ => nl(random),
        };
        let name = match country {
            "US" => "USA",
            "GB" => random.one_of(&["UK", "United Kingdom", "England"]),
            "AU" => "Australia",
            "CA" | "CA-fr" => "Canada",
            "DE" => random.one_of(&["Deutschland", "Germany"]),
            "FR" => "France",
            "ES" => random.one_of(&["España", "Spain"]),
            "IT" => random.one_of(&["Italia", "Italy"]),
            _ => random.one_of(&["Nederland", "The Netherlands"]),
        };
        address.country = (random.below(5) == 0).then_some(name);
        address
    }

    /// Returns the address in one of the layouts of people and postal services.
    pub(super) fn layout(&self, random: &mut Random) -> String {
        let comma = random.one_of(&[", ", ", ", ","]);
        let separator = match random.below(8) {
            0 | 1 => "\n",
            2 => "\r\n",
            3 => "\\n",
            4 => " ",
            _ => comma,
        };
        let line_break = separator.contains(['\n', '\\']);
        let mut lines: Vec<String> = Vec::new();
        let joined =
            if separator == " " { self.before.as_ref().map(|before| format!("{before}, ")) } else { None };
        if joined.is_none() {
            lines.extend(self.before.clone());
        }
        let unit = self.unit.as_ref().map(|unit| {
            if line_break || separator == " " { format!(" {unit}") } else { format!("{comma}{unit}") }
        });
        lines.push(format!("{}{}{}", joined.unwrap_or_default(), self.street, unit.unwrap_or_default()));
        if line_break || separator == " " {
            lines.push(self.town.join(if random.below(2) == 0 { " " } else { ", " }).replace(",  ", ", "));
        } else {
            lines.extend(self.town.iter().cloned());
        }
        lines.extend(self.country.map(str::to_owned));
        lines.join(separator)
    }

    /// Returns the address as the postal service prints it, in capital letters.
    pub(super) fn in_capitals(&self) -> String {
        let before = self.before.clone().filter(|_| !self.street.contains(|c: char| c.is_ascii_digit()));
        let street = [before.map(|before| before + ","), Some(self.street.clone()), self.unit.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        format!("{street}\n{}", self.town.join(" ")).to_uppercase().replace("ẞ", "SS")
    }

    /// Returns the address in lower case on one line.
    pub(super) fn in_lower_case(&self, random: &mut Random) -> String {
        let separator = random.one_of(&[" ", ", "]);
        let before = self.before.clone().filter(|_| !self.street.contains(|c: char| c.is_ascii_digit()));
        let before = before.map(|before| before + ", ").unwrap_or_default();
        format!("{before}{}{separator}{}", self.street, self.town.join(" ")).to_lowercase()
    }

    /// Returns the street.
    pub(super) fn street(&self) -> &str {
        &self.street
    }

    /// Returns whether the street has a number and a type that show in lower case.
    pub(super) fn is_clear_in_lower_case(&self) -> bool {
        let unclear = ["Spui", "Oude Delft", "An der", "Zum", "Am ", "Im ", "Unter", "C. "];
        !unclear.iter().any(|start| self.street.starts_with(start))
            && self.street.contains(|c: char| c.is_ascii_digit())
    }
}

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

const SURNAMES: &[&str] = &[
    "Schiller", "Goethe", "Garcia", "Rossi", "Jansen", "Moreau", "Hugo", "Verdi", "Mozart", "Kepler",
    "Bolivar",
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

fn maybe(random: &mut Random, one_in: usize, text: String) -> Option<String> {
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

fn us(random: &mut Random) -> Address {
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

fn gb(random: &mut Random) -> Address {
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

fn au(random: &mut Random) -> Address {
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

fn canadian_postcode(random: &mut Random) -> String {
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

fn ca(random: &mut Random) -> Address {
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

fn ca_fr(random: &mut Random) -> Address {
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

fn de(random: &mut Random) -> Address {
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

fn fr(random: &mut Random) -> Address {
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

fn es(random: &mut Random) -> Address {
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

fn it(random: &mut Random) -> Address {
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

fn nl(random: &mut Random) -> Address {
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

/// Generates a text that resembles an address: a number with words, some of which may be types of streets.
pub(super) fn near_miss(random: &mut Random) -> String {
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
    match random.below(46) {
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
        44 => format!("{} {capital} {kind}, it was fun", small),
        _ => format!("{small}. {capital} {kind}"),
    }
}
