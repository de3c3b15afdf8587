//! [`fenced`]: catches panics of a future.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

/// Runs `future` to completion. Returns `None` if it panicked; the panic payload is dropped unread, because it can quote a message.
///
/// The future is boxed: an async function stores its arguments twice, and again wherever it is awaited. Without the box, the future of one
/// event took 14 kB, which every caller copied.
pub fn fenced<T>(future: impl Future<Output = T>) -> impl Future<Output = Option<T>> {
    let mut future = Box::pin(future);
    std::future::poll_fn(move |cx| {
        // The future is not polled again after a panic, so inconsistent state in it is never observed.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    })
}
