//! [`SigV4`]: signs requests with AWS Signature Version 4, and keeps the signing key of the day.
//!
//! The signer of the SDK derives the key for every request anew, from strings that it copies, and hashes without the processor's vector
//! instructions: that is a quarter of all that a message takes. This one signs what AWS asks to be signed: the host, the content type and
//! all `x-amz-` headers. It signs by the machine's clock, which Lambda keeps right; the SDK's signer corrects it by the clock of AWS.
//! Source: IAM User Guide, "Create a signed AWS API request".

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use aws_lc_rs::digest::{self, SHA256};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_sdk_chimesdkmessaging::config::Credentials;
use aws_sdk_chimesdkmessaging::error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use jiff::Timestamp;

/// Signature Version 4 for one service in one region.
pub(super) struct SigV4 {
    region: String,
    service: &'static str,
    /// The key that signed last.
    key: Mutex<Option<Key>>,
}

/// What a signing key is derived from, and the key.
struct Key {
    secret: String,
    date: String,
    derived: hmac::Key,
}

impl SigV4 {
    /// Returns a signer for `service`, by its name in signatures.
    pub(super) fn new(service: &'static str, region: impl Into<String>) -> Self {
        Self { region: region.into(), service, key: Mutex::default() }
    }

    /// Adds the headers of a signature to `request`, which is made at `time`.
    ///
    /// # Errors
    /// If the body is not in memory, or the time is none that a signature can have.
    pub(super) fn sign(
        &self,
        request: &mut HttpRequest,
        with: &Credentials,
        time: SystemTime,
    ) -> Result<(), BoxError> {
        let stamp = Timestamp::try_from(time)?.strftime("%Y%m%dT%H%M%SZ").to_string();
        let date = &stamp[..DATE];
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        if let Some(token) = with.session_token() {
            request.headers_mut().insert("x-amz-security-token", token.to_owned());
        }
        request.headers_mut().insert("x-amz-date", stamp.clone());
        let (signed, canonical) = canonical(request)?;
        let mut text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n");
        push_hex(&mut text, canonical.as_ref());
        let key = self.key(with.secret_access_key(), date);
        let mut authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={signed}, Signature=",
            with.access_key_id()
        );
        push_hex(&mut authorization, hmac::sign(&key, text.as_bytes()).as_ref());
        request.headers_mut().insert("authorization", authorization);
        Ok(())
    }

    /// Returns the key that signs on `date`.
    fn key(&self, secret: &str, date: &str) -> hmac::Key {
        let mut kept = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.secret == secret && kept.date == date) {
            return kept.derived.clone();
        }
        let of_user = hmac::Key::new(HMAC_SHA256, format!("AWS4{secret}").as_bytes());
        let key = [date, &self.region, self.service, "aws4_request"].iter().fold(of_user, |key, part| {
            hmac::Key::new(HMAC_SHA256, hmac::sign(&key, part.as_bytes()).as_ref())
        });
        *kept = Some(Key { secret: secret.to_owned(), date: date.to_owned(), derived: key.clone() });
        key
    }
}

/// The length of `20260814` in `20260814T100214Z`.
const DATE: usize = 8;

/// Returns the names of the headers to sign, as the signature lists them, and the digest of the canonical request. No segment of the path
/// may be `.` or `..`; an ARN is none.
fn canonical(request: &HttpRequest) -> Result<(String, digest::Digest), BoxError> {
    let body = request.body().bytes().ok_or("cannot sign a body that is not in memory")?;
    let uri = request.uri();
    let after_scheme = uri.find("://").map_or(0, |at| at + 3);
    let path_at = uri[after_scheme..].find(['/', '?']).map_or(uri.len(), |at| after_scheme + at);
    let (path, query) = uri[path_at..].split_once('?').unwrap_or((&uri[path_at..], ""));
    let mut headers = vec![("host", host(uri, after_scheme, path_at))];
    headers.extend(request.headers().iter().filter(|(name, _)| is_signed(name)));
    headers.sort_unstable();
    let mut parameters: Vec<_> = query.split('&').filter(|parameter| !parameter.is_empty()).collect();
    parameters.sort_unstable();

    let mut text = String::with_capacity(1024);
    text.push_str(request.method());
    text.push('\n');
    text.push_str(if path.is_empty() { "/" } else { "" });
    for (number, part) in path.split('%').enumerate() {
        // What is encoded already is encoded once more.
        text.push_str(if number == 0 { "" } else { "%25" });
        text.push_str(part);
    }
    text.push('\n');
    for (number, parameter) in parameters.into_iter().enumerate() {
        text.push_str(if number == 0 { "" } else { "&" });
        text.push_str(parameter);
        text.push_str(if parameter.contains('=') { "" } else { "=" });
    }
    text.push('\n');
    let mut names = String::with_capacity(64);
    for (number, (name, value)) in headers.into_iter().enumerate() {
        names.push_str(if number == 0 { "" } else { ";" });
        names.push_str(name);
        text.push_str(name);
        text.push(':');
        for (number, word) in value.split(' ').filter(|word| !word.is_empty()).enumerate() {
            text.push_str(if number == 0 { "" } else { " " });
            text.push_str(word);
        }
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&names);
    text.push('\n');
    push_hex(&mut text, digest::digest(&SHA256, body).as_ref());
    Ok((names, digest::digest(&SHA256, text.as_bytes())))
}

fn is_signed(header: &str) -> bool {
    header == "content-type" || header.starts_with("x-amz-")
}

/// Returns what the header `host` of a request to `uri` will be: without the port that goes without saying.
fn host(uri: &str, after_scheme: usize, path_at: usize) -> &str {
    let usual_port = if uri.starts_with("https:") { ":443" } else { ":80" };
    let host = &uri[after_scheme..path_at];
    host.strip_suffix(usual_port).unwrap_or(host)
}

fn push_hex(text: &mut String, bytes: &[u8]) {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
}

/// Without the secret and what is made of it.
impl fmt::Debug for SigV4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4")
            .field("region", &self.region)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
