//! The credential exchange of AWS's chat demo: a caller becomes a user of an app instance, and receives keys for acting as that user.
//!
//! Set the demo's `apiGatewayInvokeUrl` to `http://127.0.0.1:8200/_local/`. The service accepts any keys, so these belong to no account.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::admin::{fine, written, wrong};
use crate::local::api::{Answer, Request};
use crate::local::auth::Keys;
use crate::local::service::Service;
use crate::text::percent_encode;

/// The requested user and app instance. The defaults are `guest` and the first app instance.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct SignIn {
    user: Option<String>,
    app_instance: Option<String>,
}

pub(super) async fn exchange(
    State(service): State<Arc<Service>>,
    State(keys): State<Option<Arc<Keys>>>,
    body: Bytes,
) -> Response {
    if keys.is_some() {
        return wrong("with --auth strict nobody gets keys here: use those in the file of keys");
    }
    // Clients send anything in the body, or nothing.
    let sign_in: SignIn = serde_json::from_slice(&body).unwrap_or_default();
    match user(&service, sign_in).await {
        Ok(answer) => fine(&answer),
        Err(answer) => {
            let said: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            written(answer.status, &json!({ "error": said["Message"] }))
        }
    }
}

async fn user(service: &Service, sign_in: SignIn) -> Result<Value, Answer> {
    let instance = match sign_in.app_instance {
        Some(instance) => instance,
        None => first_instance(service).await?,
    };
    let id = sign_in.user.unwrap_or_else(|| "guest".to_owned());
    let arn = format!("{instance}/user/{id}");
    let there =
        ask(service, "GET", format!("/app-instance-users/{}", percent_encode(&arn)), Value::Null).await;
    let name = if let Ok(user) = there {
        user["AppInstanceUser"]["Name"].clone()
    } else {
        let token = format!("creds-{id}");
        let user = json!({ "AppInstanceArn": instance, "AppInstanceUserId": id, "Name": id, "ClientRequestToken": token });
        ask(service, "POST", "/app-instance-users".to_owned(), user).await?;
        Value::from(id.clone())
    };
    Ok(json!({
        "ChimeAppInstanceUserArn": arn,
        "ChimeUserId": id,
        "ChimeDisplayName": name,
        "ChimeCredentials": {
            "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
            "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "SessionToken": "local",
            "Expiration": "2099-12-31T23:59:59Z",
        },
    }))
}

async fn first_instance(service: &Service) -> Result<String, Answer> {
    let listed = ask(service, "GET", "/app-instances".to_owned(), Value::Null).await?;
    let first = listed["AppInstances"][0]["AppInstanceArn"].as_str().map(ToOwned::to_owned);
    let nothing = || json!({ "Message": "there is no app instance yet: create one" }).to_string();
    first.ok_or_else(|| Answer { status: 404, error: None, body: nothing() })
}

async fn ask(service: &Service, method: &str, path: String, body: Value) -> Result<Value, Answer> {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let request = Request { method: method.to_owned(), path, body, ..Request::default() };
    let answer = service.answer(&request).await;
    if answer.status < 300 { Ok(serde_json::from_str(&answer.body).unwrap_or_default()) } else { Err(answer) }
}
