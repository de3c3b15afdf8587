//! Finds passwords by the names of their settings (`DB_PASSWORD=hunter22`, `"smtp_pass": "hunter22"`), and in configuration files that mark
//! what is secret: manifests of Kubernetes secrets, package sources of `NuGet`.

use std::ops::Range;

use memchr::memchr2_iter;

use super::flaw::Flaw;
use super::{Finds, places, real, sample};

/// Finds passwords in settings of services.
pub(super) fn in_settings(text: &str, found: &mut Finds) {
    for at in memchr2_iter(b'=', b':', text.as_bytes()) {
        let is_name =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'"' | b'\'' | b' ');
        let before = text[..at].bytes().rev().take(MAX_NAME_LEN).take_while(is_name).count();
        let Some(name) = text.get(at - before..at) else { continue };
        let name = name.trim_end_matches(['"', '\'', ' ']);
        let end = at - before + name.len();
        let name = name.rsplit(['"', '\'', ' ']).next().unwrap_or_default();
        if !is_password_name(name) {
            continue;
        }
        let value = value(text, at + 1);
        found.judge(end - name.len()..value.end, "url-password", flaw(&text[value]));
    }
}

/// The maximum length of the name of a setting in bytes, with quotes and spaces.
const MAX_NAME_LEN: usize = 48;

/// Returns whether `name` is the name of a service and a word for a password.
fn is_password_name(name: &str) -> bool {
    // Most names end in another letter.
    if !name.ends_with(['d', 'D', 's', 'S']) || name.len() < 5 {
        return false;
    }
    let mut name = name.replace('-', "_");
    if !name.contains('_') {
        // `dbPassword` is `db_password`.
        name =
            name.chars().flat_map(|c| c.is_ascii_uppercase().then_some('_').into_iter().chain([c])).collect();
    }
    let name = name.to_ascii_lowercase();
    let Some((service, word)) = name.rsplit_once('_') else { return false };
    ["password", "passwd", "pwd", "pass"].contains(&word)
        && service.split('_').any(|service| SERVICES.contains(&service))
}

/// Services whose passwords are written to settings.
const SERVICES: &[&str] = &[
    "admin",
    "amqp",
    "database",
    "db",
    "docker",
    "elastic",
    "elasticsearch",
    "email",
    "ftp",
    "grafana",
    "imap",
    "jenkins",
    "kafka",
    "keystore",
    "ldap",
    "mail",
    "mariadb",
    "mongo",
    "mongodb",
    "mssql",
    "mysql",
    "oracle",
    "pg",
    "postgres",
    "postgresql",
    "rabbitmq",
    "redis",
    "registry",
    "root",
    "sa",
    "sftp",
    "smtp",
    "sql",
    "ssh",
    "vpn",
    "wifi",
];

/// Returns the range of the value after the operator that ends at `at`, without quotes.
pub(super) fn value(text: &str, at: usize) -> Range<usize> {
    let start = text.len() - text[at..].trim_start_matches(['=', '>']).trim_start_matches([' ', '\t']).len();
    let rest = &text[start..];
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        let len = rest[1..].find([quote, '\n']).unwrap_or(0);
        return start + 1..start + 1 + len;
    }
    start..start + rest.find(|c: char| c.is_whitespace() || ";,\"'`<>".contains(c)).unwrap_or(rest.len())
}

/// Returns why `value` is not a password; `None` if it is one. A password has a digit or a sign, and is neither a call nor a look-up in a
/// program.
pub(super) fn flaw(value: &str) -> Option<Flaw> {
    let is_word = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.');
    if value.len() < 6 {
        Some(Flaw::Short)
    } else if let Some(flaw) = real::flaw(value) {
        Some(flaw)
    } else if value.bytes().all(is_word) {
        Some(Flaw::OnlyWords)
    } else if value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        Some(Flaw::Number)
    } else if value.len() > MAX_PASSWORD_LEN
        || value.contains(['(', '[', '{', '$', '%', '<', '\\'])
        || value.starts_with(['/', '.', '*', '&'])
        || value.contains("://")
    {
        Some(Flaw::Expression)
    } else {
        None
    }
}

/// The maximum length of a password in bytes.
const MAX_PASSWORD_LEN: usize = 100;

