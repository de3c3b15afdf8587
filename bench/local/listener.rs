//! A messaging session: as much of a WebSocket client as counting messages requires.

use std::net::SocketAddr;
use std::time::Instant;

use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failure;
use crate::client::encoded;

/// An established session.
pub(crate) struct Listener {
    stream: TcpStream,
    /// The data that was read; what is before `at` is processed.
    buffer: Vec<u8>,
    at: usize,
}

/// The messages that a listener received.
#[derive(Debug, Default)]
pub(crate) struct Received {
    /// How often each message was received, by its number.
    pub(crate) times: Vec<u8>,
    /// The times from sending to receiving, in microseconds.
    pub(crate) delays: Vec<u32>,
}

impl Listener {
    /// Opens a session for `who`.
    pub(crate) async fn connect(address: SocketAddr, who: &str) -> Result<Self, Failure> {
        let mut stream = TcpStream::connect(address).await?;
        let who = encoded(who);
        // The key is the example of RFC 6455: the client does not verify that the service hashed it.
        let request = format!(
            "GET /connect?sessionId=s&userArn={who} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut listener = Self { stream, buffer: Vec::new(), at: 0 };
        let end = loop {
            listener.read().await?;
            if let Some(end) = memmem::find(&listener.buffer, b"\r\n\r\n") {
                break end;
            }
        };
        if !listener.buffer.starts_with(b"HTTP/1.1 101") {
            return Err(String::from_utf8_lossy(&listener.buffer[..end]).into());
        }
        listener.at = end + 4;
        let first = listener.frame().await?;
        if memmem::find(first, b"SESSION_ESTABLISHED").is_none() {
            return Err(format!("the session was refused: {}", String::from_utf8_lossy(first)).into());
        }
        Ok(listener)
    }

    async fn read(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the session ended".into()),
            _ => Ok(()),
        }
    }

    /// Returns the next text frame. Other frames are ignored, except for a close.
    async fn frame(&mut self) -> Result<&[u8], Failure> {
        const TEXT: u8 = 0x81;
        const CLOSE: u8 = 0x88;
        loop {
            while let Some((head, length)) = head(&self.buffer[self.at..])
                && self.buffer.len() >= self.at + head + length
            {
                let (kind, start) = (self.buffer[self.at], self.at + head);
                self.at = start + length;
                match kind {
                    TEXT => return Ok(&self.buffer[start..self.at]),
                    CLOSE => return Err("the service closed the session".into()),
                    _ => {}
                }
            }
            self.buffer.drain(..self.at);
            self.at = 0;
            self.read().await?;
        }
    }

    /// Receives the next message, and records it.
    pub(crate) async fn receive(&mut self, began: Instant, received: &mut Received) -> Result<(), Failure> {
        loop {
            let frame = self.frame().await?;
            // The name of the event comes first. A sender is also notified that a message is pending.
            if memmem::find(&frame[..frame.len().min(80)], br#""CREATE_CHANNEL_MESSAGE""#).is_none() {
                continue;
            }
            let (number, sent) = mark(frame).ok_or("a message that nobody here sent")?;
            let now = u64::try_from(began.elapsed().as_micros())?;
            received.record(number, u32::try_from(now.saturating_sub(sent))?);
            return Ok(());
        }
    }
}

impl Received {
    /// Returns how many messages were received once, and how many more often.
    pub(crate) fn once_and_more(&self) -> (usize, usize) {
        let all = self.times.iter().filter(|times| **times > 0).count();
        let more = self.times.iter().filter(|times| **times > 1).count();
        (all - more, more)
    }

    fn record(&mut self, number: usize, delay: u32) {
        if self.times.len() <= number {
            self.times.resize(number + 1, 0);
        }
        self.times[number] = self.times[number].saturating_add(1);
        self.delays.push(delay);
    }
}

/// Returns the length of a frame's head, and of its payload.
fn head(bytes: &[u8]) -> Option<(usize, usize)> {
    match *bytes {
        [_, short @ 0..=125, ..] => Some((2, usize::from(short))),
        [_, 126, high, low, ..] => Some((4, usize::from(u16::from_be_bytes([high, low])))),
        [_, 127, ..] => {
            let length = u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?);
            Some((10, usize::try_from(length).ok()?))
        }
        _ => None,
    }
}

/// What a sender wrote into the metadata: the message's number and when it was sent. It is a string in JSON in a string in JSON.
fn mark(frame: &[u8]) -> Option<(usize, u64)> {
    const NAME: &[u8] = br#"\"Metadata\":\""#;
    let start = memmem::find(frame, NAME)? + NAME.len();
    let end = start + memchr::memchr(b'\\', &frame[start..])?;
    let (number, sent) = std::str::from_utf8(&frame[start..end]).ok()?.split_once('-')?;
    Some((number.parse().ok()?, sent.parse().ok()?))
}
