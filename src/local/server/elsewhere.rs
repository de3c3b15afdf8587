//! Responses to requests for other AWS services, such as Cognito, S3 and STS, which arrive here if a client sends everything to one
//! endpoint. The error names the requested service, so that the user of the client understands it.

use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
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
    // The other paths are Lambda's. The path of the page is also the one that Cognito, STS and many others use.
    if path == "/" { answer(service(&headers).as_deref()) } else { lambda::unknown(uri).await }
}

/// Returns the name of the other AWS service for which a request is meant, as far as its headers show.
pub(super) fn service(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let signed = text("authorization").and_then(|line| {
        let (_, credential) = line.split_once("Credential=")?;
        credential.split([',', ' ']).next()?.split('/').nth(3)
    });
    // Requests without a signature, such as those for signing in with Cognito, contain the name of their API.
    let api = || Some(text("x-amz-target")?.split_once('.')?.0);
    let name = signed.or_else(api).filter(|name| *name != "chime")?;
    let is_name =
        name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    is_name.then(|| name.to_owned())
}

/// The services with errors in XML, as far as clients send requests for them here.
const XML: [&str; 11] = [
    "autoscaling",
    "cloudformation",
    "cloudfront",
    "ec2",
    "elasticloadbalancing",
    "iam",
    "rds",
    "route53",
    "s3",
    "sns",
    "sts",
];

/// Returns the error for a request for a service with errors in XML. None of their paths is one of Chime SDK messaging or identity, but
/// some are the path of the page or look like an upload.
pub(super) fn of_xml(headers: &HeaderMap) -> Option<Response> {
    let name = service(headers)?;
    XML.contains(&name.as_str()).then(|| answer(Some(&name)))
}

/// Returns the error for a request for the service called `name`, or for an unknown service, in that service's format.
pub(super) fn answer(name: Option<&str>) -> Response {
    let who = name.map_or_else(|| "another AWS service".to_owned(), |name| format!("`{name}`"));
    let why = format!(
        "this is Chime SDK messaging and identity, not {who}: send only theirs here, with AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING and AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY"
    );
    if let Some(name) = name.filter(|name| XML.contains(name)) {
        let mut response =
            written(Answer { status: 501, error: Some("UnknownServiceException"), body: xml(name, &why) });
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        return response;
    }
    // Services differ in the names for the type and the message of an error.
    let body = json!({ "__type": "UnknownServiceException", "Code": "UnknownService", "Message": why, "message": why });
    written(Answer { status: 501, error: Some("UnknownServiceException"), body: body.to_string() })
}

/// Returns an error as the service called `name` writes it. The message contains no character that needs an escape in XML.
fn xml(name: &str, why: &str) -> String {
    let error = format!("<Code>UnknownService</Code><Message>{why}</Message>");
    let document = match name {
        "s3" => format!("<Error>{error}<RequestId>local</RequestId></Error>"),
        "ec2" => format!(
            "<Response><Errors><Error>{error}</Error></Errors><RequestID>local</RequestID></Response>"
        ),
        _ => format!(
            "<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>local</RequestId></ErrorResponse>"
        ),
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}")
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

    #[test]
    fn services_of_xml_are_answered_in_xml() {
        for name in XML {
            let signed = format!(
                "AWS4-HMAC-SHA256 Credential=AKIA/20261120/us-east-1/{name}/aws4_request, SignedHeaders=host, Signature=0"
            );
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, signed.parse().unwrap())]);
            let response = of_xml(&headers).expect(name);
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/xml");
            assert_eq!(response.status(), 501);
            let body = xml(name, "why");
            assert!(body.contains("<Code>UnknownService</Code><Message>why</Message>"), "{body}");
        }
        for name in ["dynamodb", "chime"] {
            let signed = format!("AWS4-HMAC-SHA256 Credential=AKIA/20261120/us-east-1/{name}/aws4_request");
            assert!(
                of_xml(&HeaderMap::from_iter([(header::AUTHORIZATION, signed.parse().unwrap())])).is_none()
            );
        }
    }
}
