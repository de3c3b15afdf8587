//! [`Host`]: whom a request is for.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host and its port, as a `Host` header and an origin have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    pub name: Name,
    pub port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Address(IpAddr),
    /// In lower case, without a dot at its end.
    Domain(String),
}

/// The services of AWS that are played on this machine, as the first part of their names.
const SERVICES: [&str; 3] = ["messaging-chime", "identity-chime", "lambda"];
/// What follows the region in names of AWS's services.
const DOMAINS: [&str; 4] = ["amazonaws.com", "amazonaws.com.cn", "api.aws", "api.amazonwebservices.com.cn"];
/// The end of the names that sessions are sent to.
const SESSIONS: &str = ".ws-messaging.chime.aws";

impl Host {
    /// Reads a host such as `localhost:8200`, `127.0.0.1` or `[::1]:80`.
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
            // A port may be left out after its colon.
            Some("") => None,
            Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some(port.parse().ok()?),
            None if port.is_empty() => None,
            _ => return None,
        };
        Some(Self { name, port })
    }

    /// Whether this leads to the machine that says it, whoever answers its questions for names.
    pub(super) fn is_loopback(&self) -> bool {
        match &self.name {
            Name::Address(address) => address.is_loopback(),
            Name::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        }
    }

    /// Whether this is how AWS's clients call a service that is played here. They are led here by a browser's `MAP` rules or the like, and ask
    /// for AWS's own port: one of this machine's is asked for by pages that a false answer about a name let in.
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

    /// Whether this has a meaning in one network only: an address, or a name without a domain.
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
    /// Reads a name, or an address of version 4.
    fn read(text: &str) -> Option<Self> {
        let text = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
        let last = text.rsplit('.').next().unwrap_or_default();
        // As browsers have it, what ends in a number is an address.
        if last.bytes().all(|byte| byte.is_ascii_digit()) || number(last).is_some() {
            return ipv4(&text).map(|address| Self::Address(IpAddr::V4(address)));
        }
        let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        text.bytes().all(is_of_names).then_some(Self::Domain(text))
    }
}

/// Reads an address of version 4 as browsers do: up to four numbers, of which the last fills what the others leave.
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

/// Reads a number that is decimal, octal after `0`, or hexadecimal after `0x`.
fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None => (text, 10),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    is_number.then(|| u32::from_str_radix(digits, radix).ok()).flatten()
}
