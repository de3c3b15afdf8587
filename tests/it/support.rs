//! A stage for the built processor: starts it, sends it events, and collects its output.

use std::time::Duration;

use chimeflow::loopback::{Act, Callback, Completion, Function, Launch, Line, Loopback, deadline_in};
use serde_json::{Value, json};

pub(crate) const CHANNEL: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/house/channel/general";
pub(crate) const SENDER: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/house/user/ana";
pub(crate) const CALLBACK: &str = "c9b3f3a6-8f5e-4b0e-9f57-0f3f1d5f7c11";

/// Rules that tell the verdicts apart at a glance.
pub(crate) const RULES: &str = r#"
version = 1
[[rule]]
id = "deny"
find = { words = ["denyme"] }
do = "deny"
[[rule]]
id = "mask"
find = { words = ["maskme"] }
do = "mask"
"#;

/// A running processor, and its output so far.
pub(crate) struct Stage {
    pub loopback: Loopback,
    pub function: Function,
    lines: Vec<Line>,
    /// Folders that it may read, which live as long as it does.
    kept: Vec<Folder>,
}

impl Stage {
    /// Starts the built processor with [`RULES`].
    pub(crate) async fn start() -> Self {
        Self::with_rules(RULES, &[]).await
    }

    /// Starts the built processor with `rules` and further environment variables.
    pub(crate) async fn with_rules(rules: &str, env: &[(&str, &str)]) -> Self {
        let folder = Folder::new();
        let path = folder.0.join("rules.toml");
        std::fs::write(&path, rules).unwrap();
        let mut launch = processor(env);
        launch.env.push(("CHIMEFLOW_RULES".into(), format!("file:{}", path.display())));
        let mut stage = Self::launch(&launch).await;
        stage.kept.push(folder);
        stage.ready().await;
        stage
    }

    /// Starts anything, without waiting for it.
    pub(crate) async fn launch(launch: &Launch) -> Self {
        let loopback = Loopback::start().await.unwrap();
        let function = loopback.launch(launch).unwrap();
        Self { loopback, function, lines: Vec::new(), kept: Vec::new() }
    }

    pub(crate) async fn ready(&mut self) {
        tokio::select! {
            ready = self.loopback.runtime_api.ready() => ready.unwrap(),
            ended = self.function.ended() => panic!("the processor ended: {ended:?}\n{:?}", self.written().await),
        }
    }

    pub(crate) fn script(&self, acts: impl IntoIterator<Item = Act>) -> &Self {
        self.loopback.messaging.script(acts);
        self
    }

    /// Sends it `event`, with ten seconds left.
    pub(crate) async fn invoke(&self, event: &Value) -> Completion {
        self.invoke_within(event, Duration::from_secs(10)).await
    }

    pub(crate) async fn invoke_within(&self, event: &Value, time: Duration) -> Completion {
        in_time(self.loopback.runtime_api.invoke(event.to_string(), deadline_in(time))).await
    }

    pub(crate) fn callbacks(&self) -> Vec<Callback> {
        self.loopback.messaging.callbacks()
    }

    /// Returns the JSON line about the invocation `ended`.
    pub(crate) async fn record(&mut self, ended: &Completion) -> Value {
        loop {
            let line = in_time(self.function.line()).await.expect("a line about the invocation");
            self.lines.push(line.clone());
            let record: Value = serde_json::from_str(&line.text).unwrap_or_default();
            if record["requestId"] == *ended.request_id {
                return record;
            }
        }
    }

    /// Returns everything it wrote, after its end.
    pub(crate) async fn written(&mut self) -> Vec<String> {
        while let Some(line) = in_time(self.function.line()).await {
            self.lines.push(line);
        }
        self.lines.iter().map(|line| line.text.clone()).collect()
    }

    pub(crate) fn terminate(&self) {
        let id = self.function.id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// Ends it and returns everything it wrote.
    pub(crate) async fn end(mut self) -> Vec<String> {
        self.terminate();
        self.written().await
    }
}

/// Returns the built processor, with built-in rules.
pub(crate) fn processor(env: &[(&str, &str)]) -> Launch {
    Launch {
        program: env!("CARGO_BIN_EXE_processor").into(),
        args: Vec::new(),
        env: env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    }
}

/// Waits for what must happen, but not for ever, so that a test fails with a message.
pub(crate) async fn in_time<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), future).await.expect("it happens within a minute")
}

/// Returns the event of a new message.
pub(crate) fn event(content: &str) -> Value {
    json!({
        "EventType": "CHANNEL_MESSAGE_EVENT",
        "CallbackId": CALLBACK,
        "ChannelMessage": {
            "MessageId": "298efac7",
            "ChannelArn": CHANNEL,
            "Content": content,
            "Sender": {"Arn": SENDER, "Name": "Ana"},
            "Persistence": "PERSISTENT",
            "Type": "STANDARD",
            "CreatedTimestamp": "2026-08-14T10:11:12.345Z"
        }
    })
}

/// Returns the same event with every field that can contain text.
pub(crate) fn full_event(content: &str, metadata: &str, title: &str, body: &str) -> Value {
    let mut event = event(content);
    let message = &mut event["ChannelMessage"];
    message["Metadata"] = json!(metadata);
    message["PushNotification"] = json!({"Title": title, "Body": body, "Type": "VOIP"});
    message["SubChannelId"] = json!("sub-1");
    message["MessageAttributes"] = json!({"k": {"StringValues": ["v"]}});
    event
}

/// A temporary folder of the test.
pub(crate) struct Folder(pub std::path::PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = folder.join(format!("{}-{next}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The exit code and the output of the program.
#[derive(Debug)]
pub(crate) struct ProgramOutput {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl ProgramOutput {
    pub(crate) fn of(output: std::process::Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Checks the exit code, and that the program printed all of these texts.
    #[track_caller]
    pub(crate) fn is(&self, code: i32, texts: &[&str]) {
        let all = format!("{}\n{}", self.out, self.err);
        assert_eq!(self.code, code, "{all}");
        for text in texts {
            assert!(all.contains(text), "no {text:?} in:\n{all}");
        }
    }
}
