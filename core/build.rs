//! Compiles the words that the `profanity` detector knows: rustrict's and those of `languages/en.txt`.
//!
//! rustrict builds its trie, nested hash maps, on first use, which takes two thirds of the function's cold start and of its memory. Its
//! API neither lists the words nor exposes the trie, but the trie can be serialized. So it is read here, once, and written as columns
//! that the program contains ready for use. The words remain rustrict's: this repository contains none of them. What it lacks, and what
//! rustrict cannot say about its words, is in `languages/en.txt`, which becomes tables of Rust.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use self::english::English;
use self::trie::{Words, readings};

#[path = "build/english.rs"]
mod english;
#[path = "build/grams.rs"]
mod grams;
#[path = "build/hash.rs"]
mod hash;
#[path = "src/detect/profanity/engine/layout.rs"]
mod layout;
#[path = "build/lists.rs"]
mod lists;
#[path = "build/screen.rs"]
mod screen;
#[path = "build/tables.rs"]
mod tables;
#[path = "build/trie.rs"]
mod trie;

/// What English has beyond rustrict.
const ENGLISH: &str = "src/detect/profanity/languages/en.txt";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let read =
        ["build.rs", "build", ENGLISH, "src/detect/profanity/commonest", "src/detect/profanity/screen"];
    for read in read {
        println!("cargo::rerun-if-changed={read}");
    }
    let text = fs::read_to_string(ENGLISH)?;
    let mut words = Words::of_rustrict()?;
    let compiled = English::parse(&text).and_then(|english| words.change(&english).map(|()| english.rust()));
    let tables = match compiled {
        Ok(tables) => tables,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error=core/{ENGLISH}: {problem}");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    write("english.rs", tables.as_bytes())?;
    for (name, bytes) in words.columns()?.into_iter().chain(screen::columns(&words.root, &readings()?)?) {
        write(name, &bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a file where the program includes it from.
#[expect(clippy::disallowed_methods, reason = "cargo tells a build script by its environment where to write")]
fn write(name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let folder = env::var_os("OUT_DIR").ok_or("expected cargo to set OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join(name), bytes)?)
}
