//! [`Shape`]: how a message of the maximum size is made, and how it is varied.

use chimeflow::detect::Detectors;

/// The size of the largest message.
pub(crate) const LARGEST: usize = 4096;

/// A sequence of numbers that is the same for the same seed (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Random(pub u64);

impl Random {
    /// Returns a number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from((z ^ (z >> 31)) % limit).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The parts of messages: texts that detectors look for, and separators.
#[derive(Debug)]
pub(crate) struct Fragments(Vec<Vec<String>>);

/// The kinds of fragments. Most bad messages consist of one kind, so all are equally likely.
const KINDS: &[&[&str]] = &[
    &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "45", "8008135", "١", "４"],
    &[
        "@", "$", "!", "|", "(", ")", "[", "]", "{", "}", "<", ">", "+", "&", "#", "%", "^", "~", "\\", "=",
        ";", "\"",
    ],
    &[" ", ".", "-", "_", "*", "/", "\n", ",", ":", "'", "\t", "\u{a0}", "·", "\u{2028}", "**", "``", " - "],
    &["a", "b", "c", "e", "f", "h", "i", "k", "l", "n", "o", "s", "t", "u", "x", "A", "S", "I", "F"],
    &[
        "é", "ß", "а", "с", "о", "υ", "ｆ", "𝓯", "Ⓢ", "🅵", "ſ", "ﬀ", "漢", "あ", "한", "ا", "ท", "ि", "ı",
        "İ", "Ǆ",
    ],
    &["\u{301}", "\u{302}", "\u{336}", "\u{20dd}", "\u{345}", "\u{5b0}", "\u{e0100}", "\u{fe0f}"],
    &[
        "\u{200b}",
        "\u{200d}",
        "\u{ad}",
        "\u{202e}",
        "\u{202c}",
        "\u{2060}",
        "\u{feff}",
        "\u{e0041}",
        "\u{e000}",
        "\0",
    ],
    &["😀", "👨‍👩‍👧", "🏳️‍🌈", "1️⃣", "🇺🇸", "👍🏽", "❤️"],
    &[
        "http://",
        "https://",
        "hxxp://",
        "://",
        "www.",
        ".com",
        "example",
        "a.co",
        "[.]",
        " dot ",
        "?",
        "user:pw@",
        ":80",
        "xn--",
        "%41",
        "みんな",
    ],
    &[
        "a@b.co",
        " at ",
        "[at]",
        "+1",
        "+49",
        "(415)",
        "555",
        "::",
        "fe80",
        "10.0.",
        "4111",
        "GB82",
        "bc1",
        "0x",
        "078-05-1123",
    ],
    &[
        "AKIA",
        "ghp_",
        "eyJ",
        "sk_live_",
        "xoxb-",
        "-----BEGIN ",
        "PRIVATE KEY-----",
        "api_key=",
        "password: ",
        "token",
        "aA0",
        "zZ9xY8",
    ],
    &[
        "fuck", "shit", "ass", "sh", "fu", "ck", "cunt", "dick", "bitch", "nigg", "tit", "cum", "hell",
        "sex", "kill", "as", "an", "it", "the", "is",
    ],
    &[
        "f*ck", "s**t", "5h1t", "4$$", "a55", "b!tch", "(_)", "|<", "\\/", "ph", "@ss", "c*", "***", "l33t",
        "1'm", "tI", "VV", "|-|",
    ],
    &[
        "push it",
        "mass ",
        "class",
        "assassin",
        "Scunthorpe",
        "shiitake",
        "cocktail",
        "peacock",
        "hello ",
        "wife",
        "basement",
        "grape",
    ],
    &[
        "@a",
        "@everyone",
        "<@U",
        "<!here>",
        "#tag",
        "aaaa",
        "spam ",
        "WHY ",
        "\n\n",
        "cat",
        "shut up",
        "aa ",
        "as as ",
    ],
];

impl Fragments {
    /// Returns these fragments, and the words of every detector's examples.
    pub(crate) fn new() -> Self {
        let mut kinds: Vec<Vec<String>> =
            KINDS.iter().map(|kind| kind.iter().map(|&fragment| fragment.to_owned()).collect()).collect();
        for kind in Detectors::builtin().all() {
            let texts = kind.examples.iter().flat_map(|example| example.text.split_inclusive(' '));
            let words: Vec<_> = texts.map(str::to_owned).collect();
            // Detectors that count have no examples.
            kinds.extend((!words.is_empty()).then_some(words));
        }
        Self(kinds)
    }

    fn one(&self, random: &mut Random) -> String {
        match random.below(20) {
            0 => char::from(u8::try_from(32 + random.below(95)).unwrap_or(b' ')).to_string(),
            1 => char::from_u32(u32::try_from(random.below(0x3000)).unwrap_or(0)).unwrap_or(' ').to_string(),
            _ => {
                let kind = random.below(self.0.len());
                random.pick(&self.0[kind]).clone()
            }
        }
    }
}

/// Fragments that are repeated until a message is full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape(Vec<String>);

impl Shape {
    /// Returns a shape that repeats one text.
    pub(crate) fn of(unit: &str) -> Self {
        Self(vec![unit.to_owned()])
    }

    /// Returns random fragments in any order, mostly a few that are repeated.
    pub(crate) fn random(fragments: &Fragments, random: &mut Random) -> Self {
        let palette: Vec<_> = (0..=random.below(5)).map(|_| fragments.one(random)).collect();
        let most = *random.pick(&[1, 3, 10, 60, 800]);
        Self((0..=random.below(most)).map(|_| random.pick(&palette).clone()).collect())
    }

    /// Returns this shape with a random change.
    pub(crate) fn changed(&self, fragments: &Fragments, random: &mut Random) -> Self {
        let mut pieces = self.0.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(pieces.len());
            match random.below(8) {
                0 => pieces[at] = fragments.one(random),
                1 => pieces.insert(at, fragments.one(random)),
                2 => {
                    let again = random.pick(&pieces).clone();
                    pieces.insert(at, again);
                }
                3 if pieces.len() > 1 => drop(pieces.remove(at)),
                4 => {
                    let other = random.below(pieces.len());
                    pieces.swap(at, other);
                }
                5 if pieces.len() < 400 => pieces.extend_from_within(..),
                6 => pieces.truncate(at.max(1)),
                _ => {
                    let (old, new) = (pieces[at].clone(), fragments.one(random));
                    for piece in pieces.iter_mut().filter(|piece| **piece == old) {
                        piece.clone_from(&new);
                    }
                }
            }
        }
        Self(pieces)
    }

    /// Returns the text that is repeated.
    pub(crate) fn unit(&self) -> String {
        self.0.concat()
    }

    /// Returns the message, which consists of whole characters.
    pub(crate) fn text(&self) -> String {
        let unit = self.unit();
        if unit.is_empty() {
            return " ".repeat(LARGEST);
        }
        let mut text = unit.repeat(LARGEST / unit.len() + 1);
        text.truncate(text.floor_char_boundary(LARGEST));
        text
    }
}
