//! [`Host`]: the host that a request is addressed to.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host and port, as in a `Host` header or an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    pub name: Name,
    pub port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Address(IpAddr),
    /// In lower case, without a trailing dot.
    Domain(String),
}

/// The AWS services that are emulated on this machine, as the first label of their host names.
const SERVICES: [&str; 3] = ["messaging-chime", "identity-chime", "lambda"];
/// What follows the region in the host names of AWS services.
const DOMAINS: [&str; 4] = ["amazonaws.com", "amazonaws.com.cn", "api.aws", "api.amazonwebservices.com.cn"];
/// The suffix of the host names for messaging sessions.
const SESSIONS: &str = ".ws-messaging.chime.aws";

impl Host {
    /// Parses a host such as `localhost:8200`, `127.0.0.1` or `[::1]:80`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (name, port) = if let Some(rest) = text.strip_prefix('[') {
            let (address, port) = rest.split_once(']')?;
            let address: Ipv6Addr = address.parse().ok()?;
            (Name::Address(IpAddr::V6(address).to_canonical()), port)
        } else {
            let (name, port) = text.split_at(text.find(':').unwrap_or(text.len()));
            (Name::read(name)?, port)
        };
        let port = match port.strip_prefix(':') {
            // The port may be missing after the colon.
            Some("") => None,
            Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some(port.parse().ok()?),
            None if port.is_empty() => None,
            _ => return None,
        };
        Some(Self { name, port })
    }

    /// Returns whether this host always refers to the local machine, whatever DNS says.
    pub(super) fn is_loopback(&self) -> bool {
        match &self.name {
            Name::Address(address) => address.is_loopback(),
            Name::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        }
    }

    /// Returns whether this is the AWS host name of a service that is emulated here. Requests for it are redirected here, for example by a
    /// browser's `MAP` rules, and have AWS's own port. A request with this service's port instead comes from a page whose name was made to
    /// resolve to this machine.
    pub(super) fn is_aws(&self) -> bool {
        let Name::Domain(name) = &self.name else { return false };
        let is_service = || {
            let (service, rest) = name.split_once('.')?;
            let (_region, domain) = rest.split_once('.')?;
            let service = service.strip_suffix("-fips").unwrap_or(service);
            Some(SERVICES.contains(&service) && DOMAINS.contains(&domain))
        };
        matches!(self.port, None | Some(80 | 443))
            && (name.ends_with(SESSIONS) || is_service().unwrap_or_default())
    }

    /// Returns whether this is the host name of an AWS service that is not emulated here, such as Cognito or S3.
    pub(super) fn is_of_another_service(&self) -> bool {
        let Name::Domain(name) = &self.name else { return false };
        let is_in = |domain: &str| name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
        matches!(self.port, None | Some(80 | 443))
            && !self.is_aws()
            && DOMAINS.iter().any(|domain| is_in(domain))
    }

    /// Returns whether this has a meaning only within one network: an IP address, or a name without a domain.
    pub(super) fn is_of_a_network(&self) -> bool {
        match &self.name {
            Name::Address(_) => true,
            Name::Domain(name) => !name.contains('.'),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Name::Address(IpAddr::V6(address)) => write!(f, "[{address}]")?,
            Name::Address(IpAddr::V4(address)) => write!(f, "{address}")?,
            Name::Domain(name) => f.write_str(name)?,
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl Name {
    /// Parses a name or an IPv4 address.
    fn read(text: &str) -> Option<Self> {
        let text = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
        let last = text.rsplit('.').next().unwrap_or_default();
        // As in browsers, a host whose last label is a number is an IPv4 address.
        if last.bytes().all(|byte| byte.is_ascii_digit()) || number(last).is_some() {
            return ipv4(&text).map(|address| Self::Address(IpAddr::V4(address)));
        }
        let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        text.bytes().all(is_of_names).then_some(Self::Domain(text))
    }
}

/// Parses an IPv4 address as browsers do: up to four numbers, the last of which fills the remaining bytes.
fn ipv4(text: &str) -> Option<Ipv4Addr> {
    let mut numbers = text.split('.').map(number).collect::<Option<Vec<_>>>()?;
    let last = numbers.pop()?;
    let fits = numbers.len() < 4 && numbers.iter().all(|number| *number < 256);
    if !fits || u64::from(last) >= 1 << (32 - 8 * numbers.len()) {
        return None;
    }
    let shifts = [24, 16, 8];
    let bits = numbers.iter().zip(shifts).fold(last, |bits, (number, shift)| bits | number << shift);
    Some(Ipv4Addr::from_bits(bits))
}

/// Parses a number that is decimal, octal after `0`, or hexadecimal after `0x`.
fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None => (text, 10),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    is_number.then(|| u32::from_str_radix(digits, radix).ok()).flatten()
}
