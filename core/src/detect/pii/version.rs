//! What is a version or the number of a section, and only looks like the address of a machine.

use std::net::Ipv4Addr;
use std::ops::Range;

/// Words before numbers of versions, and of what else is numbered in parts.
const NAMES: &[&str] = &[
    "v",
    "ver",
    "version",
    "versions",
    "release",
    "releases",
    "build",
    "tag",
    "firmware",
    "revision",
    "rev",
    "oid",
    "section",
    "sec",
    "chapter",
    "clause",
    "paragraph",
];

/// What is done from one version to another.
const CHANGES: &[&str] = &[
    "bump",
    "bumps",
    "bumped",
    "bumping",
    "upgrade",
    "upgrades",
    "upgraded",
    "upgrading",
    "update",
    "updates",
    "updated",
    "updating",
    "downgrade",
    "downgraded",
    "pin",
    "pinned",
    "revert",
    "reverted",
];

/// Words that may stand between one of [`CHANGES`] or [`NAMES`] and the number.
const BETWEEN: &[&str] = &["to", "from", "is", "the", "number", "no", "and", "or", "at"];

/// What versions end in: what is not finished, what images and packages are made of, and files.
const ENDS: &[&str] = &[
    "-alpha",
    "-alpine",
    "-beta",
    "-bookworm",
    "-build",
    "-bullseye",
    "-debian",
    "-dev",
    "-el",
    "-final",
    "-ga",
    "-hotfix",
    "-lts",
    "-nightly",
    "-patch",
    "-post",
    "-pre",
    "-preview",
    "-rc",
    "-release",
    "-slim",
    "-snapshot",
    "-ubuntu",
    "-win",
    "-windows",
    "-linux",
    "+build",
    ".apk",
    ".deb",
    ".dll",
    ".dmg",
    ".exe",
    ".gem",
    ".jar",
    ".msi",
    ".nupkg",
    ".rpm",
    ".so",
    ".tar",
    ".tgz",
    ".war",
    ".whl",
    ".zip",
];

/// Hosts that a part of a URL or of a log names before an address.
const HOSTS: &[&str] = &[
    "ip", "ipv4", "tcp", "udp", "icmp", "host", "server", "src", "dst", "addr", "address", "from", "to",
    "net",
];

/// Machines that everybody knows, which answer for the names of all others.
const KNOWN: &[[u8; 4]] =
    &[[1, 0, 0, 1], [1, 1, 1, 1], [4, 2, 2, 1], [4, 2, 2, 2], [8, 8, 4, 4], [8, 8, 8, 8], [9, 9, 9, 9]];

/// How far before a number what says that it is a version stands at most, in bytes.
const BEFORE: usize = 64;

/// Whether the number at `range` of `text`, which may be the address of a machine, is a version instead, by what stands around it.
pub(super) fn is_version(text: &str, range: &Range<usize>) -> bool {
    let from = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
    let (before, after) = (&text[from..range.start], &text[range.end..]);
    let line = text[..range.start].rsplit('\n').next().unwrap_or_default();
    if is_named(before) || is_packaged(after) || has_end(after) || is_headline(line, after) {
        return true;
    }
    let Ok(number) = text[range.clone()].parse::<Ipv4Addr>() else { return false };
    let told = is_changed(before) || is_required(before) || is_alone_in_headline(line, after);
    told && is_like_version(number) && !is_network(after) || is_section(line, number, after)
}

/// Whether `number` could well be a version: those with large numbers in them are rare, and so are private addresses that begin
/// with a ten.
fn is_like_version(number: Ipv4Addr) -> bool {
    let [first, .., third, last] = number.octets();
    first < 100 && first != 10 || third == 0 && last == 0
}

/// Whether `before` says that the number after it is of a version.
fn is_named(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '=', '"', '\'', '(', '[']);
    let word = last_word(before).to_ascii_lowercase();
    NAMES.contains(&word.as_str()) || word.ends_with("version") || before.ends_with('§')
}

/// Whether `before` speaks of a change from one version to another, or of one by its name and words between.
fn is_changed(before: &str) -> bool {
    let mut before = before.trim_end_matches([' ', '"', '\'', '`', '*']);
    for _ in 0..4 {
        let word = last_word(before).to_ascii_lowercase();
        if CHANGES.contains(&word.as_str()) || NAMES.contains(&word.as_str()) {
            return true;
        }
        // One version of several: what is said of the first is said of all.
        let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let skipped = if BETWEEN.contains(&word.as_str()) {
            word.len()
        } else if number.len() < before.len() {
            before.len() - number.len()
        } else {
            return false;
        };
        before = before[..before.len() - skipped].trim_end_matches([' ', ',', '>', '-']);
    }
    false
}

