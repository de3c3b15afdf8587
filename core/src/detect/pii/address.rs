//! Finds street addresses in the formats of the United States, the United Kingdom, Canada and Australia (house number first), of
//! Germany (house number last) and of France.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// English street types and their abbreviations. Many are also everyday words, so they match only with a capital letter.
const STREET_TYPES: &str = "Street|St|Avenue|Ave|Av|Boulevard|Blvd|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|\
    Parkway|Pkwy|Highway|Hwy|Circle|Cir|Trail|Trl|Way|Crescent|Cres|Close|Gardens|Gdns|Grove|Mews|Row|Alley|Turnpike|Tpke|\
    Expressway|Expy|Plaza|Esplanade|Heights|Hill|Walk";

/// Abbreviations of the states and provinces of the United States, Canada and Australia.
const STATES: &str = "A[BCKLRZ]|BC|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ABDEINOST]|N[BCDEHJLMSTVY]|O[HKNR]|P[AER]|QC|QLD|\
    RI|S[ACDK]|T[ANX]|TAS|U[T]|V[AT]|VIC|W[AIVY]|NSW|ACT";

/// Words of which at least one occurs in every introduction that [`introduced`] matches.
const INTRODUCTIONS: [&str; 11] =
    ["live", "living", "address", "house", "come", "move", "send", "ship", "deliver", "mail", "me at"];

/// Finds the street addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let is_delimited = |range: &Range<usize>| {
        let is_attached =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '€' | '£' | '.' | '/' | ':' | '-');
        !text[..range.start].ends_with(is_attached) && !text[range.end..].starts_with(char::is_alphanumeric)
    };
    // The regular expressions take milliseconds to compile, so they are compiled for the first text that may match.
    let has_capital = text.contains(char::is_uppercase);
    let formal =
        has_capital.then(|| formal().find_iter(text).map(|found| found.range())).into_iter().flatten();
    let formal = formal.filter(|range| !is_year(text, range));
    let lower = text.to_ascii_lowercase();
    let is_introduced = INTRODUCTIONS.iter().any(|word| lower.contains(word));
    let introduced = is_introduced.then(|| introduced().captures_iter(text)).into_iter().flatten();
    let introduced = introduced.filter_map(|found| Some(found.name("address")?.range()));
    let mut all: Vec<_> = formal.chain(introduced).filter(is_delimited).collect();
    all.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    all.dedup_by_key(|range| range.start);
    all
}

/// Returns whether the house number is a year, as in `in 1990 Main Street was closed`.
fn is_year(text: &str, range: &Range<usize>) -> bool {
    let before =
        text[..range.start].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let number = text[range.clone()].split(' ').next().and_then(|number| number.parse::<u32>().ok());
    number.is_some_and(|number| (1900..2100).contains(&number))
        && ["in", "since", "by", "from", "until", "during"]
            .iter()
            .any(|word| before.eq_ignore_ascii_case(word))
}

/// Returns the expression for addresses in any case after an introduction, as in `i live at 123 main st`.
fn introduced() -> &'static Regex {
    static INTRODUCED: OnceLock<Regex> = OnceLock::new();
    INTRODUCED.get_or_init(|| {
        let introduction = "(?:lives? (?:at|on)|living (?:at|on)|address(?: is|:)?|house is(?: at)?|come (?:over )?to|moved? to|\
            (?:send|ship|deliver|mail) (?:it |this |them )?to|meet me at|pick me up at)";
        let street_type = "(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|place|pl|way|terrace|circle)";
        let pattern = format!(
            r"(?i)\b{introduction}\s+(?P<address>[1-9][0-9]{{0,5}}[a-z]? (?:[a-z.'’]+ |[0-9]+(?:st|nd|rd|th) ){{1,3}}{street_type}\b)"
        );
        Regex::new(&pattern).expect("the pattern is a regular expression (tested)")
    })
}

