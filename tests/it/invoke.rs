//! `chimeflow invoke`, as people and programs use it.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::{Folder, RULES, event, full_event};

struct Desk {
    folder: Folder,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: Folder::new() };
        desk.write("rules.toml", RULES);
        let mut masked = full_event("please maskme", "{}", "Ana", "hello");
        masked["CallbackId"] = json!("c".repeat(36));
        let mut denied = event("denyme \u{1b}[31m");
        denied["CallbackId"] = json!("d".repeat(36));
        desk.write("clean.json", &event("hello").to_string());
        desk.write("masked.json", &masked.to_string());
        desk.write("denied.json", &denied.to_string());
        desk.write("unanswerable.json", "{}");
        desk.write("broken.json", "{");
        desk
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.0.join(name)
    }

    /// Runs `chimeflow invoke` in the folder.
    fn invoke(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.arg("invoke").args(args).current_dir(&self.folder.0).output().unwrap()
    }

    fn check(&self, args: &[&str], exit: i32, says: &[&str]) {
        let output = self.invoke(args);
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(exit), "{args:?}\n{text}");
        for part in says {
            assert!(text.contains(part), "{args:?} says {part:?}\n{text}");
        }
    }
}

const RULED: [&str; 2] = ["--rules", "rules.toml"];

#[test]
fn each_event_is_shown_with_its_verdict_and_why() {
    let desk = Desk::new();
    let says = [
        "unchanged",
        "edited",
        "please maskme",
        "please ******",
        "mask · edited · word",
        "denied",
        "nobody gets it",
        "deny · denied · word",
        "3 events: 1 unchanged, 1 edited, 1 denied",
    ];
    let args = [&RULED[..], &["clean.json", "masked.json", "denied.json"]].concat();
    desk.check(&args, 0, &says);
    let output = desk.invoke(&args);
    assert!(!output.stdout.contains(&0x1b), "what people write does not command the terminal");
}

#[test]
fn programs_get_json() {
    let desk = Desk::new();
    let output = desk.invoke(&[&RULED[..], &["--json", "masked.json", "denied.json"]].concat());
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [masked, denied, summary] = &*lines else { panic!("{lines:?}") };
    assert_eq!(masked["verdict"], "edited");
    assert_eq!(masked["received"]["content"], "please maskme");
    assert_eq!(masked["delivered"]["content"], "please ******");
    assert_eq!(masked["delivered"]["push-body"], "hello");
    assert_eq!(masked["callbacks"][0]["status"], 200);
    assert_eq!(masked["log"]["rules"][0]["id"], "mask");
    assert_eq!((&denied["verdict"], &denied["delivered"]), (&json!("denied"), &Value::Null));
    assert_eq!(summary["summary"]["verdicts"], json!({"denied": 1, "edited": 1}));
    if cfg!(target_os = "linux") {
        assert!(summary["summary"]["peak_memory_bytes"].as_u64().unwrap() > 1_000_000);
        assert!(summary["summary"]["cold_cpu_ms"].as_f64().unwrap() > 0.0);
    }
}

#[test]
fn an_edit_of_attributes_is_an_edit() {
    let desk = Desk::new();
    let rule = "version = 1\n[[rule]]\nid = 'mask'\non = ['attributes']\nfind = { words = ['maskme'] }\ndo = 'mask'\n";
    desk.write("attributes.toml", rule);
    let mut event = event("maskme");
    event["CallbackId"] = json!("a".repeat(36));
    event["ChannelMessage"]["MessageAttributes"] = json!({ "topic": { "StringValues": ["maskme", "b"] } });
    desk.write("attributes.json", &event.to_string());
    let args = ["--rules", "attributes.toml", "attributes.json"];
    desk.check(
        &args,
        0,
        &["1 event: 1 edited", r#"{"topic":["maskme","b"]}"#, r#"{"topic":["******","b"]}"#],
    );
}

#[test]
fn any_bootstrap_will_do() {
    let desk = Desk::new();
    let args = [&RULED[..], &["--processor", env!("CARGO_BIN_EXE_processor"), "masked.json"]].concat();
    desk.check(&args, 0, &["please ******", "1 event: 1 edited"]);
}

#[test]
fn an_event_that_comes_twice_is_told_apart() {
    Desk::new().check(&["clean.json", "clean.json"], 0, &["duplicate", "already had a reply"]);
}

#[test]
fn exit_codes_tell_what_happened() {
    let desk = Desk::new();
    desk.check(&["unanswerable.json"], 1, &["unanswered", "NotAnEvent", "no readable CallbackId"]);
    desk.check(&["broken.json"], 2, &["broken.json is not JSON"]);
    desk.check(&["missing.json"], 2, &["cannot read missing.json"]);
    desk.check(&[], 2, &["Usage"]);
    desk.check(&["--rules", "missing.toml", "clean.json"], 2, &["cannot read missing.toml"]);
    desk.check(&["--processor", "missing", "clean.json"], 2, &["cannot run missing"]);
    desk.check(&["--env", "novalue", "clean.json"], 2, &["expected NAME=VALUE"]);
}

#[test]
fn a_function_that_does_not_start_is_shown_with_what_it_said() {
    let desk = Desk::new();
    desk.write("bad.toml", "version = 1\n[[rule]]\nid = \"a\"\nfind = { wrds = [\"x\"] }\n");
    desk.check(&["--rules", "bad.toml", "clean.json"], 1, &["did not start", "wrds"]);
}

#[test]
fn a_bootstrap_may_be_a_script() {
    let desk = Desk::new();

    let script = "#!/bin/sh\nexec \"$PROCESSOR\"\n";
    desk.write("bootstrap", script);
    let bootstrap = desk.path("bootstrap");
    let mut permissions = std::fs::metadata(&bootstrap).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    std::fs::set_permissions(&bootstrap, permissions).unwrap();
    let processor = format!("PROCESSOR={}", env!("CARGO_BIN_EXE_processor"));
    desk.check(
        &["--processor", "bootstrap", "--env", &processor, "clean.json"],
        0,
        &["1 event: 1 unchanged"],
    );
    let broken = |program: &str, says: &[&str]| {
        let processor = format!("PROCESSOR={program}");
        desk.check(&["--processor", "bootstrap", "--env", &processor, "clean.json"], 1, says);
    };
    broken("/bin/false", &["the function did not start (exit status: 1)"]);
    broken("/bin/true", &["the function did not start (exit status: 0)"]);
    broken("/nowhere", &["the function did not start (exit status: 127)", "/nowhere"]);
    desk.write("bootstrap", "#!/bin/sh\necho going >&2\nkill -9 $$\n");
    broken("", &["the function did not start (signal: 9 (SIGKILL))", "going"]);
    desk.write("bootstrap", "#!/nowhere/sh\n");
    desk.check(
        &["--processor", "bootstrap", "clean.json"],
        1,
        &["cannot start", "the interpreter that its first line names is not there"],
    );
}
