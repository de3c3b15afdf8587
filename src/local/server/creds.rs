//! The credential exchange of AWS's chat demo: a caller becomes a user of an app instance, and receives keys for acting as that user.
//!
//! Set the demo's `apiGatewayInvokeUrl` to `http://127.0.0.1:8200/_local/`. The service accepts any keys, so these belong to no account.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::admin::{fine, written, wrong};
use crate::local::api::{Answer, Request};
use crate::local::auth::Keys;
use crate::local::ids::hex;
use crate::local::service::Service;
use crate::text::percent_encode;

/// The body of a request: the requested user and app instance, the first one if there is none.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct SignIn {
    user: Option<String>,
    app_instance: Option<String>,
}

/// The user who signs in.
#[derive(Debug, PartialEq, Eq)]
struct Person {
    id: String,
    name: String,
}

/// The number of anonymous users who signed in.
#[derive(Debug, Default)]
pub(super) struct Guests(AtomicU64);

pub(super) async fn exchange(
    State(service): State<Arc<Service>>,
    State(keys): State<Option<Arc<Keys>>>,
    State(guests): State<Arc<Guests>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if keys.is_some() {
        return wrong("with --auth strict the service issues no keys: use those in the file of keys");
    }
    let sign_in = match sign_in(&body) {
        Ok(sign_in) => sign_in,
        Err(error) => return wrong(&format!("{error}; expected {{\"user\": \"ann\"}} or no body")),
    };
    let token = headers.get(header::AUTHORIZATION).and_then(|line| line.to_str().ok()).and_then(bearer);
    let person = sign_in.user.map(Person::called).or_else(|| Some(Person::of_token(&token?)));
    match user(&service, sign_in.app_instance, person, &guests).await {
        Ok(answer) => fine(&answer),
        Err(answer) => {
            let error: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            written(answer.status, &json!({ "error": error["Message"] }))
        }
    }
}

/// Returns the request in a body. JSON that is not an object counts as an empty request, because some clients send an empty text.
fn sign_in(body: &[u8]) -> serde_json::Result<SignIn> {
    if body.trim_ascii().is_empty() {
        return Ok(SignIn::default());
    }
    let body: Value = serde_json::from_slice(body)?;
    if body.is_object() { serde_json::from_value(body) } else { Ok(SignIn::default()) }
}

/// Returns the token in an `Authorization` header: what a user typed, which AWS's demo encodes in Base64.
fn bearer(line: &str) -> Option<String> {
    let (scheme, token) = line.split_once(' ')?;
    let token = token.trim();
    let decoded =
        aws_smithy_types::base64::decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let decoded = decoded.filter(|text| !text.chars().any(char::is_control));
    let text = decoded.as_deref().unwrap_or(token).trim();
    // A page without a token sends one of these words in Base64.
    let is_token = scheme.eq_ignore_ascii_case("bearer") && !["", "undefined", "null"].contains(&text);
    is_token.then(|| text.to_owned())
}

impl Person {
    fn called(id: String) -> Self {
        Self { name: id.clone(), id }
    }

    /// Returns the user that a token identifies: the subject of a JSON Web Token, or else always the same user for the same text.
    fn of_token(token: &str) -> Self {
        let claims = claims(token).unwrap_or_default();
        let claim = |names: &[&str]| names.iter().find_map(|name| claims.get(*name)?.as_str());
        let text = claim(&["cognito:username", "username", "preferred_username", "sub"]).unwrap_or(token);
        let named = claim(&["name", "email"]);
        if is_id(text) {
            return Self { id: text.to_owned(), name: named.unwrap_or(text).to_owned() };
        }
        let id = format!("user-{}", &hex(&Sha256::digest(text))[..16]);
        // A token that looks like a secret is not shown to other users.
        let is_name = text.len() <= 64 && text.chars().all(|c| c.is_alphabetic() || c == ' ');
        let name = named.or(is_name.then_some(text)).unwrap_or(&id).to_owned();
        Self { id, name }
    }
}

/// Returns the claims of a JSON Web Token, whose signature is not checked.
fn claims(token: &str) -> Option<Map<String, Value>> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let padding = "=".repeat((4 - payload.len() % 4) % 4);
    let payload = payload.replace('-', "+").replace('_', "/") + padding.as_str();
    serde_json::from_slice(&aws_smithy_types::base64::decode(payload).ok()?).ok()
}