/// Finds the values in manifests of Kubernetes secrets.
pub(super) fn in_manifests(text: &str, found: &mut Finds) {
    let mut done = 0;
    for at in places(text, "kind: Secret") {
        // A document is searched once, however many times it contains the marker.
        if at < done {
            continue;
        }
        if !text[at + "kind: Secret".len()..].trim_start_matches([' ', '"']).starts_with(['\n', '\r']) {
            continue;
        }
        let start = text[..at].rfind("\n---").map_or(0, |end| end + 1);
        let end = text[at..].find("\n---").map_or(text.len(), |len| at + len);
        done = end;
        let mut in_data = false;
        let mut line_start = start;
        for line in text[start..end].split_inclusive('\n') {
            let from = line_start;
            line_start += line.len();
            let line = line.trim_end();
            if !line.starts_with([' ', '\t']) {
                in_data = matches!(line, "data:" | "stringData:");
            } else if in_data && let Some((name, value)) = line.split_once(": ") {
                let written = value.trim().trim_matches(['"', '\'']);
                let is_short = (written.len() < MIN_SECRET_LEN).then_some(Flaw::Short);
                let flaw = is_short.or_else(|| real::flaw(written)).or_else(|| sample::flaw(written));
                let at = from + name.len() + 2 + value.find(written).unwrap_or(0);
                found.judge(at..at + written.len(), "kubernetes", flaw);
            }
        }
    }
}

/// The minimum length of a value in a manifest: Base64 of a password.
const MIN_SECRET_LEN: usize = 10;

/// Finds the passwords in configuration files of `NuGet`: `<add key="ClearTextPassword" value="hunter22" />`.
pub(super) fn in_package_sources(text: &str, found: &mut Finds) {
    for at in places(text, "Password\"") {
        let is_key = text[..at].trim_end_matches("ClearText").ends_with("<add key=\"");
        let rest = &text[at + "Password\"".len()..];
        let Some(value) = rest.trim_start().strip_prefix("value=\"").filter(|_| is_key) else { continue };
        let password = value.split(['"', '\n']).next().unwrap_or_default();
        let flaw = if password.starts_with('%') {
            Some(Flaw::Template)
        } else {
            real::flaw(password).or((password.len() < 8).then_some(Flaw::Short))
        };
        let start = text.len() - value.len();
        found.judge(start..start + password.len(), "nuget", flaw);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(find: fn(&str, &mut Finds), text: &str) -> Vec<String> {
        let mut finds = Finds::default();
        find(text, &mut finds);
        finds.found.into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn finds_passwords_of_services() {
        for (text, password) in [
            ("DB_PASSWORD=hunter22", "DB_PASSWORD=hunter22"),
            ("export MYSQL_ROOT_PASSWORD='Zx81 pw'", "MYSQL_ROOT_PASSWORD='Zx81 pw"),
            ("{\"smtp_pass\": \"hunter22\"}", "smtp_pass\": \"hunter22"),
            ("our redis-password: Zx81-pw-77, ok?", "redis-password: Zx81-pw-77"),
            ("const dbPassword = \"hunter22\";", "dbPassword = \"hunter22"),
        ] {
            assert_eq!(found(in_settings, text), [password], "{text}");
        }
        for text in [
            "db_password = get_password(1)",
            "db_password = config.password",
            "DB_PASSWORD=${DB_PASSWORD_1}",
            "DB_PASSWORD=changeme1",
            "the db password: it is on the board since 2020",
            "smtp_pass: 2",
            "bypass: a1b2c3d4",
            "user_password: a1b2c3d4",
        ] {
            assert_eq!(found(in_settings, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn finds_values_in_manifests() {
        let manifest = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-db\ndata:\n  password: aHVudGVyMjI2Nw==\n  id: ${ID_OF_DB}\n";
        assert_eq!(found(in_manifests, manifest), ["aHVudGVyMjI2Nw=="]);
        assert_eq!(found(in_manifests, &manifest.replace("Secret", "SecretStore")), Vec::<String>::new());
        assert_eq!(found(in_manifests, &manifest.replace("data:", "spec:")), Vec::<String>::new());
    }

    #[test]
    fn finds_passwords_of_package_sources() {
        let line = "<add key=\"ClearTextPassword\" value=\"hunter22-nuget\" />";
        assert_eq!(found(in_package_sources, line), ["hunter22-nuget"]);
        assert_eq!(
            found(in_package_sources, &line.replace("hunter22-nuget", "%NUGET_PASSWORD%")),
            Vec::<String>::new()
        );
    }
}
