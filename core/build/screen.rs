//! Writes the tables of the screen of `profanity`: words in which nothing can be found, and which letters may begin a rated word.

use std::collections::BTreeMap;
use std::error::Error;

use super::grams::{CLASSES, Gram};
use super::hash::{self, BEGINS, EMPTY, HARMLESS, LEAST_LETTER, last_eight, slot_after};
use super::layout::{OTHER, branch};
use super::trie::{Column, Node};

/// Words of chat: the most common ones of English, those that are as common in other languages, and less common ones.
const COMMON: &str = include_str!("../src/detect/profanity/commonest/english.txt");
const SHARED: &str = include_str!("../src/detect/profanity/commonest/shared.txt");
const RARER: &str = include_str!("../src/detect/profanity/commonest/rarer.txt");
/// Letters that are words.
const LETTERS: [&str; 2] = ["a", "i"];
/// Words with an apostrophe.
const CONTRACTIONS: &str = "aren't can't couldn't didn't doesn't don't hadn't hasn't haven't he'd he's how's i'd i'll i'm i've isn't \
    it'd it'll it's let's she'd she's shouldn't that'll that's there's they'd they'll they're they've today's wasn't we'd we're we've \
    weren't what's where's won't wouldn't y'all you'd you'll you're you've";
/// Those in which something may be found: a test says which.
const DOUBTFUL: &str = include_str!("../src/detect/profanity/screen/doubtful.txt");

/// The number of slots: more than twice the number of words, so that most words are found in the first.
const SLOTS: usize = 16_384;

/// Returns the tables for rated words below `root`, whose characters rustrict reads as `readings` say.
pub(crate) fn columns(root: &Node, readings: &BTreeMap<char, String>) -> Result<Vec<Column>, Box<dyn Error>> {
    let readings = Readings { of: readings };
    let classes = readings.classes()?;
    let set = |letters: u32| vec![0_u8; CLASSES.pow(letters).div_ceil(8)];
    let [mut shortest, mut shorter, mut short, mut begins] = [1, 2, 3, 4].map(set);
    let walk = Walk { root, readings: &readings, classes: &classes };
    let start = Begun { gram: Gram::NEW, len: 0, has_ended: false };
    walk.each(start, &[State { node: root, letter: None }], &[], &mut |begun| {
        let index = begun.gram.index();
        let set = match begun.len {
            1 if begun.has_ended => &mut shortest,
            2 if begun.has_ended => &mut shorter,
            3 if begun.has_ended => &mut short,
            4 => &mut begins,
            _ => return,
        };
        set[index / 8] |= 1 << (index % 8);
    });
    let mut begins_severe = set(3);
    walk.each_severe(start, &[State { node: root, letter: None }], &[], &mut |index| {
        begins_severe[index / 8] |= 1 << (index % 8);
    });
    let goes_on =
        |word: &str| [Node::leads_to_rated, Node::leads_to_severe].map(|leads| walk.goes_on(word, leads));
    let mut columns = commonest(goes_on)?;
    columns.extend([
        ("classes", classes.to_vec()),
        ("begins", begins),
        ("short", short),
        ("shorter", shorter),
        ("shortest", shortest),
        ("begins-severe", begins_severe),
        ("severe-pairs", severe_pairs(root)),
    ]);
    Ok(columns)
}

/// Returns, for each letter, the letters that follow it at the beginning of severe words, one bit for each.
fn severe_pairs(root: &Node) -> Vec<u8> {
    let below = |node: &Node| {
        let leads = node.children.iter().filter(|(_, child)| child.leads_to_severe());
        // What is no letter may be left out, so that any letter may follow.
        leads.fold(0_u32, |all, (c, _)| all | if c.is_ascii_lowercase() { bit(*c) } else { u32::MAX })
    };
    ('a'..='z').flat_map(|first| root.children.get(&first).map_or(0, below).to_le_bytes()).collect()
}

/// Returns the branches below `node` to nodes for which `leads` holds.
fn below(node: &Node, leads: fn(&Node) -> bool) -> u32 {
    let leads = node.children.iter().filter(|(_, child)| leads(child));
    leads.fold(0, |all, (c, _)| all | branch_of(*c))
}

fn branch_of(c: char) -> u32 {
    u8::try_from(c).map_or(OTHER, branch)
}

fn bit(letter: char) -> u32 {
    1 << (u32::from(letter) - u32::from('a'))
}