/// Returns whether `text` may be the id of a user, according to the model.
fn is_id(text: &str) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_inside = |c: char| c.is_ascii_alphanumeric() || ":-_.@".contains(c);
    text.len() <= 64
        && text.chars().all(is_inside)
        && is_end(text.chars().next())
        && is_end(text.chars().next_back())
}

async fn user(
    service: &Service,
    instance: Option<String>,
    person: Option<Person>,
    guests: &Guests,
) -> Result<Value, Answer> {
    let instance = match instance {
        Some(instance) => instance,
        None => first_instance(service).await?,
    };
    let person = match person {
        Some(person) => person,
        None => anonymous(service, &instance, guests).await,
    };
    let Person { id, name } = person;
    let arn = format!("{instance}/user/{id}");
    let name = if let Ok(user) = described(service, &arn).await {
        user["AppInstanceUser"]["Name"].clone()
    } else {
        // Ids may be longer than tokens, and may contain other characters.
        let token = format!("creds-{}", &hex(&Sha256::digest(&id))[..32]);
        let user = json!({ "AppInstanceArn": instance, "AppInstanceUserId": id, "Name": name, "ClientRequestToken": token });
        ask(service, "POST", "/app-instance-users".to_owned(), user).await?;
        Value::from(name)
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

/// Returns an anonymous user who does not exist yet.
async fn anonymous(service: &Service, instance: &str, guests: &Guests) -> Person {
    loop {
        let number = guests.0.fetch_add(1, Ordering::Relaxed) + 1;
        let person = Person { id: format!("anonymous-{number}"), name: format!("Anonymous {number}") };
        // Anonymous users of an earlier run may be stored.
        if described(service, &format!("{instance}/user/{}", person.id)).await.is_err() {
            return person;
        }
    }
}

async fn first_instance(service: &Service) -> Result<String, Answer> {
    let listed = ask(service, "GET", "/app-instances".to_owned(), Value::Null).await?;
    let first = listed["AppInstances"][0]["AppInstanceArn"].as_str().map(ToOwned::to_owned);
    let nothing = || json!({ "Message": "there is no app instance yet: create one" }).to_string();
    first.ok_or_else(|| Answer { status: 404, error: None, body: nothing() })
}

async fn described(service: &Service, user: &str) -> Result<Value, Answer> {
    ask(service, "GET", format!("/app-instance-users/{}", percent_encode(user)), Value::Null).await
}

async fn ask(service: &Service, method: &str, path: String, body: Value) -> Result<Value, Answer> {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let request = Request { method: method.to_owned(), path, body, ..Request::default() };
    let answer = service.answer(&request).await;
    if answer.status < 300 { Ok(serde_json::from_str(&answer.body).unwrap_or_default()) } else { Err(answer) }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::base64::encode;

    use super::*;

    fn line(token: &str) -> String {
        format!("Bearer {}", encode(token))
    }

    #[test]
    fn a_token_stands_for_one_user() {
        let jwt = |claims: &str| format!("e30.{}.x", encode(claims).trim_end_matches('='));
        for (line, id, name) in [
            (line("ann"), "ann", "ann"),
            (line("ann@example.com"), "ann@example.com", "ann@example.com"),
            ("bearer ann-1".to_owned(), "ann-1", "ann-1"),
            (line(&jwt(r#"{"sub": "7f3a", "name": "Ann Smith"}"#)), "7f3a", "Ann Smith"),
            (format!("Bearer {}", jwt(r#"{"cognito:username": "ann", "sub": "7f3a"}"#)), "ann", "ann"),
        ] {
            let person = Person::of_token(&bearer(&line).unwrap());
            assert_eq!((&*person.id, &*person.name), (id, name), "{line}");
        }
        let person = |token: &str| Person::of_token(&bearer(&line(token)).unwrap());
        let smith = person("Ann Smith");
        assert!(is_id(&smith.id) && smith.name == "Ann Smith");
        assert_eq!(smith, person("Ann Smith"));
        assert_ne!(smith.id, person("Ann Smyth").id);
        let secret = person("/a secret, 1/");
        assert_eq!(secret.id, secret.name);
    }

    #[test]
    fn without_a_token_nobody_is_named() {
        for line in ["", "Bearer", "Bearer ", "Basic YTpi", &line("undefined"), &line("null"), &line(" ")] {
            assert_eq!(bearer(line), None, "{line}");
        }
    }
}
