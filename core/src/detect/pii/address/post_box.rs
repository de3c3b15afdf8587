//! Matches post-office boxes and addresses of the armed forces.

use super::name::capital_name_end;
use super::roles::Roles;
use super::separator::separator;
use super::street::{Certainty, Street};
use super::tokens::Tokens;

/// Returns a post-office box: `PO Box 123`, `Postfach 12 34`, `BP 90432`, `Apartado de correos 12`.
pub(super) fn post_box(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
    if !tokens.has(start, Roles::BOX) {
        return None;
    }
    let (end, weight) = match tokens.word(start) {
        "po" | "gpo" | "pobox" => (box_word(tokens, start + 1)?, 3),
        "p" => {
            let office = tokens.after_stop(start + 1);
            (tokens.word(office) == "o")
                .then(|| box_word(tokens, tokens.after_stop(office + 1)))?
                .map(|end| (end, 3))?
        }
        "post" => {
            (tokens.word(start + 1) == "office").then(|| box_word(tokens, start + 2))?.map(|end| (end, 3))?
        }
        "locked" | "private" => (tokens.word(start + 1) == "bag").then_some((start + 2, 2))?,
        "rr" | "hc" if tokens.digits(start + 1) > 0 => (box_word(tokens, start + 2)?, 3),
        "casella" | "case" => (tokens.word(start + 1).starts_with("postal")).then_some((start + 2, 2))?,
        "apartado" if tokens.word(start + 1) == "de" => (start + 3, 2),
        "postfach" | "postbus" => (start + 1, 2),
        "apartado" | "bp" | "cs" => (start + 1, 1),
        _ => return None,
    };
    let mut number = end;
    while (1..=6).contains(&tokens.digits(number))
        && number < end + 3
        && (number == end || tokens.digits(number) <= 3)
    {
        number += 1;
    }
    (number > end).then(|| Street { weight, ..Street::new(start, number, Certainty::Weak, true) })
}

/// Returns an address of the armed forces: `PSC 1241, Box 5868`, `USNS Comfort`, before the line of the post office.
pub(super) fn military(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
    if !tokens.has(start, Roles::MILITARY) {
        return None;
    }
    let end = if tokens.word(start).starts_with("us") {
        capital_name_end(tokens, start + 1, 3)
    } else {
        let number = start + 1;
        let after = if tokens.is_sign(number + 1, ',') { number + 2 } else { number + 1 };
        let boxed = box_word(tokens, after).filter(|at| tokens.digits(*at) > 0).map(|at| at + 1);
        (tokens.digits(number) > 0).then_some(boxed.unwrap_or(number + 1))?
    };
    let (_, office) = separator(tokens, end);
    let is_office = matches!(tokens.word(office), "apo" | "fpo" | "dpo")
        && matches!(tokens.word(office + 1), "aa" | "ae" | "ap");
    is_office.then(|| Street { weight: 1, ..Street::new(start, end, Certainty::Weak, true) })
}

/// Returns the index after the word `box` at `at`.
fn box_word(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    (tokens.word(at) == "box").then_some(at + 1)
}