/// Returns the expression for addresses that are written with capital letters.
fn formal() -> &'static Regex {
    static FORMAL: OnceLock<Regex> = OnceLock::new();
    FORMAL.get_or_init(|| {
        let proper = r"(?:[A-Z][A-Za-z'’.\-]{1,20}|[A-Z]|[0-9]{1,3}(?:st|nd|rd|th))";
        let name = format!(r"(?:{proper} (?:(?:{proper}|of|the|de|la) ){{0,3}})");
        let direction = r"(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.? )?";
        let unit = r"(?:,? ?(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|Rm|#)\.? ?#?[A-Z]?[0-9]{0,5}[A-Za-z]?)";
        let british = r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}";
        let canadian = r"[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]";
        let postcode = format!(r"(?:{british}|{canadian}|[0-9]{{5}}(?:-[0-9]{{4}})?|[0-9]{{4}})");
        let city = r"(?:[A-Z][A-Za-zÀ-ž'’.\-]+\b(?: [A-Z][A-Za-zÀ-ž'’.\-]+\b){0,3})";
        let rest = format!(r"(?:[,\n]\s?{city}(?:,? (?:{STATES})\b)?(?:,? {postcode}\b)?)");
        let english = format!(
            r"[1-9][0-9]{{0,5}}[A-Za-z]?(?:-[0-9]{{1,4}})? {direction}{name}(?:{STREET_TYPES})\b\.?(?: (?:N|S|E|W|NE|NW|SE|SW)\b)?{unit}?{rest}?"
        );
        let po_box = format!(r"(?:P\.? ?O\.? Box|PO Box|Post Office Box) [0-9]{{1,6}}{rest}?");
        let town = r"(?:,? (?:[A-Z]{1,2}-)?[0-9]{5} [A-ZÄÖÜ][A-Za-zÀ-ž\-]+(?: [A-Z][A-Za-zÀ-ž\-]+)?)";
        let german = format!(
            r"[A-ZÄÖÜ][a-zäöüß\-A-ZÄÖÜ]*(?:straße|strasse|str\.|gasse|allee|platz|damm|ufer| Straße| Strasse| Str\.| Allee| Platz| Weg) [1-9][0-9]{{0,3}} ?[a-z]?\b{town}?|[A-ZÄÖÜ][a-zäöüß]+weg [1-9][0-9]{{0,3}} ?[a-z]?\b{town}"
        );
        let french = format!(
            r"[1-9][0-9]{{0,3}}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|bd|allée|place|quai|impasse|chemin|cours) (?:(?:de|du|des|la|le|les|d'|l'|d’|l’|aux?) ?){{0,3}}[A-ZÀ-Ž][A-Za-zÀ-ž'’\-]+(?: (?:(?:de|du|des|la) )?[A-ZÀ-Ž][A-Za-zÀ-ž'’\-]+){{0,3}}{town}?"
        );
        let pattern = format!("(?:{english}|{po_box}|{german}|{french})");
        Regex::new(&pattern).expect("the pattern is a regular expression (tested)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_street_addresses() {
        for (text, found) in [
            ("I live at 123 Main St, ok", &["123 Main St"][..]),
            (
                "1600 Pennsylvania Avenue NW, Washington, DC 20500",
                &["1600 Pennsylvania Avenue NW, Washington, DC 20500"],
            ),
            (
                "350 Fifth Avenue, Apt 4B, New York, NY 10118.",
                &["350 Fifth Avenue, Apt 4B, New York, NY 10118"],
            ),
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
            ("i live at 123 main st lol", &["123 main st"]),
            ("my address is 9 old mill lane", &["9 old mill lane"]),
            ("PO Box 123, Springfield, IL 62701", &["PO Box 123, Springfield, IL 62701"]),
            ("Hauptstraße 12, 10115 Berlin", &["Hauptstraße 12, 10115 Berlin"]),
            ("ich wohne Berliner Str. 5a", &["Berliner Str. 5a"]),
            ("12 rue de la Paix, 75002 Paris", &["12 rue de la Paix, 75002 Paris"]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
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
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), [""; 0], "{text:?}");
        }
    }
}
