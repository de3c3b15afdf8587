//! Tests of the folder's files, truncated or unwritable at every point at which a process may be killed or a disk may be full.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::json;

use super::super::model::Service;
use super::super::settings::Settings;
use super::*;

/// A temporary folder, removed at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("chimeflow-journal-{}-{next}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap_or_default()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A journal and its state.
struct TestJournal {
    journal: Journal,
    state: State,
    model: Model,
}

impl TestJournal {
    fn open(folder: &Folder) -> Self {
        let model = Model::load();
        let (mut journal, left) = Journal::open(&folder.0, &model).unwrap();
        let fresh = left.is_none();
        let state = left.unwrap_or_else(|| State::new(7));
        if fresh {
            journal.replace(&state).unwrap();
        }
        Self { journal, state, model }
    }

    /// Creates an app instance, as the service does.
    fn make(&mut self, name: &str) -> io::Result<()> {
        let input = json!({ "Name": name, "ClientRequestToken": format!("token {name}") });
        let operation = "CreateAppInstance".to_owned();
        let command = Command::Call { service: Service::Identity, operation, input };
        let now = self.state.now.plus(std::time::Duration::from_millis(1));
        self.journal.prepare(&self.state, now, &command)?;
        self.state.carry_out(command, now, "", &self.model).unwrap();
        self.journal.append(&self.state)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.state.directory.instances().values().map(|it| it.name.clone()).collect();
        names.sort();
        names
    }
}

#[test]
fn a_journal_that_is_cut_off_anywhere_loads_up_to_there() {
    let folder = Folder::new();
    let mut store = TestJournal::open(&folder);
    let mut ends = vec![0];
    for name in ["a", "b", "c"] {
        store.make(name).unwrap();
        ends.push(folder.read("journal.jsonl").len());
    }
    drop(store);
    let whole = folder.read("journal.jsonl");
    for cut in 0..=whole.len() {
        folder.write("journal.jsonl", &whole[..cut]);
        let mut store = TestJournal::open(&folder);
        let lines = ends.iter().rposition(|end| *end <= cut).unwrap();
        assert_eq!(store.names(), ["a", "b", "c"][..lines], "cut at {cut}");
        // Lines after a partial one are not lost.
        store.make("d").unwrap();
        let names = store.names();
        drop(store);
        assert_eq!(TestJournal::open(&folder).names(), names, "cut at {cut}");
    }
}

#[test]
fn a_snapshot_that_is_broken_off_anywhere_loses_nothing() {
    let folder = Folder::new();
    let mut store = TestJournal::open(&folder);
    store.make("a").unwrap();
    store.make("b").unwrap();
    let (old, journal) = (folder.read("snapshot.json"), folder.read("journal.jsonl"));
    store.journal.snapshot(&store.state).unwrap();
    drop(store);
    let new = folder.read("snapshot.json");
    assert_eq!(folder.read("journal.jsonl"), b"");
    for written in [0, 1, new.len() / 2, new.len()] {
        // Before the new snapshot has replaced the old one.
        folder.write("snapshot.json.new", &new[..written]);
        folder.write("snapshot.json", &old);
        folder.write("journal.jsonl", &journal);
        assert_eq!(TestJournal::open(&folder).names(), ["a", "b"], "{written} bytes");
    }
    // After that, but before the journal is emptied.
    folder.write("snapshot.json", &new);
    folder.write("journal.jsonl", &journal);
    let mut store = TestJournal::open(&folder);
    assert_eq!(store.names(), ["a", "b"]);
    store.make("c").unwrap();
    drop(store);
    assert_eq!(TestJournal::open(&folder).names(), ["a", "b", "c"]);
}

#[test]
fn a_disk_that_takes_nothing_leaves_no_gap() {
    let folder = Folder::new();
    let mut store = TestJournal::open(&folder);
    store.make("a").unwrap();
    // Writing to a read-only handle fails, as on a full disk.
    let good =
        std::mem::replace(&mut store.journal.file, File::open(folder.0.join("journal.jsonl")).unwrap());
    assert!(store.make("b").is_err(), "nobody may be told that it was made");
    assert!(store.make("c").is_err(), "and so it goes on");
    assert_eq!(store.names(), ["a", "b"], "what is refused early is not carried out");
    // While this lasts, a kill loses only what was not acknowledged.
    let left = (folder.read("snapshot.json"), folder.read("journal.jsonl"));
    store.journal.file = good;
    store.make("d").unwrap();
    let names = store.names();
    assert_eq!(names, ["a", "b", "d"]);
    drop(store);
    assert_eq!(TestJournal::open(&folder).names(), names);
    folder.write("snapshot.json", &left.0);
    folder.write("journal.jsonl", &left.1);
    assert!(TestJournal::open(&folder).names().starts_with(&["a".to_owned()]));
}

#[test]
fn a_long_journal_makes_way_for_a_snapshot() {
    let folder = Folder::new();
    let mut store = TestJournal::open(&folder);
    store.make("a").unwrap();
    store.journal.since_snapshot = SNAPSHOT_AFTER;
    store.journal.snapshot_length = u64::MAX;
    store.make("b").unwrap();
    assert_ne!(folder.read("journal.jsonl"), b"", "it is shorter than what would be written");
    store.journal.snapshot_length = 0;
    store.make("c").unwrap();
    assert_eq!(folder.read("journal.jsonl"), b"");
    store.make("d").unwrap();
    drop(store);
    assert_eq!(TestJournal::open(&folder).names(), ["a", "b", "c", "d"]);
}

#[test]
fn a_clock_that_was_moved_does_not_go_back_at_a_restart() {
    let folder = Folder::new();
    let open = || super::super::service::Service::open(Settings::default(), Some(&folder.0)).unwrap().0;
    let (mut last, mut ahead) = (Timestamp::default(), Duration::ZERO);
    // Nothing is due at any of these times, so nothing else is written.
    for hours in [0, 49, 1, 0, 24 * 365] {
        let service = open();
        assert!(service.clock.now() >= last, "after {ahead:?}");
        assert!(service.clock.ahead() >= ahead);
        service.advance(Duration::from_hours(hours)).unwrap();
        ahead += Duration::from_hours(hours);
        last = service.clock.now();
    }
    let service = open();
    assert!(service.clock.now() >= last);
    // It is part of what is exported, too.
    let export = service.export();
    let other = super::super::service::Service::open(Settings::default(), None).unwrap().0;
    other.replace(Some(export)).unwrap();
    assert!(other.clock.now() >= last);
    assert_eq!(other.export()["ahead"], u64::try_from(other.clock.ahead().as_millis()).unwrap());
}

#[test]
fn a_folder_is_one_service_s() {
    let folder = Folder::new();
    let store = TestJournal::open(&folder);
    let error = Journal::open(&folder.0, &store.model).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
}
