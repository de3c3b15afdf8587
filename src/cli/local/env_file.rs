//! Files of environment variables, as other tools read them: one `NAME=VALUE` on each line, comments after `#`, values with or without
//! quotes.
//!
//! Errors name a line and never show a value, because it may be a secret.

/// Parses such a file. Returns the variables in order.
///
/// # Errors
/// If a line is not a variable; the error names the line.
pub(super) fn parse(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut variables = Vec::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        variables
            .push(variable(line).map_err(|expected| format!("line {}: expected {expected}", number + 1))?);
    }
    Ok(variables)
}

/// Returns whether this can be the name of an environment variable that a shell can set.
pub(super) fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|char| char.is_ascii_alphanumeric() || char == '_')
}

fn variable(line: &str) -> Result<(String, String), &'static str> {
    // A shell can read such a file too.
    let line = line.strip_prefix("export ").unwrap_or(line);
    if line.contains('\0') {
        return Err("text: a NUL character cannot be in a variable");
    }
    let (name, value) = line.split_once('=').ok_or("NAME=VALUE")?;
    let name = name.trim();
    if !is_name(name) {
        return Err("the name of a variable before `=`: letters, digits and _");
    }
    let value = value.trim();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(&value[1..], quote)?,
        _ => value.split(" #").next().unwrap_or_default().trim_end().to_owned(),
    };
    Ok((name.to_owned(), value))
}

/// Reads a value after its opening quote. Between double quotes, `\n` is a new line, and `\` before another character is that character.
fn quoted(text: &str, quote: char) -> Result<String, &'static str> {
    let (mut value, mut chars) = (String::new(), text.chars());
    loop {
        match chars.next().ok_or("the quote to be closed")? {
            char if char == quote => break,
            '\\' if quote == '"' => match chars.next().ok_or("the quote to be closed")? {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            char => value.push(char),
        }
    }
    let rest = chars.as_str().trim_start();
    if rest.is_empty() || rest.starts_with('#') {
        Ok(value)
    } else {
        Err("nothing but a comment after the value")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_read_as_other_tools_read_them() {
        for (line, expected) in [
            ("A=b", "b"),
            ("A=", ""),
            (" A = b ", "b"),
            ("export A=b", "b"),
            ("A=b=c", "b=c"),
            ("A=b # comment", "b"),
            ("A=b#c", "b#c"),
            ("A=\"b # c\" # comment", "b # c"),
            ("A='b \\n \"c\"'", "b \\n \"c\""),
            ("A=\"b\\n\\\"c\\\" \\\\\"", "b\n\"c\" \\"),
            ("# comment\n\n\u{feff}A=b".trim_start_matches("# comment\n\n"), "b"),
            ("A=é\r", "é"),
        ] {
            assert_eq!(parse(line), Ok(vec![("A".to_owned(), expected.to_owned())]), "{line}");
        }
        assert_eq!(parse("\n# A=b\n  \n"), Ok(Vec::new()));
        let two = [("A", "1"), ("B", "2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(parse("A=1\nB=2"), Ok(two.to_vec()));
    }

    #[test]
    fn a_line_that_is_no_variable_is_named_and_not_shown() {
        for line in [
            "hunter2",
            "1A=hunter2",
            "A B=hunter2",
            "A='hunter2",
            "A=\"hunter2\\",
            "A='hunter2' hunter2",
            "A=hunter2\0",
            "\0A=hunter2",
        ] {
            let error = parse(&format!("A=b\n{line}\n")).unwrap_err();
            assert!(error.starts_with("line 2: expected ") && !error.contains("hunter2"), "{error}");
        }
    }
}
