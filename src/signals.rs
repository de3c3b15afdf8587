//! Signals that ask this process to end.

use std::io;

/// Returns what waits until this process receives SIGTERM, from this call on: Lambda or a supervisor ends it. Systems without that signal never
/// send it. The error is that the signal cannot be listened to.
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

/// Ctrl-C and SIGTERM, from the moment at which this is made: a signal that comes while a command prepares its work is not lost, and does
/// not end the process before it has cleared up.
#[cfg(feature = "cli")]
pub(crate) struct Interrupts {
    #[cfg(unix)]
    kinds: [tokio::signal::unix::Signal; 2],
}

#[cfg(feature = "cli")]
impl Interrupts {
    /// Listens from now on. The error is that the signals cannot be listened to.
    pub(crate) fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self { kinds: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// Waits for the next signal. The error is that the signals cannot be listened to.
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
