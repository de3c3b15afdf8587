//! Ways to write a list that mean something elsewhere and nothing here.

use super::Problem;

/// Returns a warning if `word`, as written in a list, has the syntax of another format: a comment, quotes, a row of a table, an
/// expression. It loads, but is hardly ever found.
pub(super) fn warn_of_habit(word: &str) -> Option<Problem> {
    let word = word.trim();
    if let Some(inner) = expression(word) {
        let help = format!("an expression goes into a rule: `find = {{ regex = '{inner}' }}`");
        return Some(
            Problem::new(format!("`{word}` is a regular expression, and is looked for as it stands"))
                .help(help),
        );
    }
    if has_syntax_of_expressions(word) {
        let help = "an expression goes into a rule: `find = { regex = '…' }`".to_owned();
        let message = format!("`{word}` looks like a regular expression, and is looked for as it stands");
        return Some(Problem::new(message).help(help));
    }
    if let Some(comment) = ["//", "--", "/*", ";"].into_iter().find(|comment| word.starts_with(comment))
        && word.contains(char::is_alphanumeric)
    {
        let help = "a comment begins with `#`".to_owned();
        let message = format!("`{word}` is a word of the list: `{comment}` begins no comment");
        return Some(Problem::new(message).help(help));
    }
    if let Some(inner) = quoted(word) {
        let help = format!("write `{inner}`: in a file the words have no quotes");
        return Some(Problem::new(format!("`{word}` is found only between quotes")).help(help));
    }
    if let Some((before, _)) = word.split_once(" #").or_else(|| word.split_once(" //"))
        && before.contains(char::is_alphanumeric)
    {
        let help = format!("a comment stands on a line of its own; the word is `{}`", before.trim());
        return Some(Problem::new(format!("`{word}` is looked for together with its comment")).help(help));
    }
    if let Some(item) = item(word) {
        let help = format!("write it without: `{item}`");
        return Some(Problem::new(format!("`{word}` is looked for together with its bullet")).help(help));
    }
    if let Some(first) = first_of_several(word) {
        let help = format!("write each on a line or in quotes of its own: `{first}`");
        return Some(Problem::new(format!("`{word}` is one phrase, with its commas")).help(help));
    }
    let cell = cell(word).or_else(|| rated(word))?;
    let help = format!("write one word on each line, and nothing else: `{cell}`");
    Some(Problem::new(format!("`{word}` is a row of a table, and is looked for as it stands")).help(help))
}

/// Returns whether `word` has classes, alternatives or escapes as expressions have them.
fn has_syntax_of_expressions(word: &str) -> bool {
    let has_escape = ["\\b", "\\w", "\\d", "\\s", "\\."].iter().any(|escape| word.contains(escape));
    let between = |open: char, close: char| {
        let (before, rest) = word.split_once(open)?;
        let (inside, after) = rest.split_once(close)?;
        Some((before, inside, after))
    };
    let has_alternatives =
        between('(', ')').is_some_and(|(_, inside, _)| inside.contains('|') && has_letter(inside));
    let has_class = between('[', ']').is_some_and(|(before, inside, after)| {
        let is_inside_word =
            before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        is_inside_word
            && inside.chars().count() > 1
            && inside.chars().all(|c| c.is_alphanumeric() || "-@$!".contains(c))
    });
    has_escape || has_alternatives || has_class
}

/// Returns the item without the bullet or number before it.
fn item(word: &str) -> Option<&str> {
    let bullet = word.strip_prefix(['-', '*', '•', '+']).filter(|rest| rest.starts_with(' '));
    let number = || {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() < word.len())
            .then_some(rest)?
            .strip_prefix(['.', ')'])
            .filter(|rest| rest.starts_with(' '))
    };
    bullet.or_else(number).map(str::trim).filter(|item| has_letter(item))
}

/// Returns the first of three or more short terms with a comma and a space between them.
fn first_of_several(word: &str) -> Option<&str> {
    let terms = || word.split(',').map(str::trim).filter(|term| !term.is_empty());
    let are_short = terms().all(|term| term.split_whitespace().count() <= 2 && has_letter(term));
    (word.contains(", ") && terms().count() > 2 && are_short).then(|| terms().next()).flatten()
}

