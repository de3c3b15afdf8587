//! Recognizes version and section numbers that look like IPv4 addresses.

mod words;

use std::net::Ipv4Addr;
use std::ops::Range;

use self::words::{CHANGE_VERBS, CHANGES, FILLER_WORDS, FOLLOWING, LABELS, VERSIONS};

/// Suffixes of versions: pre-releases, variants of images and packages, and file extensions.
const SUFFIXES: &[&str] = &[
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

/// Words that a URL or log puts before an IP address, separated by a slash or hyphen.
const HOST_LABELS: &[&str] = &[
    "ip", "ipv4", "tcp", "udp", "icmp", "host", "server", "src", "dst", "addr", "address", "from", "to",
    "net",
];

/// Addresses of public DNS resolvers.
const PUBLIC_RESOLVERS: &[[u8; 4]] =
    &[[1, 0, 0, 1], [1, 1, 1, 1], [4, 2, 2, 1], [4, 2, 2, 2], [8, 8, 4, 4], [8, 8, 8, 8], [9, 9, 9, 9]];

/// The maximum distance of a word that indicates a version before the number, in bytes.
const BEFORE: usize = 64;

/// Returns whether the text around the number at `range`, which may be an IPv4 address, shows that it is a version or section number.
pub(super) fn is_version(text: &str, range: &Range<usize>) -> bool {
    let from = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
    let (before, after) = (&text[from..range.start], &text[range.end..]);
    let line = text[..range.start].rsplit('\n').next().unwrap_or_default();
    if is_labelled(before)
        || is_followed_by_label(after)
        || has_package_revision(after)
        || has_version_suffix(after)
        || is_changelog_heading(line, after)
    {
        return true;
    }
    let Ok(number) = text[range.clone()].parse::<Ipv4Addr>() else { return false };
    let is_indicated = is_change(before) || is_requirement(before) || is_alone_in_heading(line, after);
    is_indicated && is_like_version(number) && !has_prefix_length(after) || is_section(line, number, after)
}

/// Returns whether the text around the number at `range` calls it a version, even where an unlabelled number would count as an address: an
/// address in a private network does not rule out a version then.
pub(in crate::detect) fn is_called_version(text: &str, range: &Range<usize>) -> bool {
    let from = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
    is_version(text, range) || is_change(&text[from..range.start]) && !has_prefix_length(&text[range.end..])
}

/// Returns whether `number` is plausible as a version. Versions rarely start with a large number, and addresses that start with 10
/// are private networks.
fn is_like_version(number: Ipv4Addr) -> bool {
    let [first, .., third, last] = number.octets();
    first < 100 && first != 10 || third == 0 && last == 0
}

/// Returns whether `before` ends in a label for a version.
fn is_labelled(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '：', '=', '"', '\'', '(', '[', '.']).to_lowercase();
    // `mount -v 192.168.10.3` has an option.
    LABELS.contains(&last_word(&before)) && !before.ends_with("-v")
        || VERSIONS.iter().any(|version| before.ends_with(version))
        || before.ends_with('§')
}

/// Returns whether `after` starts with a word that names the number before it as a version, as in `1.2.3.4版`.
fn is_followed_by_label(after: &str) -> bool {
    let after = after.trim_start_matches(' ');
    FOLLOWING.iter().any(|word| after.starts_with(word))
}

