//! Checks whether a service runs, and whether it is Chimeflow's.

use std::net::ToSocketAddrs;
use std::time::Duration;

use hyper::{Method, Uri};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};

use super::Check;
use crate::cli::local::client::ask;

/// The timeout for requests to this machine.
pub(super) const TIMEOUT: Duration = Duration::from_secs(5);

/// Returns the service's health, if it is Chimeflow's, and the checks.
pub(super) async fn checks(at: &Uri) -> (Option<Value>, Vec<Check>) {
    let host = host(at);
    let reached = tokio::time::timeout(TIMEOUT, TcpStream::connect(&host)).await;
    if !matches!(reached, Ok(Ok(_))) {
        return (None, vec![no_service(&host).await]);
    }
    let response = tokio::time::timeout(TIMEOUT, ask(at, Method::GET, "/_local/health", None)).await;
    let health = match response {
        Ok(Ok(health)) if health["program"] == "chimeflow local" => health,
        other => {
            // The error may say that the service does not accept this address.
            let why =
                other.ok().and_then(Result::err).map(|error| format!(" ({error:#})")).unwrap_or_default();
            let message = format!(
                "another program responds at {host}, or a version of chimeflow that is older than this command{why}"
            );
            let advice = "end it, or use another port: `chimeflow local --listen 127.0.0.1:0` uses a free one; then pass its address with `--at` or CHIMEFLOW_LOCAL";
            return (None, vec![Check::wrong("service", message, advice)]);
        }
    };
    let checks = vec![version(&host, &health), clock(&health), faults(&health)];
    (Some(health), checks)
}

/// Returns the host and port of an address.
pub(super) fn host(at: &Uri) -> String {
    format!("{}:{}", at.host().unwrap_or("127.0.0.1"), at.port_u16().unwrap_or(80))
}

async fn no_service(host: &str) -> Check {
    let ours = host.to_socket_addrs().is_ok_and(|mut all| all.all(|address| address.ip().is_loopback()));
    if !ours {
        return Check::wrong(
            "service",
            format!("{host} does not answer"),
            "look at the address in `--at` or CHIMEFLOW_LOCAL",
        );
    }
    match TcpListener::bind(host).await {
        Ok(_) => Check::wrong(
            "service",
            format!("nothing listens at {host}; the port is free"),
            format!("start one: chimeflow local --listen {host}"),
        ),
        Err(error) => Check::wrong(
            "service",
            format!("nothing responds at {host}, and no service can be started there: {error}"),
            "use another port: `chimeflow local --listen 127.0.0.1:0` takes a free one",
        ),
    }
}

fn version(host: &str, health: &Value) -> Check {
    let (here, there) = (env!("CARGO_PKG_VERSION"), health["version"].as_str().unwrap_or_default());
    if here == there {
        return Check::fine("service", format!("chimeflow {there} listens at {host}"));
    }
    let message = format!("the service at {host} is chimeflow {there}, this program {here}");
    Check::odd("service", message, "start the service again with this program")
}

fn clock(health: &Value) -> Check {
    let now = health["now"].as_str().unwrap_or_default();
    let ahead = health["ahead-seconds"].as_i64().unwrap_or_default();
    if ahead == 0 {
        return Check::fine("clock", format!("{now}, as this machine says"));
    }
    let message = format!("{now}: {ahead} s ahead of this machine");
    Check::odd("clock", message, "that is intended after `clock advance`; a restart without --data resets it")
}

fn faults(health: &Value) -> Check {
    let count = |name: &str| health[name].as_u64().unwrap_or_default();
    match (count("faults"), count("held")) {
        (0, 0) => Check::fine("faults", "none are planned, and no message is held"),
        (faults, held) => Check::odd(
            "faults",
            format!("{faults} planned, and {held} messages held by hand"),
            "`chimeflow local fault clear` and `chimeflow local hold list`, unless you want them",
        ),
    }
}
