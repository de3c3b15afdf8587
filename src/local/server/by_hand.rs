//! Manual control of messages: releases a held message to its function, or decides in the function's place.
//!
//! A manual verdict is a normal callback, so it works for every message that waits for one, held or not.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::admin::{fine, written, wrong};
use crate::local::api::Request;
use crate::local::service::Service;
use crate::text::percent_encode;

type Local = State<Arc<Service>>;

pub(super) async fn held(State(service): Local) -> Response {
    fine(&json!({ "held": service.held() }))
}

/// Passes the held message to its function now.
pub(super) async fn release(State(service): Local, Path(id): Path<String>) -> Response {
    match service.hand_on(&id) {
        Ok(()) => fine(&json!({ "message": id, "released": true })),
        Err(refusal) => written(refusal.kind.status(), &json!({ "error": refusal.message })),
    }
}

/// The changes in a manual verdict.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    content: Option<String>,
    metadata: Option<String>,
}

/// Allows the message, unchanged or with the changes in the body.
pub(super) async fn pass(State(service): Local, Path(id): Path<String>, body: Bytes) -> Response {
    let edit = if body.is_empty() { Ok(Edit::default()) } else { serde_json::from_slice(&body) };
    let edit: Edit = match edit {
        Ok(edit) => edit,
        Err(error) => {
            return wrong(&format!(
                "{error}; expected {{\"content\": \"…\", \"metadata\": \"…\"}} or nothing"
            ));
        }
    };
    let mut message = json!({ "MessageId": id });
    for (name, text) in [("Content", edit.content), ("Metadata", edit.metadata)] {
        if let Some(text) = text {
            message[name] = Value::from(text);
        }
    }
    decide(&service, &id, json!({ "ChannelMessage": message })).await
}

/// Denies the message.
pub(super) async fn deny(State(service): Local, Path(id): Path<String>) -> Response {
    decide(&service, &id, json!({ "DeleteResource": true, "ChannelMessage": { "MessageId": id } })).await
}

async fn decide(service: &Service, id: &str, mut callback: Value) -> Response {
    let Some((channel, token)) = service.waiting(id) else {
        return written(404, &json!({ "error": format!("no message {id} waits for a callback") }));
    };
    callback["CallbackId"] = Value::from(token);
    let request = Request {
        method: "POST".to_owned(),
        path: format!("/channels/{}", percent_encode(channel.as_str())),
        query: vec![("operation".to_owned(), "channel-flow-callback".to_owned())],
        bearer: None,
        body: callback.to_string().into_bytes(),
    };
    let answer = service.answer(&request).await;
    if answer.status == 200 {
        return fine(&json!({ "message": id, "decided": true }));
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    written(answer.status, &json!({ "error": body["Message"] }))
}
