//! `chimeflow flow`, against a local service behind a proxy that loses, empties and refuses answers.

use std::process::Stdio;

use chimeflow::local::LocalChime;
use serde_json::Value;
use tokio::process::Command;

use crate::faults::proxy::{Fault, Proxy, Spoil, Whose};
use crate::local::client::{Chat, Client, FUNCTION, encoded};
use crate::support::ProgramOutput;

/// A chat behind a proxy, and the program.
struct Stage {
    proxy: Proxy,
    _chime: LocalChime,
    client: Client,
    chat: Chat,
}

impl ProgramOutput {
    /// Returns the marks of the reports on this subject.
    #[track_caller]
    fn results(&self, about: &str) -> Vec<String> {
        let report: Value =
            serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out));
        let steps = report["steps"].as_array().unwrap().iter().filter(|step| step["about"] == about);
        steps.map(|step| step["result"].as_str().unwrap().to_owned()).collect()
    }
}

impl Stage {
    async fn new() -> Self {
        let chime = LocalChime::start().await.unwrap();
        let client = Client::new(chime.address());
        let chat = client.chat().await;
        let proxy = Proxy::start(&chime.endpoint(), |_, response| response).await;
        Self { proxy, _chime: chime, client, chat }
    }

    /// Damages the responses to this number of requests of each operation from now on, and no others.
    fn spoil(&self, all: &[(&'static str, Spoil, usize)]) {
        let fault = |&(name, spoil, times): &(&'static str, Spoil, usize)| Fault {
            whose: Whose::Operation { name, after: 0, times },
            spoil,
        };
        self.proxy.spoil(all.iter().map(fault).collect());
    }

    async fn flow(&self, args: &[&str]) -> ProgramOutput {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.arg("flow").args(args).args(["--endpoint-url", &self.proxy.endpoint]).env_clear();
        command.envs([
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        ProgramOutput::of(self.proxy.run(&mut command).await.unwrap())
    }

    async fn attach(&self, function: &str, more: &[&str]) -> ProgramOutput {
        let mut args = vec!["attach", "--app-instance", self.chat.app(), "--function", function];
        args.extend(["--channel", &self.chat.channel, "--as", self.chat.ann(), "--json"]);
        args.extend(more);
        self.flow(&args).await
    }

    /// Returns the flow of the channel.
    async fn has(&self) -> Option<String> {
        let channel = self.client.get("GET", &self.chat.path(), self.chat.ann(), Value::Null).await;
        channel["Channel"]["ChannelFlowArn"].as_str().map(str::to_owned)
    }

    /// Returns how many flows run `function`.
    async fn count(&self, function: &str) -> usize {
        let path = format!("/channel-flows?app-instance-arn={}", encoded(self.chat.app()));
        let listed = self.client.get("GET", &path, "", Value::Null).await;
        let flows = listed["ChannelFlows"].as_array().unwrap();
        flows.iter().filter(|flow| flow["Processors"].to_string().contains(&format!("{function}\""))).count()
    }
}

const FOR_EVER: usize = usize::MAX;

#[tokio::test]
async fn a_permission_that_may_not_be_looked_at_is_granted_or_a_problem() {
    let stage = Stage::new().await;
    let live = format!("{FUNCTION}:live");
    stage.spoil(&[("GetPolicy", Spoil::Refused, FOR_EVER), ("AddPermission", Spoil::Refused, 1)]);
    let printed = stage.attach(&live, &["--grant"]).await;
    printed.is(1, &["neither x:GetPolicy nor x:AddPermission is granted", "aws lambda add-permission"]);
    assert_eq!((stage.has().await, stage.count(&live).await), (None, 0));

    let printed = stage.attach(&live, &["--grant", "--dry-run"]).await;
    printed.is(0, &[]);
    assert_eq!(printed.results("permission"), ["note", "would"]);
    let printed = stage.attach(&live, &["--grant"]).await;
    printed.is(0, &[]);
    assert_eq!(printed.results("permission"), ["note", "did"]);
    // The statement exists now.
    let printed = stage.attach(&live, &["--grant"]).await;
    printed.is(0, &["could not be read"]);
    assert_eq!(printed.results("permission"), ["note", "warning"]);
}

#[tokio::test]
async fn whoever_may_not_change_a_channel_is_told_whom_to_act_as() {
    let stage = Stage::new().await;
    let eve = stage.chat.ann().replace("/user/ann", "/user/eve");
    let admins =
        format!("list-app-instance-admins --region us-east-1 --app-instance-arn {}", stage.chat.app());
    for (bearer, says) in [
        (&*eve, ["act --as a member of the channel or an administrator", &admins]),
        (stage.chat.bob(), ["nor a moderator of", "create-channel-moderator"]),
    ] {
        let channel = ["--channel", &stage.chat.channel, "--as", bearer];
        let attach = ["attach", "--app-instance", stage.chat.app(), "--function", FUNCTION];
        stage.flow(&[&attach[..], &channel].concat()).await.is(1, &says);
        assert_eq!(stage.has().await, None);
    }
}

#[tokio::test]
async fn two_flows_with_the_function_are_one_case() {
    let stage = Stage::new().await;
    let (app, ann, channel) = (stage.chat.app(), stage.chat.ann(), &*stage.chat.channel);
    let twin = stage.flow(&["create", "--app-instance", app, "--function", FUNCTION, "--name", "twin"]).await;
    let twin = twin.out.trim();
    for flow in [twin, &stage.chat.flow] {
        stage.flow(&["associate", flow, "--channel", channel, "--as", ann, "--replace"]).await.is(0, &[]);
        stage.attach(FUNCTION, &[]).await.is(0, &["\"changed\":0"]);
        assert_eq!(stage.has().await.as_deref(), Some(flow));
    }
    // One is named, or should be another: then the channel has another flow.
    for more in [&["--name", "twin"][..], &["--fallback", "continue", "--name", "twin"]] {
        stage.attach(FUNCTION, more).await.is(1, &["has another flow"]);
    }
}

#[tokio::test]
async fn two_that_attach_at_once_end_with_one_flow() {
    for knows_tokens in [true, false] {
        let stage = Stage::new().await;
        if !knows_tokens {
            stage.proxy.gather("CreateChannelFlow", 2);
        }
        let live = format!("{FUNCTION}:live");
        let name = ["--name", "mine"];
        let (first, second) = tokio::join!(stage.attach(&live, &name), stage.attach(&live, &name));
        first.is(0, &[]);
        second.is(0, &[]);
        assert_eq!(stage.count(&live).await, 1, "{knows_tokens}: {}{}", first.out, second.out);
        stage.attach(&live, &name).await.is(0, &["\"changed\":0"]);
    }
}

#[tokio::test]
async fn an_answer_without_a_list_does_not_prove_that_there_is_no_flow() {
    let stage = Stage::new().await;
    let app = stage.chat.app();
    stage.spoil(&[("ListChannelFlows", Spoil::Bare, FOR_EVER)]);
    let list = ["list", "--app-instance", app];
    for printed in [stage.attach(FUNCTION, &[]).await, stage.flow(&list).await] {
        printed.is(2, &["without a list"]);
    }
    stage.spoil(&[("ListChannelFlows", Spoil::Bare, 1)]);
    stage.attach(FUNCTION, &[]).await.is(0, &[]);
    assert_eq!((stage.has().await.as_ref(), stage.count(FUNCTION).await), (Some(&stage.chat.flow), 1));
    // Nor does one without a channel that it has no flow.
    stage.spoil(&[("DescribeChannel", Spoil::Bare, FOR_EVER)]);
    let disassociate = ["disassociate", "--channel", &stage.chat.channel, "--as", stage.chat.ann()];
    for printed in [stage.attach(FUNCTION, &[]).await, stage.flow(&disassociate).await] {
        printed.is(2, &["contains no channel"]);
    }
}

#[tokio::test]
async fn what_was_done_although_its_answer_was_lost_is_found_to_be_done() {
    for (spoil, times) in [(Spoil::Failed, 1), (Spoil::Failed, FOR_EVER), (Spoil::Bare, FOR_EVER)] {
        let about = format!("{spoil:?} {times}");
        let stage = Stage::new().await;
        let live = format!("{FUNCTION}:live");
        // Lambda has no permission at first, and is asked again after the lost answer.
        let mut all = vec![("GetPolicy", Spoil::Missing, 1)];
        let operations = [
            "AddPermission",
            "CreateChannelFlow",
            "AssociateChannelFlow",
            "DisassociateChannelFlow",
            "DeleteChannelFlow",
        ];
        all.extend(operations.map(|operation| (operation, spoil, times)));
        stage.spoil(&all);
        let printed = stage.attach(&live, &["--grant", "--name", "mine"]).await;
        printed.is(0, &["\"changed\":3"]);
        assert_eq!(stage.count(&live).await, 1, "{about}");
        let flow = stage.has().await.unwrap();
        let disassociate = ["disassociate", "--channel", &stage.chat.channel, "--as", stage.chat.ann()];
        stage.flow(&disassociate).await.is(0, &["nothing moderates it any more"]);
        stage.flow(&["delete", &flow]).await.is(0, &["deleted"]);
        assert_eq!((stage.has().await, stage.count(&live).await), (None, 0), "{about}");
    }
}

#[tokio::test]
async fn what_is_gone_and_what_is_there_is_said() {
    let stage = Stage::new().await;
    let app = stage.chat.app();
    let create = ["create", "--app-instance", app, "--function", FUNCTION, "--name", "mine"];
    let made = stage.flow(&create).await;
    made.is(0, &[]);
    let flow = made.out.trim();
    let again = stage.flow(&create).await;
    again.is(0, &["is there already"]);
    assert_eq!(again.out.trim(), flow);
    let json = [&create[..], &["--json"]].concat();
    stage.flow(&json).await.is(0, &["\"created\":false"]);
    let other = [&create[..], &["--fallback", "continue"]].concat();
    stage.flow(&other).await.is(1, &["is there already, with", "chimeflow flow update"]);

    stage.flow(&["delete", flow]).await.is(0, &["deleted"]);
    stage.flow(&["delete", flow]).await.is(0, &["the flow does not exist"]);
    // What was deleted can be created again.
    let made = stage.flow(&create).await;
    made.is(0, &[]);
    assert_ne!(made.out.trim(), flow);
    assert_eq!(stage.count(FUNCTION).await, 2);
    // So can what has another name now.
    let flow = made.out.trim();
    stage.flow(&["update", flow, "--name", "yours"]).await.is(0, &[]);
    let made = stage.flow(&create).await;
    made.is(0, &[]);
    assert_ne!(made.out.trim(), flow);
    assert_eq!(stage.count(FUNCTION).await, 3);
}
