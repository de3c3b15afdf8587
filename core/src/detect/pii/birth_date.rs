//! Finds dates of birth: dates with a label nearby, such as `born` or `DOB`.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::checks::is_day;
use super::context::{contains_only, is_labelled, is_labelled_before};
use super::neighbours::is_delimited;

/// Words that introduce a date of birth, in lower case and without accents.
const WORDS: &[&str] = &[
    "born",
    "dob",
    "d o b",
    "d.o.b",
    "birth",
    "ofbirth",
    "birthdate",
    "geb",
    "geboren",
    "geburt",
    "naissance",
    "nee le",
    "ne le",
    "nacimiento",
    "nacido",
    "nacida",
    "nascita",
    "nato il",
    "nata il",
    "nascimento",
    "nasceu",
    "nascido",
    "nascida",
    "geboorte",
    "urodzen",
    "urodzon",
    "fodelse",
    "fodt",
    "fodsels",
    "naci el",
    "naci en",
    "nacio el",
    "nasci em",
    "nasci a",
    "nasci no",
    "sono nato",
    "sono nata",
    "fodd",
    "synt.",
    "ur.",
    "narozen",
    "nar.",
    "szulet",
    "nascut",
    "dogdum",
    "народив",
    "народил",
    "народжен",
    "роден",
    "γεννηθ",
    "γεννήθ",
    "γέννησ",
    "γεννήσ",
    "rojen",
    "faedd",
    "ngay sinh",
    "sinh ngay",
    "lahir",
    "生まれ",
    "生于",
    "태어",
    "مواليد",
    "الميلاد",
    "נולד",
    "תאריך לידה",
    "วันเกิด",
    "syntyma",
    "syntynyt",
    "dogum",
    "出生",
    "生日",
    "生年月日",
    "생년월일",
    "рожден",
    "родился",
    "родилась",
    "जन्म",
    "д.р",
    "раждане",
    "rodenj",
    "narodenia",
    "narodeny",
    "gimimo",
    "dzimsan",
    "sunniaeg",
    "sundinud",
    "rojstva",
    "nasterii",
    "ddn",
    "ne(e) le",
    "nato a",
    "nata a",
    "fecha nac",
    "f. nac",
    "تولد",
    "생일",
    "วันเดือนปีเกิด",
];

/// Words for a birthday, which mean the date of birth or its anniversary.
const BIRTHDAYS: &[&str] = &[
    "birthday",
    "bday",
    "anniversaire",
    "compleanno",
    "cumple",
    "cumpleanos",
    "narozenin",
    "szuletesnap",
    "urodzin",
    "verjaardag",
];

/// Phrases for birthday events. A date next to one of them is the date of the event.
const OCCASIONS: &[&str] = &[
    "birthday bash",
    "birthday breakfast",
    "birthday brunch",
    "birthday cake",
    "birthday card",
    "birthday celebration",
    "birthday dinner",
    "birthday drinks",
    "birthday event",
    "birthday gift",
    "birthday invit",
    "birthday lunch",
    "birthday meal",
    "birthday party",
    "birthday parties",
    "birthday present",
    "birthday trip",
    "birthday weekend",
    "birthday wishes",
    "bday party",
    "bday dinner",
    "bday bash",
    "buli",
    "feest",
    "feestje",
    "festa",
    "fete",
    "fiesta",
    "impreza",
    "oslava",
    "regalo",
    "cadeau",
];

/// The first letters of the names of months in Arabic, Croatian, Czech, Finnish, Greek, Hindi, Indonesian, Polish, Russian, Turkish and
/// Ukrainian (CLDR). Many other words begin with them, so a day must be before them.
const MONTHS: &str = "mar|maa|may|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|led|úno|bře|dub|kvě|čer|srp|zář|říj|pro|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru\
    |sij|velj|ožu|tra|svi|kol|ruj|stu|tam|hel|huh|tou|kes|hei|elo|syy|lok|jou|mei|agu\
    |янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру\
    |ιαν|φεβ|μαρ|απρ|μα[ΐϊι]|ιο[υύ]|α[υύ]γ|σεπ|οκτ|νο[εέ]|δεκ\
    |يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر\
    |जन|फ़?र|मार्च|अप्रैल|मई|जून|जुल|अग|सित|अक्|नव|दिस";

