//! [`fenced`]: a fence around code that may break down.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

/// Runs `future` to its end; `None` when it panicked. What it panicked with is dropped unread, for it can quote a message.
///
/// The future is boxed: an async function holds what it is given twice, and again wherever it is awaited. Without this, one event's
/// future had 14 kB, which every layer above copied.
pub fn fenced<T>(future: impl Future<Output = T>) -> impl Future<Output = Option<T>> {
    let mut future = Box::pin(future);
    std::future::poll_fn(move |cx| {
        // The future is not polled again after a panic, so nobody sees what it may have left half done.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    })
}
