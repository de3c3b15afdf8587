//! Tests what is compared of texts, and how well copies are told from other texts.

use super::compared::ComparedContent;
use super::sketch::Sketch;
use crate::text::View;

fn compared(text: &str) -> ComparedContent {
    ComparedContent::of(std::iter::once(&View::new(text)))
}

#[test]
fn what_copies_differ_in_is_left_out() {
    let plain = compared("Buy cheap followers at my-shop.com, today only!");
    assert_eq!(plain.letters, "buycheapfolowersatmyshopcomtodayonly");
    assert_eq!(plain.hosts, ["my-shop.com"]);
    for copy in [
        "BUY CHEAP followers at my-shop.com today only",
        "@ana buy cheap followers at https://www.my-shop.com/x7?ref=9 today only 123",
        "b\u{200b}uy cheap foll\u{200d}owers at MY-SHOP.COM... today only 🔥🔥🔥",
        "Ｂｕｙ ｃｈｅａｐ followers at my-shop[.]com today only",
        "bùy chéap followerss at my-shop.com t0day only",
        "buy cheаp followers at my-shop.com todаy only",
    ] {
        let copy = compared(copy);
        assert_eq!((&copy.letters, &copy.hosts), (&plain.letters, &plain.hosts));
    }
}

#[test]
fn letters_of_wide_scripts_count_twice() {
    assert_eq!(compared("免费领取礼包").count, 12);
    assert_eq!(compared("hello, 123").count, 5);
    assert_eq!(compared("привет").count, 6);
}

/// Numbers from a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Words of everyday chat, of which sentences are made.
const WORDS: &str = "the of and to in is you that it he was for on are as with his they be at one have this from or had by hot but some \
    what there we can out other were all your when up use word how said an each she which do their time if will way about many then them \
    would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know \
    water than call first people may down side been now find any new work part take get place made live where after back little only \
    round man year came show every good me give our under name very through just form much great think say help low line before turn \
    cause same mean differ move right boy old too does tell sentence set three want air well also play small end put home read hand";

fn sentence(random: &mut Random, words: &[&str], letters: usize) -> Vec<String> {
    let mut sentence: Vec<String> = Vec::new();
    while sentence.iter().map(String::len).sum::<usize>() < letters {
        sentence.push(words[random.below(words.len())].to_owned());
    }
    sentence
}

/// Changes `sentence` as people who repeat it do.
fn copy(random: &mut Random, words: &[&str], sentence: &[String], recording: usize) -> String {
    let mut copy = sentence.to_vec();
    let at = random.below(copy.len());
    match recording {
        0 => copy[at] = copy[at].to_uppercase(),
        1 => copy.push("12345".to_owned()),
        2 => copy.insert(at, "@somebody".to_owned()),
        3 => copy.push(words[random.below(words.len())].to_owned()),
        4 => copy[at].push_str("!!! 🔥"),
        5 => copy[at] = words[random.below(words.len())].to_owned(),
        _ => {
            let letter = char::from(b'a' + u8::try_from(random.below(26)).unwrap());
            copy[at] = copy[at].chars().skip(1).chain([letter]).collect();
        }
    }
    copy.join(" ")
}

#[test]
fn copies_of_25_letters_are_found_and_others_are_not() {
    let words: Vec<_> = WORDS.split_whitespace().collect();
    let (mut random, key) = (Random(5), 0x1234_5678_9abc_def0_u128 << 64);
    let sketch = |text: &str| Sketch::of(&compared(text).letters, key);
    let (mut found, mut copies) = (0, 0);
    let mut sketches = Vec::new();
    for round in 0..1400 {
        let letters = 25 + random.below(40);
        let one = sentence(&mut random, &words, letters);
        let original = sketch(&one.join(" "));
        copies += 1;
        found += usize::from(original.is_like(&sketch(&copy(&mut random, &words, &one, round % 7))));
        sketches.push(original);
    }
    assert!(found * 100 >= copies * 93, "{found} of {copies} copies are found");
    let mut alike = 0;
    for (at, one) in sketches.iter().enumerate() {
        alike += sketches[..at].iter().filter(|other| one.is_like(other)).count();
    }
    let pairs = sketches.len() * (sketches.len() - 1) / 2;
    assert!(alike * 1_000_000 <= 100 * pairs, "{alike} of {pairs} pairs are taken for copies");
}
