//! [`Access`]: which requests are let in, so that no web page can use what listens on this machine.
//!
//! The loopback interface keeps other machines out, and not the pages that a browser on this one shows. Any of them may send requests to
//! `127.0.0.1`, most of them without asking first; one whose name is made to lead to `127.0.0.1` later reads the answers too (DNS
//! rebinding). Browsers say whom a request is for and which page sends it, in headers that a page cannot change: `Host`, `Origin`,
//! `Sec-Fetch-Site`. What they say is judged before anything else looks at a request, whatever it asks for. Programs that are no
//! browsers send no `Origin`, and a host of this machine.

mod host;
mod origin;
#[cfg(test)]
mod tests;

use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERER};
use hyper::{Request, Uri, Version};

use self::host::Host;
pub use self::origin::Origin;

/// Which requests are let in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    origins: Vec<Origin>,
    beyond_loopback: bool,
}

/// Why a request is not let in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("expected one Host header, found {0}")]
    CountOfHosts(usize),
    #[error("`{0}` is no host: expected a name or an address, with or without a port")]
    NoHost(String),
    #[error(
        "this service is not `{0}`: expected localhost, another name of the loopback interface, or the name of an AWS service without a port"
    )]
    OtherHost(String),
    #[error("expected no more than one Origin header, found {0}")]
    CountOfOrigins(usize),
    #[error(
        "pages of the origin `{0}` are not let in: expected one of this machine, such as http://localhost:3000"
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
    /// Lets in pages of this machine and of `origins`, and requests for this machine, the hosts of `origins`, and AWS's services. A service
    /// that listens `beyond_loopback` has addresses and names in its network too.
    pub(crate) fn new(origins: Vec<Origin>, beyond_loopback: bool) -> Self {
        Self { origins, beyond_loopback }
    }

    /// Whether `request` is let in.
    pub(crate) fn check<B>(&self, request: &Request<B>) -> Result<(), Refusal> {
        self.judge(request.version(), request.uri(), request.headers())
    }

    /// Whether a request is let in, of which this is known.
    fn judge(&self, version: Version, target: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = addressed(version, target, headers)?;
        if let Some(host) = host.as_ref().filter(|host| !self.is_for(host)) {
            return Err(Refusal::OtherHost(host.to_string()));
        }
        let lets_in = |origin: &Origin| {
            origin.is_loopback()
                || self.origins.contains(origin)
                || host.as_ref().is_some_and(|host| origin.is_of(host))
        };
        let origins = headers.get_all(ORIGIN).iter().count();
        if origins > 1 {
            return Err(Refusal::CountOfOrigins(origins));
        }
        if let Some(said) = headers.get(ORIGIN).map(HeaderValue::as_bytes) {
            let origin = text(said).and_then(Origin::read).filter(lets_in);
            return origin.map(drop).ok_or_else(|| Refusal::OtherOrigin(shown(said)));
        }
        if !comes_from_another_site(headers) || is_visit(target, headers) {
            return Ok(());
        }
        let page = headers.get(REFERER).and_then(|page| Origin::of_address(text(page.as_bytes())?));
        page.filter(lets_in).map(drop).ok_or(Refusal::OtherSite)
    }

    /// Whether requests for `host` are for this service.
    fn is_for(&self, host: &Host) -> bool {
        host.is_loopback()
            || host.is_aws()
            // A page of that origin, by whatever name it calls this machine, is let in anyway.
            || self.origins.iter().any(|origin| origin.is_of(host))
            // Whoever gives names without a domain, or addresses, is in this network, and may connect without a browser.
            || self.beyond_loopback && host.is_of_a_network()
    }
}

/// Which host a request is for; none is an old client's request that does not say.
fn addressed(version: Version, target: &Uri, headers: &HeaderMap) -> Result<Option<Host>, Refusal> {
    let hosts = headers.get_all(HOST).iter().count();
    if hosts > 1 || hosts == 0 && version > Version::HTTP_10 {
        return Err(Refusal::CountOfHosts(hosts));
    }
    let said = match (target.authority(), headers.get(HOST)) {
        // A host in the target stands above the header.
        (Some(authority), _) => authority.as_str().as_bytes(),
        (None, Some(host)) => host.as_bytes(),
        (None, None) => return Ok(None),
    };
    let host = text(said).and_then(Host::read);
    host.map(Some).ok_or_else(|| Refusal::NoHost(shown(said)))
}

/// Whether a browser says that a page of another origin sent the request. A value that nobody knows is not the page's own.
fn comes_from_another_site(headers: &HeaderMap) -> bool {
    headers.get_all(SITE).iter().any(|site| site != "none" && site != "same-origin")
}

/// Whether somebody follows a link to the first page. It shows nothing until its own scripts ask, and another page cannot see it.
fn is_visit(target: &Uri, headers: &HeaderMap) -> bool {
    let says = |name, value| headers.get(name).is_some_and(|said: &HeaderValue| said == value);
    target.path() == "/" && says(MODE, "navigate") && says(DESTINATION, "document")
}

fn text(said: &[u8]) -> Option<&str> {
    std::str::from_utf8(said).ok()
}

/// What somebody sent, in a form that may be shown anywhere.
fn shown(said: &[u8]) -> String {
    const LONGEST: usize = 100;
    String::from_utf8_lossy(said).escape_debug().take(LONGEST).collect()
}

impl Refusal {
    /// The status of the answer.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::CountOfHosts(_) | Self::NoHost(_) | Self::CountOfOrigins(_) => 400,
            Self::OtherHost(_) | Self::OtherOrigin(_) | Self::OtherSite => 403,
        }
    }

    /// The origin that would have to be let in for the request to be.
    pub(crate) fn origin(&self) -> Option<Origin> {
        match self {
            Self::OtherHost(host) => Origin::read(&format!("http://{host}")),
            Self::OtherOrigin(origin) => Origin::read(origin),
            _ => None,
        }
    }
}
