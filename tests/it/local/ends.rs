//! How the service ends: no process that it started continues, and no temporary file is left.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::broken::write;
use crate::support::Folder;

/// Returns whether the process whose id is in `file` still runs.
fn lives(file: &Path) -> bool {
    let id = fs::read_to_string(file).expect("the function wrote it");
    let stat = fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
    // A process that ended, and whose parent has not waited for it yet, is a zombie.
    !stat.is_empty() && !stat.contains(") Z ")
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("not within 20 seconds: {what}");
}

#[test]
fn a_service_that_is_interrupted_or_terminated_leaves_nothing_behind() {
    for signal in ["-TERM", "-INT"] {
        let folder = Folder::new();
        let (temporary, id) = (folder.0.join("tmp"), folder.0.join("id"));
        fs::create_dir(&temporary).expect("it is ours");
        let program = folder.0.join("bootstrap");
        // The function is a process of the script's, and so is something else.
        write(&program, &format!("sleep 300 & echo $! > {}\n$P", id.display()));
        let mut service = Command::new(env!("CARGO_BIN_EXE_chimeflow"))
            .args(["local", "--listen", "127.0.0.1:0", "--processor"])
            .arg(&program)
            .env("TMPDIR", &temporary)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut first = String::new();
        let out = service.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut first).expect("it says where it listens");
        wait_until("the function runs", || fs::read_to_string(&id).is_ok_and(|id| id.ends_with('\n')));
        assert!(lives(&id) && fs::read_dir(&temporary).expect("a folder").next().is_some());
        let killed = Command::new("kill").args([signal, &service.id().to_string()]).status();
        assert!(killed.expect("kill runs").success());
        let status = service.wait().expect("it ends");
        assert!(status.success(), "{signal}: {status}");
        wait_until("what the function started ends", || !lives(&id));
        let left: Vec<_> = fs::read_dir(&temporary).expect("a folder").collect();
        assert!(left.is_empty(), "{signal}: {left:?}");
    }
}
