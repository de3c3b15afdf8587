//! [`Keys`]: the keys that may sign requests, and the users that each key may act as.
//!
//! AWS checks two things: a request's signature, and whether the signer's policy allows acting as the user in the bearer header. The second
//! check prevents one chat user from writing as another. Forgetting it is a common cause of errors.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use serde::Deserialize;

use super::query::query;
use super::refusal::{ErrorKind, Refusal, forbidden};

/// The known access keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    keys: BTreeMap<String, Key>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    secret: String,
    /// ARNs of the users and bots that the key may act as; `*` matches any text.
    bearers: Vec<String>,
}

impl std::fmt::Debug for Key {
    /// Omits the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("bearers", &self.bearers).finish_non_exhaustive()
    }
}

/// The parts of a request that its signature covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed<'r> {
    pub method: &'r str,
    /// The path as received.
    pub path: &'r str,
    /// The query as received.
    pub query: &'r str,
    /// The headers, with names in lower case.
    pub headers: &'r [(String, String)],
    pub body: &'r [u8],
}

/// What a request says about its own signature.
struct Claim {
    key: String,
    day: String,
    region: String,
    service: String,
    headers: Vec<String>,
    signature: String,
    /// The signing time, such as `20261120T103000Z`.
    time: String,
    token: Option<String>,
    /// How long the signature is valid, if it is in the query.
    expires: Option<Duration>,
}

/// The maximum difference between a client's clock and this one.
const SKEW: Duration = Duration::from_mins(5);
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

impl Keys {
    /// Parses a file of keys:
    ///
    /// ```toml
    /// [keys.AKIAIOSFODNN7EXAMPLE]
    /// secret  = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    /// bearers = ["*/user/ann", "*/bot/*"]
    /// ```
    ///
    /// # Errors
    /// If `text` is not a valid file of keys.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// Checks the signature of a request at the time `now`, and whether its key may act as `bearer`.
    ///
    /// # Errors
    /// If the request is unsigned, the key unknown, the signature wrong or expired, or the key may not act as `bearer`.
    pub(super) fn check(
        &self,
        request: &Signed<'_>,
        bearer: Option<&str>,
        now: SystemTime,
    ) -> Result<(), Refusal> {
        let claim = Claim::of(request)?;
        let key = self.keys.get(&claim.key);
        let key = key.ok_or_else(|| unauthorized(format!("no key {} is known here", claim.key)))?;
        if claim.service != "chime" {
            return Err(unauthorized(format!(
                "signed for the service `{}`, expected `chime`",
                claim.service
            )));
        }
        claim.check_time(now)?;
        if claim.signed_with(&key.secret, request)? != claim.signature {
            return Err(unauthorized(
                "the signature is not the one of this request with the secret of its key",
            ));
        }
        match bearer {
            Some(bearer) if !key.bearers.iter().any(|pattern| matches(pattern, bearer)) => {
                Err(forbidden(format!("the key {} may not act as {bearer}", claim.key)))
            }
            _ => Ok(()),
        }
    }
}

impl Claim {
    fn of(request: &Signed<'_>) -> Result<Self, Refusal> {
        let header =
            |name: &str| request.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let query = query(request.query);
        let parameter =
            |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let none = || unauthorized("the request is not signed with Signature Version 4");
        let (credential, headers, signature, time, token, expires) = if let Some(line) =
            header("authorization")
        {
            let rest = line.strip_prefix(ALGORITHM).ok_or_else(none)?;
            let part = |name: &str| {
                let mut parts = rest.split(',').filter_map(|part| part.trim().split_once('='));
                parts.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
            };
            let parts = (part("Credential"), part("SignedHeaders"), part("Signature"));
            (parts.0, parts.1, parts.2, header("x-amz-date"), header("x-amz-security-token"), None)
        } else {
            let expires =
                parameter("X-Amz-Expires").and_then(|text| text.parse().ok()).map(Duration::from_secs);
            let parts = (
                parameter("X-Amz-Credential"),
                parameter("X-Amz-SignedHeaders"),
                parameter("X-Amz-Signature"),
            );
            (parts.0, parts.1, parts.2, parameter("X-Amz-Date"), parameter("X-Amz-Security-Token"), expires)
        };
        let (credential, headers) = (credential.ok_or_else(none)?, headers.ok_or_else(none)?);
        let mut scope = credential.split('/').map(str::to_owned);
        let mut next = || scope.next().ok_or_else(none);
        Ok(Self {
            key: next()?,
            day: next()?,
            region: next()?,
            service: next()?,
            headers: headers.split(';').map(str::to_owned).collect(),
            signature: signature.ok_or_else(none)?,
            time: time.ok_or_else(none)?,
            token,
            expires,
        })
    }

