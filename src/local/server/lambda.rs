//! Emulates Lambda: the Invoke API, for `aws lambda invoke --endpoint-url`, and the operations with which tools inspect a function before
//! they use it.
//!
//! Unless programs are specified by name, a function exists under every name, with every alias, and the service may invoke it. Added
//! permissions are kept until the service stops, and have no effect. Events on which a function fails are available under `/_local/events`,
//! which therefore is the on-failure destination of every function.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::local::arn::Arn;
use crate::local::functions::Functions;
use crate::local::state::End;

/// Added permissions, by the function's ARN.
#[derive(Debug, Default)]
pub(super) struct Permissions(Mutex<BTreeMap<String, Vec<Value>>>);

pub(super) async fn invoke(
    State(functions): State<Arc<Functions>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(event) = String::from_utf8(body.into()) else {
        return refused(400, "InvalidRequestContentException", "the payload is not UTF-8");
    };
    let function = Arn::new(&arn(&name, query.as_deref()));
    if headers.get("x-amz-invocation-type").is_some_and(|kind| kind == "Event") {
        tokio::spawn(async move { functions.invoke(&function, &event).await });
        return written(202, String::new());
    }
    let returned = functions.invoke(&function, &event).await;
    match returned.end {
        End::Returned => invoked(returned.payload, false),
        End::Failed { error_type, message, output: _ } => {
            invoked(json!({ "errorType": error_type, "errorMessage": message }).to_string(), true)
        }
        End::Throttled | End::Held => refused(429, "TooManyRequestsException", "Rate Exceeded."),
        End::Refused { reason } => refused(404, "ResourceNotFoundException", &reason),
    }
}

/// `GetFunction`.
pub(super) async fn function(
    State(functions): State<Arc<Functions>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    described(
        &functions,
        &name,
        query.as_deref(),
        |configuration| json!({ "Configuration": configuration, "Code": {}, "Tags": {} }),
    )
}

/// `GetFunctionConfiguration`.
pub(super) async fn configuration(
    State(functions): State<Arc<Functions>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    described(&functions, &name, query.as_deref(), |configuration| configuration)
}

/// Returns a response that `answer` derives from a function's configuration, or AWS's error for a function that does not exist.
fn described(
    functions: &Functions,
    name: &str,
    query: Option<&str>,
    answer: impl FnOnce(Value) -> Value,
) -> Response {
    let arn = arn(name, query);
    if let Some(response) = missing(functions, &arn) {
        return response;
    }
    let mut rest = arn.split(':').skip(6);
    let (name, qualifier) = (rest.next().unwrap_or_default(), rest.next().unwrap_or("$LATEST"));
    // An alias is resolved to a version, which is a number.
    let version = if qualifier == "$LATEST" || qualifier.parse::<u64>().is_ok() { qualifier } else { "1" };
    let configuration = json!({
        "FunctionName": name,
        "FunctionArn": arn,
        "Version": version,
        "Runtime": "provided.al2023",
        "Handler": "bootstrap",
        "MemorySize": 256,
        "Timeout": 30,
        "State": "Active",
        "LastUpdateStatus": "Successful",
    });
    written(200, answer(configuration).to_string())
}

