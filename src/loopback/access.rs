//! [`Access`]: decides which requests are accepted, so that web pages cannot use the servers on this machine.
//!
//! The loopback interface excludes other machines, but not the web pages in a browser on this one. Any page may send requests to
//! `127.0.0.1`, most of them without a preflight request. A page whose host name is later made to resolve to `127.0.0.1` can also read the
//! responses (DNS rebinding). Browsers state a request's host and the page that sends it in headers that a page cannot change: `Host`,
//! `Origin`, `Sec-Fetch-Site`. Every request is checked by these headers before anything else. Programs other than browsers send no
//! `Origin`, and a host of this machine.

mod host;
mod origin;
#[cfg(test)]
mod tests;

use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERER};
use hyper::{Request, Uri, Version};

use self::host::Host;
pub use self::origin::Origin;

/// The requests that are accepted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    origins: Vec<Origin>,
    beyond_loopback: bool,
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("expected one Host header, found {0}")]
    CountOfHosts(usize),
    #[error("`{0}` is not a host: expected a name or an address, with or without a port")]
    NoHost(String),
    #[error(
        "this service is not `{0}`: expected localhost, another name of the loopback interface, or the name of an AWS service without a port"
    )]
    OtherHost(String),
    #[error(
        "this service is not `{0}`, another AWS service: map only `messaging-chime.*` and `identity-chime.*` to this machine, or exclude `{0}`"
    )]
    OtherService(String),
    #[error("expected no more than one Origin header, found {0}")]
    CountOfOrigins(usize),
    #[error(
        "pages of the origin `{0}` are not accepted: expected one of this machine, such as http://localhost:3000"
    )]
    OtherOrigin(String),
    #[error(
        "a page of another site sent this and did not say which: expected a page of this machine, such as one of http://localhost:3000"
    )]
    OtherSite,
}

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const DESTINATION: HeaderName = HeaderName::from_static("sec-fetch-dest");

impl Access {
    /// Returns an access check that accepts pages of this machine and of `origins`, and requests addressed to this machine, to the hosts of
    /// `origins`, and to AWS services. A service that listens `beyond_loopback` is also reachable by addresses and names in its network.
    pub(crate) fn new(origins: Vec<Origin>, beyond_loopback: bool) -> Self {
        Self { origins, beyond_loopback }
    }

    /// Checks whether `request` is accepted.
    pub(crate) fn check<B>(&self, request: &Request<B>) -> Result<(), Refusal> {
        self.judge(request.version(), request.uri(), request.headers())
    }

    /// Checks whether a request with this version, target and headers is accepted.
    fn judge(&self, version: Version, target: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = addressed(version, target, headers)?;
        let other = host.as_ref().filter(|host| !self.is_for(host));
        if let Some(host) = other.filter(|host| !host.is_of_another_service()) {
            return Err(Refusal::OtherHost(host.to_string()));
        }
        self.judge_page(target, headers, host.as_ref())?;
        // A page that may send requests may also read why this one is refused.
        other.map_or(Ok(()), |host| Err(Refusal::OtherService(host.to_string())))
    }

    /// Checks whether the page that sent a request to `host` is accepted, if a page did.
    fn judge_page(&self, target: &Uri, headers: &HeaderMap, host: Option<&Host>) -> Result<(), Refusal> {
        let lets_in = |origin: &Origin| {
            origin.is_loopback()
                || self.origins.contains(origin)
                || host.is_some_and(|host| origin.is_of(host))
        };
        let origins = headers.get_all(ORIGIN).iter().count();
        if origins > 1 {
            return Err(Refusal::CountOfOrigins(origins));
        }
        if let Some(value) = headers.get(ORIGIN).map(HeaderValue::as_bytes) {
            let origin = text(value).and_then(Origin::read).filter(lets_in);
            return origin.map(drop).ok_or_else(|| Refusal::OtherOrigin(shown(value)));
        }
        if !comes_from_another_site(headers) || is_visit(target, headers) {
            return Ok(());
        }
        let page = headers.get(REFERER).and_then(|page| Origin::of_address(text(page.as_bytes())?));
        page.filter(lets_in).map(drop).ok_or(Refusal::OtherSite)
    }

    /// Returns whether requests for `host` are addressed to this service.
    fn is_for(&self, host: &Host) -> bool {
        host.is_loopback()
            || host.is_aws()
            // A page of that origin is accepted anyway, whatever host name it uses for this machine.
            || self.origins.iter().any(|origin| origin.is_of(host))
            // Names without a domain, and addresses, come from within this network, where one may connect without a browser.
            || self.beyond_loopback && host.is_of_a_network()
    }
}

/// Returns the host that a request is addressed to; `None` for the request of an old client that does not state it.
fn addressed(version: Version, target: &Uri, headers: &HeaderMap) -> Result<Option<Host>, Refusal> {
    let hosts = headers.get_all(HOST).iter().count();
    if hosts > 1 || hosts == 0 && version > Version::HTTP_10 {
        return Err(Refusal::CountOfHosts(hosts));
    }
    let value = match (target.authority(), headers.get(HOST)) {
        // A host in the request target has precedence over the header.
        (Some(authority), _) => authority.as_str().as_bytes(),
        (None, Some(host)) => host.as_bytes(),
        (None, None) => return Ok(None),
    };
    let host = text(value).and_then(Host::read);
    host.map(Some).ok_or_else(|| Refusal::NoHost(shown(value)))
}

/// Returns whether a browser says that a page of another origin sent the request. An unknown value counts as another origin.
fn comes_from_another_site(headers: &HeaderMap) -> bool {
    headers.get_all(SITE).iter().any(|site| site != "none" && site != "same-origin")
}

/// Returns whether a user opens the start page by following a link. That page shows nothing before its own scripts send requests, and the
/// linking page cannot read it.
fn is_visit(target: &Uri, headers: &HeaderMap) -> bool {
    let is = |name, expected| headers.get(name).is_some_and(|value: &HeaderValue| value == expected);
    target.path() == "/" && is(MODE, "navigate") && is(DESTINATION, "document")
}

fn text(value: &[u8]) -> Option<&str> {
    std::str::from_utf8(value).ok()
}

/// Returns part of a request in a form that may be displayed anywhere.
fn shown(value: &[u8]) -> String {
    const LONGEST: usize = 100;
    String::from_utf8_lossy(value).escape_debug().take(LONGEST).collect()
}

impl Refusal {
    /// Returns the HTTP status of the response.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::CountOfHosts(_) | Self::NoHost(_) | Self::CountOfOrigins(_) => 400,
            Self::OtherHost(_) | Self::OtherService(_) | Self::OtherOrigin(_) | Self::OtherSite => 403,
        }
    }

    /// Returns the origin that would have to be accepted for the request to succeed.
    pub(crate) fn origin(&self) -> Option<Origin> {
        match self {
            Self::OtherHost(host) => Origin::read(&format!("http://{host}")),
            Self::OtherOrigin(origin) => Origin::read(origin),
            _ => None,
        }
    }
}
