//! `chimeflow flow`, against a local service behind a proxy that loses, empties and refuses answers.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use chimeflow::local::LocalChime;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::sync::Barrier;

use crate::local::client::{Chat, Client, FUNCTION, encoded};
use crate::support::{Said, in_time};

/// What happens to a request.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    /// It is carried out, and the answer is a 500.
    Lost,
    /// It is carried out, and the answer is an empty object.
    Empty,
    /// IAM permits it to nobody.
    Denied,
    /// There is nothing.
    NotFound,
}

/// The service behind the proxy, and the troubles to come.
struct World {
    service: String,
    http: legacy::Client<HttpConnector, Body>,
    /// By operation: what happens to how many requests.
    troubles: Mutex<BTreeMap<&'static str, (Trouble, usize)>>,
    /// When it is set, two flows are created at the same time, and the service knows no tokens.
    two_at_once: Mutex<Option<Arc<Barrier>>>,
    one_by_one: tokio::sync::Mutex<()>,
}

/// A chat, and the program.
struct Stage {
    world: Arc<World>,
    _chime: LocalChime,
    client: Client,
    chat: Chat,
    endpoint: String,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Said {
    /// The reports on this subject: how they are marked.
    #[track_caller]
    fn results(&self, about: &str) -> Vec<String> {
        let report: Value =
            serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out));
        let steps = report["steps"].as_array().unwrap().iter().filter(|step| step["about"] == about);
        steps.map(|step| step["result"].as_str().unwrap().to_owned()).collect()
    }
}

/// Returns the operation that a request is for.
fn operation(method: &Method, path: &str) -> &'static str {
    let parts: Vec<_> = path.trim_matches('/').split('/').collect();
    match (method.as_str(), &parts[..]) {
        ("POST", ["channel-flows"]) => "CreateChannelFlow",
        ("GET", ["channel-flows"]) => "ListChannelFlows",
        ("GET", ["channel-flows", _]) => "DescribeChannelFlow",
        ("PUT", ["channel-flows", _]) => "UpdateChannelFlow",
        ("DELETE", ["channel-flows", _]) => "DeleteChannelFlow",
        ("GET", ["channels", _]) => "DescribeChannel",
        ("PUT", ["channels", _, "channel-flow"]) => "AssociateChannelFlow",
        ("DELETE", ["channels", _, "channel-flow", _]) => "DisassociateChannelFlow",
        ("GET", [.., "policy"]) => "GetPolicy",
        ("POST", [.., "policy"]) => "AddPermission",
        _ => "another",
    }
}

impl World {
    /// Takes the trouble with a request, if there is one.
    fn trouble(&self, operation: &str) -> Option<Trouble> {
        let mut troubles = self.troubles.lock().unwrap();
        let (trouble, times) = troubles.get_mut(operation).filter(|(_, times)| *times > 0)?;
        *times -= 1;
        Some(*trouble)
    }

    async fn forward(&self, method: Method, uri: &Uri, headers: &HeaderMap, body: Bytes) -> Response {
        let path = uri.path_and_query().unwrap();
        let mut request = hyper::Request::builder().method(method).uri(format!("{}{path}", self.service));
        for (name, value) in headers.iter().filter(|(name, _)| *name != "content-length") {
            request = request.header(name, value);
        }
        self.http.request(request.body(Body::from(body)).unwrap()).await.unwrap().into_response()
    }
}

async fn answer(
    State(world): State<Arc<World>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    mut body: Bytes,
) -> Response {
    let operation = operation(&method, uri.path());
    let refused = |status: u16, name: &str, message: &str| {
        let body = json!({ "Code": name, "Message": message }).to_string();
        (axum::http::StatusCode::from_u16(status).unwrap(), [("x-amzn-errortype", name.to_owned())], body)
            .into_response()
    };
    let barrier = world.two_at_once.lock().unwrap().clone();
    let mut only = None;
    if let Some(barrier) = barrier.filter(|_| operation == "CreateChannelFlow") {
        barrier.wait().await;
        only = Some(world.one_by_one.lock().await);
        let mut asked: Value = serde_json::from_slice(&body).unwrap();
        asked["ClientRequestToken"] = jiff::Timestamp::now().as_nanosecond().to_string().into();
        body = asked.to_string().into();
    }
    let trouble = world.trouble(operation);
    let answered = match trouble {
        Some(Trouble::Denied) => {
            let message = format!(
                "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: x:{operation}"
            );
            return refused(403, "AccessDeniedException", &message);
        }
        Some(Trouble::NotFound) => return refused(404, "ResourceNotFoundException", "there is none"),
        _ => world.forward(method, &uri, &headers, body).await,
    };
    if only.is_some() {
        // The service's clock has to show another time.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    match trouble {
        Some(Trouble::Lost) => refused(500, "InternalServerError", "try again"),
        Some(Trouble::Empty) => ([("content-type", "application/json")], "{}").into_response(),
        _ => answered,
    }
}

