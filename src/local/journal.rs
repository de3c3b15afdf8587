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

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::model::Model;
use super::state::State;
use super::time::Timestamp;

/// The state on disk.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    file: File,
    /// How many commands there were, ever.
    count: u64,
    /// How many of them are in the file.
    in_file: u64,
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

/// After how many commands the state is written anew: replaying that many takes a fraction of a second.
const SNAPSHOT_AFTER: u64 = 20_000;

impl Journal {
    /// Opens the folder, which is made when there is none, and gives the state that was left there.
    ///
    /// # Errors
    /// When another service has the folder, or what is in it cannot be read. Nothing is changed then.
    pub(super) fn open(folder: &Path, model: &Model) -> io::Result<(Self, Option<State>)> {
        fs::create_dir_all(folder)?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::new(io::ErrorKind::AddrInUse, "another local service uses this folder")
            }
            TryLockError::Error(error) => error,
        })?;
        let snapshot = read_snapshot(folder)?;
        let fresh = snapshot.is_none();
        let Snapshot { commands, mut state } = snapshot.unwrap_or_default();
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(folder.join("journal.jsonl"))?;
        let replayed = replay(&mut file, commands, &mut state, model)?;
        let journal = Self {
            folder: folder.to_owned(),
            file,
            count: commands + replayed,
            in_file: replayed,
            _lock: lock,
        };
        Ok((journal, (!fresh || replayed > 0).then_some(state)))
    }

    /// Writes down a command that was carried out at the time `at`.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub(super) fn append(&mut self, at: Timestamp, command: &Command) -> io::Result<()> {
        let mut line = serde_json::to_vec(&Line { n: self.count + 1, at, command })?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.count += 1;
        self.in_file += 1;
        Ok(())
    }

    /// Whether the journal has grown so long that the state should be written anew.
    pub(super) fn is_long(&self) -> bool {
        self.in_file >= SNAPSHOT_AFTER
    }

    /// Writes the state anew, and begins an empty journal.
    ///
    /// # Errors
    /// When the disk does not take it. What was there before is good then.
    pub(super) fn snapshot(&mut self, state: &State) -> io::Result<()> {
        let new = self.folder.join("snapshot.json.new");
        let mut file = io::BufWriter::new(File::create(&new)?);
        serde_json::to_writer(&mut file, &Snapshot { commands: self.count, state })?;
        file.flush()?;
        file.get_ref().sync_all()?;
        fs::rename(&new, self.folder.join("snapshot.json"))?;
        // Should this be as far as it gets: commands that the snapshot knows are passed over.
        self.file.set_len(0)?;
        self.in_file = 0;
        Ok(())
    }
}

impl Default for Snapshot<State> {
    fn default() -> Self {
        Self { commands: 0, state: State::default() }
    }
}

fn read_snapshot(folder: &Path) -> io::Result<Option<Snapshot<State>>> {
    let path = folder.join("snapshot.json");
    match File::open(&path) {
        Ok(file) => {
            let snapshot = serde_json::from_reader(BufReader::new(file));
            snapshot.map(Some).map_err(|error| unreadable(&path, &error.to_string()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Carries out the commands in `file` that come after the first `known`; gives how many lines are good.
fn replay(file: &mut File, known: u64, state: &mut State, model: &Model) -> io::Result<u64> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(&mut *file);
    let (mut line, mut good, mut carried_out) = (Vec::new(), 0, 0);
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line)?;
        if read == 0 || line.last() != Some(&b'\n') {
            break;
        }
        let Line { n, at, command } = serde_json::from_slice::<Line<Command>>(&line).map_err(|error| {
            unreadable(Path::new("journal.jsonl"), &format!("after {good} bytes: {error}"))
        })?;
        good += read as u64;
        if n > known {
            // It was carried out before, and then it went well.
            let _ = state.carry_out(command, at, "", model);
            carried_out += 1;
        }
    }
    // What is left of a line that was being written when the process was killed.
    file.set_len(good)?;
    file.seek(SeekFrom::End(0))?;
    Ok(carried_out)
}

fn unreadable(path: &Path, why: &str) -> io::Error {
    let why =
        format!("{} is damaged, or of another version: {why}; move it away to begin anew", path.display());
    io::Error::new(io::ErrorKind::InvalidData, why)
}
