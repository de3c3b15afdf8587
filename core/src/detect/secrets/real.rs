//! Tells a secret from what only stands where one would: a row of `x`, `${TOKEN}`, `your-password-here`.

/// How much each character of `token` tells, in bits.
pub(super) fn bits(token: &[u8]) -> f32 {
    let mut counts = [0_u16; 256];
    for byte in token {
        counts[usize::from(*byte)] += 1;
    }
    let len = f32::from(u16::try_from(token.len()).unwrap_or(u16::MAX));
    let bits = |count: &u16| -f32::from(*count) / len * (f32::from(*count) / len).log2();
    counts.iter().filter(|count| **count > 0).map(bits).sum()
}

/// Whether somebody, or a program, is to fill something in.
pub(super) fn is_open(token: &str) -> bool {
    let variable =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '_' | '1'..='9'));
    ["${", "{{", "<", "$(", "%s", "%(", "[redacted", "..."].iter().any(|sign| token.contains(sign))
        || token.strip_prefix(['$', '%']).is_some_and(variable)
}

/// Whether `password` is none, but the word for one.
pub(super) fn is_placeholder(password: &str) -> bool {
    let bytes = password.as_bytes();
    let same = bytes.iter().all(|byte| Some(byte) == bytes.first());
    let port = bytes.len() < 6 && bytes.iter().all(u8::is_ascii_digit);
    let constant =
        password.contains('_') && bytes.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    let letters: String = password.chars().filter(char::is_ascii_alphabetic).collect();
    let letters = letters.to_ascii_lowercase();
    bytes.len() < 4
        || same
        || port
        || constant
        || is_open(password)
        || (letters.len() + 2 >= bytes.len() && WORDS.contains(&&*letters))
        || ["your", "replace", "insert", "enter", "change"].iter().any(|word| letters.starts_with(word))
}

/// What people write for a password that they do not tell.
const WORDS: &[&str] = &[
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
    fn a_row_of_one_letter_tells_nothing() {
        assert!(bits(b"aaaaaaaa") < 0.01);
        assert!((bits(b"abcdabcd") - 2.0).abs() < 0.01);
    }

    #[test]
    fn words_for_passwords_are_none() {
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
