//! Real formats of corpora: the same messages in every format have the same results, from a file and from standard input, gzipped or not.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::Folder;

/// Messages with everything that may break a careless reader.
const MESSAGES: [&str; 8] = [
    "what the fuck",
    "hello, \"world\"; it's\t12:30",
    "two\nlines, and\r\nthree",
    "[\"no\", \"list\"]",
    "{\"ChannelMessages\": [1]}",
    "漢字 👩‍👩‍👧 é",
    "use AKIATESTKEYNOTREAL23",
    " spaces \\ \\n ",
];
const CHANNEL: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/a/channel/c";
const SENDER: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/a/user/u";

/// A message as the service describes it.
fn described(text: &str) -> Value {
    json!({
        "MessageId": "m", "Content": text, "Type": "STANDARD", "Redacted": false,
        "CreatedTimestamp": "2026-11-20T10:00:00.123000+00:00",
        "Sender": { "Arn": SENDER, "Name": "Ana" }, "Status": { "Value": "SENT" },
    })
}

/// A record of the service's stream.
fn streamed(text: &str) -> Value {
    let mut payload = described(text);
    payload["ChannelArn"] = CHANNEL.into();
    json!({ "EventType": "CREATE_CHANNEL_MESSAGE", "Payload": payload })
}

fn base64(value: &Value) -> String {
    aws_smithy_types::base64::encode(value.to_string())
}

/// A cell of CSV.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn lines(line: impl Fn(&str) -> String, between: &str) -> String {
    MESSAGES.map(line).join(between)
}

/// The messages in every format: a name, and the text.
fn corpora() -> Vec<(&'static str, String)> {
    let ours = |text: &str| json!({ "text": text, "from": SENDER, "in": CHANNEL }).to_string();
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    let listed =
        json!({ "ChannelArn": CHANNEL, "ChannelMessages": MESSAGES.map(described), "NextToken": "x" });
    let lambda = json!({ "Records": MESSAGES.map(|text| json!({ "eventSource": "aws:kinesis", "kinesis": { "data": base64(&streamed(text)) } })) });
    let kinesis = json!({ "Records": MESSAGES.map(|text| json!({ "SequenceNumber": "1", "Data": base64(&streamed(text)) })), "MillisBehindLatest": 0 });
    let event = |text: &str| {
        let message = streamed(text)["Payload"].clone();
        json!({ "CallbackId": "c", "EventType": "CHANNEL_MESSAGE_EVENT", "ChannelMessage": message })
            .to_string()
    };
    let mut csv = "from,text,in\r\n".to_owned();
    let (mut semicolons, mut tabs) = ("text;from;in\n".to_owned(), "from\tcontent\tin\n".to_owned());
    for text in MESSAGES {
        let _ = write!(csv, "{SENDER},{},{CHANNEL}\r\n", quoted(text));
        let _ = writeln!(semicolons, "{};{SENDER};{CHANNEL}", quoted(text));
        let _ = writeln!(tabs, "{SENDER}\t{}\t{CHANNEL}", quoted(text));
    }
    vec![
        ("lines.jsonl", lines(ours, "\n")),
        ("blank.jsonl", format!("\u{feff}\n{}\n\n", lines(ours, "\r\n\n"))),
        ("named.txt", lines(ours, "\n")),
        (
            "array.json",
            pretty(
                &MESSAGES.map(|text| json!({ "text": text, "from": SENDER, "in": CHANNEL })).to_vec().into(),
            ),
        ),
        ("listed.json", pretty(&listed)),
        ("compact.json", listed.to_string()),
        (
            "twice.json",
            pretty(&listed).replacen("\"NextToken\"", "\"More\": {\"messages\": []}, \"NextToken\"", 1),
        ),
        ("lambda.json", pretty(&lambda)),
        ("kinesis.json", kinesis.to_string()),
        ("firehose", lines(|text| streamed(text).to_string(), "")),
        ("stream.jsonl", lines(|text| streamed(text).to_string(), "\n")),
        ("events.jsonl", lines(event, "\n")),
        (
            "exported.json",
            pretty(
                &json!({ "guild": {}, "messages": MESSAGES.map(|text| json!({ "content": text, "from": SENDER, "in": CHANNEL })) }),
            ),
        ),
        ("table.csv", csv.clone()),
        ("marked.csv", format!("\u{feff}{csv}")),
        ("table.data", semicolons),
        ("table.tsv", tabs),
    ]
}

