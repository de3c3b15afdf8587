//! A service in a process of its own, with a data folder.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A service that has printed its address.
pub(super) struct Process {
    child: StartedProcess,
    pub(super) address: SocketAddr,
}

/// A started process. It never outlives the test.
pub(super) struct StartedProcess(Child);

/// Returns the program: the one in the environment variable, which may be faster, or the one under test.
fn program() -> std::ffi::OsString {
    std::env::var_os("CHIMEFLOW_KILLED").unwrap_or_else(|| env!("CARGO_BIN_EXE_chimeflow").into())
}

impl Process {
    pub(super) fn spawn(folder: &Path) -> StartedProcess {
        let mut command = Command::new(program());
        let command = command.args(["local", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
        StartedProcess(command.stdout(Stdio::piped()).spawn().expect("it starts"))
    }

    pub(super) async fn start(folder: &Path) -> Self {
        let mut child = Self::spawn(folder);
        let out = child.0.stdout.take().expect("piped");
        let ready = tokio::task::spawn_blocking(move || {
            let mut ready = String::new();
            BufReader::new(out).read_line(&mut ready).expect("it says where it listens");
            ready
        });
        let ready = ready.await.expect("it was read");
        let address = ready.trim().rsplit("http://").next().and_then(|address| address.parse().ok());
        let address = address.unwrap_or_else(|| panic!("it does not start over {}", folder.display()));
        Self { child, address }
    }

    pub(super) fn kill(self) {
        drop(self.child);
    }
}

impl StartedProcess {
    pub(super) async fn kill_after(self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

impl Drop for StartedProcess {
    fn drop(&mut self) {
        // SIGKILL; it may have ended by itself.
        let _ = self.0.kill();
        self.0.wait().expect("it is dead");
    }
}
