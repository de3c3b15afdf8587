//! Finds passwords and keys that people write after a label: `password=hunter2xyz`, `pw: hunter2xyz`, `my passwort ist hunter2xyz`.
//!
//! There is no format and no connection string: only the label and the characters suggest a secret. So only rules that name this kind find
//! it.

use memchr::{memchr_iter, memchr2_iter, memmem};

use super::flaw::Flaw;
use super::{Finds, assigned, random};
use crate::text::is_glued;

/// The name of the kind.
pub(super) const KIND: &str = "labelled";

/// Words for a password, in lower case. Other words may precede them: `db_password`, `my password`.
const PASSWORDS: &[&str] = &[
    "adgangskode",
    "clave",
    "contrasena",
    "contraseña",
    "haslo",
    "hasło",
    "heslo",
    "jelszo",
    "jelszó",
    "kennwort",
    "contrasenya",
    "fjalekalimi",
    "geslo",
    "kata sandi",
    "lozinka",
    "lykilorð",
    "losenord",
    "lösenord",
    "mdp",
    "mot de passe",
    "mat khau",
    "mật khẩu",
    "palavra passe",
    "parola",
    "parool",
    "passcode",
    "pgpassword",
    "slaptazodis",
    "slaptažodis",
    "sshpass",
    "zaporka",
    "pass",
    "passord",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "pw",
    "pwd",
    "salasana",
    "senha",
    "sifre",
    "şifre",
    "wachtwoord",
    "κωδικος",
    "κωδικός",
    "лозинка",
    "парола",
    "пароль",
    "סיסמה",
    "كلمة السر",
    "كلمة المرور",
    "पासवर्ड",
    "รหัสผ่าน",
    "パスワード",
    "口令",
    "密码",
    "密碼",
    "비밀번호",
];

/// Words for a key, which has a random value.
const KEYS: &[&str] =
    &["access key", "api key", "apikey", "auth key", "private key", "secret", "secret key", "token"];

/// Words between a label and its value.
const VERBS: &[&str] = &[
    " is ", " ist ", " lautet ", " est ", " es ", " è ", " é ", " to ", " är ", " er ", " - ", " – ", "是",
    "は", "는 ", "은 ",
];

/// Finds the labelled secrets in `text`.
pub(super) fn find(text: &str, found: &mut Finds) {
    for at in memchr2_iter(b'=', b':', text.as_bytes()) {
        judge(text, at, at + 1, Operator::Sign, found);
    }
    for verb in VERBS {
        for at in memmem::find_iter(text.as_bytes(), verb) {
            judge(text, at, at + verb.len(), Operator::Verb, found);
        }
    }
    for at in memmem::find_iter(text.as_bytes(), "：") {
        judge(text, at, at + "：".len(), Operator::Sign, found);
    }
    for at in memchr_iter(b' ', text.as_bytes()) {
        // Directly after the label, the value must look like a password: `wifi pw Sommer2020x`.
        let range = assigned::value(text, at + 1);
        let value = &text[range.clone()];
        if range.start == at + 1
            && value.len() >= MIN_BARE_LEN
            && value.len() < MAX_BARE_LEN
            && has_letter_and_digit(value)
            && !value.contains(['=', ':', '-'])
        {
            judge(text, at, at + 1, Operator::Verb, found);
        }
    }
}

/// The minimum length of a password directly after its label. Shorter words often mean something else: `password 2fa`.
const MIN_BARE_LEN: usize = 8;

/// The maximum length of such a password, plus one.
const MAX_BARE_LEN: usize = 40;

/// What is between a label and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Sign,
    /// A verb, after which more words are likely.
    Verb,
}

/// Examines a possible label that ends at `end`, and a possible value that starts at `start`.
fn judge(text: &str, end: usize, start: usize, operator: Operator, found: &mut Finds) {
    let Some((label, is_key)) = label(text, end) else { return };
    let value = assigned::value(text, start);
    let value = value.start
        ..value.start + text[value.clone()].trim_end_matches(['.', ',', '!', '?', ')', ']', ':']).len();
    // `password is: …` has two operators and one value.
    let is_known = |(range, kind): &(std::ops::Range<usize>, &str)| *kind == KIND && range.end == value.end;
    if found.found.iter().any(is_known) {
        return;
    }
    let written = &text[value.clone()];
    let flaw = if is_key { key_flaw(written) } else { password_flaw(written, operator) };
    found.judge(label..value.end, KIND, flaw);
}

