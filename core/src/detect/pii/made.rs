//! Generates random personal data, and random texts that resemble it, for tests.

use super::checks::luhn;
use super::random::Random;

/// Generates a payment card number in one of the usual groupings.
pub(super) fn card(random: &mut Random) -> String {
    let (prefix, sizes) = random.one_of(&[
        ("4", &[16][..]),
        ("4", &[4, 4, 4, 4]),
        ("52", &[16]),
        ("55", &[4, 4, 4, 4]),
        ("37", &[15]),
        ("34", &[4, 6, 5]),
        ("6011", &[4, 4, 4, 4]),
        ("36", &[14]),
        ("3530", &[16]),
    ]);
    let len: usize = sizes.iter().sum();
    let body = format!("{prefix}{}", random.digits(len - prefix.len() - 1));
    let check = ('0'..='9').find(|check| luhn(&digits(&format!("{body}{check}"))));
    in_groups(&format!("{body}{}", check.unwrap()), sizes, random.one_of(&[" ", "-"]))
}

fn digits(text: &str) -> Vec<u8> {
    text.bytes().map(|byte| byte - b'0').collect()
}

/// Returns `number` in groups of `sizes` with `separator` between them.
fn in_groups(number: &str, sizes: &[usize], separator: &str) -> String {
    let (mut rest, mut groups) = (number, Vec::new());
    for size in sizes {
        let (group, more) = rest.split_at(*size);
        groups.push(group);
        rest = more;
    }
    groups.join(separator)
}

/// Generates an IBAN in one piece or in groups of four.
pub(super) fn iban(random: &mut Random) -> String {
    let (country, letters, len) = random.one_of(&[
        ("DE", 0, 18),
        ("NL", 4, 10),
        ("GB", 4, 14),
        ("AT", 0, 16),
        ("ES", 0, 20),
        ("CH", 0, 17),
        ("PL", 0, 24),
        ("DK", 0, 14),
        ("AE", 0, 19),
        ("BI", 0, 23),
        ("DJ", 0, 23),
        ("EG", 0, 25),
        ("FK", 2, 12),
        ("HN", 4, 20),
        ("IQ", 4, 15),
        ("LC", 4, 24),
        ("LY", 0, 21),
        ("MN", 0, 16),
        ("NI", 4, 20),
        ("OM", 0, 19),
        ("RU", 0, 29),
        ("SD", 0, 14),
        ("SO", 0, 19),
        ("ST", 0, 21),
        ("TL", 0, 19),
        ("UA", 0, 25),
        ("VA", 0, 18),
        ("XK", 0, 16),
        ("YE", 4, 22),
    ]);
    let bank: String = (0..letters).map(|_| random.letter()).collect();
    let body = format!("{bank}{}", random.digits(len));
    let account = (2..99).map(|check| format!("{country}{check:02}{body}"));
    let account = account.into_iter().find(|account| super::iban::is_iban(account)).unwrap();
    let sizes: Vec<_> = (0..account.len()).step_by(4).map(|at| 4.min(account.len() - at)).collect();
    let separator = random.one_of(&["", " ", "-"]);
    in_groups(&account, &sizes, separator)
}

/// Generates an IPv4 or IPv6 address.
pub(super) fn ip(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("2001:db8::{}:{}", random.hex(4), random.hex(4)),
        1 => format!("fe80:0:0:0:{}:{}:{}:1", random.hex(4), random.hex(4), random.hex(3)),
        _ => {
            let first = random.one_of(&[10, 100, 172, 192, 203]);
            format!("{first}.{}.{}.{}", random.below(256), random.below(256), 1 + random.below(254))
        }
    }
}

/// Generates a MAC address.
pub(super) fn mac(random: &mut Random) -> String {
    let separator = random.one_of(&[":", "-"]);
    in_groups(&format!("0{}", random.hex(11)), &[2; 6], separator)
}

/// Generates a North American phone number in one of the national formats.
pub(super) fn north_american(random: &mut Random) -> String {
    let area = random.one_of(&["415", "212", "305", "604", "702", "917"]);
    let (exchange, line) = (random.one_of(&["555", "234", "867", "722"]), random.digits(4));
    match random.below(7) {
        0 => format!("({area}) {exchange}-{line}"),
        1 => format!("{area}.{exchange}.{line}"),
        2 => format!("{area} {exchange} {line}"),
        3 => format!("{area}{exchange}{line}"),
        4 => format!("1-{area}-{exchange}-{line}"),
        5 => format!("({area}){exchange}-{line}"),
        _ => format!("{area}-{exchange}-{line}"),
    }
}

/// Generates a phone number in international format.
pub(super) fn international(random: &mut Random) -> String {
    let last = random.digits(3);
    match random.below(10) {
        0 => format!("+44 20 7946 0{last}"),
        1 => format!("+442079460{last}"),
        2 => format!("+1 (415) 555-2{last}"),
        3 => format!("+1-415-555-2{last}"),
        4 => format!("+1.415.555.2{last}"),
        5 => format!("+1.4155552{last}"),
        6 => format!("+14155552{last}"),
        7 => format!("+33.1.70.18.9{}.{}", &last[..1], &last[1..]),
        8 => format!("+49 30 2345{last}"),
        _ => format!("+61.2.9374.4{last}"),
    }
}

