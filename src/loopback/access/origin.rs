//! [`Origin`]: the origin of a web page.

use std::fmt;

use super::host::Host;

/// The origin of web pages: scheme, host and port, such as `https://chat.example` or `http://devbox:3000`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In lower case.
    scheme: String,
    /// With the scheme's default port if the origin has none.
    host: Host,
}

/// Schemes in the URL standard that no page has as its origin.
const OF_NO_PAGES: [&str; 4] = ["file", "ftp", "ws", "wss"];

impl Origin {
    /// Parses an origin to accept.
    ///
    /// # Errors
    /// If `text` is not an origin, or is one that anybody's pages can have.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "null" {
            return Err("pages of every site can have the origin `null`: serve yours from http://localhost, or name its origin".to_owned());
        }
        let origin = Self::read(text.strip_suffix('/').unwrap_or(text)).ok_or_else(|| {
            format!("`{text}`: expected one origin such as https://chat.example or http://devbox:3000, without a path or wildcard")
        })?;
        if OF_NO_PAGES.contains(&&*origin.scheme) {
            return Err(format!(
                "`{text}`: expected the origin of pages, with the scheme http, https or that of an app"
            ));
        }
        Ok(origin)
    }

    /// Parses an origin as browsers write it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (scheme, host) = text.split_once("://")?;
        let is_of_schemes = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        if !scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            || !scheme.bytes().all(is_of_schemes)
        {
            return None;
        }
        let scheme = scheme.to_ascii_lowercase();
        let mut host = Host::read(host)?;
        host.port = host.port.or(default_port(&scheme));
        Some(Self { scheme, host })
    }

    /// Returns the origin of the page with this URL.
    pub(super) fn of_address(address: &str) -> Option<Self> {
        let host = address.find("://")? + "://".len();
        let end = address[host..].find(['/', '?', '#']).map_or(address.len(), |at| host + at);
        Self::read(&address[..end])
    }

    /// Returns whether this machine serves the pages of this origin.
    pub(super) fn is_loopback(&self) -> bool {
        self.is_web() && self.host.is_loopback()
    }

    /// Returns whether the pages of this origin are served at `host`.
    pub(super) fn is_of(&self, host: &Host) -> bool {
        let port = host.port.or(default_port(&self.scheme));
        self.is_web() && self.host.name == host.name && self.host.port == port
    }

    fn is_web(&self) -> bool {
        default_port(&self.scheme).is_some()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut host = self.host.clone();
        host.port = host.port.filter(|port| Some(*port) != default_port(&self.scheme));
        write!(f, "{}://{host}", self.scheme)
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read() {
        for (text, expected) in [
            ("https://chat.example", Some("https://chat.example")),
            ("HTTPS://Chat.Example:443/", Some("https://chat.example")),
            ("http://[::1]:3000", Some("http://[::1]:3000")),
            ("http://127.1", Some("http://127.0.0.1")),
            ("app://obsidian.md", Some("app://obsidian.md")),
            ("ftp://chat.example", None),
            ("FTP://chat.example:80", None),
            ("wss://chat.example", None),
            ("file://chat.example", None),
            ("null", None),
            ("*", None),
            ("https://*.example", None),
            ("chat.example", None),
            ("https://chat.example/path", None),
            ("https://user@chat.example", None),
            ("https://", None),
            ("", None),
        ] {
            let read = Origin::parse(text);
            assert_eq!(read.as_ref().ok().map(ToString::to_string).as_deref(), expected, "{text}: {read:?}");
        }
    }
}