/// Returns the word before `=` or `:` and a number.
fn rated(word: &str) -> Option<&str> {
    let (term, rating) = word.rsplit_once(['=', ':'])?;
    let rating = rating.trim();
    let is_number = rating.contains(|c: char| c.is_ascii_digit())
        && rating.chars().all(|c| c.is_ascii_digit() || c == '.');
    let term = term.trim();
    (is_number && has_letter(term) && !term.contains([':', '=', '/'])).then_some(term)
}

/// Returns the expression in `/…/` with its flags in Rust syntax, if `word` is one.
pub(in crate::detect) fn expression(word: &str) -> Option<String> {
    let rest = word.strip_prefix('~').unwrap_or(word).trim_start().strip_prefix('/')?;
    let (inner, flags) = rest.rsplit_once('/')?;
    let are_flags = flags.len() <= 6 && flags.bytes().all(|flag| b"dgimsuvxy".contains(&flag));
    if inner.is_empty() || inner.contains('/') && !inner.contains("\\/") || !are_flags {
        return None;
    }
    let flags: String = flags.chars().filter(|flag| "imsx".contains(*flag)).collect();
    let inner = inner.replace("\\/", "/");
    Some(if flags.is_empty() { inner } else { format!("(?{flags}){inner}") })
}

/// Returns what is between the quotes around all of `word`.
fn quoted(word: &str) -> Option<&str> {
    let word = word.trim_end_matches([',', ';']);
    let inner = [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('«', '»'), ('`', '`')]
        .into_iter()
        .find_map(|(open, close)| word.strip_prefix(open)?.strip_suffix(close))?;
    let is_one = !inner.contains(['"', '“', '”', '«', '»']) && inner.contains(char::is_alphanumeric);
    is_one.then_some(inner)
}

/// Returns the cell with most letters, if `word` is several, separated by commas, semicolons, tabs or bars without a space.
fn cell(word: &str) -> Option<&str> {
    let is_separated = |separator: char| {
        let cells = word.split(separator);
        cells.clone().count() > 1 && !word.contains(&format!("{separator} ")) && cells.clone().any(has_letter)
    };
    let separator = [',', ';', '\t', '|'].into_iter().find(|separator| is_separated(*separator))?;
    let letters = |cell: &&str| cell.chars().filter(|c| c.is_alphabetic()).count();
    word.split(separator).max_by_key(letters).map(|cell| quoted(cell).unwrap_or(cell))
}

fn has_letter(cell: &str) -> bool {
    cell.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_to_write_instead() {
        for (word, help) in [
            ("1,heron", "`heron`"),
            ("heron,1", "`heron`"),
            ("\"1\";\"heron\"", "`heron`"),
            ("heron\t0.9", "`heron`"),
            ("\"heron\"", "`heron`"),
            ("\"blue tit\",", "`blue tit`"),
            ("'heron'", "`heron`"),
            ("// a comment", "`#`"),
            ("-- a comment", "`#`"),
            ("/free nitro/gi", "'(?i)free nitro'"),
            ("~/free nitro/", "'free nitro'"),
            (r"\bheron\b", "regex"),
            ("(heron|wren)s", "regex"),
            ("h[e3]ron", "regex"),
            ("heron # a bird", "`heron`"),
            ("heron // a bird", "`heron`"),
            ("- heron", "`heron`"),
            ("* blue tit", "`blue tit`"),
            ("12. heron", "`heron`"),
            ("heron, blue tit, wren", "`heron`"),
            ("heron: 3", "`heron`"),
            ("heron=0.5", "`heron`"),
            (r"/discord\.gg\/\w+/", r"'discord\.gg/\w+'"),
        ] {
            let problem = warn_of_habit(word).unwrap_or_else(|| panic!("{word}"));
            assert!(problem.help.as_ref().is_some_and(|text| text.contains(help)), "{word}: {problem:?}");
        }
        for word in [
            "heron",
            "blue tit",
            "yes, sir",
            "c++",
            "@home",
            "$$$",
            ":)",
            ";)",
            "and/or",
            "/shrug",
            "n/a",
            "rock 'n' roll",
            "d'oh",
            "--",
            "//",
            "\"",
            "1,5",
            "yes, sir, thank you very much",
            "*heron",
            "[heron]",
            "(heron)",
            "c:\\temp",
            "¯\\_(ツ)_/¯",
            "-heron",
            "c#",
            "room 3.5",
            "http://a:80",
            "1. 2",
            "#1",
        ] {
            assert!(warn_of_habit(word).is_none(), "{word}");
        }
    }
}
