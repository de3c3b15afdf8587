//! Distinguishes secrets from placeholders: repeated `x`, `${TOKEN}`, `your-password-here`.

use super::flaw::Flaw;

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

/// Returns why `password` is not a real password: a placeholder such as `password`, `xxxx` or `DB_PASSWORD`, or a number that may be a
/// port. Returns `None` if it may be one.
pub(super) fn flaw(password: &str) -> Option<Flaw> {
    let bytes = password.as_bytes();
    let letters: String = password.chars().filter(char::is_ascii_alphabetic).collect();
    let letters = letters.to_ascii_lowercase();
    let is_word = letters.len() + 2 >= bytes.len() && PLACEHOLDERS.contains(&&*letters);
    if bytes.len() < 4 {
        Some(Flaw::Short)
    } else if bytes.iter().all(|byte| Some(byte) == bytes.first()) {
        Some(Flaw::Row)
    } else if bytes.len() < 6 && bytes.iter().all(u8::is_ascii_digit) {
        Some(Flaw::Port)
    } else if password.contains('_') && bytes.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_') {
        Some(Flaw::Constant)
    } else if is_template(password) {
        Some(Flaw::Template)
    } else if is_word
        || ["your", "replace", "insert", "enter", "change"].iter().any(|word| letters.starts_with(word))
    {
        Some(Flaw::Placeholder)
    } else {
        None
    }
}

/// Returns whether `user` and `password` are the words that manuals use: `user:pass`.
pub(super) fn is_login_of_a_sample(user: &str, password: &str) -> bool {
    let is_one_of = |word: &str, words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    is_one_of(user, &["user", "username", "usr", "login", "name", "me", "myuser", "someuser", "foo"])
        && (is_one_of(password, &["pass", "pw", "pwd", "passwd", "mypwd", "bar", "secret123"])
            || names_a_password(password))
}

/// Returns whether `password` is a word for a password, with letters and digits of other words: `password123`, `my-secret`.
pub(super) fn names_a_password(password: &str) -> bool {
    let lower = password.to_ascii_lowercase();
    let digits = lower.bytes().filter(u8::is_ascii_digit).count();
    let signs = lower.bytes().filter(|byte| !byte.is_ascii_alphanumeric() && !b"-_.".contains(byte)).count();
    digits <= 4 && signs == 0 && ["pass", "pwd", "secret", "token"].iter().any(|word| lower.contains(word))
}

/// Words that people write instead of a password.
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
            assert!(flaw(password).is_some(), "{password}");
        }
        for password in
            ["hunter2", "pass", "p$ssw0rd", "deadbeef", "correct-horse", "password-of-bob-77", "123456"]
        {
            assert_eq!(flaw(password), None, "{password}");
        }
    }
}
