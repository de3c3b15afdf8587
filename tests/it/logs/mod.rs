//! Every line that the processor can print: read, compared with the tables of `docs/logs.md`, and added up.
//!
//! The page is the schema. A key that it does not list, a type it does not name, a key that should be there and is not, and one that it
//! lists and nobody ever prints: each fails a test here.

mod emf;
mod page;
mod paths;
mod sampling;

use std::collections::BTreeSet;

use chimeflow::loopback::{Act, Launch};
use serde_json::Value;

use crate::support::{Folder, Stage, in_time, processor};

/// Rules that find, fail and watch in every way, for the processor with the detector that fails.
const RULES: &str = r#"
version = 1
[[rule]]
id = "deny"
find = { words = ["denyme"] }
do = "deny"
severity = "high"
tag = ["house"]
points = 3
[[rule]]
id = "mask"
find = { words = ["maskme"] }
do = "mask"
[[rule]]
id = "strip"
find = { words = ["stripme"] }
do = "strip"
[[rule]]
id = "watch"
find = { regex = ["watchme"] }
do = "deny"
mode = "shadow"
[[rule]]
id = "boom"
find = { breaks = "panic" }
do = "deny"
[[rule]]
id = "grow"
find = { words = ["growme"] }
do = { annotate = { metadata = { grown = true } } }
"#;

const FAILS: &str = r#"
[[rule]]
id = "spent"
find = { breaks = "budget" }
do = "mask"
on-error = "pass"
[[rule]]
id = "asks"
find = { strikes = { min = 1, within = "1h" } }
do = "deny"
mode = "shadow"
"#;

/// Returns everything that a processor with `rules` and `env` prints for `events`, with the service's act for each.
async fn printed(rules: &str, env: &[(&str, &str)], events: &[(Value, Vec<Act>)]) -> Vec<Value> {
    let folder = Folder::new();
    let path = folder.0.join("rules.toml");
    std::fs::write(&path, rules).unwrap();
    let mut launch = processor(env);
    launch.env.push(("CHIMEFLOW_RULES".into(), format!("file:{}", path.display())));
    if rules.contains("breaks") {
        launch.program = std::env::current_exe().unwrap();
        launch.args = ["breaks::processor_that_breaks", "--exact", "--nocapture"].map(Into::into).to_vec();
    }
    let mut stage = Stage::launch(&launch).await;
    stage.ready().await;
    for (event, acts) in events {
        stage.script(acts.iter().cloned());
        stage.invoke_within(event, std::time::Duration::from_millis(1_500)).await;
        stage.loopback.messaging.forget_script();
    }
    lines(stage.end().await)
}

/// Returns what a processor that cannot start prints.
async fn last_words(launch: &Launch) -> Vec<Value> {
    let mut stage = Stage::launch(launch).await;
    assert!(!in_time(stage.function.ended()).await.unwrap().success());
    lines(stage.written().await)
}

/// Reads `written` line by line. The processor that fails is a test program, whose other lines are ignored.
fn lines(written: Vec<String>) -> Vec<Value> {
    const HARNESS: [&str; 3] = ["running 1 test", "test breaks::processor_that_breaks", "test result: ok"];
    let harness = |line: &str| line.is_empty() || HARNESS.iter().any(|own| line.starts_with(own));
    let read = |line: String| {
        assert!(line.len() < 256 * 1024, "a line is no longer than one event of the log may be");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    };
    written.into_iter().filter(|line| !harness(line)).map(read).collect()
}

/// Compares `lines` with the page, and adds the names that they use to `seen`.
pub(crate) fn check(lines: &[Value], seen: &mut BTreeSet<String>) {
    let page = page::Page::read();
    for line in lines {
        page.check(line, seen);
        emf::check(line, &page);
    }
}
