//! [`Table`]: DynamoDB as the function sees it: it answers, hangs or is down.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::Failure;

/// What stands before a table.
pub(crate) struct Table {
    address: SocketAddr,
    does: watch::Sender<Does>,
}

/// What the table does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// It answers.
    Answers,
    /// It takes requests, and does not answer.
    Hangs,
    /// It closes connections.
    IsDown,
}

/// What the table is called.
const NAME: &str = "chimeflow-state";

impl Table {
    /// Stands before the table at `behind`.
    pub(crate) async fn before(behind: SocketAddr) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let does = watch::Sender::new(Does::Answers);
        let told = does.subscribe();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(connect(client, behind, told.clone()));
            }
        });
        Ok(Self { address, does })
    }

    /// The variables of a function that keeps its state there.
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

    /// Has it do this from now on.
    pub(crate) fn set(&self, does: Does) {
        self.does.send_replace(does);
    }
}

/// Passes on what is said, for as long as the table answers.
async fn connect(
    mut client: TcpStream,
    behind: SocketAddr,
    mut does: watch::Receiver<Does>,
) -> io::Result<()> {
    if *does.borrow_and_update() == Does::Answers {
        let mut table = TcpStream::connect(behind).await?;
        client.set_nodelay(true)?;
        table.set_nodelay(true)?;
        tokio::select! {
            ended = tokio::io::copy_bidirectional(&mut client, &mut table) => return ended.map(drop),
            _ = does.changed() => {}
        }
    }
    // Nobody says anything more on this connection. It is closed when the table stops hanging.
    let _ = does.wait_for(|does| *does != Does::Hangs).await;
    Ok(())
}