/// Returns the commonest words and the offset of each in the slot of its hash.
fn commonest(goes_on: impl Fn(&str) -> [GoesOn; 2]) -> Result<Vec<Column>, Box<dyn Error>> {
    let rarer = RARER.lines().chain(LETTERS).chain(CONTRACTIONS.split(' ')).map(|word| (word, 0));
    let common = COMMON.lines().map(|word| (word, hash::ENGLISH));
    let shared = SHARED.lines().map(|word| (word, hash::SHARED));
    let mut words: BTreeMap<&str, u8> = BTreeMap::new();
    for (word, flag) in rarer.chain(common).chain(shared) {
        *words.entry(word).or_insert(HARMLESS) |= flag;
    }
    for doubtful in DOUBTFUL.lines() {
        words.entry(doubtful).and_modify(|flags| *flags &= !HARMLESS);
    }
    // Eight bytes before the end of a word are always there.
    let mut text = vec![0; 8];
    let mut slots = vec![EMPTY; SLOTS];
    for (word, flags) in words {
        if word.bytes().any(|byte| byte < LEAST_LETTER) {
            return Err(format!("a word is of letters and apostrophes: {word}").into());
        }
        let mut slot = hash::slot(word.as_bytes(), last_eight(word.as_bytes()), SLOTS);
        while slots[slot] != EMPTY {
            slot = slot_after(slot, SLOTS);
        }
        slots[slot] = u16::try_from(text.len())?;
        text.extend(word.bytes());
        match goes_on(word) {
            ways if flags & HARMLESS != 0 && ways.iter().any(|way| way.branches != 0) => {
                text.push(flags | BEGINS);
                for GoesOn { branches, pairs } in ways {
                    text.extend(branches.to_le_bytes());
                    text.extend(pairs.to_le_bytes());
                }
            }
            _ => text.push(flags),
        }
    }
    let offsets = slots.iter().flat_map(|offset| offset.to_le_bytes()).collect();
    Ok(vec![("commonest", text), ("commonest-offsets", offsets)])
}

/// What rustrict reads letters as.
struct Readings<'a> {
    of: &'a BTreeMap<char, String>,
}

impl Readings<'_> {
    fn of(&self, letter: char) -> String {
        self.of.get(&letter).filter(|read| !read.is_empty()).cloned().unwrap_or_else(|| letter.to_string())
    }

    /// Returns the class of each letter: letters that can be read as the same letter are one, except `x`, which can be read as many.
    fn classes(&self) -> Result<[u8; 26], String> {
        let mut first: Vec<char> = ('a'..='z').collect();
        let at = |c: char| u32::from(c).wrapping_sub(u32::from('a')) as usize;
        for letter in ('a'..='z').filter(|letter| *letter != 'x') {
            for other in self.of(letter).chars().filter(char::is_ascii_lowercase) {
                let [one, two] = [letter, other].map(|letter| first[at(letter)]);
                let least = one.min(two);
                first
                    .iter_mut()
                    .filter(|known| **known == one || **known == two)
                    .for_each(|known| *known = least);
            }
        }
        let mut known: Vec<char> = first.clone();
        known.sort_unstable();
        known.dedup();
        if known.len() > CLASSES {
            return Err(format!("{} classes of letters: widen `CLASSES`", known.len()));
        }
        let class = |letter: &char| {
            known.iter().position(|known| known == letter).and_then(|at| u8::try_from(at).ok())
        };
        let classes: Option<Vec<u8>> = first.iter().map(class).collect();
        classes.and_then(|classes| classes.try_into().ok()).ok_or_else(|| "a letter has no class".to_owned())
    }
}

/// A word in progress.
#[derive(Clone, Copy)]
struct State<'a> {
    node: &'a Node,
    letter: Option<char>,
}

/// How a word or phrase may go on behind a word.
#[derive(Clone, Copy)]
struct GoesOn {
    /// By which branches.
    branches: u32,
    /// With which pairs of letters, if the next word has two.
    pairs: u64,
}

/// A sequence of classes of letters.
#[derive(Clone, Copy)]
struct Begun {
    gram: Gram,
    len: usize,
    /// Whether a rated word has ended in it.
    has_ended: bool,
}

/// Follows texts through the trie as the screen does.
struct Walk<'a> {
    root: &'a Node,
    readings: &'a Readings<'a>,
    classes: &'a [u8; 26],
}