    fn time(&self) -> Result<SystemTime, Refusal> {
        let time = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", &self.time);
        let time = time.ok().filter(|_| self.time.starts_with(&self.day));
        let time = time.and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC).ok());
        time.map(SystemTime::from)
            .ok_or_else(|| unauthorized("x-amz-date: expected a time such as 20261120T103000Z"))
    }

    fn check_time(&self, now: SystemTime) -> Result<(), Refusal> {
        let time = self.time()?;
        let late = now.duration_since(time).unwrap_or_default();
        let early = time.duration_since(now).unwrap_or_default();
        if late > self.expires.unwrap_or_default() + SKEW || early > SKEW {
            return Err(unauthorized("the signature has expired, or is of the future"));
        }
        Ok(())
    }

    /// Returns the correct signature of the request.
    fn signed_with(&self, secret: &str, request: &Signed<'_>) -> Result<String, Refusal> {
        let wrong =
            |error: &dyn std::fmt::Display| unauthorized(format!("the request cannot be signed: {error}"));
        let identity = Credentials::new(&self.key, secret, self.token.clone(), None, "keys").into();
        let mut settings = SigningSettings::default();
        settings.excluded_headers = None;
        if self.expires.is_some() {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = self.expires;
        }
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(&self.service)
            .time(self.time()?)
            .settings(settings)
            .build()
            .map_err(|error| wrong(&error))?;
        let host =
            request.headers.iter().find(|(name, _)| name == "host").map_or("localhost", |(_, host)| host);
        // Signing adds these headers, so they are removed first.
        let added = [
            "X-Amz-Signature",
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-SignedHeaders",
            "X-Amz-Security-Token",
        ];
        let rest = request.query.split('&').filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            self.expires.is_none() || !added.contains(&name)
        });
        let query = rest.collect::<Vec<_>>().join("&");
        let uri = format!("http://{host}{}{}{query}", request.path, if query.is_empty() { "" } else { "?" });
        let headers = request.headers.iter().filter(|(name, _)| {
            self.headers.contains(name) && name != "x-amz-date" && name != "x-amz-security-token"
        });
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
        let signable = SignableRequest::new(request.method, &uri, headers, SignableBody::Bytes(request.body));
        let signable = signable.map_err(|error| wrong(&error))?;
        let output = sign(signable, &params.into()).map_err(|error| wrong(&error))?;
        Ok(output.signature().to_owned())
    }
}

fn unauthorized(message: impl Into<String>) -> Refusal {
    ErrorKind::UnauthorizedClient.because(message.into())
}

/// Returns whether `text` matches `pattern`, in which `*` matches any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let pieces: Vec<_> = pieces.collect();
    let Some((last, inner)) = pieces.split_last() else { return rest.is_empty() };
    for piece in inner {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text, is) in [
            ("*", "a", true),
            ("*/user/ann", "arn:x/user/ann", true),
            ("*/user/ann", "arn:x/user/anna", false),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "a1c", false),
            ("abc", "abc", true),
            ("abc", "abcd", false),
        ] {
            assert_eq!(matches(pattern, text), is, "{pattern} {text}");
        }
    }

    #[test]
    fn what_is_not_signed_is_not_let_in() {
        let keys = Keys::parse("[keys.a]\nsecret = \"s\"\nbearers = [\"*\"]").unwrap();
        let request = Signed { method: "GET", path: "/app-instances", query: "", headers: &[], body: b"" };
        let refusal = keys.check(&request, None, SystemTime::UNIX_EPOCH).unwrap_err();
        assert_eq!(refusal.kind, ErrorKind::UnauthorizedClient);
        assert!(Keys::parse("[keys.a]\nsecret = 3").is_err());
    }
}
