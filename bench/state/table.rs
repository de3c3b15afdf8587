//! The table: in an emulator that this program starts, or at an endpoint.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::Failure;

/// A table, with its endpoint.
pub(crate) struct Table {
    endpoint: String,
    emulator: Option<Child>,
}

const NAME: &str = "chimeflow-state";

/// The request that creates the table, as for a real one.
const CREATE: &str = r#"{"TableName":"chimeflow-state","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}]}"#;

impl Table {
    /// Starts the emulator `target`, and creates a table in it; or returns the table at the URL `target`, which must exist.
    pub(crate) fn open(target: &str) -> Result<Self, Failure> {
        if target.starts_with("http") {
            return Ok(Self { endpoint: target.to_owned(), emulator: None });
        }
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let port = address.port().to_string();
        let emulator =
            Command::new(target).args(["--port", &port]).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let emulator = emulator.map_err(|error| format!("`{target}`: {error}"))?;
        let table = Self { endpoint: format!("http://{address}"), emulator: Some(emulator) };
        let mut stream = None;
        for _ in 0..100 {
            stream = TcpStream::connect(address).ok();
            if stream.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let mut stream = stream.ok_or("the emulator did not start")?;
        let (day, length) = ("20260101", CREATE.len());
        write!(
            stream,
            "POST / HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/x-amz-json-1.0\r\n\
             x-amz-target: DynamoDB_20120810.CreateTable\r\nx-amz-date: {day}T000000Z\r\ncontent-length: {length}\r\n\
             authorization: AWS4-HMAC-SHA256 Credential=x/{day}/us-east-1/dynamodb/aws4_request, SignedHeaders=host, \
             Signature=0\r\n\r\n{CREATE}"
        )?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        if !response.starts_with("HTTP/1.1 200") {
            return Err(format!("expected a table: {response}").into());
        }
        Ok(table)
    }

    /// Returns the command that runs this program with `args` and this table as its state.
    pub(crate) fn command(&self, args: &[&str]) -> Result<Command, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(args)
            .env("CHIMEFLOW_STATE", format!("dynamodb:{NAME}"))
            .env("CHIMEFLOW_STATE_KEY", "a secret for a table of which nothing is kept")
            .env("AWS_ENDPOINT_URL_DYNAMODB", &self.endpoint)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if self.emulator.is_some() {
            command.env("AWS_REGION", "us-east-1").env("AWS_ACCESS_KEY_ID", "x");
            command.env("AWS_SECRET_ACCESS_KEY", "x");
        }
        Ok(command)
    }

    /// Runs this program with `args` and this table, and returns what it prints.
    pub(crate) fn own(&self, args: &[&str]) -> Result<String, Failure> {
        let output = self.command(args)?.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("`{}` ended with {}", args.join(" "), output.status).into());
        }
        Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        if let Some(emulator) = &mut self.emulator {
            let _ = emulator.kill();
            let _ = emulator.wait();
        }
    }
}