/// Whether `before` asks for a version of a package (`pkg==`, `>=`, `pkg-`, `@scope/pkg@`), or says what a program is (`Chrome/`).
fn is_required(before: &str) -> bool {
    let name = |sign: char| {
        before.strip_suffix(sign).map(last_word).is_some_and(|word| {
            word.contains(|c: char| c.is_ascii_alphabetic())
                && !HOSTS.iter().any(|host| word.eq_ignore_ascii_case(host))
        })
    };
    // `user@` signs in to a machine.
    let scoped = before.strip_suffix('@').is_some_and(|name| {
        let quote = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`');
        name.rsplit(quote).next().is_some_and(|name| name.contains('/'))
    });
    let compared = ["==", ">=", "<=", "~=", "^"].iter().any(|sign| before.ends_with(sign));
    compared || scoped || name('/') || name('-')
}

/// Whether `after` makes a version of a package of what stands before it: `-3ubuntu1`, unless it is the end of a range.
fn is_packaged(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(['-', '~']) else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && !rest[digits..].starts_with('.')
}

/// Whether `after` is the length of a network.
fn is_network(after: &str) -> bool {
    after.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether `after` begins as versions end.
fn has_end(after: &str) -> bool {
    ENDS.iter().any(|end| {
        after.get(..end.len()).is_some_and(|start| start.eq_ignore_ascii_case(end))
            && !after[end.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// Whether the number after `line` is in the headline of what changed: the signs of a headline before it, and a date after it.
fn is_headline(line: &str, after: &str) -> bool {
    let rest = after.trim_start_matches([']', ')', ' ', '(', '-', '*', ':', '/', '=']);
    let signs = line.chars().all(|c| matches!(c, '#' | '[' | '=' | '*' | ' '));
    signs && !line.trim_start().is_empty() && is_date(rest)
}

/// Whether the number after `line` is all there is in a line that is a headline.
fn is_alone_in_headline(line: &str, after: &str) -> bool {
    let signs = line.chars().all(|c| matches!(c, '#' | '=' | ' '));
    let rest = || after.split('\n').next().unwrap_or_default().trim();
    signs && !line.trim_start().is_empty() && rest().chars().all(|c| c == '=')
}

/// Whether `text` begins with a date, the year first.
fn is_date(text: &str) -> bool {
    let Some(date) = text.as_bytes().get(..10) else { return false };
    date.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => matches!(byte, b'-' | b'.' | b'/'),
        _ => byte.is_ascii_digit(),
    })
}

/// Whether `number`, which stands between `line` and `after`, is a section: small parts at the start of a line, and a title after it.
fn is_section(line: &str, number: Ipv4Addr, after: &str) -> bool {
    let parts = number.octets();
    let small = parts[0] < 10 && parts.iter().all(|part| *part <= 20) && !KNOWN.contains(&parts);
    let titled = after
        .strip_prefix([' ', '\t'])
        .is_some_and(|title| title.trim_start().starts_with(char::is_uppercase));
    small && titled && line.chars().all(|c| matches!(c, '#' | ' ' | '*'))
}

/// The letters and digits that `text` ends in.
fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one(text: &str) -> bool {
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let number = &text[start..];
        let len = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        is_version(text, &(start..start + number[..len].trim_end_matches('.').len()))
    }

    #[test]
    fn versions() {
        for text in [
            "## [1.128.1.0] - 2026-09-02",
            "## 1.128.1.0 (2026-09-02)",
            "# 1.128.1.0",
            "## 10.4.2.0 - 2026-09-02",
            "= 1.128.1.0 =",
            "Chrome/128.0.0.0 Safari",
            "bump to 1.128.1.0",
            "upgraded from 1.128.1.0 today",
            "FileVersion: 1.2.3.4",
            "pkg==1.2.3.4",
            "@scope/pkg@1.2.3.4",
            "OID 1.3.6.1",
            "firmware 1.2.3.4",
            "§ 1.2.3.4",
            "tag 1.2.3.4",
            "the version is 1.2.3.4",
            "image:1.2.3.4-alpine",
            "library-1.2.17.1",
            "setup 1.2.3.4.exe",
            "1.2.3.4 Scope of the work",
            "2.6.8.1-3",
        ] {
            assert!(is_one(text), "{text:?}");
        }
    }

    #[test]
    fn addresses() {
        for text in [
            "1.128.1.0",
            "ping 1.128.1.0 now",
            "tcp/10.0.0.1",
            "root@10.0.0.1",
            "# 192.168.0.1 router",
            "server-192.168.10.45-is down",
            "moved to 192.168.10.45",
            "8.8.8.8 Google",
            "8.8.8.0/24",
            "#10.0.0.1 is up",
            "[192.168.0.1] 2026.5",
            "10.1.2.3 Gateway",
            "192.168.0.1 - 2026-09-02",
        ] {
            assert!(!is_one(text), "{text:?}");
        }
    }
}
