//! A messaging session: the client's side of a WebSocket, as far as it takes to count what comes.

use std::net::SocketAddr;
use std::time::Instant;

use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failure;
use crate::client::encoded;

/// A session that is let in.
pub(crate) struct Listener {
    stream: TcpStream,
    /// What was read and is not looked at yet, from `at` on.
    buffer: Vec<u8>,
    at: usize,
}

/// What a listener heard.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// How often each message came.
    pub(crate) times: Vec<u8>,
    /// From sending to hearing, in microseconds.
    pub(crate) delays: Vec<u32>,
}

impl Listener {
    /// Opens a session for `who`.
    pub(crate) async fn connect(address: SocketAddr, who: &str) -> Result<Self, Failure> {
        let mut stream = TcpStream::connect(address).await?;
        let who = encoded(who);
        // The key is the example of RFC 6455: whoever asks trusts the service to have hashed it.
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
            return Err(format!("not let in: {}", String::from_utf8_lossy(first)).into());
        }
        Ok(listener)
    }

    async fn read(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the session ended".into()),
            _ => Ok(()),
        }
    }

    /// The next text. What else the service says is passed over, but for a goodbye.
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
                    CLOSE => return Err("the service said goodbye".into()),
                    _ => {}
                }
            }
            self.buffer.drain(..self.at);
            self.at = 0;
            self.read().await?;
        }
    }

    /// Hears the next message, and notes it.
    pub(crate) async fn hear(&mut self, began: Instant, heard: &mut Heard) -> Result<(), Failure> {
        loop {
            let frame = self.frame().await?;
            // The name of the event comes first. A sender also hears that a message is on its way.
            if memmem::find(&frame[..frame.len().min(80)], br#""CREATE_CHANNEL_MESSAGE""#).is_none() {
                continue;
            }
            let (number, sent) = mark(frame).ok_or("a message that nobody here sent")?;
            let now = u64::try_from(began.elapsed().as_micros())?;
            heard.note(number, u32::try_from(now.saturating_sub(sent))?);
            return Ok(());
        }
    }
}

impl Heard {
    /// How many messages came once, and how many more often.
    pub(crate) fn once_and_more(&self) -> (usize, usize) {
        let all = self.times.iter().filter(|times| **times > 0).count();
        let more = self.times.iter().filter(|times| **times > 1).count();
        (all - more, more)
    }

    fn note(&mut self, number: usize, delay: u32) {
        if self.times.len() <= number {
            self.times.resize(number + 1, 0);
        }
        self.times[number] = self.times[number].saturating_add(1);
        self.delays.push(delay);
    }
}

/// How long the head of a frame is, and what comes after it.
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