impl Stage {
    async fn new() -> Self {
        let chime = LocalChime::start().await.unwrap();
        let client = Client::new(chime.address());
        let chat = client.chat().await;
        let world = Arc::new(World {
            service: chime.endpoint(),
            http: legacy::Client::builder(TokioExecutor::new()).build(HttpConnector::new()),
            troubles: Mutex::default(),
            two_at_once: Mutex::default(),
            one_by_one: tokio::sync::Mutex::default(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(world.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { world, _chime: chime, client, chat, endpoint, server }
    }

    fn trouble(&self, operation: &'static str, trouble: Trouble, times: usize) -> &Self {
        self.world.troubles.lock().unwrap().insert(operation, (trouble, times));
        self
    }

    async fn flow(&self, args: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.arg("flow").args(args).args(["--endpoint-url", &self.endpoint]).env_clear();
        command.envs([
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ]);
        let output = in_time(command.stdin(Stdio::null()).kill_on_drop(true).output()).await.unwrap();
        Said::of(output)
    }

    async fn attach(&self, function: &str, more: &[&str]) -> Said {
        let mut args = vec!["attach", "--app-instance", self.chat.app(), "--function", function];
        args.extend(["--channel", &self.chat.channel, "--as", self.chat.ann(), "--json"]);
        args.extend(more);
        self.flow(&args).await
    }

    /// The flow of the channel.
    async fn has(&self) -> Option<String> {
        let channel = self.client.get("GET", &self.chat.path(), self.chat.ann(), Value::Null).await;
        channel["Channel"]["ChannelFlowArn"].as_str().map(str::to_owned)
    }

    /// How many flows run `function`.
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
    stage.trouble("GetPolicy", Trouble::Denied, FOR_EVER).trouble("AddPermission", Trouble::Denied, 1);
    let said = stage.attach(&live, &["--grant"]).await;
    said.is(1, &["neither x:GetPolicy nor x:AddPermission is granted", "aws lambda add-permission"]);
    assert_eq!((stage.has().await, stage.count(&live).await), (None, 0));

    let said = stage.attach(&live, &["--grant", "--dry-run"]).await;
    said.is(0, &[]);
    assert_eq!(said.results("permission"), ["note", "would"]);
    let said = stage.attach(&live, &["--grant"]).await;
    said.is(0, &[]);
    assert_eq!(said.results("permission"), ["note", "did"]);
    // The statement is there now.
    let said = stage.attach(&live, &["--grant"]).await;
    said.is(0, &["what it says was not looked at"]);
    assert_eq!(said.results("permission"), ["note", "warning"]);
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
            *stage.world.two_at_once.lock().unwrap() = Some(Arc::new(Barrier::new(2)));
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
    stage.trouble("ListChannelFlows", Trouble::Empty, FOR_EVER);
    let list = ["list", "--app-instance", app];
    for said in [stage.attach(FUNCTION, &[]).await, stage.flow(&list).await] {
        said.is(2, &["without a list"]);
    }
    stage.trouble("ListChannelFlows", Trouble::Empty, 1);
    stage.attach(FUNCTION, &[]).await.is(0, &[]);
    assert_eq!((stage.has().await.as_ref(), stage.count(FUNCTION).await), (Some(&stage.chat.flow), 1));
    // Nor does one without a channel that it has no flow.
    stage.trouble("DescribeChannel", Trouble::Empty, FOR_EVER);
    let disassociate = ["disassociate", "--channel", &stage.chat.channel, "--as", stage.chat.ann()];
    for said in [stage.attach(FUNCTION, &[]).await, stage.flow(&disassociate).await] {
        said.is(2, &["without a channel"]);
    }
}

#[tokio::test]
async fn what_was_done_although_its_answer_was_lost_is_found_to_be_done() {
    for (trouble, times) in [(Trouble::Lost, 1), (Trouble::Lost, FOR_EVER), (Trouble::Empty, FOR_EVER)] {
        let about = format!("{trouble:?} {times}");
        let stage = Stage::new().await;
        let live = format!("{FUNCTION}:live");
        // Lambda has no permission at first, and is asked again after the lost answer.
        stage.trouble("GetPolicy", Trouble::NotFound, 1);
        for operation in [
            "AddPermission",
            "CreateChannelFlow",
            "AssociateChannelFlow",
            "DisassociateChannelFlow",
            "DeleteChannelFlow",
        ] {
            stage.trouble(operation, trouble, times);
        }
        let said = stage.attach(&live, &["--grant", "--name", "mine"]).await;
        said.is(0, &["\"changed\":3"]);
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
    stage.flow(&["delete", flow]).await.is(0, &["there is no such flow"]);
    // What was deleted can be created again.
    let made = stage.flow(&create).await;
    made.is(0, &[]);
    assert_ne!(made.out.trim(), flow);
    assert_eq!(stage.count(FUNCTION).await, 2);
    // And so can what is called otherwise now.
    let flow = made.out.trim();
    stage.flow(&["update", flow, "--name", "yours"]).await.is(0, &[]);
    let made = stage.flow(&create).await;
    made.is(0, &[]);
    assert_ne!(made.out.trim(), flow);
    assert_eq!(stage.count(FUNCTION).await, 3);
}
