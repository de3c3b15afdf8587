//! The guard: keeps texts from rustrict that would cost it seconds.
//!
//! rustrict follows every way to read a text at once. A letter ends most of them; a sign or digit that may be one of several
//! letters multiplies them and ends none, so a table of numbers takes a thousand times as long as a paragraph. The guard counts
//! how many ways there may be and, when they get out of hand, puts a letter in the way that no word has. Words in disguise are
//! short and hold some letters: it takes more signs in a row than they have.

use super::stream::FOREIGN;

/// How much heat is too much: ten or so signs without a letter.
const LIMIT: u32 = 32;
/// The limit halves, twice, each time the whole text has heated up by this much: no chat does.
const ALLOWANCE: u32 = 500;
/// What a character costs rustrict, in units of the budget: when it is cold, and more for each degree.
const COLD: u64 = 120;
const DEGREE: u64 = 70;

/// Breaks `chars` where following every way to read them would cost too much. Gives about what reading them costs, in units of
/// the [budget](crate::detect::Budget).
pub(super) fn break_up(chars: &mut [char]) -> u64 {
    let (mut heat, mut total, mut cost, mut last) = (0_u32, 0_u32, 0, ' ');
    for c in chars {
        let more = ways(*c);
        // A letter cools, unless it is the one before again, through which rustrict reads on, or may be several itself.
        let cools = c.is_alphabetic() && *c != last && (more == 0 || heat < LIMIT / 4);
        last = *c;
        total += more;
        heat = if cools { heat * 2 / 3 + more } else { heat + more.max(1) };
        if heat > LIMIT >> (total / ALLOWANCE).min(2) {
            *c = FOREIGN;
            heat = 0;
        }
        cost += COLD + DEGREE * u64::from(heat);
    }
    cost
}

/// How much `c` multiplies the ways to read a text.
fn ways(c: char) -> u32 {
    match c {
        'x' | 'X' => 5,
        'i' | 'j' | 'l' | 'I' | 'J' | 'L' => 1,
        'a'..='z' | 'A'..='Z' | ' ' | FOREIGN => 0,
        '*' => 5,
        '3' | '6' | '8' | '9' => 4,
        '0'..='9' | '!' | '|' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '/' | '\\' | '#' | '@' | '^' => 3,
        '$' | '&' | '+' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str) -> (String, u64) {
        let mut chars: Vec<char> = text.chars().collect();
        let cost = break_up(&mut chars);
        (chars.iter().collect(), cost)
    }

    #[test]
    fn prose_and_disguised_words_stay_whole() {
        for text in [
            "Well... that is 50% off, at 12:30 (or so); call me!",
            "m07h3rfuck3r",
            "@$$h0|3 8!+(h",
            "f . u . c . k",
            "f*u*c*k f**k s***",
            "(0(k$u(k3r",
        ] {
            assert_eq!(broken(text).0, text);
        }
    }

    #[test]
    fn no_text_costs_more_than_a_rule_may_spend() {
        let most = 4096 * (COLD + DEGREE * u64::from(LIMIT));
        assert!(most < 10_000_000, "{most}");
        for unit in ["1 2 3 ", "8", "* ", "i!1|l", "x3 ", "9+x(x$5Xx^6 ", "a1! ", "$+&"] {
            let text: String = unit.chars().cycle().take(4096).collect();
            let (broken, cost) = broken(&text);
            assert!(broken.contains(FOREIGN) && cost < most, "{unit:?} costs {cost}");
        }
    }
}
