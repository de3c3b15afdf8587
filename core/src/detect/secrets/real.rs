//! Distinguishes secrets from placeholders: repeated `x`, `${TOKEN}`, `your-password-here`.

/// Returns the Shannon entropy of `token`, in bits per byte.
pub(super) fn entropy(token: &[u8]) -> f32 {
    let mut counts = [0_u16; 256];
    for byte in token {
        counts[usize::from(*byte)] += 1;
    }
    let len = f32::from(u16::try_from(token.len()).unwrap_or(u16::MAX));
    let term = |count: &u16| -f32::from(*count) / len * (f32::from(*count) / len).log2();
    counts.iter().filter(|count| **count > 0).map(term).sum()
}

/// Returns whether `token` contains a template placeholder, such as `${NAME}` or `<token>`.
pub(super) fn is_template(token: &str) -> bool {
    let is_variable =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '_' | '1'..='9'));
    ["${", "{{", "<", "$(", "%s", "%(", "[redacted", "..."].iter().any(|marker| token.contains(marker))
        || token.strip_prefix(['$', '%']).is_some_and(is_variable)
}

/// Returns whether `password` is a placeholder, such as `password`, `xxxx` or `DB_PASSWORD`, or looks like a port.
pub(super) fn is_placeholder(password: &str) -> bool {
    let bytes = password.as_bytes();
    let is_repeated = bytes.iter().all(|byte| Some(byte) == bytes.first());
    let is_port = bytes.len() < 6 && bytes.iter().all(u8::is_ascii_digit);
    let is_constant =
        password.contains('_') && bytes.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    let letters: String = password.chars().filter(char::is_ascii_alphabetic).collect();
    let letters = letters.to_ascii_lowercase();
    bytes.len() < 4
        || is_repeated
        || is_port
        || is_constant
        || is_template(password)
        || (letters.len() + 2 >= bytes.len() && PLACEHOLDERS.contains(&&*letters))
        || ["your", "replace", "insert", "enter", "change"].iter().any(|word| letters.starts_with(word))
}

/// Words that people write in place of a password.
const PLACEHOLDERS: &[&str] = &[
    "apikey",
    "credential",
    "credentials",
    "dbpassword",
    "dummy",
    "example",
    "foobar",
    "hidden",
    "masked",
    "mypass",
    "mypassword",
    "mysecret",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "placeholder",
    "redacted",
    "removed",
    "secret",
    "somepassword",
    "thepassword",
    "token",
    "userpassword",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_letters_have_no_entropy() {
        assert!(entropy(b"aaaaaaaa") < 0.01);
        assert!((entropy(b"abcdabcd") - 2.0).abs() < 0.01);
    }

    #[test]
    fn recognizes_placeholders() {
        for password in [
            "password",
            "Password1",
            "abc",
            "1111",
            "8080",
            "xxxxxxxxxx",
            "****",
            "${DB_PASS}",
            "$PASSWORD",
            "<password>",
            "DB_PASSWORD",
            "your-password",
            "change_me",
            "%s",
        ] {
            assert!(is_placeholder(password), "{password}");
        }
        for password in
            ["hunter2", "pass", "p$ssw0rd", "deadbeef", "correct-horse", "password-of-bob-77", "123456"]
        {
            assert!(!is_placeholder(password), "{password}");
        }
    }
}
