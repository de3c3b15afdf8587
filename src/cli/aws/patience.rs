//! [`Patience`]: a line on standard error when a call to AWS takes long.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use super::CALL;
use crate::cli::output::errln;

/// The duration of a call after which the user is notified that it is still in progress.
const FIRST_NOTICE: Duration = Duration::from_secs(5);
/// The minimum time between two notices. Calls at the same time are slow for the same reason, so one notice suffices.
const NOTICE_INTERVAL: Duration = Duration::from_secs(30);

/// Prints a line on standard error when a call, with its retries, takes long.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patience {
    last_notice: Arc<Mutex<Option<Instant>>>,
}

/// The task that prints the line. It is dropped when the call ends.
#[derive(Debug)]
struct NoticeTask(JoinHandle<()>);

impl Patience {
    fn wait(&self, operation: String) -> NoticeTask {
        let last_notice = self.last_notice.clone();
        NoticeTask(tokio::spawn(async move {
            sleep(FIRST_NOTICE).await;
            let now = Instant::now();
            let mut last_notice = last_notice.lock().unwrap_or_else(PoisonError::into_inner);
            if last_notice.is_none_or(|at| now.duration_since(at) >= NOTICE_INTERVAL) {
                *last_notice = Some(now);
                let (silence, most) = (FIRST_NOTICE.as_secs(), CALL.as_secs());
                errln!("waiting for {operation}: no response for {silence} s; the timeout is {most} s");
            }
        }))
    }
}

impl Drop for NoticeTask {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Storable for NoticeTask {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl Intercept for Patience {
    fn name(&self) -> &'static str {
        "Patience"
    }

    // The operation's name is not yet known in the hook before this one.
    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let operation = cfg.load::<Metadata>().map_or("AWS", Metadata::name).to_owned();
        // A stored value lives as long as the call, even after the call's timeout.
        cfg.interceptor_state().store_put(self.wait(operation));
        Ok(())
    }
}
