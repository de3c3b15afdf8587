//! Nobody else on the machine may read the data folder, however it was created.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::Folder;

/// Stores a chat in `folder`, with this umask, and returns what the program prints on standard error.
fn keep(folder: &Path, umask: &str) -> String {
    let program = env!("CARGO_BIN_EXE_chimeflow");
    // Something has to be written anew too.
    let line = r#"umask "$1"; exec "$2" local exec --data "$3" -- "$2" local fault add hold --times 3"#;
    let output = Command::new("sh").args(["-c", line, "sh", umask, program]).arg(folder).output();
    let output = output.expect("it runs");
    let printed = String::from_utf8(output.stderr).expect("text");
    assert!(output.status.success(), "{printed}");
    printed
}

/// Returns every folder and file below `folder` with its permissions, itself first.
fn permissions(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut all = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(path) = all.get(next) {
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("a folder");
            let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
            entries.sort();
            all.extend(entries);
        }
        next += 1;
    }
    all.into_iter().map(|path| (path.clone(), mode(&path))).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o7777
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

/// Returns the files and folders in `folder` that others may read.
fn open(folder: &Path) -> Vec<(PathBuf, u32)> {
    let all = permissions(folder);
    let files: Vec<_> = all.iter().filter(|(path, _)| path.is_file()).collect();
    assert_eq!(files.len(), 7, "lock, journal, snapshot, plan, and three of the certificate: {files:?}");
    let private = |(path, mode): &(PathBuf, u32)| *mode == if path.is_dir() { 0o700 } else { 0o600 };
    all.into_iter().filter(|found| !private(found)).collect()
}

#[test]
fn what_is_made_is_private_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let folder = Folder::new();
        // Those on the way to it are not the service's.
        let data = folder.0.join("on/the/way");
        assert_eq!(keep(&data, umask), "", "umask {umask}");
        assert_eq!(open(&data), [], "umask {umask}");
        let other =
            if umask == "077" { 0o700 } else { 0o777 & !u32::from_str_radix(umask, 8).expect("a umask") };
        assert_eq!(mode(&folder.0.join("on/the")), other, "umask {umask}");
        // One that is there already, and empty.
        let data = folder.0.join("empty");
        fs::create_dir(&data).expect("it is ours");
        set(&data, 0o755);
        let printed = keep(&data, umask);
        assert_eq!((open(&data), printed.lines().count()), (vec![], 1), "umask {umask}: {printed}");
    }
}

#[test]
fn what_is_there_already_is_made_private_and_that_is_told_in_a_line() {
    for umask in ["000", "022", "077"] {
        for (folders, files) in
            [(0o755, 0o644), (0o777, 0o666), (0o700, 0o640), (0o750, 0o600), (0o711, 0o600)]
        {
            let folder = Folder::new();
            let data = folder.0.join("data");
            keep(&data, umask);
            // What a service leaves that is killed while it writes.
            fs::write(data.join("snapshot.json.new"), "{").expect("it is ours");
            for (path, _) in permissions(&data) {
                set(&path, if path.is_dir() { folders } else { files });
            }
            let printed = keep(&data, umask);
            assert_eq!(open(&data), [], "umask {umask}, {folders:o} and {files:o}");
            assert!(printed.lines().count() == 1 && printed.contains("for your user only now"), "{printed}");
            assert_eq!(keep(&data, umask), "", "it is told once");
        }
    }
}

#[test]
fn a_folder_with_other_things_in_it_is_left_as_it_is() {
    let folder = Folder::new();
    let notes = folder.0.join("notes.txt");
    fs::write(&notes, "mine").expect("it is ours");
    set(&notes, 0o644);
    for mode_of_folder in [0o755, 0o777, 0o1777] {
        set(&folder.0, mode_of_folder);
        let printed = keep(&folder.0, "022");
        let shown = permissions(&folder.0);
        for (path, mode) in &shown {
            let expected = match path {
                path if *path == folder.0 => mode_of_folder,
                path if *path == notes => 0o644,
                path if path.is_dir() => 0o700,
                _ => 0o600,
            };
            assert_eq!(*mode, expected, "{}", path.display());
        }
        assert!(printed.lines().count() == 1 && printed.contains("stays readable by others"), "{printed}");
    }
    // The permissions inside do not matter if others cannot open the folder.
    set(&folder.0, 0o700);
    assert_eq!(keep(&folder.0, "022"), "");
}

#[test]
fn what_cannot_be_a_folder_is_told_by_name() {
    let folder = Folder::new();
    let file = folder.0.join("file");
    fs::write(&file, "").expect("it is ours");
    for data in [file.clone(), file.join("below")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        let output = command.args(["local", "exec", "--data"]).arg(&data).args(["--", "true"]).output();
        let output = output.expect("it runs");
        let printed = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && printed.contains(&*data.to_string_lossy()), "{printed}");
    }
}

/// Returns the error of a service that does not start with what is in `folder`.
fn refusal(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    let output = command.args(["local", "exec", "--data"]).arg(folder).args(["--", "true"]).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn links_and_what_others_own_are_not_used() {
    for name in ["lock", "journal.jsonl", "snapshot.json", "faults.json", "tls", "tls/key.pem"] {
        let folder = Folder::new();
        let (data, aside) = (folder.0.join("data"), folder.0.join("aside"));
        keep(&data, "022");
        let path = data.join(name);
        fs::rename(&path, &aside).expect("it is ours");
        std::os::unix::fs::symlink(&aside, &path).expect("it is ours");
        let (before, printed) = (permissions(&aside), refusal(&data));
        assert!(printed.contains(&format!("{name} is a symbolic link")), "{name}: {printed}");
        assert_eq!(permissions(&aside), before, "{name}");
        fs::remove_file(&path).expect("it is ours");
        fs::rename(&aside, &path).expect("it is ours");
        // Only root can give something away.
        if std::os::unix::fs::chown(&path, Some(12345), None).is_ok() {
            let printed = refusal(&data);
            assert!(printed.contains(&format!("{name} belongs to another user")), "{name}: {printed}");
        }
    }
}

#[test]
fn clients_are_told_where_the_certificate_is_wherever_they_start() {
    let folder = Folder::new();
    let output = Command::new(env!("CARGO_BIN_EXE_chimeflow"))
        .args(["local", "exec", "--data", "here", "--", "sh", "-c", "cd / && cat \"$NODE_EXTRA_CA_CERTS\""])
        .current_dir(&folder.0)
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains("BEGIN CERTIFICATE"), "{output:?}");
}
