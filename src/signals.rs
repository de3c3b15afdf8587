//! Signals that ask this process to end.

use std::io;

/// Waits until this process receives SIGTERM: Lambda or a supervisor ends it. Systems without that signal never send it. The error is that the
/// signal cannot be listened to.
pub(crate) async fn terminated() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate())?.recv().await;
        Ok(())
    }
    #[cfg(not(unix))]
    std::future::pending().await
}

/// Waits until somebody presses Ctrl-C, or as [`terminated`] does.
#[cfg(feature = "cli")]
pub(crate) async fn interrupted() -> io::Result<()> {
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        terminated = terminated() => terminated,
    }
}