impl<'a> Walk<'a> {
    /// Returns the states after a letter that may be read as `readings`.
    fn next(states: &[State<'a>], readings: &[char], before: &[char]) -> Vec<State<'a>> {
        let mut next = Vec::new();
        for state in states {
            let child = |c: &char| state.node.children.get(c).map(|node| State { node, letter: Some(*c) });
            next.extend(readings.iter().filter_map(child).filter(|state| state.node.leads_to_rated()));
            let repeats = |c: &char| Some(*c) == state.letter || before.contains(c);
            if state.letter.is_some() && readings.iter().any(repeats) {
                next.push(*state);
            }
        }
        next
    }

    /// Returns how a word or phrase that begins with `word` may go on behind it, if all its nodes are ones for which `leads` holds: in any way if
    /// a severe one ends there, and in none if none begins with it.
    fn goes_on(&self, word: &str, leads: fn(&Node) -> bool) -> GoesOn {
        if word.contains('\'') {
            // The screen does not look on behind these.
            return GoesOn { branches: 0, pairs: 0 };
        }
        let mut states = vec![State { node: self.root, letter: None }];
        let mut before = Vec::new();
        let next = |states: &[State<'a>], c: char, before: &[char]| {
            let readings: Vec<char> = self.readings.of(c).chars().collect();
            let mut next = Self::next(states, &readings, before);
            next.retain(|state| leads(state.node));
            (next, readings)
        };
        for c in word.chars() {
            (states, before) = next(&states, c, &before);
        }
        if states.iter().any(|state| state.node.is_severe()) {
            return GoesOn { branches: u32::MAX, pairs: u64::MAX };
        }
        let space = |state: &State<'a>| state.node.children.get(&' ').filter(|node| leads(node));
        let spaced: Vec<_> =
            states.iter().filter_map(space).map(|node| State { node, letter: Some(' ') }).collect();
        states.extend(spaced);
        let repeated = before.iter().fold(0, |all, c| all | branch_of(*c));
        let branches = states.iter().fold(0, |all, State { node, letter }| {
            all | below(node, leads) | letter.map_or(0, branch_of) | repeated
        });
        let mut pairs = 0;
        for first in 'a'..='z' {
            let (begun, before) = next(&states, first, &before);
            for second in ('a'..='z').filter(|second| !next(&begun, *second, &before).0.is_empty()) {
                pairs |= hash::pair(first as u8, second as u8);
            }
        }
        GoesOn { branches, pairs }
    }

    /// Calls `each` with all sequences of at most four classes in which a rated word has ended or that one may go on from.
    fn each(&self, begun: Begun, states: &[State<'a>], before: &[char], each: &mut impl FnMut(Begun)) {
        for (class, readings) in self.readings_of_classes() {
            let next = Self::next(states, &readings, before);
            let has_ended = begun.has_ended || next.iter().any(|state| state.node.is_rated());
            if next.is_empty() && !has_ended {
                continue;
            }
            let begun = Begun { gram: begun.gram.with(class), len: begun.len + 1, has_ended };
            each(begun);
            if begun.len < 4 {
                self.each(begun, &next, &readings, each);
            }
        }
    }

    /// Calls `each` with the index of all sequences of three classes that a severe word or phrase may go on from.
    fn each_severe(&self, begun: Begun, states: &[State<'a>], before: &[char], each: &mut impl FnMut(usize)) {
        for (class, readings) in self.readings_of_classes() {
            let mut next = Self::next(states, &readings, before);
            next.retain(|state| state.node.leads_to_severe());
            if next.is_empty() {
                continue;
            }
            let begun = Begun { gram: begun.gram.with(class), len: begun.len + 1, ..begun };
            if begun.len == 3 {
                each(begun.gram.index());
            } else {
                self.each_severe(begun, &next, &readings, each);
            }
        }
    }

    /// Returns each class with what its letters may be read as.
    fn readings_of_classes(&self) -> impl Iterator<Item = (u8, Vec<char>)> {
        (0..CLASSES).filter_map(|class| u8::try_from(class).ok()).map(|class| {
            let letters = ('a'..='z').zip(self.classes).filter(move |(_, own)| **own == class);
            (class, letters.flat_map(|(c, _)| self.readings.of(c).chars().collect::<Vec<_>>()).collect())
        })
    }
}