/// `GetPolicy`.
pub(super) async fn policy(
    State(functions): State<Arc<Functions>>,
    State(permissions): State<Arc<Permissions>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let arn = arn(&name, query.as_deref());
    if let Some(response) = missing(&functions, &arn) {
        return response;
    }
    let account = arn.split(':').nth(4).unwrap_or_default();
    let everybody = json!({
        "Sid": "local",
        "Effect": "Allow",
        "Principal": { "Service": "messaging.chime.amazonaws.com" },
        "Action": "lambda:InvokeFunction",
        "Resource": arn,
        "Condition": {
            "StringEquals": { "AWS:SourceAccount": account },
            "ArnLike": { "AWS:SourceArn": format!("arn:aws:chime:*:{account}:app-instance/*") },
        },
    });
    let added = permissions.0.lock().unwrap_or_else(PoisonError::into_inner).get(&arn).cloned();
    let statements: Vec<_> = std::iter::once(everybody).chain(added.into_iter().flatten()).collect();
    let policy = json!({ "Version": "2012-10-17", "Id": "default", "Statement": statements });
    written(200, json!({ "Policy": policy.to_string(), "RevisionId": "local" }).to_string())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Permission {
    statement_id: String,
    action: String,
    principal: String,
    source_arn: Option<String>,
    source_account: Option<String>,
}

/// `AddPermission`.
pub(super) async fn add_permission(
    State(functions): State<Arc<Functions>>,
    State(permissions): State<Arc<Permissions>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let arn = arn(&name, query.as_deref());
    if let Some(response) = missing(&functions, &arn) {
        return response;
    }
    let permission: Permission = match serde_json::from_slice(&body) {
        Ok(permission) => permission,
        Err(error) => return refused(400, "InvalidParameterValueException", &error.to_string()),
    };
    let mut all = permissions.0.lock().unwrap_or_else(PoisonError::into_inner);
    let added = all.entry(arn.clone()).or_default();
    if added.iter().any(|it| it["Sid"] == permission.statement_id.as_str()) {
        let why = format!("The statement id ({}) provided already exists.", permission.statement_id);
        return refused(409, "ResourceConflictException", &why);
    }
    let mut statement = json!({
        "Sid": permission.statement_id,
        "Effect": "Allow",
        "Principal": { "Service": permission.principal },
        "Action": permission.action,
        "Resource": arn,
    });
    if let Some(source) = permission.source_arn {
        statement["Condition"]["ArnLike"] = json!({ "AWS:SourceArn": source });
    }
    if let Some(account) = permission.source_account {
        statement["Condition"]["StringEquals"] = json!({ "AWS:SourceAccount": account });
    }
    let answer = json!({ "Statement": statement.to_string() }).to_string();
    added.push(statement);
    written(201, answer)
}

/// `GetFunctionEventInvokeConfig`.
pub(super) async fn event_invoke_config(
    State(functions): State<Arc<Functions>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let arn = arn(&name, query.as_deref());
    if let Some(response) = missing(&functions, &arn) {
        return response;
    }
    let mut home = arn.split(':').skip(3);
    let (region, account) = (home.next().unwrap_or_default(), home.next().unwrap_or_default());
    let queue = format!("arn:aws:sqs:{region}:{account}:local-events");
    let config = json!({
        "FunctionArn": arn,
        "MaximumRetryAttempts": 2,
        "MaximumEventAgeInSeconds": 21600,
        "DestinationConfig": { "OnFailure": { "Destination": queue } },
    });
    written(200, config.to_string())
}

/// Returns the error for all other Lambda operations.
pub(super) async fn unknown(uri: Uri) -> Response {
    let why = format!("{} is not built: functions here are invoked and looked at, not managed", uri.path());
    refused(501, "NotImplementedException", &why)
}

/// Returns AWS's error for a function, unless it exists.
fn missing(functions: &Functions, arn: &str) -> Option<Response> {
    let why = format!("Function not found: {arn}");
    (!functions.has(arn)).then(|| refused(404, "ResourceNotFoundException", &why))
}

/// Returns the ARN of a function from its name or ARN and the qualifier in the query.
fn arn(name: &str, query: Option<&str>) -> String {
    let qualifier = super::query(query.unwrap_or_default()).into_iter().find(|(key, _)| key == "Qualifier");
    let mut arn = match name.strip_prefix("arn:") {
        Some(_) => name.to_owned(),
        None => format!("arn:aws:lambda:us-east-1:111122223333:function:{name}"),
    };
    if let Some((_, qualifier)) = qualifier
        && arn.split(':').count() == 7
    {
        arn.push(':');
        arn.push_str(&qualifier);
    }
    arn
}

fn invoked(payload: String, failed: bool) -> Response {
    let mut response = written(200, payload);
    response.headers_mut().insert("x-amz-executed-version", HeaderValue::from_static("$LATEST"));
    if failed {
        response.headers_mut().insert("x-amz-function-error", HeaderValue::from_static("Unhandled"));
    }
    response
}

fn refused(status: u16, code: &'static str, why: &str) -> Response {
    let mut response = written(status, json!({ "Type": "User", "Message": why }).to_string());
    response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(code));
    response
}

fn written(status: u16, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
