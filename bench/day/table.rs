//! [`Table`]: a proxy of DynamoDB that answers, hangs or is down.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::Failure;

/// A proxy of a table.
pub(crate) struct Table {
    address: SocketAddr,
    behavior: watch::Sender<Behavior>,
}

/// How the table behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behavior {
    /// It answers.
    Answers,
    /// It accepts requests, and does not answer.
    Hangs,
    /// It closes connections.
    IsDown,
}

/// The name of the table.
const NAME: &str = "chimeflow-state";

impl Table {
    /// Starts a proxy of the table at `behind`.
    pub(crate) async fn before(behind: SocketAddr) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let behavior = watch::Sender::new(Behavior::Answers);
        let changes = behavior.subscribe();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(connect(client, behind, changes.clone()));
            }
        });
        Ok(Self { address, behavior })
    }

    /// Returns the environment variables of a function that stores its state there.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        [
            ("CHIMEFLOW_STATE", format!("dynamodb:{NAME}")),
            ("CHIMEFLOW_STATE_KEY", "a secret for a table of which nothing is kept".to_owned()),
            ("AWS_ENDPOINT_URL_DYNAMODB", format!("http://{}", self.address)),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    /// Sets how it behaves from now on.
    pub(crate) fn set(&self, behavior: Behavior) {
        self.behavior.send_replace(behavior);
    }
}

/// Forwards a connection for as long as the table answers.
async fn connect(
    mut client: TcpStream,
    behind: SocketAddr,
    mut behavior: watch::Receiver<Behavior>,
) -> io::Result<()> {
    if *behavior.borrow_and_update() == Behavior::Answers {
        let mut table = TcpStream::connect(behind).await?;
        client.set_nodelay(true)?;
        table.set_nodelay(true)?;
        tokio::select! {
            ended = tokio::io::copy_bidirectional(&mut client, &mut table) => return ended.map(drop),
            _ = behavior.changed() => {}
        }
    }
    // Nothing more is forwarded on this connection. It is closed when the table stops hanging.
    let _ = behavior.wait_for(|behavior| *behavior != Behavior::Hangs).await;
    Ok(())
}
