//! [`Function`]: connects a [`Handler`] to Lambda.

use std::sync::Arc;
use std::time::Duration;

use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};
use serde_json::value::RawValue;
use tokio::sync::watch;

use super::clock::{SystemClock, left_until};
use super::log::Log;
use super::messaging::Messaging;
use super::returned::ReturnValue;
use super::rules::LiveRules;
use super::state::StateStore;
use crate::handler::{Clock, Error, Handler};
use crate::signals;

/// The function.
#[derive(Clone, Debug)]
pub(super) struct Function(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    callback: Messaging,
    store: Option<Arc<StateStore>>,
    rules: LiveRules,
    own_bot: Option<String>,
    log: Log,
    /// The number of events being processed.
    busy: watch::Sender<usize>,
}

impl Function {
    pub(super) fn new(
        callback: Messaging,
        store: Option<Arc<StateStore>>,
        rules: LiveRules,
        own_bot: Option<String>,
        log: Log,
    ) -> Self {
        Self(Arc::new(Inner { callback, store, rules, own_bot, log, busy: watch::Sender::new(0) }))
    }

    /// Processes events until the execution environment ends, or until SIGTERM arrives and all events in progress are finished.
    pub(super) async fn serve(self) -> Result<(), lambda_runtime::Error> {
        let busy = self.0.busy.subscribe();
        let answer = move |event: LambdaEvent<Box<RawValue>>| {
            let function = self.clone();
            // Boxed, so that the runtime's layers move a pointer instead of the whole future.
            Box::pin(async move { function.answer(event).await })
        };
        tokio::select! {
            ended = Runtime::new(service_fn(answer)).run_concurrent() => ended,
            terminated = terminated(busy) => Ok(terminated?),
        }
    }

    async fn answer(&self, event: LambdaEvent<Box<RawValue>>) -> Result<ReturnValue, Diagnostic> {
        let Inner { callback, store, rules, own_bot, log, busy } = &*self.0;
        let _busy = Busy::new(busy);
        let began = SystemClock.now();
        let handler = Handler {
            pipeline: rules.in_use(),
            callback: callback.clone(),
            store: store.clone(),
            clock: SystemClock,
            own_bot: own_bot.clone(),
        };
        let left = left_until(event.context.deadline);
        let answered = handler.handle(event.payload.get(), left).await;
        log.decision(&event.context, &answered, SystemClock.now().duration_since(began), rules.standing());
        // The callback was sent. Lambda freezes the function when this returns, so rules are refreshed now.
        rules.refresh(left_until(event.context.deadline), log).await;
        ReturnValue::of(answered).map_err(|error| diagnostic(&error))
    }
}

/// Returns the form in which Lambda receives `error`.
fn diagnostic(error: &Error) -> Diagnostic {
    Diagnostic { error_type: error.name().to_owned(), error_message: error.to_string() }
}

/// Marks an event as being processed until it is dropped.
struct Busy<'a>(&'a watch::Sender<usize>);

impl<'a> Busy<'a> {
    fn new(busy: &'a watch::Sender<usize>) -> Self {
        busy.send_modify(|count| *count += 1);
        Self(busy)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// How long the Runtime API may take to receive the last response.
const FAREWELL: Duration = Duration::from_millis(50);

/// Waits for SIGTERM, and then until no event is being processed.
async fn terminated(mut busy: watch::Receiver<usize>) -> std::io::Result<()> {
    signals::terminated()?.await;
    let _ = busy.wait_for(|count| *count == 0).await;
    tokio::time::sleep(FAREWELL).await;
    Ok(())
}
