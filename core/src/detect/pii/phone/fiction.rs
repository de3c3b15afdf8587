//! Ranges of numbers that regulators reserve for films and examples, and that libphonenumber treats as unassigned. They are found like
//! assigned numbers, because whoever writes one means a phone number.

/// Calling codes, and the reserved national numbers of each, with `x` in place of the last digits.
const RESERVED: &[(&str, &[&str])] = &[
    // Ofcom, Telephone numbers for use in TV and radio drama programmes.
    (
        "44",
        &[
            "1134960xxx",
            "1144960xxx",
            "1154960xxx",
            "1164960xxx",
            "1174960xxx",
            "1184960xxx",
            "1214960xxx",
            "1314960xxx",
            "1414960xxx",
            "1514960xxx",
            "1614960xxx",
            "1914980xxx",
            "1632960xxx",
            "2079460xxx",
            "2896496xxx",
            "2920180xxx",
            "3069990xxx",
            "7700900xxx",
            "8081570xxx",
            "9098790xxx",
        ],
    ),
    // ARCEP, décision 2018-0881, annex 1, 2.5.12: numéros destinés à une utilisation dans des œuvres audiovisuelles.
    ("33", &["19900xxxx", "26191xxxx", "35301xxxx", "46571xxxx", "53649xxxx", "63998xxxx"]),
    // ACMA, Phone numbers for use in TV shows, films and creative works.
    (
        "61",
        &[
            "25550xxxx",
            "27010xxxx",
            "35550xxxx",
            "37010xxxx",
            "75550xxxx",
            "77010xxxx",
            "85550xxxx",
            "87010xxxx",
            "491570xxx",
        ],
    ),
    // ComReg, Numbering Conditions of Use: numbers for drama.
    ("353", &["2091xxxxx"]),
    // PTS, Telefonnummer för användning i böcker och filmer.
    ("46", &["313900xxx", "406280xxx", "8465004xx", "98031920x", "7017406xx"]),
    // BNetzA, Mitteilung 148/2021: Rufnummern für Medienproduktionen.
    ("49", &["3023125xxx", "6990009xxx", "4066969xxx", "2214710xxx", "8999998xxx"]),
];

/// Returns whether `national` is reserved for fiction in the countries of a calling code.
pub(super) fn is_reserved(code: &str, national: &str) -> bool {
    let is_in = |range: &str| {
        let start = range.trim_end_matches('x');
        range.len() == national.len() && national.starts_with(start)
    };
    RESERVED.iter().any(|(other, ranges)| *other == code && ranges.iter().any(|range| is_in(range)))
}