/// The rules tell senders and channels apart.
const RULES: &str = r#"
version = 1
[people.ana]
senders = ["app-instance/a/user/u"]
[places.c]
channels = ["app-instance/a/channel/c"]
[[rule]]
id = "keys"
from = "ana"
find = { secrets = "all" }
do = "deny"
[[rule]]
id = "swearing"
in = "c"
find = { profanity = "work" }
do = "mask"
"#;

fn replay(folder: &Path, corpus: &str, stdin: Option<&[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command.args(["replay", "--json", "--rules", "rules.toml", corpus]).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that fails early does not read.
    let _ = child.stdin.take().unwrap().write_all(stdin.unwrap_or_default());
    child.wait_with_output().unwrap()
}

/// What was printed, without the times.
fn printed(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let without_time = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().remove("micros");
        line
    };
    text.lines().map(without_time).collect()
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    // Two members, as after appending to a gzipped file.
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let zip = |bytes| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    [zip(first), zip(second)].concat()
}

#[test]
fn the_same_messages_come_out_the_same_in_every_format() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("rules.toml"), RULES).unwrap();
    let mut expected: Option<Vec<Value>> = None;
    for (name, text) in corpora() {
        std::fs::write(folder.0.join(name), &text).unwrap();
        let zip = format!("{name}.gz");
        std::fs::write(folder.0.join(&zip), zipped(text.as_bytes())).unwrap();
        let mut runs = vec![(name, replay(&folder.0, name, None)), (&zip, replay(&folder.0, &zip, None))];
        // The name of a file may decide only whether it is CSV.
        runs.push(("-", replay(&folder.0, "-", Some(text.as_bytes()))));
        runs.push(("- gzipped", replay(&folder.0, "-", Some(&zipped(text.as_bytes())))));
        for (run, output) in runs {
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name} by {run}: {errors}");
            assert_eq!(errors.contains("gzipped"), run != name && run != "-", "{name} by {run}: {errors}");
            let found = printed(&output);
            assert_eq!(found.len(), MESSAGES.len(), "{name} by {run}");
            let expected = expected.get_or_insert_with(|| found.clone());
            assert_eq!(&found, expected, "{name} by {run}");
        }
    }
    let expected = expected.unwrap();
    assert_eq!((&expected[0]["verdict"], &expected[6]["verdict"]), (&json!("edited"), &json!("denied")));
}

