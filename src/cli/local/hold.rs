//! `chimeflow local hold`: messages that a person decides instead of a function.

use clap::Subcommand;
use hyper::Method;
use serde_json::{Value, json};

use super::client::{Address, message_id, request};

#[derive(Subcommand)]
pub(super) enum Hold {
    /// Hold the next message: it stays PENDING, and its function does not receive it
    Next {
        /// How many messages; 0 for all from now on
        #[arg(long, default_value_t = 1)]
        times: u32,
        #[command(flatten)]
        at: Address,
    },
    /// Stop holding messages; those that are held stay held
    Off(Address),
    /// List the held messages
    List(Address),
    /// Pass a held message to its function now
    Release(Message),
    /// Deliver a message, as its function could: a held one, or any other that is PENDING
    Pass {
        #[command(flatten)]
        message: Message,
        /// Its new content
        #[arg(long, value_name = "TEXT")]
        content: Option<String>,
        /// Its new metadata
        #[arg(long, value_name = "TEXT")]
        metadata: Option<String>,
    },
    /// Deny a message, as its function could: a held one, or any other that is PENDING
    Deny(Message),
}

#[derive(clap::Args)]
pub(super) struct Message {
    /// The message's id
    #[arg(value_parser = message_id)]
    message: String,
    #[command(flatten)]
    at: Address,
}

pub(super) fn run(hold: &Hold) -> anyhow::Result<Value> {
    match hold {
        Hold::Next { times, at } => {
            let planned = json!({ "fault": "hold", "times": times });
            request(at, Method::POST, "/_local/faults", Some(planned.to_string()))
        }
        Hold::Off(at) => request(at, Method::DELETE, "/_local/faults?fault=hold", None),
        Hold::List(at) => request(at, Method::GET, "/_local/held", None),
        Hold::Release(message) => message.post("release", None),
        Hold::Pass { message, content, metadata } => {
            let mut edit = json!({});
            for (name, text) in [("content", content), ("metadata", metadata)] {
                if let Some(text) = text {
                    edit[name] = json!(text);
                }
            }
            message.post("pass", Some(edit.to_string()))
        }
        Hold::Deny(message) => message.post("deny", None),
    }
}

impl Message {
    fn post(&self, what: &str, body: Option<String>) -> anyhow::Result<Value> {
        request(&self.at, Method::POST, &format!("/_local/messages/{}/{what}", self.message), body)
    }
}
