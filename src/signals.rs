//! Signals that ask this process to end.

use std::io;

/// Returns a future that ends when this process receives SIGTERM, from this call on: Lambda or a supervisor sends it. On systems without
/// that signal, the future never ends. The error is that the signal cannot be listened to.
pub(crate) fn terminated() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut signals = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        signals.recv().await;
        #[cfg(not(unix))]
        std::future::pending::<()>().await;
    })
}

/// Ctrl-C and SIGTERM, from the creation of this value on: a signal that arrives while a command prepares its work is not lost, and does
/// not end the process before it has cleaned up.
#[cfg(feature = "cli")]
pub(crate) struct Interrupts {
    #[cfg(unix)]
    kinds: [tokio::signal::unix::Signal; 2],
}

#[cfg(feature = "cli")]
impl Interrupts {
    /// Listens for signals from now on. The error is that they cannot be listened to.
    pub(crate) fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self { kinds: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// Waits for the next signal. The error is that signals cannot be listened to.
    pub(crate) async fn next(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            let [interrupt, terminate] = &mut self.kinds;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            Ok(())
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await
    }
}
