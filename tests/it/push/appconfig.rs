//! AppConfig's control plane, emulated: the operations that `chimeflow rules` calls, in the shapes of AWS's model. moto has no environments
//! and no deployments.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::environment::{Environment, PROFILE};
use crate::support::Stage;

/// AppConfig, with one application, environment and profile: `chat/live/rules`.
pub(crate) struct AppConfig {
    pub endpoint: String,
    pub world: Arc<Mutex<World>>,
    server: tokio::task::JoinHandle<()>,
}

/// Its content, and how it behaves.
#[derive(Default)]
pub(crate) struct World {
    pub versions: Vec<String>,
    /// The numbers of versions that were deleted.
    pub deleted: BTreeSet<usize>,
    /// The numbers of versions that are not text.
    pub garbled: BTreeSet<usize>,
    /// What another user stores right before the next version is created.
    pub pushed_by_another: Option<String>,
    pub environment: Environment,
    /// The validator of versions: the built function.
    pub validator: Option<Arc<Stage>>,
    /// Why a validator refuses every version.
    pub refuses_because: Option<&'static str>,
    /// Operations that are denied.
    pub denied: BTreeSet<&'static str>,
    /// Calls that change something.
    pub changes: Vec<String>,
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
        let router = Router::new().fallback(answer).with_state(world.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { endpoint, world, server }
    }

    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.lock().unwrap())
    }

    /// The rules that the environment's functions receive.
    pub(super) fn deployed(&self) -> Option<(usize, String)> {
        self.change(|world| {
            let version = world.environment.in_use?;
            Some((version, world.versions[version - 1].clone()))
        })
    }
}

impl World {
    /// Returns the content of a version that was not deleted.
    fn version(&self, number: usize) -> Option<&str> {
        let there = self.versions.get(number.checked_sub(1)?)?;
        Some(there.as_str()).filter(|_| !self.deleted.contains(&number))
    }
}

impl Drop for AppConfig {
    fn drop(&mut self) {
        self.server.abort();
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
    match *path {
        ["applications"] if get => {
            if world.lock().unwrap().denied.contains("ListApplications") {
                return denied("ListApplications");
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
            let world = world.lock().unwrap();
            let there = (1..=world.versions.len()).rev().filter(|number| !world.deleted.contains(number));
            items(there.map(|number| json!({"VersionNumber": number})).collect())
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
            let world = world.lock().unwrap();
            let headers = [("Version-Number", number.to_string())];
            match world.version(number) {
                Some(_) if world.garbled.contains(&number) => (headers, &b"\xffgarbled"[..]).into_response(),
                Some(text) => (headers, text.to_owned()).into_response(),
                None => no_version(),
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
                let Some(description) = environment.in_full(number) else {
                    return refused(
                        404,
                        "ResourceNotFoundException",
                        &json!({"Message": "there is no such deployment"}),
                    );
                };
                environment.go_on(number);
                return json_of(200, &description);
            }
            let allow_revert = headers.get("allow-revert").is_some_and(|value| value == "true");
            if let Err((status, name, message)) = environment.stop(number, allow_revert) {
                return refused(status, name, &json!({"Message": message}));
            }
            let description = environment.in_full(number).unwrap();
            world.changes.push(format!("stop {number}"));
            json_of(202, &description)
        }
        _ => refused(
            404,
            "ResourceNotFoundException",
            &json!({"Message": format!("{method} {uri} is not played")}),
        ),
    }
}

fn create(world: &mut World, headers: &HeaderMap, body: Bytes) -> Response {
    world.versions.extend(world.pushed_by_another.take());
    // The number is optional, and counts versions that were deleted.
    let newest = headers.get("latest-version-number").map(|number| number.to_str().unwrap().to_owned());
    if newest.is_some_and(|newest| newest != world.versions.len().to_string()) {
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
    let (text, validator, mut reason) = {
        let world = world.lock().unwrap();
        let Some(text) = world.version(version) else { return no_version() };
        (text.to_owned(), world.validator.clone(), world.refuses_because.map(str::to_owned))
    };
    if let Some(validator) = validator {
        let event = json!({
            "applicationId": APPLICATION, "configurationProfileId": PROFILE, "configurationVersion": version.to_string(),
            "content": aws_smithy_types::base64::encode(text), "uri": "hosted",
        });
        reason = validator.invoke(&event).await.result.err().map(|failed| failed.message).or(reason);
    }
    if let Some(reason) = reason {
        return refused(
            400,
            "BadRequestException",
            &json!({
                "Message": "Error in validation", "Reason": "InvalidConfiguration",
                "Details": {"InvalidConfiguration": [{"Type": "LAMBDA", "Reason": reason}]},
            }),
        );
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

fn no_version() -> Response {
    refused(404, "ResourceNotFoundException", &json!({"Message": "there is no such version"}))
}

fn denied(operation: &str) -> Response {
    let message = format!(
        "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: appconfig:{operation} on resource: arn:aws:appconfig:us-east-1:111122223333:*"
    );
    refused(403, "AccessDeniedException", &json!({ "Message": message }))
}
