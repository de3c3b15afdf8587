//! AppConfig's control plane, played: the operations that `chimeflow rules` calls, in the shapes of AWS's model. moto has no environments
//! and no deployments.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::environment::{Environment, PROFILE};
use crate::support::Stage;

/// AppConfig, with one application, environment and profile: `chat/live/rules`.
pub(crate) struct AppConfig {
    pub endpoint: String,
    pub world: Arc<Mutex<World>>,
    /// Told when a request is not answered.
    pub silent: Arc<Notify>,
    server: tokio::task::JoinHandle<()>,
}

/// What it holds, and how it behaves.
#[derive(Default)]
pub(crate) struct World {
    pub versions: Vec<String>,
    pub environment: Environment,
    /// Who is asked whether a version may be deployed: the built function.
    pub validator: Option<Arc<Stage>>,
    /// Operations that are denied.
    pub denied: BTreeSet<&'static str>,
    /// Calls that change something.
    pub changes: Vec<String>,
    /// How many requests came since somebody set it to zero.
    pub requests: usize,
    /// At which request something goes wrong, and what.
    pub trouble: Option<(usize, Trouble)>,
}

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It is carried out or not, and never answered.
    Silence { is_carried_out: bool },
    /// It is carried out, and AppConfig says that it failed.
    LostAnswer,
    /// It is not carried out, and AppConfig says so.
    Failure,
}

const APPLICATION: &str = "abcd123";
const ENVIRONMENT: &str = "efgh456";

impl AppConfig {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let course = vec![("DEPLOYING", 40.0), ("BAKING", 100.0), ("COMPLETE", 100.0)];
        let environment = Environment { course, ..Environment::default() };
        let world = Arc::new(Mutex::new(World { environment, ..World::default() }));
        let silent = Arc::new(Notify::new());
        let router = Router::new().fallback(answer_or_not).with_state((world.clone(), silent.clone()));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { endpoint, world, silent, server }
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.lock().unwrap())
    }

    /// What the environment's functions get.
    pub(super) fn deployed(&self) -> Option<(usize, String)> {
        self.change(|world| {
            let version = world.environment.in_use?;
            Some((version, world.versions[version - 1].clone()))
        })
    }
}

