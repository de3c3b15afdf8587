//! The least client there can be: HTTP/1.1 over one connection, without a library, so that little of what is measured is its own.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failure;

/// A connection to the service.
pub(crate) struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

/// The end of the headers.
const BLANK: &[u8] = b"\r\n\r\n";

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, request: Vec::new(), answer: Vec::new() })
    }

    /// Asks for something that has to work, and gives the body of the answer.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        bearer: &str,
        body: &str,
    ) -> Result<&[u8], Failure> {
        let length = body.len();
        self.request.clear();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nx-amz-chime-bearer: {bearer}\r\ncontent-length: {length}\r\n\r\n"
        );
        self.request.extend([head.as_bytes(), body.as_bytes()].concat());
        self.stream.write_all(&self.request).await?;
        self.answer.clear();
        let start = loop {
            self.read().await?;
            if let Some(at) = memchr::memmem::find(&self.answer, BLANK) {
                break at + BLANK.len();
            }
        };
        let head = std::str::from_utf8(&self.answer[..start])?;
        let fine = head.starts_with("HTTP/1.1 2");
        let length: usize = head
            .split("\r\n")
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(Ok(0), str::parse)?;
        while self.answer.len() < start + length {
            self.read().await?;
        }
        let body = &self.answer[start..];
        if fine { Ok(body) } else { Err(format!("{path}: {}", String::from_utf8_lossy(body)).into()) }
    }

    async fn read(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.answer).await? {
            0 => Err("the service hung up".into()),
            _ => Ok(()),
        }
    }

    /// The same for JSON.
    pub(crate) async fn json(
        &mut self,
        method: &str,
        path: &str,
        bearer: &str,
        body: &Value,
    ) -> Result<Value, Failure> {
        let answer = self.ask(method, path, bearer, &body.to_string()).await?;
        Ok(if answer.is_empty() { Value::Null } else { serde_json::from_slice(answer)? })
    }
}
