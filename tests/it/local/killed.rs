//! `kill -9` at any moment: no acknowledged write is lost, and no message stays stuck.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Chat, Client};

/// A service in a process of its own, over a folder.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chimeflow"))
            .args(["local", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut ready = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut ready)
            .expect("it says where it listens");
        let address = ready.trim().rsplit("http://").next().and_then(|address| address.parse().ok());
        Self { child, address: address.unwrap_or_else(|| panic!("{ready:?} names no address")) }
    }

    fn kill(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("it is dead");
    }
}

/// How often it is killed. `CHIMEFLOW_KILLS=2000` is a night's work.
#[expect(clippy::disallowed_methods, reason = "somebody may want to kill it more often")]
fn kills() -> u32 {
    std::env::var("CHIMEFLOW_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(6)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_stays_stuck() {
    let folder = tempdir();
    let mut service = Process::start(&folder);
    let mut client = Client::connect(service.address).await;
    let chat = client.chat().await;
    client.associate(&chat).await;
    let path = format!("{}/messages", chat.path());
    let mut acknowledged = Vec::new();
    let mut moment = 7_u64;
    for round in 0..kills() {
        // Any moment, but the same ones in every run.
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = Duration::from_micros(moment >> 33 & 0x3ffff);
        let killer = tokio::task::spawn_blocking(move || {
            std::thread::sleep(after);
            service.kill();
        });
        for n in 0.. {
            let message = Chat::message(&format!("what the fuck {round} {n}"), &format!("{round}-{n}"));
            match client.ask("POST", &path, &chat.bob, &message).await {
                Ok(answer) => {
                    assert_eq!(answer.status, 201, "{answer:?}");
                    acknowledged.push(answer.body["MessageId"].as_str().expect("an id").to_owned());
                }
                Err(_) => break,
            }
        }
        killer.await.expect("it was killed");
        service = Process::start(&folder);
        client = Client::connect(service.address).await;
    }
    for id in &acknowledged {
        let message = settled(&mut client, &format!("{path}/{id}"), &chat.bob).await;
        assert_eq!(message["Status"]["Value"], "SENT", "{message}");
        let content = message["Content"].as_str().expect("content");
        assert!(content.starts_with("what the **** "), "{content}");
    }
    assert!(!acknowledged.is_empty());
    let health = client.get("GET", "/_local/health", "", Value::Null).await;
    assert_eq!(health["waiting-for-callback"], 0, "{health}");
    service.kill();
    std::fs::remove_dir_all(folder).expect("the folder is ours");
}

/// A message, once it is no longer pending.
async fn settled(client: &mut Client, path: &str, bearer: &str) -> Value {
    for _ in 0..500 {
        let mut answer = client.get("GET", path, bearer, json!(null)).await;
        let message = answer["ChannelMessage"].take();
        if message["Status"]["Value"] != "PENDING" {
            return message;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{path} is still pending")
}

fn tempdir() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("chimeflow-killed-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}