#[test]
fn texts_alone_make_a_corpus_too() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("rules.toml"), "version = 1\n").unwrap();
    for (text, count) in [
        ("hello\n\nwhat, now\r\n", 2),
        ("\"hello\"\n\"what\"", 2),
        ("[\"hello\", \"what\"]", 2),
        ("[12:30] <ann> hi\n", 1),
        ("", 0),
        ("[]", 0),
    ] {
        let output = replay(&folder.0, "-", Some(text.as_bytes()));
        assert!(output.status.success(), "{text}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(printed(&output).len(), count, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_line_and_without_its_text() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("rules.toml"), "version = 1\n").unwrap();
    for (name, text, wanted) in [
        (
            "a.jsonl",
            "{\"text\": \"canary\"}\n{\"text\": 7}\n",
            "a.jsonl: 1 line holds no message\n  line 2: expected `text` to be a string",
        ),
        (
            "b.json",
            "[{\"text\": \"canary\"},\n{\"txt\": \"canary\"}]",
            "b.json: 1 line holds no message\n  line 2: expected an object with `text`",
        ),
        ("c.json", "[{\"text\": \"canary\"},\n{\"text\": \"canary", "line 2: the file ends within a string"),
        (
            "d.csv",
            "id,text\n1,canary\n2,canary,canary\n",
            "d.csv: 1 line holds no message\n  line 3: expected 2 columns as in the header, found 3",
        ),
        (
            "e.csv",
            "id,comment\n1,canary\n",
            "e.csv: expected a header with a column `text`, found `id`, `comment`",
        ),
        ("f.jsonl", "\u{fffd}PAR1", ""),
        (
            "g.json",
            "{\"Records\": [{\"kinesis\": {\"data\": \"canary!\"}}]}",
            "line 1: expected the data of a Kinesis record in base64",
        ),
        (
            "h.csv",
            "from,text\nu,canary\nu,\"canary\nu,canary\n",
            "h.csv: 1 line holds no message\n  line 3: the quote that opens on line 3 is never closed",
        ),
        (
            "i.csv",
            "text,from\n\"a\nb\",u\n\"\n\ncanary\",\"u\n",
            "line 4: the quote that opens on line 6 is never closed",
        ),
        ("j.csv", "text,\"from\ncanary,u\n", "line 1: the quote that opens on line 1 is never closed"),
        ("k.bin", "canary\0\u{1}", ""),
    ] {
        std::fs::write(folder.0.join(name), text).unwrap();
        let output = replay(&folder.0, name, None);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(errors.contains(wanted), "{name}: {errors}");
        assert!(!errors.contains("canary"), "{name}: {errors}");
        assert_eq!(output.status.code(), Some(if wanted.is_empty() { 0 } else { 2 }), "{name}: {errors}");
    }
}

#[test]
fn records_without_a_new_text_are_counted() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("rules.toml"), "version = 1\n").unwrap();
    let mut deleted = streamed("x");
    deleted["EventType"] = "DELETE_CHANNEL_MESSAGE".into();
    let mut redacted = described("x");
    (redacted["Content"], redacted["Redacted"]) = (Value::Null, true.into());
    let corpus = [streamed("one"), deleted, redacted].map(|it| it.to_string()).join("\n");
    let output = replay(&folder.0, "-", Some(corpus.as_bytes()));
    assert_eq!(printed(&output).len(), 1);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("skipped 1 record without a new text: DELETE_CHANNEL_MESSAGE"), "{errors}");
    assert!(errors.contains("skipped 1 record without a new text: redacted"), "{errors}");
}

#[test]
fn a_list_that_is_not_read_is_named() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("rules.toml"), "version = 1\n").unwrap();
    let corpus = json!({ "archived": [{ "text": "x" }], "members": [{ "id": 1 }], "messages": [{ "text": "one" }], "pinned": [{ "content": "y" }] });
    for corpus in
        [corpus.to_string(), serde_json::to_string_pretty(&corpus).unwrap(), format!("{corpus}\n{corpus}")]
    {
        let output = replay(&folder.0, "-", Some(corpus.as_bytes()));
        assert!(output.status.success() && !printed(&output).is_empty());
        let errors = String::from_utf8_lossy(&output.stderr);
        for list in ["archived", "pinned"] {
            assert_eq!(errors.matches(&format!("the list `{list}` on line ")).count(), 1, "{errors}");
        }
        assert!(!errors.contains("members"), "{errors}");
    }
}

#[test]
fn a_page_never_takes_the_place_of_what_is_read() {
    let folder = Folder::new();
    let files =
        [("old.toml", "version = 1\n"), ("new.toml", "version = 1 # new\n"), ("corpus.txt", "hello\n")];
    let write = |(name, text): (&str, &str)| std::fs::write(folder.0.join(name), text).unwrap();
    files.into_iter().for_each(write);
    let page = |args: &[&str], page: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.args(args).args(["--html", page]).current_dir(&folder.0).output().unwrap()
    };
    let commands: [&[&str]; 2] =
        [&["replay", "--rules", "old.toml", "corpus.txt"], &["diff", "old.toml", "new.toml", "corpus.txt"]];
    for args in commands {
        for (input, text) in files.iter().filter(|(name, _)| args.contains(name)) {
            // The name does not matter: another path leads to the same file.
            std::os::unix::fs::symlink(input, folder.0.join("link")).unwrap();
            for name in [(*input).to_owned(), format!("./{input}"), "link".to_owned()] {
                let output = page(args, &name);
                let errors = String::from_utf8_lossy(&output.stderr);
                assert_eq!(output.status.code(), Some(2), "{args:?} {name}: {errors}");
                assert!(errors.contains(&format!("`{name}` is read, so it cannot be written")), "{errors}");
                assert_eq!(std::fs::read_to_string(folder.0.join(input)).unwrap(), *text);
            }
            std::fs::remove_file(folder.0.join("link")).unwrap();
        }
        let output = page(args, "page.html");
        assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
        assert!(folder.0.join("page.html").exists());
    }
}