impl Drop for AppConfig {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer_or_not(
    State((world, silent)): State<(Arc<Mutex<World>>, Arc<Notify>)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let trouble = {
        let mut world = world.lock().unwrap();
        world.requests += 1;
        world.trouble.filter(|(at, _)| *at == world.requests).map(|(_, trouble)| trouble)
    };
    let failed = || refused(500, "InternalServerException", &json!({"Message": "try again"}));
    if trouble == Some(Trouble::Failure) {
        return failed();
    }
    let mut answered = None;
    if trouble != Some(Trouble::Silence { is_carried_out: false }) {
        answered = Some(answer(State(world), method, uri, headers, body).await);
    }
    match (trouble, answered) {
        (None, Some(answered)) => answered,
        (Some(Trouble::LostAnswer), _) => failed(),
        _ => {
            silent.notify_one();
            std::future::pending().await
        }
    }
}

async fn answer(
    State(world): State<Arc<Mutex<World>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    assert!(headers.contains_key("authorization"), "every call is signed");
    let path: Vec<_> = uri.path().trim_matches('/').split('/').collect();
    let get = method == Method::GET;
    let items = |items: Vec<Value>| json_of(200, &json!({ "Items": items }));
    let denied = |operation: &str| world.lock().unwrap().denied.contains(operation);
    match *path {
        ["applications"] if get => {
            if denied("ListApplications") {
                return refused(
                    403,
                    "AccessDeniedException",
                    &json!({"Message": "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: appconfig:ListApplications on resource: arn:aws:appconfig:us-east-1:111122223333:*"}),
                );
            }
            items(vec![json!({"Id": APPLICATION, "Name": "chat"}), json!({"Id": "zzzz999", "Name": "shop"})])
        }
        ["deploymentstrategies"] if get => items(vec![json!({"Id": "slow123", "Name": "Slow"})]),
        ["applications", APPLICATION, "environments"] if get => {
            items(vec![json!({"ApplicationId": APPLICATION, "Id": ENVIRONMENT, "Name": "live"})])
        }
        ["applications", APPLICATION, "configurationprofiles"] if get => items(vec![
            json!({"ApplicationId": APPLICATION, "Id": PROFILE, "Name": "rules", "LocationUri": "hosted"}),
            json!({"ApplicationId": APPLICATION, "Id": "mnop012", "Name": "flags", "LocationUri": "s3://bucket/flags"}),
        ]),
        ["applications", APPLICATION, "configurationprofiles", PROFILE, "hostedconfigurationversions"]
            if get =>
        {
            let count = world.lock().unwrap().versions.len();
            items((1..=count).rev().map(|number| json!({"VersionNumber": number})).collect())
        }
        ["applications", APPLICATION, "configurationprofiles", PROFILE, "hostedconfigurationversions"] => {
            create(&mut world.lock().unwrap(), &headers, body)
        }
        [
            "applications",
            APPLICATION,
            "configurationprofiles",
            PROFILE,
            "hostedconfigurationversions",
            number,
        ] => {
            let number: usize = number.parse().unwrap();
            match world.lock().unwrap().versions.get(number - 1) {
                Some(text) => ([("Version-Number", number.to_string())], text.clone()).into_response(),
                None => {
                    refused(404, "ResourceNotFoundException", &json!({"Message": "there is no such version"}))
                }
            }
        }
        ["applications", APPLICATION, "environments", ENVIRONMENT, "deployments"] if get => {
            let token = uri.query().and_then(|query| query.split_once("next_token="));
            let token = token.map(|(_, token)| token.split('&').next().unwrap().parse().unwrap());
            json_of(200, &world.lock().unwrap().environment.page(token))
        }
        ["applications", APPLICATION, "environments", ENVIRONMENT, "deployments"] => {
            start(&world, &body).await
        }
        ["applications", APPLICATION, "environments", ENVIRONMENT, "deployments", number] => {
            let number: usize = number.parse().unwrap();
            let mut world = world.lock().unwrap();
            let environment = &mut world.environment;
            if get {
                let Some(told) = environment.in_full(number) else {
                    return refused(
                        404,
                        "ResourceNotFoundException",
                        &json!({"Message": "there is no such deployment"}),
                    );
                };
                environment.go_on(number);
                return json_of(200, &told);
            }
            let allow_revert = headers.get("allow-revert").is_some_and(|value| value == "true");
            if let Err((status, name, message)) = environment.stop(number, allow_revert) {
                return refused(status, name, &json!({"Message": message}));
            }
            let told = environment.in_full(number).unwrap();
            world.changes.push(format!("stop {number}"));
            json_of(202, &told)
        }
        _ => refused(
            404,
            "ResourceNotFoundException",
            &json!({"Message": format!("{method} {uri} is not played")}),
        ),
    }
}

fn create(world: &mut World, headers: &HeaderMap, body: Bytes) -> Response {
    let newest = headers.get("latest-version-number").map(|number| number.to_str().unwrap().to_owned());
    if newest != Some(world.versions.len().to_string()).filter(|newest| newest != "0") {
        return refused(409, "ConflictException", &json!({"Message": "the version is not the latest"}));
    }
    if body.len() > 2 * 1024 * 1024 {
        return refused(413, "PayloadTooLargeException", &json!({"Message": "too large", "Limit": 2048.0}));
    }
    world.versions.push(String::from_utf8(body.to_vec()).unwrap());
    let number = world.versions.len();
    world.changes.push(format!("create {number}"));
    (StatusCode::CREATED, [("Version-Number", number.to_string())], body).into_response()
}

async fn start(world: &Mutex<World>, body: &[u8]) -> Response {
    let asked: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(asked["ConfigurationProfileId"], PROFILE);
    let version: usize = asked["ConfigurationVersion"].as_str().unwrap().parse().unwrap();
    let (text, validator) = {
        let world = world.lock().unwrap();
        (world.versions[version - 1].clone(), world.validator.clone())
    };
    if let Some(validator) = validator {
        let event = json!({
            "applicationId": APPLICATION, "configurationProfileId": PROFILE, "configurationVersion": version.to_string(),
            "content": aws_smithy_types::base64::encode(text), "uri": "hosted",
        });
        if let Err(failed) = validator.invoke(&event).await.result {
            return refused(
                400,
                "BadRequestException",
                &json!({
                    "Message": "Error in validation", "Reason": "InvalidConfiguration",
                    "Details": {"InvalidConfiguration": [{"Type": "LAMBDA", "Reason": failed.message}]},
                }),
            );
        }
    }
    let mut world = world.lock().unwrap();
    let strategy = asked["DeploymentStrategyId"].as_str().unwrap();
    let begun = world.environment.start(version, strategy, asked["Description"].as_str(), PROFILE);
    let number = match begun {
        Ok(number) => number,
        Err((status, name, message)) => return refused(status, name, &json!({"Message": message})),
    };
    world.changes.push(format!("deploy {version} {strategy}"));
    json_of(201, &world.environment.in_full(number).unwrap())
}

fn json_of(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, [("content-type", "application/json")], body.to_string()).into_response()
}

fn refused(status: u16, name: &'static str, body: &Value) -> Response {
    let mut answer = json_of(status, body);
    answer.headers_mut().insert("x-amzn-errortype", name.parse().unwrap());
    answer
}
