//! Clients that send garbage: the response is clear or the connection is closed, and the service continues.

use std::net::SocketAddr;
use std::time::Duration;

use chimeflow::local::LocalChime;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::client::Client;

/// Returns the response to `bytes`, after which the client sends nothing more.
async fn answer(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the service listens");
    // The service may close the connection before it has read all of it.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    assert!(read.is_ok(), "the connection stays open after {} bytes", bytes.len());
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn garbage_gets_a_4xx_or_a_closed_connection() {
    let chime = LocalChime::start().await.expect("it starts");
    let address = chime.address();
    let huge = format!(
        "POST /channels HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9000000\r\n\r\n{}",
        "a".repeat(9_000_000)
    );
    let long_path = format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a%".repeat(3_000));
    for bytes in [
        b"".as_slice(),
        b"\x16",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03garbage",
        b"\0\0\0\0",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /channels HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\n{",
        b"POST /channels HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nconnection: close\r\n\r\n\xff\xfe",
        b"POST /channels/%ff%fe/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
        b"GET /connect HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
        b"GET /connect HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\xff\xff\xff\xff",
        b"PUT /_local/state HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]",
        b"POST /_local/clock HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\nconnection: close\r\n\r\nnull",
        huge.as_bytes(),
        long_path.as_bytes(),
    ] {
        let answer = answer(address, bytes).await;
        let status = answer.strip_prefix("HTTP/1.1 ").unwrap_or("closed").get(..3).unwrap_or_default();
        assert!(status.starts_with('4') || ["clo", "101"].contains(&status), "{bytes:.60?}: {answer:.200}");
    }
    let client = Client::new(address);
    assert_eq!(client.get("GET", "/_local/health", "", Value::Null).await["status"], "ok");
}

#[tokio::test]
async fn every_path_of_the_model_survives_any_body() {
    let chime = LocalChime::start().await.expect("it starts");
    let client = Client::new(chime.address());
    for path in [
        "/app-instances",
        "/channels",
        "/channel-flows",
        "/app-instance-users",
        "/tags?operation=tag-resource",
    ] {
        for body in [
            serde_json::json!([]),
            serde_json::json!(3),
            serde_json::json!({ "Name": { "a": [[[]]] } }),
            serde_json::json!("\u{0}"),
        ] {
            let answer = client.send("POST", path, "nobody", &body).await.expect("an answer");
            assert_eq!(answer.status, 400, "{path} {body}: {answer:?}");
            assert_eq!(answer.body["Code"], "BadRequest");
        }
    }
}
