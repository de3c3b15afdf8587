//! Property tests with generated texts: every link is found with all its parts wherever people write it, and abbreviations, file names and
//! sentences are not found.

use super::clear::ClearText;
use super::host::all_tlds;
use super::scan;
use crate::text::Typed;

/// Returns the links in `text`, as written.
fn found(text: &str) -> Vec<&str> {
    let typed = Typed::new(text);
    let clear = ClearText::of(&typed, true);
    let links = scan::links(clear.text()).into_iter().filter(|link| link.doubt.is_none());
    links.map(|link| &text[clear.origin(link.range)]).collect()
}

const SCHEMES: &[&str] = &["", "http://", "https://", "HTTPS://", "hxxps://", "ftp://", "wss://"];

const NAMES: &[&str] = &[
    "example",
    "shop-24",
    "a1",
    "my.example",
    "www.example",
    "x.y.example",
    "bücher",
    "пример",
    "例え",
    "παράδειγμα",
    "tiếngviệt",
    "xn--bcher-kva",
];

/// Top-level domains, of which some are everyday words.
const TLDS: &[&str] = &[
    "com",
    "org",
    "de",
    "co.uk",
    "рф",
    "みんな",
    "io",
    "app",
    "it",
    "me",
    "in",
    "es",
    "is",
    "shop",
    "so",
    "to",
    "no",
];

/// Ports, paths, queries and fragments. All end in a letter, a digit or a slash.
const TAILS: &[&str] = &[
    "",
    "/",
    ":8080",
    ":8080/a",
    "/a",
    "/a/b.html",
    "/A_b-c~d",
    "/a?b=c&d=e",
    "?a=b",
    "#top",
    "/a#b",
    "/%20x",
    "/@bob/1",
    "/a;b=c",
    "/a,b",
    "/a.b.c/",
    "/päth",
    "/путь",
    "/a/?b[]=1",
    "/a(b)/c",
    "/+a=1",
    "/$1",
    "/a:b",
    "/a!b",
    "/a*b",
];

/// Frames of text around a link: prose, brackets, quotes, Markdown and data.
const FRAMES: &[(&str, &str)] = &[
    ("", ""),
    ("see ", " now"),
    ("see ", "."),
    ("see ", ", ok"),
    ("see ", "!"),
    ("see ", "?"),
    ("see ", "…"),
    ("see: ", ";"),
    ("(", ")"),
    ("[", "]"),
    ("[here](", ")"),
    ("<", ">"),
    ("\"", "\""),
    ("“", "”"),
    ("„", "“"),
    ("«", "»"),
    ("‹", "›"),
    ("「", "」"),
    ("（", "）"),
    ("【", "】"),
    ("`", "`"),
    ("**", "**"),
    ("> ", "\nok"),
    ("a\u{a0}", "\u{a0}b"),
    ("a\u{3000}", "\u{3000}b"),
    ("a\u{202f}", "\u{202f}b"),
    ("请看 ", "。好"),
    ("见：", "，好"),
    ("смотри ", "."),
    ("انظر ", "، ثم"),
    ("देखें ", " यहाँ"),
    ("{\"url\": \"", "\"}"),
    ("href='", "'>"),
    ("a, ", ", b"),
    ("🔥", "🔥"),
];

/// Text in scripts without spaces around a link that consists of ASCII letters and ends in one.
const ATTACHED: &[(&str, &str)] = &[("请看", "吧"), ("これは", "です"), ("주소는", "입니다"), ("ดูที่", "นะ")];

