//! [`Stage`]: emulated servers behind a proxy, a command that is run there, and the state afterwards.

use std::process::Stdio;
use std::time::Duration;

use chimeflow::local::LocalChime;
use serde_json::Value;
use tokio::process::Command;

use super::proxy::{NOT_QUOTED, Proxy};
use super::scene::Scene;
use super::wire::Response;
use crate::local::client::{Chat, Client, FUNCTION, encoded};
use crate::push::appconfig::AppConfig;
use crate::redrive::world::{TEXT, World};
use crate::support::{Folder, ProgramOutput};

/// Credentials that no output may contain. They are invented.
const SECRETS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "vermilion-key-id"),
    ("AWS_SECRET_ACCESS_KEY", "vermilion-key"),
    ("AWS_SESSION_TOKEN", "vermilion-token"),
];

/// Emulated servers, and the values of the placeholders in commands.
pub(super) struct Stage {
    servers: Servers,
    words: Vec<(&'static str, String)>,
    _folder: Folder,
}

enum Servers {
    Messaging { chime: LocalChime, chat: Box<Chat>, proxy: Proxy },
    AppConfig { appconfig: AppConfig, proxy: Proxy },
    Queue(World),
}

impl Stage {
    /// Prepares the state before a scene's command runs.
    pub(super) async fn of(scene: &Scene) -> Self {
        let folder = Folder::new();
        let mut words = Vec::new();
        for (name, word) in [("HERON", "heron"), ("STORK", "stork")] {
            let path = folder.0.join(format!("{word}.toml"));
            let rules =
                format!("version = 1\n[[rule]]\nid = \"{word}\"\nfind = {{ words = [\"{word}\"] }}\n");
            std::fs::write(&path, format!("{rules}do = \"mask\"\nhit = [\"{word}\"]\n")).unwrap();
            words.push((name, path.display().to_string()));
        }
        let servers = match scene.command.split(' ').next() {
            Some("flow") => {
                let chime = LocalChime::start().await.unwrap();
                let chat = Client::new(chime.address()).chat().await;
                let named = [("APP", chat.app()), ("CHANNEL", &*chat.channel), ("ANN", chat.ann())];
                words.extend(named.map(|(name, arn)| (name, arn.to_owned())));
                words.extend([("FLOW", chat.flow.clone()), ("NEW", format!("{FUNCTION}:live"))]);
                let proxy = Proxy::start(&chime.endpoint(), without_local_policy).await;
                Servers::Messaging { chime, chat: Box::new(chat), proxy }
            }
            Some("rules") => {
                words.push(("PLACE", "chat/live/rules".to_owned()));
                let appconfig = AppConfig::start().await;
                appconfig.change(|world| world.environment.course = vec![("COMPLETE", 100.0)]);
                let proxy = Proxy::start(&appconfig.endpoint, |_, response| response).await;
                Servers::AppConfig { appconfig, proxy }
            }
            _ => Servers::Queue(World::with_six().await),
        };
        let stage = Self { servers, words, _folder: folder };
        for command in scene.before {
            let output = stage.proxy().run(&mut stage.command(command)).await.unwrap();
            ProgramOutput::of(output).is(0, &[]);
        }
        if let Servers::AppConfig { appconfig, .. } = &stage.servers {
            appconfig.change(|world| world.environment.course = vec![("BAKING", 100.0), ("COMPLETE", 100.0)]);
        }
        stage.proxy().spoil(Vec::new());
        stage
    }

    pub(super) const fn proxy(&self) -> &Proxy {
        match &self.servers {
            Servers::Messaging { proxy, .. } | Servers::AppConfig { proxy, .. } => proxy,
            Servers::Queue(world) => &world.proxy,
        }
    }

