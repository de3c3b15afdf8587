//! HTTP as far as emulated servers and the proxy need it: one request, and one response, on a connection.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request, read completely.
pub(crate) struct Request {
    pub method: String,
    /// With the query.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// The operations with names, by method and path; a star stands for an id.
const OPERATIONS: [(&str, &str, &str); 13] = [
    ("POST", "/channel-flows", "CreateChannelFlow"),
    ("GET", "/channel-flows", "ListChannelFlows"),
    ("GET", "/channel-flows/*", "DescribeChannelFlow"),
    ("PUT", "/channel-flows/*", "UpdateChannelFlow"),
    ("DELETE", "/channel-flows/*", "DeleteChannelFlow"),
    ("GET", "/channels/*", "DescribeChannel"),
    ("PUT", "/channels/*/channel-flow", "AssociateChannelFlow"),
    ("DELETE", "/channels/*/channel-flow/*", "DisassociateChannelFlow"),
    ("POST", "/channels/*", "ChannelFlowCallback"),
    ("GET", "/functions/*/policy", "GetPolicy"),
    ("POST", "/functions/*/policy", "AddPermission"),
    ("POST", "/functions/*/invocations", "Invoke"),
    ("GET", "/functions/*/event-invoke-config", "GetFunctionEventInvokeConfig"),
];

impl Request {
    /// Reads a request; nothing if the connection ends before it does.
    pub(crate) async fn read(socket: &mut TcpStream) -> Option<Self> {
        let (head, headers, body) = read(socket).await?;
        let mut words = head.split(' ').map(str::to_owned);
        Some(Self { method: words.next()?, path: words.next()?, headers, body })
    }

    /// Returns the value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Returns the name of the operation or, if it is none of [`OPERATIONS`], the method and the path without ids.
    pub(crate) fn operation(&self) -> String {
        if let Some((_, operation)) = self.header("x-amz-target").and_then(|target| target.split_once('.')) {
            return operation.to_owned();
        }
        let path = self.path.split('?').next().unwrap_or_default();
        // Lambda's paths begin with a date.
        let parts = path.trim_matches('/').split('/').skip_while(|part| part.starts_with("20"));
        let parts = parts.enumerate().map(|(at, part)| if at % 2 == 0 { part } else { "*" });
        let shape: String = parts.flat_map(|part| ["/", part]).collect();
        let known = OPERATIONS.iter().find(|(method, path, _)| *method == self.method && *path == shape);
        known.map_or_else(|| format!("{} {shape}", self.method), |(.., name)| (*name).to_owned())
    }

    /// Sends it to the server at `address`, and returns the response.
    pub(crate) async fn forward(&self, address: &str) -> std::io::Result<Response> {
        let mut socket = TcpStream::connect(address).await?;
        let head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        socket.write_all(&written(&head, &self.headers, &self.body)).await?;
        let (head, headers, body) = read(&mut socket).await.ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Ok(Response { status: status.unwrap_or(500), headers, body })
    }
}

impl Response {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self { status, headers, body: body.to_string().into_bytes() }
    }

    /// A web page.
    pub(crate) fn page(status: u16) -> Self {
        let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
        Self { status, headers, body: b"<html>It works!</html>".to_vec() }
    }

    /// An error of the service with this name.
    pub(crate) fn error(status: u16, name: &str, says: &str) -> Self {
        Self::json(status, &json!({ "message": says })).with("x-amzn-errortype", name)
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes it. The program may have gone meanwhile.
    pub(crate) async fn write(&self, socket: &mut TcpStream) {
        let _ = socket.write_all(&self.bytes()).await;
    }

    /// Writes its first half, as a connection does that is lost.
    pub(crate) async fn write_half(&self, socket: &mut TcpStream) {
        let bytes = self.bytes();
        let _ = socket.write_all(&bytes[..bytes.len() - self.body.len().div_ceil(2)]).await;
    }

    fn bytes(&self) -> Vec<u8> {
        written(&format!("HTTP/1.1 {} It\r\n", self.status), &self.headers, &self.body)
    }
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
}

fn written(head: &str, headers: &[(String, String)], body: &[u8]) -> Vec<u8> {
    let mut bytes = head.to_owned().into_bytes();
    let is_ours =
        |name: &str| ["content-length", "connection"].iter().any(|it| name.eq_ignore_ascii_case(it));
    for (name, value) in headers.iter().filter(|(name, _)| !is_ours(name)) {
        bytes.extend(format!("{name}: {value}\r\n").into_bytes());
    }
    bytes.extend(format!("content-length: {}\r\nconnection: close\r\n\r\n", body.len()).into_bytes());
    bytes.extend(body);
    bytes
}

/// Reads the first line, the headers and the body.
async fn read(socket: &mut TcpStream) -> Option<(String, Vec<(String, String)>, Vec<u8>)> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let mut lines = head.lines().map(str::to_owned);
    let first = lines.next()?;
    let named = |line: String| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    let headers: Vec<_> = lines.filter_map(named).collect();
    let length = header(&headers, "content-length").map_or(0, |length| length.parse().unwrap_or_default());
    let mut body = read.split_off(end + 4);
    while body.len() < length {
        if socket.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some((first, headers, body))
}
