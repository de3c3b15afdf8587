//! The API that AWS does not have, as JSON under `/_local/`: health, reset, export and import, the clock, faults, quotas, traces.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::local::auth::Keys;
use crate::local::duration;
use crate::local::faults::{Fault, Planned};
use crate::local::functions::Functions;
use crate::local::query::query;
use crate::local::service::Service;

type Local = State<Arc<Service>>;

pub(super) async fn health(
    State(service): Local,
    State(functions): State<Arc<Functions>>,
    State(keys): State<Option<Arc<Keys>>>,
) -> Response {
    let mut health = service.health();
    health["function"] = Value::from(functions.example());
    health["auth"] = Value::from(if keys.is_some() { "strict" } else { "none" });
    fine(&health)
}

pub(super) async fn reset(State(service): Local) -> Response {
    replaced(&service, None)
}

pub(super) async fn export(State(service): Local) -> Response {
    fine(&service.export())
}

pub(super) async fn import(State(service): Local, body: Bytes) -> Response {
    match serde_json::from_slice(&body) {
        Ok(state) => replaced(&service, Some(state)),
        Err(error) => wrong(&format!("the body is not JSON: {error}")),
    }
}

fn replaced(service: &Service, state: Option<Value>) -> Response {
    match service.replace(state) {
        Ok(()) => fine(&service.health()),
        Err(why) => wrong(&why),
    }
}

pub(super) async fn time(State(service): Local) -> Response {
    fine(&json!({ "now": service.clock.now().to_string() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance: String,
}

pub(super) async fn advance(State(service): Local, body: Bytes) -> Response {
    let request = serde_json::from_slice::<Advance>(&body).map_err(|error| error.to_string());
    let time = request.and_then(|request| duration::parse(&request.advance));
    match time {
        Ok(time) => match service.advance(time) {
            Ok(()) => fine(&json!({ "now": service.clock.now().to_string() })),
            Err(refusal) => written(refusal.kind.status(), &json!({ "error": refusal.message })),
        },
        Err(why) => wrong(&format!("{why}; expected {{\"advance\": \"2m\"}}")),
    }
}

pub(super) async fn faults(State(service): Local) -> Response {
    fine(&json!({ "faults": service.faults() }))
}

pub(super) async fn add_fault(State(service): Local, body: Bytes) -> Response {
    let json = serde_json::from_slice(&body).map_err(|error| format!("the body is not JSON: {error}"));
    let planned = json.and_then(|json| Planned::read(&json, str::to_owned));
    let planned = planned.and_then(|planned| match planned.fault.operation() {
        Some(operation) => service.knows(operation).map(|()| planned),
        None => Ok(planned),
    });
    match planned {
        Ok(planned) => {
            let kept = service.add_fault(planned);
            planned_now(&service, kept)
        }
        Err(why) => wrong(&why),
    }
}

pub(super) async fn clear_faults(State(service): Local, uri: Uri) -> Response {
    let query = query(uri.query().unwrap_or_default());
    let kind = query.iter().find(|(name, _)| name == "fault").map(|(_, kind)| kind.as_str());
    if let Some(Err(why)) = kind.map(Fault::check_name) {
        return wrong(&why);
    }
    let kept = service.clear_faults(kind);
    planned_now(&service, kept)
}

fn planned_now(service: &Service, kept: io::Result<()>) -> Response {
    match kept {
        Ok(()) => fine(&json!({ "faults": service.faults() })),
        Err(error) => {
            let why =
                format!("until the service ends only, as the data folder cannot be written to: {error}");
            written(500, &json!({ "error": why }))
        }
    }
}

pub(super) async fn quotas(State(service): Local) -> Response {
    fine(&json!({ "quotas": service.quotas() }))
}

pub(super) async fn events(State(service): Local) -> Response {
    fine(&json!({ "events": service.records() }))
}

pub(super) async fn trace(State(service): Local, Path(id): Path<String>) -> Response {
    match service.trace(&id) {
        Some(trace) => fine(&trace),
        None => written(404, &json!({ "error": format!("no message {id} passed a flow here lately") })),
    }
}

pub(super) async fn unknown(uri: Uri) -> Response {
    written(404, &json!({ "error": format!("there is no {} here, or not with this method", uri.path()) }))
}

pub(super) fn fine(value: &Value) -> Response {
    written(200, value)
}

pub(super) fn wrong(why: &str) -> Response {
    written(400, &json!({ "error": why }))
}

pub(super) fn written(status: u16, value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
