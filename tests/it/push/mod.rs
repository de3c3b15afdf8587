//! `chimeflow rules`, against AppConfig's control plane, which is emulated.

mod again;
pub(crate) mod appconfig;
mod environment;
mod rollback;

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::Instant;

use self::appconfig::AppConfig;
use self::environment::PROFILE;
use crate::faults::proxy::Proxy;
use crate::live::extension::{Act, Extension};
use crate::live::send;
use crate::support::{Folder, ProgramOutput, Stage, in_time, processor};

const PLACE: &str = "chat/live/rules";

/// A folder with rules files, and what happens when the program works with them.
struct Desk {
    appconfig: AppConfig,
    /// The proxy in front of it.
    proxy: Proxy,
    folder: Folder,
}

impl Desk {
    async fn new() -> Self {
        let appconfig = AppConfig::start().await;
        let proxy = Proxy::start(&appconfig.endpoint, |_, response| response).await;
        Self { appconfig, proxy, folder: Folder::new() }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Writes rules that mask `word`, and returns the path.
    fn rules(&self, word: &str) -> String {
        let text = format!(
            "version = 1\n[[rule]]\nid = \"a\"\nfind = {{ words = [\"{word}\"] }}\ndo = \"mask\"\nhit = [\"{word}\"]\n"
        );
        self.write("rules.toml", &text).display().to_string()
    }

    /// Returns the program with `args`, directed to AppConfig.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.arg("rules").args(args).env_clear().current_dir(&self.folder.0);
        command.envs([
            ("AWS_ENDPOINT_URL_APPCONFIG", &*self.proxy.endpoint),
            ("AWS_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    async fn run(&self, args: &[&str]) -> ProgramOutput {
        let output = in_time(self.command(args).output()).await.unwrap();
        ProgramOutput::of(output)
    }

    async fn push(&self, word: &str) -> ProgramOutput {
        self.run(&["push", &self.rules(word), "--to", PLACE]).await
    }

    fn changes(&self) -> Vec<String> {
        self.appconfig.change(|world| std::mem::take(&mut world.changes))
    }
}

#[tokio::test]
async fn rules_are_pushed_once_and_followed_until_they_are_in_use() {
    let desk = Desk::new().await;
    desk.push("heron").await.is(
        0,
        &[
            "version 1 has reached 40 %",
            "version 1 is in use everywhere",
            "chat/live/rules: version 1 is in use",
        ],
    );
    assert_eq!(desk.changes(), ["create 1", "deploy 1 AppConfig.AllAtOnce"]);

    desk.push("heron").await.is(0, &["nothing to do: version 1 has the same content and is in use"]);
    assert!(desk.changes().is_empty());

    let path = desk.rules("stork");
    let printed = desk.run(&["push", &path, "--to", PLACE, "--strategy", "Slow", "--json"]).await;
    printed.is(0, &["~ rule a"]);
    let report: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(
        report,
        json!({"version": "2", "created": true, "deployment": 2, "state": "COMPLETE", "changed": true})
    );
    assert_eq!(desk.changes(), ["create 2", "deploy 2 slow123"]);

    // With the strategy of the last push, and by ids as well as by names.
    let path = desk.rules("goose");
    desk.run(&["push", &path, "--to", "abcd123/efgh456/ijkl789", "--no-wait"])
        .await
        .is(0, &["is on its way, as deployment 3"]);
    assert_eq!(desk.changes(), ["create 3", "deploy 3 slow123"]);
    desk.run(&["push", &path, "--to", PLACE])
        .await
        .is(0, &["has the same content and is being deployed", "version 3 is in use"]);
    assert!(desk.changes().is_empty());
}

#[tokio::test]
async fn what_is_pushed_is_what_the_validator_finds_fit() {
    let desk = Desk::new().await;
    let mut validator = Stage::launch(&processor(&[("CHIMEFLOW_ROLE", "validator")])).await;
    validator.ready().await;
    let validator = Arc::new(validator);
    desk.appconfig.change(|world| world.validator = Some(validator));
    let text = "version = 1\n[lists.birds]\nfile = \"birds.txt\"\n[[rule]]\nid = \"a\"\nfind = { words = \"birds\" }\ndo = \"mask\"\nhit = [\"a heron\"]\n";
    let path = desk.write("lists.toml", text).display().to_string();
    desk.write("birds.txt", "heron\n# and others\nblue tit\n");
    desk.run(&["push", &path, "--to", PLACE]).await.is(0, &["version 1 is in use"]);
    let (_, deployed) = desk.appconfig.deployed().unwrap();
    assert!(deployed.starts_with(text) && deployed.contains("blue tit"), "{deployed}");
    let printed = desk.run(&["bundle", &path]).await;
    assert_eq!(printed.out, deployed);
    assert_eq!(desk.run(&["pull", PLACE]).await.out, deployed);
    desk.run(&["status", PLACE, &path]).await.is(0, &["is the same"]);
}

#[tokio::test]
async fn what_is_pushed_is_live_in_a_warm_function_within_a_minute() {
    let desk = Desk::new().await;
    desk.push("heron").await.is(0, &[]);
    let deployed = || Act::Rules("1", desk.appconfig.deployed().unwrap().1.into());
    let extension = Extension::start(deployed()).await;
    let port = extension.port.to_string();
    let here =
        [("CHIMEFLOW_RULES", "appconfig:chat/live/rules"), ("AWS_APPCONFIG_EXTENSION_HTTP_PORT", &*port)];
    let mut stage = Stage::launch(&processor(&here)).await;
    stage.ready().await;
    assert_eq!(send(&mut stage, "a heron, a stork").await.0, "a *****, a stork");

    desk.push("stork").await.is(0, &["version 2 is in use"]);
    let (version, text) = desk.appconfig.deployed().unwrap();
    assert_eq!(version, 2);
    // The real extension may take up to 45 seconds to notice the change. From then on:
    extension.say(Act::Rules("2", text.into()));
    let began = Instant::now();
    while send(&mut stage, "a heron, a stork").await.0 != "a heron, a *****" {
        assert!(began.elapsed() < Duration::from_secs(14), "not live after {:?}", began.elapsed());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

#[tokio::test]
async fn what_is_not_fit_never_leaves_this_machine_nor_gets_past_the_validator() {
    let desk = Desk::new().await;
    let unfit = [
        (
            "version = 1\n[[rule]]\nid = \"a\"\nfind = { wrds = [\"x\"] }\ndo = \"deny\"\n",
            "did you mean `words`",
        ),
        (
            "version = 1\n[lists.a]\nfile = \"nowhere.txt\"\n[[rule]]\nid = \"a\"\nfind = { words = \"a\" }\ndo = \"deny\"\n",
            "nowhere.txt",
        ),
        ("version = 1\n[[test]]\nsay = \"x\"\ngets = \"y\"\n", "the test has a different outcome"),
    ];
    for (text, says) in unfit {
        let path = desk.write("unfit.toml", text).display().to_string();
        desk.run(&["push", &path, "--to", PLACE]).await.is(1, &[says, "nothing was sent"]);
    }
    assert!(desk.changes().is_empty());

    // Somebody else's validator may know more than this program.
    let refuses = processor(&[("CHIMEFLOW_ROLE", "validator")]);
    let mut validator = Stage::launch(&refuses).await;
    validator.ready().await;
    desk.appconfig.change(|world| {
        world.versions.push("version = 2\n".to_owned());
        let course = std::mem::replace(&mut world.environment.course, vec![("COMPLETE", 100.0)]);
        world.environment.start(1, "AppConfig.AllAtOnce", None, PROFILE).unwrap();
        world.environment.course = course;
        world.validator = Some(Arc::new(validator));
    });
    desk.run(&["status", PLACE]).await.is(0, &["these rules do not load: 1 error, in line 1"]);
    desk.push("heron").await.is(0, &["version 2 is in use"]);
    // The version before does not pass any more, where it has to be deployed.
    desk.appconfig.change(|world| world.environment.is_long_ago = true);
    desk.run(&["rollback", PLACE])
        .await
        .is(2, &["version 1 is refused by the validator now", "found the number `2`"]);
    assert_eq!(desk.appconfig.deployed().unwrap().0, 2);
}

#[tokio::test]
async fn a_deployment_that_is_rolled_back_is_a_failure_and_is_told() {
    let desk = Desk::new().await;
    desk.push("heron").await.is(0, &[]);
    desk.appconfig.change(|world| {
        world.environment.course = vec![("DEPLOYING", 20.0), ("ROLLING_BACK", 20.0), ("ROLLED_BACK", 0.0)];
    });
    desk.push("stork").await.is(1, &["version 2 was rolled back", "alarm processor-errors went off"]);
    desk.run(&["status", PLACE]).await.is(0, &["version 1 is in use", "version 2 was rolled back"]);
    // Once more, with the version that is there.
    desk.changes();
    desk.appconfig.change(|world| world.environment.course = vec![("COMPLETE", 100.0)]);
    desk.push("stork").await.is(0, &["version 2 is in use"]);
    assert_eq!(desk.changes(), ["deploy 2 AppConfig.AllAtOnce"]);
}

#[tokio::test]
async fn a_file_is_compared_with_what_is_in_use() {
    let desk = Desk::new().await;
    let path = desk.rules("heron");
    desk.run(&["status", PLACE]).await.is(0, &["nothing is in use yet"]);
    desk.push("heron").await.is(0, &[]);
    desk.run(&["status", PLACE, &path]).await.is(0, &["version 1 is in use since 2026-11-20", "is the same"]);
    desk.rules("stork");
    desk.run(&["status", PLACE, &path]).await.is(1, &["differs:", "~ rule a"]);
    let commented = format!("# why\n{}", desk.appconfig.deployed().unwrap().1);
    desk.write("rules.toml", &commented);
    desk.run(&["status", PLACE, &path]).await.is(1, &["differs in comments and layout only"]);
}

#[tokio::test]
async fn what_is_not_there_is_said_with_what_is() {
    let desk = Desk::new().await;
    let cases = [
        (&["status", "caht/live/rules"][..], "no application is called `caht`: there are `chat`, `shop`"),
        (&["status", "chat/test/rules"], "no environment is called `test`: there are `live`"),
        (
            &["status", "chat/live/words"],
            "no configuration profile is called `words`: there are `rules`, `flags`",
        ),
        (&["status", "chat/live/flags"], "s3://bucket/flags"),
        (&["status", "chat/live"], "expected APPLICATION/ENVIRONMENT/PROFILE"),
        (&["pull", PLACE], "nothing is in use at chat/live/rules yet"),
        (&["pull", PLACE, "--version", "7"], "there is no version 7 of chat/live/rules"),
        (&["push", "nowhere.toml", "--to", PLACE], "could not read `nowhere.toml`"),
    ];
    for (args, says) in cases {
        desk.run(args).await.is(2, &[says]);
    }
    desk.appconfig.change(|world| world.denied.insert("ListApplications"));
    desk.run(&["status", PLACE]).await.is(2, &["grant appconfig:ListApplications"]);
    // With an id, no list is needed.
    desk.run(&["status", "abcd123/live/rules"]).await.is(0, &["nothing is in use yet"]);
}
