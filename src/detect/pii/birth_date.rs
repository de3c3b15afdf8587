//! Dates of birth: dates of which the text says that somebody was born on them.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::checks::is_day;
use super::context::{are_alone, is_named};
use super::neighbours::stands_apart;

/// What people say when they tell when they were born, in lower case and without accents.
const WORDS: &[&str] = &[
    "born",
    "dob",
    "d o b",
    "birth",
    "birthday",
    "birthdate",
    "bday",
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
];

/// How dates are written whose first two parts are a month and a day, in either order, or whose month is a word.
const SHAPES: [&str; 4] = [
    r"(?:18|19|20)[0-9]{2}[-/.](?P<a>[0-9]{1,2})[-/.](?P<b>[0-9]{1,2})",
    r"(?P<c>[0-9]{1,2})(?: ?[-/.] ?| )(?P<d>[0-9]{1,2})(?: ?[-/.] ?| )(?:(?:18|19|20)[0-9]{2}|[0-9]{2})",
    r"(?:18|19|20)[0-9]{2}[年년] ?[0-9]{1,2}[月월] ?[0-9]{1,2}[日일]",
    r"(?:[0-9]{1,2}(?:st|nd|rd|th|er|º|\.)? (?:de |of )?)?(?:jan|ene|gen|feb|fev|fév|m[aä]r|apr|abr|avr|ma[iyjg]|jun|giu|jui|jul|lug|aug|ago|ao[uû]|sep|set|o[ck]t|out|ott|nov|de[czsk]|dic|déc)[a-zéûçä]{0,7}\.?,? (?:de )?(?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?(?:18|19|20)[0-9]{2}",
];

/// The dates of birth in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut before): (Vec<Range<usize>>, usize) = (Vec::new(), 0);
    for date in shape().captures_iter(text).filter(is_date) {
        let Some(range) = date.get(0).map(|date| date.range()) else { continue };
        // What is said before another date is said of that one, unless the two are a list.
        let rest = range.start - before..range.end - before;
        let listed =
            found.last().is_some_and(|last| last.end == before && are_alone(&text[before..range.start], &[]));
        if stands_apart(text, &range) && (listed || is_named(&text[before..], &rest, WORDS)) {
            found.push(range.clone());
        }
        before = range.end;
    }
    found
}

/// Whether the numbers of `date` are a month and a day, in either order.
fn is_date(date: &regex::Captures<'_>) -> bool {
    let part = |name| Some(date.name(name)?.as_str().bytes().map(|byte| byte - b'0').collect::<Vec<_>>());
    match (part("a").or_else(|| part("c")), part("b").or_else(|| part("d"))) {
        (Some(a), Some(b)) => is_day(&a, &b) || is_day(&b, &a),
        _ => true,
    }
}

/// Compiled when it is first needed: most rules ask for few kinds.
fn shape() -> &'static Regex {
    static SHAPE: OnceLock<Regex> = OnceLock::new();
    SHAPE.get_or_init(|| {
        let shape = format!("(?i){}", SHAPES.join("|"));
        Regex::new(&shape).expect("the shapes are regular expressions (tested)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_birth() {
        for (text, found) in [
            ("born on 12 May 1990, DOB: 1990-05-12", &["12 May 1990", "1990-05-12"][..]),
            ("DOB 5/12/90", &["5/12/90"]),
            ("born 1990-05-12 and 1992-03-04, met on 2010-05-12", &["1990-05-12", "1992-03-04"]),
            ("geb. am 12. Mai 1990", &["12. Mai 1990"]),
            ("née le 1er août 1990", &["1er août 1990"]),
            ("fecha de nacimiento: 3 de mayo de 1985", &["3 de mayo de 1985"]),
            ("05/12/1990 is my birthday", &["05/12/1990"]),
            ("生年月日：1990年5月12日", &["1990年5月12日"]),
            ("we meet on 2026-11-20, born to run", &[]),
            ("DOB: 45/77/1990", &[]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
