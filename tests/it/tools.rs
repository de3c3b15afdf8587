//! What transcripts cannot test: standard input, files that are saved while a command watches them, and files that are written.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::support::Folder;

const RULES: &str =
    "version = 1\n[[rule]]\nid = \"a\"\nfind = { words = [\"heron\"] }\ndo = \"mask\"\nhit = [\"heron\"]\n";

fn run(folder: &Path, args: &[&str], stdin: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that fails early does not read.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn rules_and_texts_are_read_from_standard_input() {
    let folder = Folder::new();
    let tested = run(&folder.0, &["test", "-"], RULES);
    assert!(out(&tested).ends_with("1 passed; 0 failed\n"), "{tested:?}");
    assert!(out(&run(&folder.0, &["check", "-"], RULES)).starts_with("standard input: fine"));
    let explained = run(&folder.0, &["explain", "--rules", "-", "a heron"], RULES);
    assert!(out(&explained).contains("found `heron`"), "{explained:?}");
    std::fs::write(folder.0.join("r.toml"), RULES).unwrap();
    let explained = run(&folder.0, &["explain", "--rules", "r.toml", "-"], "a heron\nand another\n");
    assert!(out(&explained).contains("content     a heron\n"), "{explained:?}");
    let differ = run(&folder.0, &["diff", "r.toml", "r.toml", "-"], "a heron\n");
    assert!(out(&differ).starts_with("0 of 1 messages"), "{differ:?}");
    let twice = run(&folder.0, &["replay", "--rules", "-", "-"], RULES);
    assert!(err(&twice).contains("name only one file `-`"), "{twice:?}");
    assert_eq!(twice.status.code(), Some(2));
}

#[test]
fn init_makes_a_file_once_and_never_changes_one() {
    let folder = Folder::new();
    let made = run(&folder.0, &["init", "--swearing", "deny", "--words", "kestrel*, launch"], "");
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    let text = std::fs::read_to_string(folder.0.join("rules.toml")).unwrap();
    assert!(text.contains("[\"kestrel*\", \"launch\"]"), "{text}");
    assert!(run(&folder.0, &["check", "--deny-warnings", "rules.toml"], "").status.success());
    let again = run(&folder.0, &["init", "--from", "kids"], "");
    assert!(err(&again).contains("`rules.toml` exists already"), "{}", err(&again));
    assert_eq!(
        (again.status.code(), std::fs::read_to_string(folder.0.join("rules.toml")).unwrap()),
        (Some(2), text)
    );
    assert!(run(&folder.0, &["init", "--from", "kids", "kids.toml"], "").status.success());
    assert!(run(&folder.0, &["test", "--quiet", "kids.toml"], "").status.success());
    let asked = run(&folder.0, &["init", "other.toml"], "mask\n");
    assert!(err(&asked).contains("choose a set with --from"), "{}", err(&asked));
    let wrong = run(&folder.0, &["init", "other.toml", "--words", "a*b"], "");
    assert!(
        err(&wrong).contains("nothing was written") && !folder.0.join("other.toml").exists(),
        "{}",
        err(&wrong)
    );
}

#[test]
fn a_report_for_ci_services_is_written() {
    let folder = Folder::new();
    std::fs::write(
        folder.0.join("r.toml"),
        RULES.replace("hit = [\"heron\"]", "hit = [\"heron\", \"<eagle>\"]"),
    )
    .unwrap();
    let tested = run(&folder.0, &["test", "r.toml", "nowhere.toml", "--junit", "report.xml"], "");
    assert_eq!(tested.status.code(), Some(2));
    let report = std::fs::read_to_string(folder.0.join("report.xml")).unwrap();
    assert!(report.contains("tests=\"3\" failures=\"1\" errors=\"1\""), "{report}");
    assert!(report.contains("&lt;eagle&gt;") && !report.contains("<eagle>"), "{report}");
    let printed = run(&folder.0, &["test", "r.toml", "--junit", "-"], "");
    assert!(out(&printed).starts_with("<?xml") && out(&printed).ends_with("</testsuites>\n"), "{printed:?}");
}

/// A process that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn watching_checks_again_whenever_a_file_or_a_list_beside_it_is_saved() {
    let folder = Folder::new();
    let with_list = "version = 1\n[lists.l]\nfile = \"l.txt\"\n[[rule]]\nid = \"a\"\nfind = { words = \"l\" }\ndo = \"mask\"\nhit = [\"heron\"]\n";
    std::fs::write(folder.0.join("r.toml"), with_list).unwrap();
    std::fs::write(folder.0.join("l.txt"), "heron\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command
        .args(["check", "--watch", "r.toml"])
        .current_dir(&folder.0)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    let stderr = child.stderr.take().unwrap();
    let _running = Running(child);
    let mut verdicts = BufReader::new(stdout).lines().map(Result::unwrap);
    let mut notes = BufReader::new(stderr).lines().map(Result::unwrap);
    let mut is_watching = || assert!(notes.any(|line| line.contains("watching r.toml, l.txt")));
    assert!(verdicts.next().unwrap().starts_with("r.toml: fine"));
    is_watching();
    std::fs::write(folder.0.join("l.txt"), "eagle, really\n").unwrap();
    assert!(verdicts.next().unwrap().starts_with("r.toml: not fine"));
    is_watching();
    // Many editors write another file, and replace the first by it.
    std::fs::write(folder.0.join("new"), with_list.replace("[\"heron\"]", "[\"eagle, really\"]")).unwrap();
    std::fs::rename(folder.0.join("new"), folder.0.join("r.toml")).unwrap();
    let verdict = verdicts.next().unwrap();
    assert!(verdict.starts_with("r.toml: "), "{verdict}");
}

#[test]
fn the_local_service_listens_where_people_say() {
    for args in
        [&["--port", "0"][..], &["--listen", "0"], &["--listen", "localhost:0"], &["--listen", "127.0.0.1:0"]]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        let mut child = command.arg("local").args(args).stdout(Stdio::piped()).spawn().unwrap();
        let stdout = child.stdout.take().unwrap();
        let _running = Running(child);
        let first = BufReader::new(stdout).lines().next().unwrap().unwrap();
        assert!(first.starts_with("Chime SDK messaging and identity listen at http://127.0.0.1:"), "{first}");
    }
}

#[test]
fn a_page_contains_no_text_unless_asked_and_needs_nothing_else() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("r.toml"), RULES).unwrap();
    std::fs::write(folder.0.join("s.toml"), RULES.replace("mask", "deny")).unwrap();
    std::fs::write(
        folder.0.join("c.jsonl"),
        "{\"text\": \"a heron <script>alert(1)</script>\", \"at\": \"2026-11-20T10:00:00Z\"}\n",
    )
    .unwrap();
    for command in [&["replay", "--rules", "r.toml", "c.jsonl"][..], &["diff", "r.toml", "s.toml", "c.jsonl"]]
    {
        for asked in [false, true] {
            let mut args = command.to_vec();
            args.extend(["--html", "page.html"]);
            args.extend(asked.then_some("--show-text"));
            let output = run(&folder.0, &args, "");
            assert_ne!(output.status.code(), Some(2), "{}", err(&output));
            let page = std::fs::read_to_string(folder.0.join("page.html")).unwrap();
            assert_eq!(page.contains("a heron"), asked, "{args:?}");
            assert_eq!(page.contains("This page contains no text of messages."), !asked);
            assert!(
                !page.contains("<script") && !page.contains("http:") && !page.contains("https:"),
                "{page}"
            );
            assert!(page.contains("2026-11-20"), "{page}");
        }
    }
}
