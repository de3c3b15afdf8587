//! [`Journal`]: stores the state on disk, so that it survives the end of the process, even a crash.
//!
//! ```text
//!  DIR/snapshot.json    the state after some number of commands
//!  DIR/journal.jsonl    the commands after that, one a line, each with its number and its time
//! ```
//!
//! A command is written before its response is sent. The operating system then has the data, which survives if the process is killed, but
//! the last moments may be lost if the machine loses power. The command of a truncated line was never acknowledged.
//!
//! If the disk is full, the state is ahead of what is written. No request is acknowledged then until the complete state could be written
//! again, because a journal with a gap would produce a different state.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::model::Model;
use super::state::State;
use super::time::Timestamp;
use crate::private;

/// The state's files, and what is known about them.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    file: File,
    /// The number of all commands so far.
    count: u64,
    /// How many of them were written since the last snapshot, or the last attempt to write one.
    since_snapshot: u64,
    /// The length of the journal's valid part, in bytes.
    length: u64,
    /// The length of the snapshot, in bytes.
    snapshot_length: u64,
    /// Whether the state contains changes that are not written.
    behind: bool,
    /// The line of the command that is being executed.
    line: Vec<u8>,
    /// The lock on the folder, held as long as this service uses it.
    _lock: File,
}

/// The state after a number of commands.
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

/// The minimum number of commands between two snapshots: replaying that many takes a fraction of a second. The journal also has to be as
/// long as the snapshot, so that a large state is not written after few commands.
const SNAPSHOT_AFTER: u64 = 5_000;

impl Journal {
    /// Opens the folder, and returns the state stored in it.
    ///
    /// # Errors
    /// If another service uses the folder, or its contents cannot be read. Nothing is changed then.
    pub(super) fn open(folder: &Path, model: &Model) -> io::Result<(Self, Option<State>)> {
        let lock = private::append(&folder.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                let why = format!("another local service uses the data folder {}", folder.display());
                io::Error::new(io::ErrorKind::AddrInUse, why)
            }
            TryLockError::Error(error) => error,
        })?;
        // This file remains if the process was killed while it wrote a snapshot.
        let _ = fs::remove_file(unfinished_in(folder));
        let snapshot = read_snapshot(folder)?;
        let fresh = snapshot.is_none();
        let Snapshot { commands, mut state } = snapshot.unwrap_or_default();
        let mut file = private::append(&folder.join("journal.jsonl"))?;
        let Replay { carried_out: replayed, length } = replay(&file, commands, &mut state, model)?;
        // A partial line remains if the process was killed while it wrote.
        file.set_len(length)?;
        file.seek(SeekFrom::End(0))?;
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

    /// Reads the state stored in a folder as [`Self::open`] does, but changes nothing there.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn look(folder: &Path, model: &Model) -> io::Result<()> {
        let Snapshot { commands, mut state } = read_snapshot(folder)?.unwrap_or_default();
        match private::open(&folder.join("journal.jsonl"))? {
            Some(journal) => replay(&journal, commands, &mut state, model).map(drop),
            None => Ok(()),
        }
    }

    /// Prepares the line for a command that `state` is about to execute at the time `now`. [`Self::append`] writes it if the command
    /// changes anything.
    ///
    /// # Errors
    /// If a client waits for the response and the disk cannot be written. The command must not be executed then.
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

    /// Writes the prepared command, which `state` has executed.
    ///
    /// # Errors
    /// If the disk cannot be written. The command must not be acknowledged then.
    pub(super) fn append(&mut self, state: &State) -> io::Result<()> {
        if self.behind {
            // The next snapshot contains the change.
            return Ok(());
        }
        if let Err(error) = self.file.write_all(&self.line) {
            self.behind = true;
            // Removes a partial line, because no other may follow it. If this fails, too, the next snapshot empties the file.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.count += 1;
        self.since_snapshot += 1;
        self.length += self.line.len() as u64;
        if self.since_snapshot >= SNAPSHOT_AFTER && self.length >= self.snapshot_length {
            self.since_snapshot = 0;
            // The journal is complete. If no snapshot can be written now, it can be written later.
            let _ = self.snapshot(state);
        }
        Ok(())
    }

    /// Writes a state that does not result from commands.
    ///
    /// # Errors
    /// If the disk cannot be written.
    pub(super) fn replace(&mut self, state: &State) -> io::Result<()> {
        self.behind = true;
        self.snapshot(state)
    }

    /// Writes a snapshot of the state, and starts an empty journal.
    ///
    /// # Errors
    /// If the disk cannot be written. The previous files remain valid then.
    fn snapshot(&mut self, state: &State) -> io::Result<()> {
        let new = unfinished_in(&self.folder);
        let mut file = io::BufWriter::new(private::create(&new)?);
        serde_json::to_writer(&mut file, &Snapshot { commands: self.count, state })?;
        file.flush()?;
        file.get_ref().sync_all()?;
        let length = file.get_ref().metadata()?.len();
        fs::rename(&new, snapshot_in(&self.folder))?;
        // If this fails, commands that the snapshot contains are skipped when the journal is read.
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

/// The result of replaying a journal.
struct Replay {
    /// How many commands were not in the snapshot.
    carried_out: u64,
    /// The total length of the complete lines.
    length: u64,
}

/// Executes the commands in `file` that come after the first `known`.
fn replay(mut file: &File, known: u64, state: &mut State, model: &Model) -> io::Result<Replay> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(file);
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
            // The command succeeded when it was executed the first time.
            let _ = state.carry_out(command, at, "", model);
            carried_out += 1;
        }
    }
    Ok(Replay { carried_out, length })
}

fn unreadable(path: &Path, why: &str) -> io::Error {
    let why =
        format!("{} is damaged, or of another version: {why}; move it away to begin anew", path.display());
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests;
