//! Finds passwords in connection settings, and in environment variables and options of database clients.

use std::ops::Range;

use memchr::memchr_iter;

use super::flaw::Flaw;
use super::{Finds, places, real};

/// Finds passwords in the settings in `text`: `Server=db;User Id=bob;Password=hunter2`, `postgres://bob@db.example.com/x?password=hunter2`,
/// `db.example.com:6380,password=hunter2,ssl=True`, `PGPASSWORD=hunter2`.
pub(super) fn in_settings(text: &str, found: &mut Finds) {
    for at in memchr_iter(b'=', text.as_bytes()) {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let len = text[..at].bytes().rev().take(MAX_NAME_LEN).take_while(is_name).count();
        let start = at - len;
        let name = text[start..at].to_ascii_lowercase();
        let is_password_name = match &*name {
            "pgpassword" | "mysql_pwd" => true,
            "password" | "passwd" | "pwd" | "sslpassword" => is_connection_setting(text, start, at),
            _ => continue,
        };
        if !is_password_name && !found.explains() {
            continue;
        }
        let value = value(text, at + 1, is_in_list(text, start, at));
        let range = start..value.end;
        match real::flaw(&text[value]) {
            None if !is_password_name => found.reject(range, "url-password", WHY_ALONE),
            flaw => found.judge(range, "url-password", flaw),
        }
    }
}

/// Why a setting is not a connection password.
const WHY_ALONE: &str = "by this name it counts only in a connection string; `DB_PASSWORD` counts anywhere";

/// The maximum length of the name of a setting in bytes.
const MAX_NAME_LEN: usize = 24;

/// The maximum distance from a setting at which other settings of the connection are searched, and the maximum length of a command.
const NEARBY: usize = 200;

/// Returns whether the setting with its name at `start` and its `=` at `at` belongs to a connection.
fn is_connection_setting(text: &str, start: usize, at: usize) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(NEARBY));
    let line = text[from..start].rfind('\n').map_or(from, |end| from + end + 1);
    let before = text[line..start].to_ascii_lowercase();
    if ["server=", "data source=", "datasource=", "host=", "jdbc:"].iter().any(|key| before.contains(key)) {
        return true;
    }
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    // In an HTTP or WebSocket URL, the query comes from a form or from a page that asks for a password.
    let url =
        word.split_once("://").filter(|(scheme, _)| !scheme.contains("http") && !scheme.ends_with("ws"));
    url.is_some_and(|(_, rest)| rest.contains('?')) || is_in_list(text, start, at)
}

/// Returns whether the setting with its name at `start` and its `=` at `at` is one of a list with commas, as clients of Redis write it:
/// `cache.example.net:6380,password=…,ssl=True`, with or without the server.
fn is_in_list(text: &str, start: usize, at: usize) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(NEARBY));
    let word = text[from..start].rsplit(|c: char| c.is_whitespace() || "\"'`".contains(c)).next();
    let before = word.unwrap_or_default().to_ascii_lowercase();
    let to = text.floor_char_boundary((at + NEARBY).min(text.len()));
    let after = text[at..to].split(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
    let has_other = LIST_SETTINGS.iter().any(|key| {
        let is_key = |list: &str| list.split(',').any(|setting| setting.starts_with(key));
        is_key(&before) || after.split_once(',').is_some_and(|(_, rest)| is_key(rest))
    });
    has_other && (before.is_empty() || before.ends_with(','))
}

/// Other settings in the lists of clients of Redis (`StackExchange.Redis`, "Configuration").
const LIST_SETTINGS: &[&str] = &[
    "abortconnect=",
    "allowadmin=",
    "asynctimeout=",
    "channelprefix=",
    "connectretry=",
    "connecttimeout=",
    "defaultdatabase=",
    "keepalive=",
    "servicename=",
    "ssl=",
    "sslhost=",
    "sslprotocols=",
    "synctimeout=",
    "user=",
];

/// Returns the range of the value at `start`, without quotes, up to the next setting. In a list (`in_list`), commas separate settings.
fn value(text: &str, start: usize, in_list: bool) -> Range<usize> {
    let rest = &text[start..];
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\''))
        && let Some(len) = rest[1..].find(quote)
    {
        return start + 1..start + 1 + len;
    }
    let is_end = |c: char| c.is_whitespace() || ";&\"'`<>".contains(c) || in_list && c == ',';
    start..rest.find(is_end).map_or(text.len(), |len| start + len)
}

