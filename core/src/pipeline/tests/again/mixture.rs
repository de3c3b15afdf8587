//! Random mixtures of what rules find and what they do not: words, disguises, personal data, links, mentions, emoji and signs.

/// Words and phrases that `profanity` finds.
const SWEARING: &[&str] = &[
    "fuck",
    "shit",
    "cunt",
    "bitch",
    "asshole",
    "faggot",
    "dick",
    "cock",
    "pussy",
    "whore",
    "slut",
    "bastard",
    "ass",
    "tits",
    "porn",
    "penis",
    "fucking",
    "bullshit",
    "wanker",
    "twat",
    "dickhead",
    "retard",
    "kys",
    "cum",
    "boner",
    "kill yourself",
    "jack off",
    "blow job",
    "suck my dick",
    "eat shit",
    "rim job",
];

/// Words and phrases of the list of a user.
pub(super) const LISTED: &[&str] =
    &["darn", "idiot", "get lost", "snowflake", "bloed", "noob", "crypto pump", "c++", "дурак", "баран"];

/// Personal data.
const PERSONAL: &[&str] = &[
    "(415) 555-2671",
    "415-555-2671",
    "415.555.2671",
    "+14155552671",
    "+1 (415) 555-2671",
    "4155552671",
    "+44 20 7946 0958",
    "+49 30 23456789",
    "+33 1 70 18 99 12",
    "1-800-555-0199",
    "4111 1111 1111 1111",
    "4111111111111111",
    "5500-0000-0000-0004",
    "3782 822463 10005",
    "6011000990139424",
    "DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "GB82 WEST 1234 5698 7654 32",
    "NL91ABNA0417164300",
    "bob@example.com",
    "ann.lee+x@mail.example.org",
    "bob at example dot com",
    "bob [at] example [dot] com",
    "192.168.10.24",
    "10.0.0.1",
    "2001:db8::8a2e:370:7334",
    "00:1b:44:11:3a:b7",
    "12 Main Street",
    "742 Evergreen Terrace, Springfield, IL 62704",
    "10 Downing Street, London SW1A 2AA",
    "Hauptstraße 5, 10115 Berlin",
    "PO Box 123",
    "12 rue de la Paix, 75002 Paris",
    "078-05-1120",
    "219-09-9999",
    "born 12/05/1984",
    "dob: 1990-01-31",
    "QQ123456C",
    "123.456.789-09",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
];

/// Links and mentions.
const LINKS: &[&str] = &[
    "https://example.com/x",
    "example.com",
    "www.example.org",
    "hxxps://bad[.]example[.]com/a?b=1",
    "example dot com",
    "bit.ly/3xYzAb",
    "http://192.168.10.24/a",
    "@bob",
    "@everyone",
    "<@U024BE7LH>",
    "t.me/joinchat",
];

/// What no rule finds: words of English and of other languages, numbers and signs.
const OTHERS: &[&str] = &[
    "the",
    "a",
    "i",
    "you",
    "class",
    "pass",
    "hello",
    "world",
    "order",
    "Scunthorpe",
    "assassin",
    "summa",
    "cocktail",
    "grass",
    "shift",
    "it",
    "is",
    "this",
    "bug",
    "meeting",
    "lol",
    "s",
    "t",
    "b",
    "x",
    "pen",
    "glass",
    "call",
    "at",
    "dot",
    "com",
    "my",
    "number",
    "street",
    "road",
    "ext",
    "call me",
    "привет",
    "schön",
    "こんにちは",
    "世界",
    "สวัสดี",
    "مرحبا",
    "zebra의",
    "шапка",
    "1",
    "2",
    "42",
    "007",
    "3.14",
    "10:30",
    "2026-11-29",
    "100%",
    "69",
    "8008",
    "1234",
    "555",
    "12345",
    "90210",
    "#tag",
    "!",
    "?",
    "...",
    "*",
    "**",
    "_",
    "#",
    "@",
    "$",
    "/",
    "|",
    "(",
    ")",
    "[",
    "<",
    "--",
    "~",
    "`",
    "🙂",
    "❤️",
    "🖕",
    "—",
    "¡",
    "&",
    "^",
    "%",
    "+",
    ":",
    "'",
    "\"",
    "=",
    "1️⃣",
];

/// What stands between two pieces of a text.
const BETWEEN: &[&str] = &[
    " ", " ", " ", " ", " ", " ", "", "", "", ".", "-", ", ", ",", "\n", "/", "_", "🙂", "|", ":", "*",
    "\u{200b}",
];

/// What people write for a letter.
const SIGNS: &[(char, &str)] = &[
    ('a', "4@а"),
    ('e', "3е"),
    ('i', "1!і"),
    ('o', "0о"),
    ('s', "5$ѕ"),
    ('t', "7+"),
    ('c', "(<с"),
    ('u', "vυ"),
];

/// A generator of random numbers (`SplitMix64`).
pub(super) struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Returns a number below `end`, which must not be 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end as u64).unwrap_or(0)
    }

    /// Returns one of `items`.
    pub(super) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// Returns a text of two to eight pieces, at least one of which is probably found.
pub(super) fn mixture(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..2 + dice.below(7) {
        let piece = match dice.below(10) {
            0 => dice.pick(SWEARING).to_owned(),
            1 => disguised(dice.pick(SWEARING), dice),
            2 => dice.pick(LISTED).to_owned(),
            3 => disguised(dice.pick(LISTED), dice),
            4 | 5 => dice.pick(PERSONAL).to_owned(),
            6 => dice.pick(LINKS).to_owned(),
            _ => dice.pick(OTHERS).to_owned(),
        };
        text.push_str(&piece);
        text.push_str(dice.pick(BETWEEN));
    }
    text
}

fn disguised(word: &str, dice: &mut Dice) -> String {
    let letters: Vec<char> = word.chars().collect();
    let joined = |between: &str| letters.iter().map(char::to_string).collect::<Vec<_>>().join(between);
    let at = 1 + dice.below(letters.len() - 1);
    match dice.below(12) {
        0 => joined(" "),
        1 => joined("."),
        2 => joined("-"),
        3 => word.to_uppercase(),
        4 => letters.iter().rev().collect(),
        5 => format!("{}{}{}", letters[0], "*".repeat(letters.len() - 2), letters[letters.len() - 1]),
        6 => letters.iter().map(|letter| letter.to_string().repeat(1 + dice.below(3))).collect(),
        7 => joined("\u{336}"),
        8 => format!("{word}{}", dice.pick(&["s", "ed", "er", "ing", "hole", "face", "1"])),
        9 => {
            let (before, after): (String, String) =
                (letters[..at].iter().collect(), letters[at..].iter().collect());
            format!("{before}{}{after}", dice.pick(&["*", "-", "_", ".", " ", "\u{200b}"]))
        }
        _ => letters.iter().map(|letter| sign(*letter, dice)).collect(),
    }
}

/// Returns a sign for `letter`, or the letter.
fn sign(letter: char, dice: &mut Dice) -> char {
    let signs = SIGNS.iter().find(|(of, _)| *of == letter).filter(|_| dice.below(2) == 0);
    let signs: Vec<char> = signs.map(|(_, signs)| signs.chars().collect()).unwrap_or_default();
    if signs.is_empty() { letter } else { dice.pick(&signs) }
}