#[test]
fn finds_links_whole_in_every_frame() {
    let (mut tried, mut failing) = (0, Vec::new());
    let mut check = |(before, after): (&str, &str), link: &str| {
        let text = format!("{before}{link}{after}");
        let finds = found(&text);
        tried += 1;
        if finds != [link] {
            failing.push(format!("{text:?}: {finds:?}"));
        }
    };
    for (number, name) in NAMES.iter().enumerate() {
        for tail in TAILS {
            for (turn, scheme) in SCHEMES.iter().enumerate() {
                let tld = TLDS[(number + turn) % TLDS.len()];
                let link = format!("{scheme}{name}.{tld}{tail}");
                for frame in FRAMES.iter().skip(turn % 3).step_by(3) {
                    check(*frame, &link);
                }
                if link.is_ascii() && link.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                    check(ATTACHED[turn % ATTACHED.len()], &link);
                }
            }
        }
    }
    assert!(
        failing.len() * 1000 <= tried,
        "{} of {tried}: {:#?}",
        failing.len(),
        &failing[..failing.len().min(60)]
    );
}

/// Paths in which the script changes, and paths after which the sentence continues in another script.
#[test]
fn a_title_in_a_path_may_change_its_script() {
    for (link, after) in [
        ("https://ko.wikipedia.org/wiki/C언어", " 참고"),
        ("https://ja.wikipedia.org/wiki/C言語", "、"),
        ("https://zh.wikipedia.org/wiki/T恤", "。"),
        ("https://ja.wikipedia.org/wiki/Java仮想マシン", ""),
        ("https://ko.wikipedia.org/wiki/언어C언어", ""),
        ("example.com/tag/IT업계", ""),
        ("example.com/C언어-입문.html", ""),
        ("example.com/a/C言語/b", ""),
        ("example.com/a?q=C언어&n=1", ""),
        ("example.com/a", "请看"),
        ("example.com/a/b1", "에서"),
        ("example.com/a", "吧。"),
        ("example.com/a?id=5", "를 보세요"),
    ] {
        let text = format!("{link}{after}");
        assert_eq!(found(&text), [link], "{text}");
    }
}

#[test]
fn finds_hosts_of_every_top_level_domain() {
    for tld in all_tlds() {
        for link in [format!("example.{tld}/a"), format!("http://example.{tld}")] {
            let text = format!("see {link}, ok");
            assert_eq!(found(&text), [&*link], "{text}");
        }
    }
}

#[test]
fn finds_links_with_user_information_and_addresses() {
    for link in [
        "http://bob@example.com/a",
        "ftp://bob:secret@example.com:21/a",
        "http://[2001:db8::1]/a",
        "http://bob@[2001:db8::1]:8080/a",
        "http://[::ffff:203.0.113.9]/a",
        "ws://[fe80::1%25eth0]/a",
        "https://[::1]:8080/a?b",
        "http://203.0.113.9:80/",
        "203.0.113.9/a",
        "mailto:bob@example.com",
    ] {
        for (before, after) in FRAMES {
            let text = format!("{before}{link}{after}");
            assert_eq!(found(&text), [link], "{text}");
        }
    }
}

/// Texts with dots that are not links.
const NO_LINKS: &[&str] = &[
    "m.in. dlatego",
    "d.m.th. kjo",
    "best.nr. 5",
    "Tel.no 5",
    "art.nr 12",
    "5 mia.kr",
    "s.r.o.",
    "o.s.v.",
    "p.n.e.",
    "f.Kr. 200",
    "e.g. this",
    "i.e. that",
    "z.B.",
    "u.a.",
    "a.k.a",
    "README.md",
    "main.rs",
    "Node.js",
    "v1.2.3",
    "1.2.3-beta",
    "self.name",
    "this.data",
    "foo.bar()",
    "3.in",
    "10.5",
    "Fine.It is",
    "done.Thanks",
    "photo.jpg",
    "Mr.Smith",
    "U.S.A.",
    "10.pm",
    "ASP.NET",
    "...",
    "wait..what",
    "bob@example.com",
];

#[test]
fn ignores_abbreviations_and_files() {
    let mut flagged = Vec::new();
    for text in NO_LINKS {
        for (before, after) in FRAMES {
            let text = format!("{before}{text}{after}");
            if !found(&text).is_empty() {
                flagged.push(format!("{text:?}: {:?}", found(&text)));
            }
        }
    }
    assert!(flagged.len() * 200 <= NO_LINKS.len() * FRAMES.len(), "{}: {flagged:#?}", flagged.len());
}