/// Generates a date of birth.
pub(super) fn birth_date(random: &mut Random) -> String {
    let (year, month, day) = (1940 + random.below(80), 1 + random.below(12), 1 + random.below(28));
    match random.below(3) {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 => format!("{month}/{day}/{year}"),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

/// Generates a text that resembles personal data, such as a version, a timestamp or a hash.
pub(super) fn near_miss(random: &mut Random) -> String {
    let (year, month, day) = (2015 + random.below(20), 1 + random.below(12), 1 + random.below(28));
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    let date = format!("{year}{month:02}{day:02}");
    let [major, minor, patch, build] = [20, 30, 10, 10].map(|end| random.below(end));
    match random.below(46) {
        0 => format!("## [{major}.{minor}.{patch}.{build}] - {year}-{month:02}-{day:02}"),
        1 => format!("Chrome/{}.0.0.0 Safari/537.36", 90 + random.below(60)),
        2 => format!("bump to {}.{minor}.{patch}.{build}", major % 10),
        3 => format!("v{major}.{minor}.{patch}-rc.{build}"),
        4 => format!("lib-{major}.{minor}.{patch}.{build}.jar"),
        5 => format!("{major}.{}", random.some_digits(4, 17)),
        6 => format!("0,{}", random.some_digits(6, 17)),
        7 => format!("$1,{},{}.{}", random.digits(3), random.digits(3), random.digits(2)),
        8 => format!("12.{}.{},{} €", random.digits(3), random.digits(3), random.digits(2)),
        9 => format!("hosted-eu-{date}-{:02} is up", random.below(100)),
        10 => format!("backup-{date}{:02} done", random.below(24)),
        11 => format!("see {date}-{hour:02}{minute:02}{second:02}.log"),
        12 => format!("IMG_{date}_{hour:02}{minute:02}{second:02}.jpg"),
        13 => format!("{day:02}.{month:02}.-{day:02}.{month:02}.{year}"),
        14 => format!("{year}-{month:02}-{day:02}/{year}-{month:02}-{day:02}"),
        15 => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{}", random.digits(6)),
        16 => format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
        17 => {
            let [a, b, c, d] = [8, 4, 4, 12].map(|len| random.hex(len));
            format!("{a}-{b}-4{}-{c}-{d}", random.hex(3))
        }
        18 => random.hex(40),
        19 => format!("commit {}", random.hex(7)),
        20 => format!("sha256:{}", random.hex(64)),
        21 => format!("order {}-{}-{}", random.digits(3), random.digits(7), random.digits(7)),
        22 => format!("1Z{}{}", random.hex(3).to_uppercase(), random.digits(12)),
        23 => format!("#{} {}", 1 + random.below(90_000), random.below(900)),
        24 => format!("{minute}.{}, -{second}.{}", random.digits(4), random.digits(5)),
        25 => format!("#{} rgb({minute}, {second}, {hour})", random.hex(6)),
        26 => format!("{major}:{minute:02} {minor}-{patch} {year}"),
        27 => format!("{} x {}", random.digits(4), random.digits(4)),
        28 => format!("§ {}.{}.{}.{}", 1 + major, 1 + minor, 1 + patch, 1 + build),
        29 => format!("INV-{year}-{}", random.digits(6)),
        30 => format!("PO 20{}", random.digits(8)),
        31 => format!("RMA-{}", random.digits(10)),
        32 => format!("415{} bytes", random.digits(7)),
        33 => format!("versión {}.{minor}.{patch}.{build}", major % 10),
        34 => format!("バージョン{}.{minor}.{patch}.{build}", major % 10),
        35 => format!("版本：{}.{minor}.{patch}.{build}", major % 10),
        36 => format!("обновлено до {}.{minor}.{patch}.{build}", major % 10),
        37 => format!("08.{minute:02}-12.00 13.00-17.{second:02}"),
        38 => format!("{day:02}.{month:02}.-{day:02}.{month:02}."),
        39 => format!("{day:02}.{month:02}.{:02}-{day:02}.{month:02}.{:02}", year % 100, year % 100),
        40 => format!("report_{year}_{month:02}_{day:02}_{hour:02}{minute:02}.pdf"),
        41 => format!("Screenshot_{date}-{hour:02}{minute:02}{second:02}.png"),
        42 => format!("ABC-{}-{}", random.digits(4), random.digits(4)),
        43 => format!("{major}.{minor}.{patch}-beta.{build}+build.{date}"),
        44 => format!("0x{}", random.hex(16)),
        _ => format!("{}.{}.{}.{} Scope of the work", 1 + patch % 9, 1 + build, 1 + minor % 9, 2 + major % 9),
    }
}