/// Returns the start of the label that ends at `end`, and whether it is a label for a key.
fn label(text: &str, end: usize) -> Option<(usize, bool)> {
    let from = text.floor_char_boundary(end.saturating_sub(MAX_LABEL_LEN));
    let quotes = ['"', '\'', '`', ' ', '*'];
    let mut before = text[from..end].trim_end_matches(quotes);
    // `password is: …`
    for verb in VERBS {
        if let Some(label) = before.strip_suffix(verb.trim_end()) {
            before = label.trim_end_matches(quotes);
            break;
        }
    }
    let lower = before.replace(['_', '-'], " ").to_lowercase();
    // Words of Chinese and Japanese are not separated: `我的密码`.
    let starts_label = |rest: &str, word: &str| {
        !rest.ends_with(char::is_alphanumeric) || word.starts_with(is_glued) && rest.ends_with(is_glued)
    };
    let is_label = |words: &[&str]| {
        words.iter().any(|word| lower.strip_suffix(word).is_some_and(|rest| starts_label(rest, word)))
    };
    let is_key = is_label(KEYS);
    if !is_key && !is_label(PASSWORDS) {
        return None;
    }
    let start = before
        .rfind(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
        .map_or(0, |at| before.ceil_char_boundary(at + 1));
    Some((from + start, is_key))
}

/// The maximum length of a label in bytes, with quotes and spaces.
const MAX_LABEL_LEN: usize = 32;

/// Returns why `value` is not a key; `None` if it is one.
fn key_flaw(value: &str) -> Option<Flaw> {
    let is_key_char =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+' | b'/' | b'=');
    if value.len() < MIN_KEY_LEN {
        Some(Flaw::Short)
    } else if !value.bytes().all(is_key_char) {
        Some(Flaw::Expression)
    } else if !has_letter_and_digit(value) {
        Some(Flaw::OnlyWords)
    } else {
        random::flaw_of(value)
    }
}

/// The minimum length of a key.
const MIN_KEY_LEN: usize = 15;

/// Returns why `value` is not a password; `None` if it is one.
fn password_flaw(value: &str, operator: Operator) -> Option<Flaw> {
    let has_sign =
        value.contains(['!', '#', '^', '+', '?', '~', '=', '@', '&']) && value.contains(char::is_alphabetic);
    if let Some(flaw) = assigned::flaw(value) {
        Some(flaw)
    } else if value.contains(['/', ':']) || value.split_once('@').is_some_and(|(_, host)| host.contains('.'))
    {
        Some(Flaw::Expression)
    } else if has_letter_and_digit(value) || has_sign && operator == Operator::Sign {
        None
    } else {
        Some(Flaw::OnlyWords)
    }
}

fn has_letter_and_digit(value: &str) -> bool {
    value.contains(char::is_alphabetic) && value.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::pii::random::Random;

    fn found(text: &str) -> Vec<&str> {
        let mut finds = Finds::default();
        find(text, &mut finds);
        finds.found.into_iter().map(|(range, _)| &text[range]).collect()
    }

    /// A password that a person may choose: a word and digits, with signs.
    fn password(random: &mut Random) -> String {
        let word = random.one_of(&["hunter", "Sommer", "blueTiger", "qwertz", "fluffy", "Zx"]);
        let sign = random.one_of(&["", "-", "!", "_", "#"]);
        format!("{word}{sign}{}xy", random.some_digits(2, 6))
    }

    #[test]
    fn finds_what_is_behind_a_label() {
        let mut random = Random::new(1);
        for _ in 0..5_000 {
            let is_key = random.below(3) == 0;
            let label = random.one_of(if is_key { KEYS } else { PASSWORDS });
            let label = if random.below(2) == 0 { label.to_uppercase() } else { label.replace(' ', "_") };
            let (before, operator) = (
                random.one_of(&["", "my ", "the wifi ", "db_"]),
                random.one_of(&["=", ": ", " = ", " is ", ":", " is: ", "：", " - "]),
            );
            let value = if is_key {
                format!("k{}f{}", random.hex(28), random.digits(3))
            } else {
                password(&mut random)
            };
            let after = random.one_of(&["", " ok", ".", ", thanks", "\n"]);
            let text = format!("{before}{label}{operator}{value}{after}");
            let finds = found(&text);
            let is_found = finds.len() == 1 && finds[0].ends_with(&value);
            // A few random keys contain a sequence by chance.
            assert!(is_found || is_key && random::flaw_of(&value).is_some(), "{text}: {finds:?}");
        }
    }

    #[test]
    fn finds_passwords_right_behind_their_label() {
        for (text, value) in [
            ("wifi pw Sommer2020x", "pw Sommer2020x"),
            ("the password Sommer2020x works", "password Sommer2020x"),
            ("我的密码是Sommer2020x", "我的密码是Sommer2020x"),
            ("パスワードはSommer2020x", "パスワードはSommer2020x"),
        ] {
            assert_eq!(found(text), [value], "{text}");
        }
        for text in
            ["password 2fa codes", "reset password within 24hours", "pw protected files", "password4u please"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn ignores_what_people_say_about_passwords() {
        let mut random = Random::new(2);
        let values = [
            "please",
            "forgotten!",
            "it is on the board",
            "see above",
            "****",
            "xxxxxxxx",
            "<password>",
            "${PASSWORD}",
            "not set",
            "None",
            "wrong",
            "2 tries",
            "get_password(1)",
            "config.password",
            "bob@example.com",
            "https://example.com/1",
            "changeme1",
            "optional?",
            "12:30pm",
            "8-10",
            "really?!",
        ];
        for _ in 0..5_000 {
            let label = random.one_of(PASSWORDS);
            let text = format!("{label}{}{}", random.one_of(&["=", ": ", " is "]), random.one_of(&values));
            assert_eq!(found(&text), [""; 0], "{text}");
        }
        for text in [
            "bypass: a1b2c3d4",
            "compass=n270e5x",
            "token: 3rd-party",
            "the token is abc123",
            "secret: a1b2c3",
            "password",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