/// Regular expressions for dates, in which `MONTH` matches the name of a month. The first accepts an ISO 8601 time after the date, as
/// structured data contains it. The groups `a` and `b`, or `c` and `d`, are a month and a day in either order; `digits` is a date of eight
/// digits in one piece.
const FORMATS: [&str; 9] = [
    r"(?:18|19|20)[0-9]{2}(?:[-/.]|\. )(?P<a>[0-9]{1,2})(?:[-/.]|\. )(?P<b>[0-9]{1,2})(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    r"(?P<c>[0-9]{1,2})(?: ?[-/.] ?| )(?P<d>[0-9]{1,2})(?: ?[-/.] ?| )(?:(?:18|19|20)[0-9]{2}|[0-9]{2})",
    r"(?:18|19|20)[0-9]{2}[年년] ?[0-9]{1,2}[月월] ?[0-9]{1,2}[日일]",
    r"[0-9]{1,2}[-/.]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[-/.]?(?:(?:18|19|20)[0-9]{2}|[0-9]{2})",
    r"(?:18|19|20)[0-9]{2}\.? (?:jan|feb|m[aá]r|[aá]pr|m[aá][yj]|j[uú]n|j[uú]l|aug|sep|szep|o[ck]t|nov|dec)[a-zéúü]{0,6}\.? [0-9]{1,2}\.?",
    r"(?:[0-9]{1,2}(?:st|nd|rd|th|er|º|\.)? ?(?:de |of )?)?(?:jan|ian|ene|gen|feb|fev|fév|m[aä]r|maart|apr|abr|avr|ma[iyjg]|jun|iun|giu|jui|jul|iul|lug|aug|ago|ao[uû]|sep|set|o[ck]t|out|ott|nov|noi|de[czsk]|dic|déc)[a-zéûçä]{0,7}\.?,? (?:de )?(?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?(?:18|19|20)[0-9]{2}",
    r"[0-9]{1,2}\.? ?(?:MONTH|tháng [0-9]{1,2})(?-i:[A-Za-z\u{c0}-\u{1fff}]{0,9}) (?:năm )?(?:18|19|20)[0-9]{2}",
    r"[0-9]{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? '?[0-9]{2}",
    r"(?P<digits>[0-9]{8})",
];

/// Finds the dates of birth in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut last_end, mut at): (Vec<Range<usize>>, usize, usize) = (Vec::new(), 0, 0);
    while let Some(date) = date_regex().captures_at(text, at) {
        let Some(range) = date.get(0).map(|date| date.range()) else { break };
        if !is_date(&date) || !is_delimited(text, &range) {
            // A date may start at the next number, as in `1. 5/12/1990`.
            let digits = text[range.start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
            at = range.start + digits.max(1);
            at = text.ceil_char_boundary(at);
            continue;
        }
        // Words before the previous date describe only that date, unless both dates are items of a list.
        let since_last = &text[last_end..];
        let range_since_last = range.start - last_end..range.end - last_end;
        let continues_list = found
            .last()
            .is_some_and(|last| last.end == last_end && contains_only(&text[last_end..range.start], &[]));
        let labelled = match date.name("digits") {
            // Eight digits are a date only directly after a label such as `DOB:`.
            Some(_) => ends_in_label(&text[last_end..range.start]),
            None => {
                is_labelled(since_last, &range_since_last, WORDS)
                    || is_birthday(since_last, &range_since_last)
            }
        };
        if labelled || continues_list && date.name("digits").is_none() {
            found.push(range.clone());
        }
        last_end = range.end;
        at = range.end;
    }
    found
}

/// Returns the dates in `text` that no label marks as a date of birth.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let is_other = |date: &regex::Captures<'_>| date.name("digits").is_none() && is_date(date);
    let dates = date_regex().captures_iter(text).filter(is_other);
    let ranges = dates.filter_map(|date| date.get(0).map(|date| date.range()));
    ranges
        .filter(|range| is_delimited(text, range))
        .map(|range| (range, "no word such as `born` or `DOB` is next to it".to_owned()))
        .collect()
}

/// Returns whether `before` ends in a label for a date of birth, followed only by punctuation.
fn ends_in_label(before: &str) -> bool {
    let name = before.trim_end_matches([' ', ':', '=', '"', '\'', '.']);
    let start =
        name.rfind(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '{' | '&')).map_or(0, |at| at + 1);
    is_labelled_before(&name[start..], name.len() - start, WORDS)
}

/// Returns whether the text near `range` mentions a birthday and not a birthday event.
fn is_birthday(text: &str, range: &Range<usize>) -> bool {
    is_labelled(text, range, BIRTHDAYS) && !is_labelled(text, range, OCCASIONS)
}

/// Returns whether the numbers of `date` include a valid month and day, in either order.
fn is_date(date: &regex::Captures<'_>) -> bool {
    let values = |digits: &str| digits.bytes().map(|byte| byte - b'0').collect::<Vec<_>>();
    let part = |name| Some(values(date.name(name)?.as_str()));
    if let Some(digits) = date.name("digits").map(|digits| digits.as_str()) {
        let day = |one: &str, other: &str| {
            is_day(&values(one), &values(other)) || is_day(&values(other), &values(one))
        };
        let year = |digits: &str| digits.starts_with("19") || digits.starts_with("20");
        return year(digits) && day(&digits[4..6], &digits[6..])
            || year(&digits[4..]) && day(&digits[..2], &digits[2..4]);
    }
    match (part("a").or_else(|| part("c")), part("b").or_else(|| part("d"))) {
        (Some(a), Some(b)) => is_day(&a, &b) || is_day(&b, &a),
        _ => true,
    }
}