/// Returns whether `before` ends in a change verb or label, followed only by filler words and other versions.
fn is_change(before: &str) -> bool {
    let before = before.to_lowercase();
    let mut before = before.trim_end_matches([' ', '"', '\'', '`', '*']);
    for _ in 0..4 {
        let word = last_word(before);
        let is_change = CHANGE_VERBS.contains(&word) || LABELS.contains(&word);
        if is_change || VERSIONS.iter().chain(CHANGES).any(|phrase| before.ends_with(phrase)) {
            return true;
        }
        // A word before the first of several versions applies to all of them.
        let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let skipped = if FILLER_WORDS.contains(&word) {
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

/// Returns whether `before` ends as in a version requirement of a package (`pkg==`, `>=`, `pkg-`, `@scope/pkg@`) or in the name of
/// a program (`Chrome/`).
fn is_requirement(before: &str) -> bool {
    let ends_in_name = |separator: char| {
        before.strip_suffix(separator).map(last_word).is_some_and(|word| {
            word.contains(|c: char| c.is_ascii_alphabetic())
                && !HOST_LABELS.iter().any(|host| word.eq_ignore_ascii_case(host))
        })
    };
    // `user@` without a scope is a login to a host.
    let scoped = before.strip_suffix('@').is_some_and(|name| {
        let quote = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`');
        name.rsplit(quote).next().is_some_and(|name| name.contains('/'))
    });
    let compared = ["==", ">=", "<=", "~=", "^"].iter().any(|operator| before.ends_with(operator));
    compared || scoped || ends_in_name('/') || ends_in_name('-')
}

/// Returns whether `after` starts with a package revision such as `-3ubuntu1`, and not with the end of a range of addresses.
fn has_package_revision(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(['-', '~']) else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && !rest[digits..].starts_with('.')
}

/// Returns whether `after` starts with a CIDR prefix length.
fn has_prefix_length(after: &str) -> bool {
    after.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns whether `after` starts with a suffix of versions.
fn has_version_suffix(after: &str) -> bool {
    SUFFIXES.iter().any(|suffix| {
        after.get(..suffix.len()).is_some_and(|start| start.eq_ignore_ascii_case(suffix))
            && !after[suffix.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// Returns whether the number after `line` is in a heading of a changelog: heading characters before it and a date after it.
fn is_changelog_heading(line: &str, after: &str) -> bool {
    let rest = after.trim_start_matches([']', ')', ' ', '(', '-', '*', ':', '/', '=']);
    let has_markup = line.chars().all(|c| matches!(c, '#' | '[' | '=' | '*' | ' '));
    has_markup && !line.trim_start().is_empty() && is_date(rest)
}

/// Returns whether the number after `line` is alone in a heading.
fn is_alone_in_heading(line: &str, after: &str) -> bool {
    let has_markup = line.chars().all(|c| matches!(c, '#' | '=' | ' '));
    let rest = || after.split('\n').next().unwrap_or_default().trim();
    has_markup && !line.trim_start().is_empty() && rest().chars().all(|c| c == '=')
}

/// Returns whether `text` starts with a date, year first.
fn is_date(text: &str) -> bool {
    let Some(date) = text.as_bytes().get(..10) else { return false };
    date.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => matches!(byte, b'-' | b'.' | b'/'),
        _ => byte.is_ascii_digit(),
    })
}

/// Returns whether `number`, between `line` and `after`, is a section number: small parts at the start of a line, before a title.
fn is_section(line: &str, number: Ipv4Addr, after: &str) -> bool {
    let parts = number.octets();
    let small = parts[0] < 10 && parts.iter().all(|part| *part <= 20) && !PUBLIC_RESOLVERS.contains(&parts);
    let titled = after
        .strip_prefix([' ', '\t'])
        .is_some_and(|title| title.trim_start().starts_with(char::is_uppercase));
    small && titled && line.chars().all(|c| matches!(c, '#' | ' ' | '*'))
}

/// Returns the letters and digits at the end of `text`.
fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains_version(text: &str) -> bool {
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let number = &text[start..];
        let len = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        is_version(text, &(start..start + number[..len].trim_end_matches('.').len()))
    }

    #[test]
    fn recognizes_versions() {
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
            "la versión 1.2.3.4",
            "Softwareversion 1.2.3.4",
            "ВЕРСИЯ 1.2.3.4",
            "обновить до 1.2.3.4",
            "バージョン1.2.3.4",
            "最新版本：1.2.3.4",
            "1.2.3.4版",
            "更新到1.2.3.4",
            "버전 1.2.3.4",
            "เวอร์ชัน 1.2.3.4",
            "الإصدار 1.2.3.4",
            "mis à jour vers 1.2.3.4",
            "aktualisiert auf 1.2.3.4",
            "Kapitel 4.2.1.3",
        ] {
            assert!(contains_version(text), "{text:?}");
        }
    }

    #[test]
    fn ignores_addresses() {
        for text in [
            "1.128.1.0",
            "ping 1.128.1.0 now",
            "mount -v 192.168.10.3",
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
            "адрес 10.1.2.3",
            "服务器 1.128.1.0 的",
            "umgestellt auf 192.168.10.45",
        ] {
            assert!(!contains_version(text), "{text:?}");
        }
    }
}