/// Finds passwords in options of `MySQL` clients: `mysql -u bob -phunter2`.
pub(super) fn in_mysql_options(text: &str, found: &mut Finds) {
    for program in ["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump"] {
        for at in places(text, program) {
            let (before, after) = (&text[..at], &text[at + program.len()..]);
            if !after.starts_with(' ')
                || before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
            {
                continue;
            }
            let line = &after[..after.find(['\n', '|', ';']).unwrap_or(after.len())];
            let line = &line[..line.floor_char_boundary(NEARBY.min(line.len()))];
            let password = [" -p", " --password="].iter().find_map(|option| {
                let start = text.len() - after.len() + line.find(option)? + option.len();
                Some(value(text, start, false))
            });
            if let Some(range) = password {
                let flaw = flaw(&text[range.clone()]);
                found.judge(range, "url-password", flaw);
            }
        }
    }
}

/// Returns why `value` is not a password, but the rest of a long option or a port; `None` if it is one.
fn flaw(value: &str) -> Option<Flaw> {
    if value.len() < 6 {
        Some(Flaw::Short)
    } else if value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        Some(Flaw::OnlyWords)
    } else {
        real::flaw(value)
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
    fn finds_passwords_in_settings() {
        for (text, password) in [
            ("Server=db;User Id=bob;Password=hunter22;", "Password=hunter22"),
            ("Server=tcp:db.example.com;Uid=bob;Pwd=hunter22;Encrypt=yes", "Pwd=hunter22"),
            ("postgres://svc@db.example.com/m?password=Zx81-pw-77", "password=Zx81-pw-77"),
            (
                "try clickhouse://ch.example.com:9440/x?user=bob&password=Zx81-pw-77&secure=true",
                "password=Zx81-pw-77",
            ),
            ("sqlserver://db.example.com?user=sa&PWD=Zx81-pw-77", "PWD=Zx81-pw-77"),
            ("cache.example.net:6380,password=Qx7Zb2Lm9=,ssl=True,abortConnect=False", "password=Qx7Zb2Lm9="),
            ("server,6380,password=Zx81-pw-77,ssl=True", "password=Zx81-pw-77"),
            ("password=Zx81-pw-77,ssl=True", "password=Zx81-pw-77"),
            ("redis: \"cache:6380,password=Zx81-pw-77,ssl=True\"", "password=Zx81-pw-77"),
            ("ssl=true,password=Zx81-pw-77", "password=Zx81-pw-77"),
            ("PGPASSWORD=Zx81-pw-77 psql -h db", "PGPASSWORD=Zx81-pw-77"),
            ("export MYSQL_PWD='Zx81 pw'", "MYSQL_PWD='Zx81 pw"),
        ] {
            assert_eq!(found(in_settings, text), [password], "{text}");
        }
        for text in [
            "Password=hunter22",
            "PWD=/home/bob make",
            "Server=db;Password=<password>",
            "postgres://svc@db.example.com/m?password=${DB_PASSWORD}",
            "https://example.com/login?password=hunter22",
            "PGPASSWORD=$SECRET psql",
            "PGPASSWORD=xxxxxxxx psql",
            "a, b.c,password=hunter22",
            "password=hunter22, user=bob",
            "login(user,password=hunter22)",
            "server,6380,password=<password>,ssl=True",
            "password=,ssl=True",
        ] {
            assert_eq!(found(in_settings, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn finds_passwords_in_mysql_options() {
        for (text, password) in [
            ("mysql -u root -pZx81-pw shop", "Zx81-pw"),
            ("$ mysqldump --user=bob --password=hunter22 shop > x.sql", "hunter22"),
            ("mariadb -h db -p'Zx81 pw' x", "Zx81 pw"),
        ] {
            assert_eq!(found(in_mysql_options, text), [password], "{text}");
        }
        for text in [
            "mysql -u root -p",
            "mysql -u root -p shop",
            "mysql -h db -P 3306 -p3306",
            "mysql -ppassword",
            "mysql -protocol",
            "mysql --protocol=tcp -p\"$PASSWORD\"",
            "my-mysql -pZx81-pw",
            "mysql is up; ssh -pZx81-pw",
        ] {
            assert_eq!(found(in_mysql_options, text), Vec::<String>::new(), "{text}");
        }
    }
}
