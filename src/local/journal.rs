//! [`Journal`]: the state on disk, so that it survives the service, however that ends.
//!
//! ```text
//!  DIR/snapshot.json    the state after so many commands
//!  DIR/journal.jsonl    the commands after that, one a line, each with its number and its time
//! ```
//!
//! A command is on disk before its answer goes out. What is written is with the operating system then, which outlives a process
//! that is killed; a machine that loses power may lose the last moments. A line that was cut off is one that nobody got an answer
//! for.
//!
//! A disk that takes no more leaves the state ahead of what is written. Nothing is acknowledged then until all of the state could be
//! written anew: a journal with a gap would make another state.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::model::Model;
use super::state::State;
use super::time::Timestamp;
use crate::private;

/// The state on disk.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    file: File,
    /// How many commands there were, ever.
    count: u64,
    /// How many of them were written since the state was, or was to be.
    since_snapshot: u64,
    /// How long the journal is that is good, in bytes.
    length: u64,
    /// How long the snapshot is, in bytes.
    snapshot_length: u64,
    /// Whether the state holds what is not written.
    behind: bool,
    /// The line of the command that is being carried out.
    line: Vec<u8>,
    /// Held for as long as this service has the folder.
    _lock: File,
}

/// The state after so many commands.
#[derive(Serialize, Deserialize)]
struct Snapshot<S> {
    commands: u64,
    state: S,
}

/// A line of the journal.
#[derive(Serialize, Deserialize)]
struct Line<C> {
    n: u64,
    at: Timestamp,
    command: C,
}

/// After how many commands the state is written anew, at the earliest: replaying that many takes a fraction of a second. The journal
/// has to be as long as the snapshot too, so that a large state is not written for few commands.
const SNAPSHOT_AFTER: u64 = 5_000;

impl Journal {
    /// Opens the folder, and gives the state that was left there.
    ///
    /// # Errors
    /// When another service has the folder, or what is in it cannot be read. Nothing is changed then.
    pub(super) fn open(folder: &Path, model: &Model) -> io::Result<(Self, Option<State>)> {
        let lock = private::append(&folder.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::new(io::ErrorKind::AddrInUse, "another local service uses this folder")
            }
            TryLockError::Error(error) => error,
        })?;
        // What is left of a snapshot that was being written when the process was killed.
        let _ = fs::remove_file(unfinished_in(folder));
        let snapshot = read_snapshot(folder)?;
        let fresh = snapshot.is_none();
        let Snapshot { commands, mut state } = snapshot.unwrap_or_default();
        let mut file = private::append(&folder.join("journal.jsonl"))?;
        let Replayed { carried_out: replayed, length } = replay(&mut file, commands, &mut state, model)?;
        let journal = Self {
            folder: folder.to_owned(),
            file,
            count: commands + replayed,
            since_snapshot: replayed,
            length,
            snapshot_length: fs::metadata(snapshot_in(folder)).map_or(0, |file| file.len()),
            behind: false,
            line: Vec::new(),
            _lock: lock,
        };
        Ok((journal, (!fresh || replayed > 0).then_some(state)))
    }

    /// Takes note of a command that `state` is to carry out at the time `now`. It is written by [`Self::append`], if it changes
    /// anything.
    ///
    /// # Errors
    /// When somebody waits for the answer and the disk takes nothing. The command must not be carried out then.
    pub(super) fn prepare(&mut self, state: &State, now: Timestamp, command: &Command) -> io::Result<()> {
        self.line.clear();
        if !command.writes() {
            return Ok(());
        }
        if self.behind
            && let Err(error) = self.snapshot(state)
            && command.is_answered()
        {
            return Err(error);
        }
        let at = state.now.max(now);
        serde_json::to_writer(&mut self.line, &Line { n: self.count + 1, at, command })?;
        self.line.push(b'\n');
        Ok(())
    }

    /// Writes down the command that was prepared, which `state` has carried out.
    ///
    /// # Errors
    /// When the disk does not take it. Nobody may be told that it was carried out then.
    pub(super) fn append(&mut self, state: &State) -> io::Result<()> {
        if self.behind {
            // The next snapshot has it.
            return Ok(());
        }
        if let Err(error) = self.file.write_all(&self.line) {
            self.behind = true;
            // Half a line is no end to write the next one after. Should this fail too: the snapshot empties the file.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.count += 1;
        self.since_snapshot += 1;
        self.length += self.line.len() as u64;
        if self.since_snapshot >= SNAPSHOT_AFTER && self.length >= self.snapshot_length {
            self.since_snapshot = 0;
            // The journal has everything: when it cannot be made shorter now, it can later.
            let _ = self.snapshot(state);
        }
        Ok(())
    }

    /// Writes a state that did not come from commands.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub(super) fn replace(&mut self, state: &State) -> io::Result<()> {
        self.behind = true;
        self.snapshot(state)
    }

    /// Writes the state anew, and begins an empty journal.
    ///
    /// # Errors
    /// When the disk does not take it. What was there before is good then.
    fn snapshot(&mut self, state: &State) -> io::Result<()> {
        let new = unfinished_in(&self.folder);
        let mut file = io::BufWriter::new(private::create(&new)?);
        serde_json::to_writer(&mut file, &Snapshot { commands: self.count, state })?;
        file.flush()?;
        file.get_ref().sync_all()?;
        let length = file.get_ref().metadata()?.len();
        fs::rename(&new, snapshot_in(&self.folder))?;
        // Should this be as far as it gets: commands that the snapshot knows are passed over.
        self.file.set_len(0)?;
        (self.length, self.snapshot_length) = (0, length);
        (self.since_snapshot, self.behind) = (0, false);
        Ok(())
    }
}

impl Default for Snapshot<State> {
    fn default() -> Self {
        Self { commands: 0, state: State::default() }
    }
}

fn snapshot_in(folder: &Path) -> PathBuf {
    folder.join("snapshot.json")
}

fn unfinished_in(folder: &Path) -> PathBuf {
    folder.join("snapshot.json.new")
}

fn read_snapshot(folder: &Path) -> io::Result<Option<Snapshot<State>>> {
    let path = snapshot_in(folder);
    let Some(file) = private::open(&path)? else { return Ok(None) };
    let snapshot = serde_json::from_reader(BufReader::new(file));
    snapshot.map(Some).map_err(|error| unreadable(&path, &error.to_string()))
}

/// What a journal held.
struct Replayed {
    /// How many commands the snapshot did not know.
    carried_out: u64,
    /// How long the lines are that are whole.
    length: u64,
}

/// Carries out the commands in `file` that come after the first `known`.
fn replay(file: &mut File, known: u64, state: &mut State, model: &Model) -> io::Result<Replayed> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(&mut *file);
    let (mut line, mut length, mut carried_out) = (Vec::new(), 0, 0);
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line)?;
        if read == 0 || line.last() != Some(&b'\n') {
            break;
        }
        let Line { n, at, command } = serde_json::from_slice::<Line<Command>>(&line).map_err(|error| {
            unreadable(Path::new("journal.jsonl"), &format!("after {length} bytes: {error}"))
        })?;
        length += read as u64;
        if n > known {
            // It was carried out before, and then it went well.
            let _ = state.carry_out(command, at, "", model);
            carried_out += 1;
        }
    }
    // What is left of a line that was being written when the process was killed.
    file.set_len(length)?;
    file.seek(SeekFrom::End(0))?;
    Ok(Replayed { carried_out, length })
}

fn unreadable(path: &Path, why: &str) -> io::Error {
    let why =
        format!("{} is damaged, or of another version: {why}; move it away to begin anew", path.display());
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests;
