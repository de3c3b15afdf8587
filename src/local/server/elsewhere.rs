//! Requests for other AWS services, such as Cognito, S3 and STS. They arrive here if a client sends everything to one endpoint. The answer
//! says which service was asked, instead of leaving the client with an error that it cannot explain.

use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use serde_json::json;

use super::admin;
use super::lambda;
use super::response::written;
use crate::local::api::Answer;

/// Responds to a request for a path that exists, but not with this method.
pub(super) async fn other_method(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if path.starts_with("/_local/") {
        let why = format!("{path} is not asked with {method}");
        return admin::written(405, &json!({ "error": why }));
    }
    // The other paths are Lambda's. That of the page is the one to which Cognito, STS and many others are asked.
    if path == "/" { answer(service(&headers).as_deref()) } else { lambda::unknown(uri).await }
}

/// Returns the name of the other AWS service that a request is meant for, as far as its headers say.
pub(super) fn service(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let signed = text("authorization").and_then(|line| {
        let (_, credential) = line.split_once("Credential=")?;
        credential.split([',', ' ']).next()?.split('/').nth(3)
    });
    // Requests without a signature, such as those for signing in with Cognito, name their API.
    let api = || Some(text("x-amz-target")?.split_once('.')?.0);
    let name = signed.or_else(api).filter(|name| *name != "chime")?;
    let is_name =
        name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    is_name.then(|| name.to_owned())
}

/// Returns the error for a request for the service called `name`, or for one without a name.
pub(super) fn answer(name: Option<&str>) -> Response {
    let name = name.map_or_else(|| "another AWS service".to_owned(), |name| format!("`{name}`"));
    let why = format!(
        "this is Chime SDK messaging and identity, not {name}: send only theirs here, with AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING and AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY"
    );
    // Services differ in how they name the type and the message of an error.
    let body = json!({ "__type": "UnknownServiceException", "Code": "UnknownService", "Message": why, "message": why });
    written(Answer { status: 501, error: Some("UnknownServiceException"), body: body.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_whose_it_is() {
        let signed = |service: &str| {
            format!(
                "AWS4-HMAC-SHA256 Credential=AKIA/20261120/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
            )
        };
        for (name, value, expected) in [
            ("authorization", signed("sts"), Some("sts")),
            ("authorization", signed("s3"), Some("s3")),
            ("authorization", signed("chime"), None),
            ("authorization", signed("<b>"), None),
            ("authorization", "Bearer dG9rZW4=".to_owned(), None),
            (
                "x-amz-target",
                "AWSCognitoIdentityProviderService.InitiateAuth".to_owned(),
                Some("AWSCognitoIdentityProviderService"),
            ),
            ("x-amz-target", "nothing".to_owned(), None),
            ("host", "localhost".to_owned(), None),
        ] {
            let headers = HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())]);
            assert_eq!(service(&headers).as_deref(), expected, "{name}: {value}");
        }
    }
}
