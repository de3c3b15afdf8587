//! Advice for errors of calls to AWS.

use super::why::{NO_CODE, Silence, Why};

const SIGN_IN: &str = "look who you are with `aws sts get-caller-identity`, and sign in again";
const LATER: &str = "run this again in a minute";
const ELSEWHERE: &str = "check --endpoint-url and AWS_ENDPOINT_URL: another program responds there";

/// Returns what the user can do about an error.
pub(super) fn of(why: &Why) -> Option<&'static str> {
    Some(match why {
        Why::Service { status, code, .. } => return of_service(*status, code),
        Why::Unreadable { status: 429 | 500 | 502.., .. } => LATER,
        Why::Unreadable { .. } => ELSEWHERE,
        Why::NoCredentials(_) => {
            "sign in (such as with `aws sso login`) and name the profile with --profile or AWS_PROFILE"
        }
        Why::NoAnswer(Silence::Late, _) => {
            "the service or the way to it is slow: run this again; if that does not help, look at the endpoint"
        }
        Why::NoAnswer(Silence::Lost, _) => "the connection was lost: run this again",
        Why::NoAnswer(Silence::Refused, _) => {
            "look at --endpoint-url and AWS_ENDPOINT_URL; on this machine `chimeflow local` has to run"
        }
        Why::NoAnswer(Silence::Other, _) => {
            "look at the Region, --endpoint-url and AWS_ENDPOINT_URL, and at the network"
        }
    })
}

fn of_service(status: u16, code: &str) -> Option<&'static str> {
    let has = |parts: &[&str]| parts.iter().any(|part| code.contains(part));
    Some(match (status, code) {
        // What AWS's services do not implement, they answer with a 400.
        (400..=499, NO_CODE) | (501, _) => ELSEWHERE,
        _ if code.starts_with("ResourceLimitExceeded") => {
            "a quota is used up: remove what is not needed, or ask AWS for more in Service Quotas"
        }
        _ if is_about_credentials(code) => SIGN_IN,
        _ if has(&["Throttl", "TooManyRequests", "RequestLimitExceeded"]) => {
            "the service throttles: run this again in a minute"
        }
        _ if has(&["QueueDoesNotExist", "NonExistentQueue"]) => {
            "the queue does not exist: check its URL, and the account and the Region in it"
        }
        _ if code.starts_with("Kms") => "look at the policy of the key: kms:Decrypt is needed",
        (401, _) => SIGN_IN,
        (429, _) => "the service throttles: run this again in a minute",
        (500..=599, _) => "the service fails: run this again in a minute",
        (404, _) => "it is not there: look at its name, and at the account and the Region",
        (409, _) => "it is there already, or being changed at this moment: look at it, and run this again",
        (403, "ForbiddenException" | "Forbidden") => {
            "the service does not distinguish what does not exist from what you may not see: check the ARNs, and the user you act as"
        }
        _ => return None,
    })
}

/// Returns whether the error with this name is about credentials.
pub(super) fn is_about_credentials(code: &str) -> bool {
    [
        "ExpiredToken",
        "UnrecognizedClient",
        "InvalidClientTokenId",
        "InvalidSignature",
        "SignatureDoesNotMatch",
    ]
    .iter()
    .any(|known| code.starts_with(known))
}
