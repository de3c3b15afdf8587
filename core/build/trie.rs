//! rustrict's words, to which others are added, and the columns that the detector reads.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::error::Error;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::layout::{BLOCK, INNOCENT, LEADS, LEADS_TO_SEVERE, RATED, READINGS, WIDE, branch};

/// The name of a column of the table, and its bytes.
pub(crate) type Column = (&'static str, Vec<u8>);

/// Rated and innocent words, as rustrict's `Trie` is serialized.
#[derive(Deserialize, Serialize)]
pub(crate) struct Words {
    pub(crate) root: Node,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Node {
    pub(crate) children: BTreeMap<char, Node>,
    pub(crate) word: bool,
    contains_space: bool,
    pub(crate) typ: Bits,
    depth: u8,
    /// The character that leads to it.
    last: Option<char>,
}

/// Its `Type`.
#[derive(Deserialize, Serialize)]
pub(crate) struct Bits {
    pub(crate) bits: u32,
}

/// The bits of a type that concern a word. The bits after these are for spam, which no word is, and for safe phrases, which are innocent
/// words.
const KINDS: u32 = 0o77777;

/// The bits of a type that are severe, of three for each kind.
const SEVERE: u32 = 0o44444;

impl Words {
    /// Returns rustrict's words that the detector can see.
    pub(crate) fn of_rustrict() -> serde_json::Result<Self> {
        let mut words: Self = mirrored(&rustrict::Trie::default())?;
        words.prune();
        Ok(words)
    }

    /// Adds `word` with the bits of its rating, or changes its rating.
    pub(crate) fn rate(&mut self, word: &str, bits: u32) {
        let node = word.chars().fold(&mut self.root, |node, c| {
            let depth = node.depth.saturating_add(1);
            node.children.entry(c).or_insert_with(|| Node::of(c, depth))
        });
        node.word = true;
        node.contains_space = word.contains(' ');
        node.typ.bits = bits;
    }

    /// Removes `word`. Returns whether it was one.
    pub(crate) fn remove(&mut self, word: &str) -> bool {
        let node = word.chars().try_fold(&mut self.root, |node, c| node.children.get_mut(&c));
        let Some(node) = node.filter(|node| node.word) else { return false };
        (node.word, node.contains_space, node.typ.bits) = (false, false, 0);
        true
    }

    /// Removes what leads to no word.
    pub(crate) fn prune(&mut self) {
        self.root.prune();
    }

    /// Returns whether `word` is rated.
    pub(crate) fn knows(&self, word: &str) -> bool {
        let node = word.chars().try_fold(&self.root, |node, c| node.children.get(&c));
        node.is_some_and(Node::is_rated)
    }

    /// Returns whether `text` contains a rated word.
    pub(crate) fn holds_rated(&self, text: &str) -> bool {
        let piece = |start: usize| (start + 1..=text.len()).any(|end| self.knows(&text[start..end]));
        (0..text.len()).any(piece)
    }

    /// Returns the columns of the table, with their names.
    pub(crate) fn columns(&self) -> Result<Vec<Column>, Box<dyn Error>> {
        let mut alphabet = BTreeSet::new();
        self.root.collect_characters(&mut alphabet);
        let beyond: Vec<char> = alphabet.into_iter().filter(|c| !c.is_ascii()).collect();
        let code = |c: char| -> Result<u8, String> {
            let at = beyond.binary_search(&c).ok().and_then(|at| u8::try_from(at).ok());
            let code =
                if c.is_ascii() { u8::try_from(c).ok() } else { at.and_then(|at| WIDE.checked_add(at)) };
            code.filter(|code| *code < 0xf0).ok_or(format!("no code is left for {c:?}: widen the codes"))
        };
        let mut columns = nodes(&self.root, code)?;
        columns.push(("readings", rows(&beyond, code)?));
        columns.push(("beyond", beyond.iter().flat_map(|c| u32::from(*c).to_le_bytes()).collect()));
        Ok(columns)
    }
}

impl Node {
    fn of(c: char, depth: u8) -> Self {
        let (children, typ) = (BTreeMap::new(), Bits { bits: 0 });
        Self { children, word: false, contains_space: false, typ, depth, last: Some(c) }
    }

    /// Removes what leads to no word, or only to words that the detector can never see: it reads letters of all alphabets as ASCII, and
    /// otherwise keeps only emoji.
    fn prune(&mut self) {
        self.children.retain(|c, child| {
            child.prune();
            (c.is_ascii() || *c >= '\u{1f000}') && (child.word || !child.children.is_empty())
        });
    }

    fn collect_characters(&self, characters: &mut BTreeSet<char>) {
        for (c, child) in &self.children {
            characters.insert(*c);
            child.collect_characters(characters);
        }
    }

    pub(crate) fn is_rated(&self) -> bool {
        self.word && self.typ.bits & KINDS != 0
    }

    /// Returns whether a severe word ends here.
    pub(crate) fn is_severe(&self) -> bool {
        self.word && self.typ.bits & SEVERE != 0
    }

    /// Returns whether a severe word ends here or below.
    pub(crate) fn leads_to_severe(&self) -> bool {
        self.is_severe() || self.children.values().any(Self::leads_to_severe)
    }

    pub(crate) fn leads_to_rated(&self) -> bool {
        self.is_rated() || self.children.values().any(Self::leads_to_rated)
    }
}

/// Returns the columns for nodes.
fn nodes(root: &Node, code: impl Fn(char) -> Result<u8, String>) -> Result<Vec<Column>, Box<dyn Error>> {
    let [mut nodes, mut blocks, mut firsts, mut codes, mut rated, mut words] = [const { Vec::new() }; 6];
    let (mut id, mut children, mut block) = (0_u32, 1_u32, 0);
    let mut queue = VecDeque::from([(0, root)]);
    while let Some((own, node)) = queue.pop_front() {
        if usize::try_from(id)?.is_multiple_of(BLOCK) {
            block = children;
            blocks.extend(block.to_le_bytes());
        }
        let mut below = node
            .children
            .iter()
            .map(|(c, child)| Ok((code(*c)?, child)))
            .collect::<Result<Vec<_>, String>>()?;
        below.sort_by_key(|(code, _)| (branch(*code), *code));
        let mut flags = below.iter().fold(0, |flags, (code, _)| flags | branch(*code));
        if node.leads_to_rated() {
            flags |= LEADS;
        }
        if node.leads_to_severe() {
            flags |= LEADS_TO_SEVERE;
        }
        if node.is_rated() {
            flags |= RATED;
            rated.extend(id.to_le_bytes());
            words.extend(u16::try_from(node.typ.bits & KINDS)?.to_le_bytes());
            words.extend([node.depth, u8::from(node.contains_space)]);
        } else if node.word {
            flags |= INNOCENT;
        }
        nodes.extend(flags.to_le_bytes());
        firsts.extend(u16::try_from(children - block)?.to_le_bytes());
        codes.push(own);
        id += 1;
        children += u32::try_from(below.len())?;
        queue.extend(below);
    }
    // The end of the children of the last node.
    if usize::try_from(id)?.is_multiple_of(BLOCK) {
        block = children;
        blocks.extend(block.to_le_bytes());
    }
    firsts.extend(u16::try_from(children - block)?.to_le_bytes());
    let names = ["nodes", "blocks", "firsts", "codes", "rated", "words"];
    Ok(names.into_iter().zip([nodes, blocks, firsts, codes, rated, words]).collect())
}

/// Returns, for each code, the characters that rustrict reads its character as.
fn rows(beyond: &[char], code: impl Fn(char) -> Result<u8, String>) -> Result<Vec<u8>, Box<dyn Error>> {
    let readings = readings()?;
    let mut rows = Vec::new();
    for c in (0..WIDE).map(char::from).chain(beyond.iter().copied()) {
        let mut row = [0; 1 + READINGS];
        let read = readings.get(&c).map_or("", String::as_str);
        for (at, reading) in read.chars().enumerate() {
            // The matcher relies on this: a reading is never a separator unless the character itself is one.
            if !reading.is_ascii_alphabetic() && reading != c {
                return Err(format!("expected rustrict to read {c:?} as letters, found {reading:?}").into());
            }
            *row.get_mut(1 + at).ok_or(format!("{c:?} has more readings than {READINGS}"))? = code(reading)?;
            row[0] += 1;
        }
        rows.extend(row);
    }
    Ok(rows)
}

/// Returns the characters that rustrict reads each character as.
pub(crate) fn readings() -> serde_json::Result<BTreeMap<char, String>> {
    mirrored(&rustrict::Replacements::default())
}

/// Converts `theirs` to a type of our own, by serialization.
fn mirrored<T: DeserializeOwned>(theirs: &impl Serialize) -> serde_json::Result<T> {
    serde_json::from_slice(&serde_json::to_vec(theirs)?)
}