    /// Returns the program with these words, directed to the proxy.
    fn command(&self, words: &str) -> Command {
        let mut words: Vec<_> = words.split(' ').map(|word| self.word(word)).collect();
        let endpoint = &self.proxy().endpoint;
        if let Servers::Queue(_) = &self.servers {
            words.extend(["--queue".to_owned(), format!("{endpoint}/111122223333/failed")]);
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.args(words).args(["--endpoint-url", endpoint]).env_clear().envs(SECRETS).envs([
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_REGION", "us-east-1"),
        ]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn word(&self, word: &str) -> String {
        let known = self.words.iter().find(|(name, _)| *name == word);
        known.map_or_else(|| word.to_owned(), |(_, means)| means.clone())
    }

    /// Runs a scene's command; nothing if a fault kills it. Its output has placeholders for ids, so that stages can be compared.
    pub(super) async fn run(&self, scene: &Scene) -> Option<ProgramOutput> {
        let mut command = self.command(scene.command);
        let output = tokio::select! {
            output = self.proxy().run(&mut command) => output?,
            () = self.let_time_go_by() => unreachable!("it does not end"),
        };
        let mut printed = ProgramOutput::of(output);
        for (name, means) in &self.words {
            printed.out = printed.out.replace(means, name);
        }
        Some(printed)
    }

    /// Makes records visible again that a killed command still holds, which otherwise takes half a minute.
    async fn let_time_go_by(&self) {
        loop {
            tokio::time::sleep(Duration::from_secs(2)).await;
            let Servers::Queue(world) = &self.servers else { continue };
            for answer in self.proxy().take_lost() {
                world.release(&serde_json::from_slice(&answer).unwrap_or_default());
            }
        }
    }

    /// Lets half a minute pass.
    pub(super) fn wait(&self) {
        if let Servers::Queue(world) = &self.servers {
            world.wait();
        }
    }

    /// Returns everything that the servers keep, without ids.
    pub(super) async fn state(&self) -> String {
        match &self.servers {
            Servers::AppConfig { appconfig, .. } => appconfig.change(|world| {
                let (versions, environment) = (&world.versions, &world.environment);
                format!("{versions:?} {:?} {:?}", environment.states(), environment.in_use)
            }),
            Servers::Queue(world) => {
                let state = world.state.lock().unwrap();
                let mut answered = state.answered.clone();
                answered.sort();
                format!("{:?} {answered:?}", state.records.keys())
            }
            Servers::Messaging { chime, chat, .. } => {
                let client = Client::new(chime.address());
                let path = format!("/channel-flows?app-instance-arn={}", encoded(chat.app()));
                let listed = client.get("GET", &path, "", Value::Null).await;
                let flows = listed["ChannelFlows"].as_array().unwrap();
                let mut states: Vec<_> =
                    flows.iter().map(|flow| format!("{} {}", flow["Name"], flow["Processors"])).collect();
                states.sort();
                let channel = client.get("GET", &chat.path(), chat.ann(), Value::Null).await;
                let of_channel = flows
                    .iter()
                    .find(|flow| flow["ChannelFlowArn"] == channel["Channel"]["ChannelFlowArn"])
                    .map(|flow| flow["Name"].clone());
                let path = format!("/2015-03-31/functions/{FUNCTION}/policy?Qualifier=live");
                let policy = client.get("GET", &path, "", Value::Null).await;
                format!("{states:?} {of_channel:?} {:?}", statements(&policy))
            }
        }
    }

    /// Checks in the order in which messages were answered that no message of a channel overtook another.
    pub(super) fn is_in_order(&self) -> bool {
        let Servers::Queue(world) = &self.servers else { return true };
        world.is_in_order(3)
    }
}

/// Returns what is wrong with the program's output, whatever the command.
pub(super) fn flaw(printed: &ProgramOutput) -> Option<String> {
    let all = format!("{}{}", printed.out, printed.err);
    let secrets = SECRETS.map(|(_, value)| value);
    let never = ["panicked", "RUST_BACKTRACE", NOT_QUOTED, TEXT.split(' ').nth(1).unwrap()];
    if let Some(found) = secrets.iter().chain(&never).find(|text| all.contains(**text)) {
        return Some(format!("it says {found}"));
    }
    if all.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{202e}') {
        return Some("it controls the terminal".to_owned());
    }
    (!(0..=2).contains(&printed.code)).then(|| format!("it ends with {}", printed.code))
}

/// Returns the names of the statements in an answer of `GetPolicy`, but for that of the local service itself.
fn statements(answer: &Value) -> Vec<Value> {
    let policy: Value =
        serde_json::from_str(answer["Policy"].as_str().unwrap_or_default()).unwrap_or_default();
    let statements = policy["Statement"].as_array().cloned().unwrap_or_default();
    statements.into_iter().filter(|statement| statement["Sid"] != "local").collect()
}

/// Takes the local service's own permission to invoke the function out of answers, so that there is one to grant.
fn without_local_policy(operation: &str, response: Response) -> Response {
    if operation != "GetPolicy" || response.status != 200 {
        return response;
    }
    let mut answer: Value = serde_json::from_slice(&response.body).unwrap();
    let statements = statements(&answer);
    if statements.is_empty() {
        return Response::error(404, "ResourceNotFoundException", "there is none");
    }
    let policy = serde_json::json!({ "Version": "2012-10-17", "Statement": statements });
    answer["Policy"] = policy.to_string().into();
    Response { body: answer.to_string().into_bytes(), ..response }
}
