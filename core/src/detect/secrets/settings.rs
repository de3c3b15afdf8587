//! Passwords among the settings of a connection, in the environment of a database's program and on its command line.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::{Finds, real};

/// The passwords of settings in `text`: `Server=db;User Id=bob;Password=hunter2`, `postgres://bob@db.example.com/x?password=hunter2`,
/// `db.example.com:6380,password=hunter2,ssl=True`, `PGPASSWORD=hunter2`.
pub(super) fn in_settings(text: &str, found: &mut Finds) {
    for at in memchr_iter(b'=', text.as_bytes()) {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let len = text[..at].bytes().rev().take(LONGEST_NAME).take_while(is_name).count();
        let start = at - len;
        let name = text[start..at].to_ascii_lowercase();
        let known = match &*name {
            "pgpassword" | "mysql_pwd" => true,
            "password" | "passwd" | "pwd" | "sslpassword" => connects(text, start, at),
            _ => false,
        };
        if !known {
            continue;
        }
        let value = value(text, at + 1, text[..start].ends_with(','));
        if !real::is_placeholder(&text[value.clone()]) {
            found.push((start..value.end, "url-password"));
        }
    }
}

const LONGEST_NAME: usize = 24;

/// How far around a name its neighbours are looked for.
const NEAR: usize = 200;

/// Whether the setting with its name at `start` and its `=` at `at` is one of a connection.
fn connects(text: &str, start: usize, at: usize) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(NEAR));
    let line = text[from..start].rfind('\n').map_or(from, |end| from + end + 1);
    let before = text[line..start].to_ascii_lowercase();
    if ["server=", "data source=", "datasource=", "host=", "jdbc:"].iter().any(|sign| before.contains(sign)) {
        return true;
    }
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    // In the query of a web page, it is a form that was sent, or a page that asks for a password.
    let address =
        word.split_once("://").filter(|(scheme, _)| !scheme.contains("http") && !scheme.ends_with("ws"));
    let to = text.floor_char_boundary((at + NEAR).min(text.len()));
    let listed = || {
        let after = text[at..to].to_ascii_lowercase();
        word.ends_with(',')
            && word.contains('.')
            && ["ssl=", "user=", "abortconnect="]
                .iter()
                .any(|sign| after.contains(sign) || word.contains(sign))
    };
    address.is_some_and(|(_, rest)| rest.contains('?')) || listed()
}

/// The value at `start`: without its quotes, up to where the next setting begins.
fn value(text: &str, start: usize, listed: bool) -> Range<usize> {
    let rest = &text[start..];
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\''))
        && let Some(len) = rest[1..].find(quote)
    {
        return start + 1..start + 1 + len;
    }
    let ends = |c: char| c.is_whitespace() || ";&\"'`<>".contains(c) || listed && c == ',';
    start..rest.find(ends).map_or(text.len(), |len| start + len)
}

/// Passwords that the programs of `MySQL` are given: `mysql -u bob -phunter2`.
pub(super) fn for_mysql(text: &str, found: &mut Finds) {
    for program in ["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump"] {
        for at in memmem::find_iter(text.as_bytes(), program) {
            let (before, after) = (&text[..at], &text[at + program.len()..]);
            if !after.starts_with(' ')
                || before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
            {
                continue;
            }
            let line = &after[..after.find(['\n', '|', ';']).unwrap_or(after.len())];
            let line = &line[..line.floor_char_boundary(NEAR.min(line.len()))];
            let password = [" -p", " --password="].iter().find_map(|option| {
                let start = text.len() - after.len() + line.find(option)? + option.len();
                Some(value(text, start, false))
            });
            found.extend(
                password
                    .filter(|range| is_password(&text[range.clone()]))
                    .map(|range| (range, "url-password")),
            );
        }
    }
}

/// Whether `value` is a password, and not the rest of an option.
fn is_password(value: &str) -> bool {
    value.len() >= 6
        && value.bytes().any(|byte| !byte.is_ascii_lowercase() && byte != b'-')
        && !real::is_placeholder(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(find: fn(&str, &mut Finds), text: &str) -> Vec<String> {
        let mut found = Vec::new();
        find(text, &mut found);
        found.into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn a_password_among_settings_is_one() {
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
        ] {
            assert_eq!(found(in_settings, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_password_for_mysql_is_one() {
        for (text, password) in [
            ("mysql -u root -pZx81-pw shop", "Zx81-pw"),
            ("$ mysqldump --user=bob --password=hunter22 shop > x.sql", "hunter22"),
            ("mariadb -h db -p'Zx81 pw' x", "Zx81 pw"),
        ] {
            assert_eq!(found(for_mysql, text), [password], "{text}");
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
            assert_eq!(found(for_mysql, text), Vec::<String>::new(), "{text}");
        }
    }
}
