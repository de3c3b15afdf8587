//! Compiles rustrict's words into the table that the `profanity` detector uses for matching.
//!
//! rustrict builds its trie, nested hash maps, on first use, which takes two thirds of the function's cold start and of its memory. Its
//! API neither lists the words nor exposes the trie, but the trie can be serialized. So it is read here, once, and written as columns
//! that the program contains ready for use. The words remain rustrict's: this repository contains none of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::layout::{BLOCK, INNOCENT, LEADS, RATED, READINGS, WIDE, branch};

#[path = "src/detect/profanity/engine/layout.rs"]
mod layout;

/// rustrict's `Trie`, as serialized.
#[derive(Deserialize)]
struct Trie {
    root: Node,
}

#[derive(Deserialize)]
struct Node {
    children: BTreeMap<char, Node>,
    word: bool,
    contains_space: bool,
    typ: Bits,
    depth: u8,
}

/// Its `Type`.
#[derive(Deserialize)]
struct Bits {
    bits: u32,
}

/// The name of a column of the table, and its bytes.
type Column = (&'static str, Vec<u8>);

/// The bits of a type that concern a word. The bits after these are for spam, which no word is, and for safe phrases, which are innocent
/// words.
const KINDS: u32 = 0o77777;

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script by its environment where to write")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut root = mirrored::<Trie>(&rustrict::Trie::default())?.root;
    prune(&mut root);
    let mut alphabet = BTreeSet::new();
    collect_characters(&root, &mut alphabet);
    let beyond: Vec<char> = alphabet.into_iter().filter(|c| !c.is_ascii()).collect();
    let code = |c: char| -> Result<u8, String> {
        let at = beyond.binary_search(&c).ok().and_then(|at| u8::try_from(at).ok());
        let code = if c.is_ascii() { u8::try_from(c).ok() } else { at.and_then(|at| WIDE.checked_add(at)) };
        code.filter(|code| *code < 0xf0).ok_or(format!("no code is left for {c:?}: widen the codes"))
    };

    let folder = env::var_os("OUT_DIR").ok_or("expected cargo to set OUT_DIR")?;
    let write = |name: &str, bytes: &[u8]| fs::write(Path::new(&folder).join(name), bytes);
    for (name, bytes) in columns(&root, code)? {
        write(name, &bytes)?;
    }
    write("readings", &readings(&beyond, code)?)?;
    write("beyond", &beyond.iter().flat_map(|c| u32::from(*c).to_le_bytes()).collect::<Vec<_>>())?;
    Ok(())
}

/// Converts `theirs` to a type of our own, by serialization.
fn mirrored<T: DeserializeOwned>(theirs: &impl Serialize) -> serde_json::Result<T> {
    serde_json::from_slice(&serde_json::to_vec(theirs)?)
}

/// Removes words that the detector can never see: it reads letters of all alphabets as ASCII, and otherwise keeps only emoji.
fn prune(node: &mut Node) {
    node.children.retain(|c, child| {
        prune(child);
        (c.is_ascii() || *c >= '\u{1f000}') && (child.word || !child.children.is_empty())
    });
}

fn collect_characters(node: &Node, characters: &mut BTreeSet<char>) {
    for (c, child) in &node.children {
        characters.insert(*c);
        collect_characters(child, characters);
    }
}

/// Returns the columns for nodes, with their names.
fn columns(root: &Node, code: impl Fn(char) -> Result<u8, String>) -> Result<Vec<Column>, Box<dyn Error>> {
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
        if leads_to_rated(node) {
            flags |= LEADS;
        }
        if is_rated(node) {
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

fn is_rated(node: &Node) -> bool {
    node.word && node.typ.bits & KINDS != 0
}

fn leads_to_rated(node: &Node) -> bool {
    is_rated(node) || node.children.values().any(leads_to_rated)
}

/// Returns, for each code, the characters that rustrict reads its character as.
fn readings(beyond: &[char], code: impl Fn(char) -> Result<u8, String>) -> Result<Vec<u8>, Box<dyn Error>> {
    let readings: BTreeMap<char, String> = mirrored(&rustrict::Replacements::default())?;
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
