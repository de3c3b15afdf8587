//! Words that are offensive in one language and ordinary in another.
//!
//! A list that contains such a word causes false positives for people who write the other language. The table is only used for
//! warnings, because the word may be appropriate in a list for channels of one language.

use super::Problem;

/// A word, the language in which it is ordinary, and its meaning there.
type Collision = (&'static str, &'static str, &'static str);

/// The known collisions, sorted by word.
const COLLISIONS: &[Collision] = &[
    ("am", "English", "I am"),
    ("ano", "Portuguese and Spanish", "year, when written without its tilde"),
    ("ass", "German", "ace"),
    ("balle", "French", "ball"),
    ("bite", "English", "bite"),
    ("bra", "Swedish and Norwegian", "good"),
    ("coger", "Spanish, in Spain", "to take"),
    ("con", "Spanish and Italian", "with"),
    ("concha", "Spanish", "shell"),
    ("cu", "chemistry", "copper"),
    ("cum", "Latin phrases", "with, as in cum laude"),
    ("curva", "Portuguese, Spanish and Italian", "curve"),
    ("del", "Spanish and Italian", "of the"),
    ("dick", "German", "thick; also a first name"),
    ("die", "German", "the"),
    ("fag", "Danish and Norwegian", "subject"),
    ("fan", "English", "fan"),
    ("fart", "Danish, Norwegian and Swedish", "speed"),
    ("fick", "Swedish", "got"),
    ("gland", "English", "gland"),
    ("got", "English", "got"),
    ("hard", "English", "hard"),
    ("hell", "German", "bright"),
    ("ho", "Italian", "I have"),
    ("huy", "Vietnamese", "a first name"),
    ("kunt", "Dutch", "you can"),
    ("kurva", "Swedish and Norwegian", "curve"),
    ("lund", "Swedish", "grove; a city and a surname"),
    ("mona", "Spanish", "pretty; a first name"),
    ("perse", "English", "per se, run together"),
    ("pet", "English", "pet"),
    ("peter", "English", "a first name"),
    ("pica", "English", "pica, a unit of type"),
    ("pik", "Dutch and Danish", "pike, spade"),
    ("pine", "English", "pine"),
    ("pinto", "Portuguese and Spanish", "a surname; a bean"),
    ("prick", "Swedish", "dot"),
    ("pula", "English", "the currency of Botswana"),
    ("puss", "Swedish", "kiss"),
    ("randi", "English and Norwegian", "a first name"),
    ("reich", "German", "rich"),
    ("rosette", "English", "rosette"),
    ("slut", "Swedish, Danish and Norwegian", "end"),
    ("spic", "English", "spic and span"),
    ("suka", "Indonesian and Malay", "to like"),
    ("tits", "English", "tits, the birds"),
    ("willy", "English", "a first name"),
];

/// Returns the collision of `word`, as written in a list, if there is one.
fn collision(word: &str) -> Option<&'static Collision> {
    let word = word.trim().to_lowercase();
    COLLISIONS.iter().find(|(known, ..)| *known == word)
}

/// Returns a warning if `word` is an ordinary word in another language.
pub(crate) fn warn_of_collision(word: &str) -> Option<Problem> {
    let (_, language, meaning) = collision(word)?;
    let help = "use it only in channels where nobody says it, or drop it".to_owned();
    let message = format!("`{word}` is an everyday word: {language} ({meaning})");
    Some(Problem { help: Some(help), ..Problem::new(message) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_collisions_in_a_sorted_table() {
        assert!(COLLISIONS.is_sorted_by_key(|(word, ..)| word));
        assert_eq!(collision(" Hell").map(|(_, language, _)| *language), Some("German"));
        assert_eq!(collision("hell*"), None);
    }
}