/// Returns the expression for all date formats. It is compiled on first use because most rules select few kinds.
fn date_regex() -> &'static Regex {
    static REGEX: OnceLock<Regex> = OnceLock::new();
    REGEX.get_or_init(|| {
        let pattern = format!("(?i){}", FORMATS.join("|").replace("MONTH", MONTHS));
        Regex::new(&pattern).expect("the formats are regular expressions (tested)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_dates_of_birth() {
        for (text, found) in [
            ("born on 12 May 1990, DOB: 1990-05-12", &["12 May 1990", "1990-05-12"][..]),
            ("DOB 5/12/90", &["5/12/90"]),
            ("born 1990-05-12 and 1992-03-04, met on 2010-05-12", &["1990-05-12", "1992-03-04"]),
            ("geb. am 12. Mai 1990", &["12. Mai 1990"]),
            ("née le 1er août 1990", &["1er août 1990"]),
            ("fecha de nacimiento: 3 de mayo de 1985", &["3 de mayo de 1985"]),
            ("05/12/1990 is my birthday", &["05/12/1990"]),
            ("生年月日：1990年5月12日", &["1990年5月12日"]),
            (r#"{"dateOfBirth":"1990-05-12T00:00:00Z"}"#, &["1990-05-12T00:00:00Z"]),
            (r#"{"date_of_birth":"2021-08-11"}"#, &["2021-08-11"]),
            (r#"{"created_at":"2021-08-11T00:00:00Z"}"#, &[]),
            ("D.O.B.: 12.05.1990", &["12.05.1990"]),
            ("born 12-MAY-1990, 3/Jun/91", &["12-MAY-1990", "3/Jun/91"]),
            ("DOB: 12051990", &["12051990"]),
            ("dob=19900512&x=1", &["19900512"]),
            ("born 1. 5/12/1990", &["5/12/1990"]),
            ("my birthday is 12 May 1990", &["12 May 1990"]),
            ("birthday party on 12 May 2026", &[]),
            ("12 May 2026 is my birthday party", &[]),
            ("born here, call 12051990", &[]),
            ("we meet on 2026-11-20, born to run", &[]),
            ("DOB: 45/77/1990", &[]),
            ("geboren op 12 maart 1985", &["12 maart 1985"]),
            ("родился 12 марта 1985 г.", &["12 марта 1985"]),
            ("doğum tarihi 3 Mayıs 1990", &["3 Mayıs 1990"]),
            ("narozen 12. března 1985", &["12. března 1985"]),
            ("syntynyt 12. maaliskuuta 1985", &["12. maaliskuuta 1985"]),
            ("született 1985. március 12.", &["1985. március 12."]),
            ("생년월일 1985. 3. 12.", &["1985. 3. 12"]),
            ("تاريخ الميلاد 12 مارس 1985", &["12 مارس 1985"]),
            ("जन्म तिथि 12 मार्च 1985", &["12 मार्च 1985"]),
            ("sinh ngày 12 tháng 3 năm 1985", &["12 tháng 3 năm 1985"]),
            ("γεννήθηκα 12 Μαρτίου 1985", &["12 Μαρτίου 1985"]),
            ("народилася 12 березня 1985", &["12 березня 1985"]),
            ("DOB: 12 Mar 85, DOB 1985 Mar 12, born 12MAR1985", &["12 Mar 85", "1985 Mar 12", "12MAR1985"]),
            ("geb. 12.März 1985", &["12.März 1985"]),
            ("д.р. 12.03.1985", &["12.03.1985"]),
            ("datum rođenja: 12.03.1985", &["12.03.1985"]),
            ("né(e) le 12/03/1985", &["12/03/1985"]),
            ("born in May 12 people came", &[]),
            ("born in Stuttgart 1985, in Helsinki 1986", &[]),
            ("nací el 12/05/1990", &["12/05/1990"]),
            ("jag är född 1990-05-12", &["1990-05-12"]),
            ("ur. 12.05.1990 w Krakowie", &["12.05.1990"]),
            ("nar. 12.5.1990 v Praze", &["12.5.1990"]),
            ("is ur 12/05/2024 meeting still on", &[]),
            ("när kommer du 2026-05-12", &[]),
            ("ten roden struiken 12-05-2026", &[]),
            ("születtem: 1990.05.12", &["1990.05.12"]),
            ("mi cumpleaños es el 12/05/1990", &["12/05/1990"]),
            ("fiesta de cumpleaños el 12/05/2026", &[]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
