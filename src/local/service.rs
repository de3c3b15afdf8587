//! [`Service`]: the state behind a lock, with a clock, and with effects carried out in order.

mod faults;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::api::{self, Answer, Request, ValidRequest};
use super::arn::Arn;
use super::clock::Clock;
use super::command::{Command, CommandResult};
use super::faults::{CallFault, Fault, Faults};
use super::journal::Journal;
use super::model::{self, Model};
use super::prefetch::SortBy;
use super::rates::Rates;
use super::refusal::{ErrorKind, Refusal};
use super::sessions::{Session, Sessions};
use super::settings::Settings;
use super::state::{Effect, End, Event, Invocation, InvocationId, State};
use crate::state::{Update, Updated};

#[derive(Debug)]
pub(super) struct Service {
    pub clock: Clock,
    model: Model,
    inner: Mutex<Inner>,
    /// The file with the certificate authority that clients of `https` and `wss` have to trust, once it exists.
    authority: OnceLock<PathBuf>,
    /// The host and port at which clients reach it, once it listens.
    address: OnceLock<String>,
    /// The channel for invocations that are due.
    due: mpsc::UnboundedSender<InvocationId>,
    settings: Settings,
}

/// The data that changes together under one lock: the order of events is the order of commands.
#[derive(Debug)]
struct Inner {
    state: State,
    sessions: Sessions,
    faults: Faults,
    rates: Rates,
    journal: Option<Journal>,
}

/// The operation with which processors return their verdict.
const CALLBACK: &str = "ChannelFlowCallback";

impl Service {
    /// Opens the service with the state stored in `folder`, or with an empty state. Returns it with the receiver of the invocations that
    /// become due.
    ///
    /// # Errors
    /// If the folder cannot be used.
    pub(super) fn open(
        settings: Settings,
        folder: Option<&Path>,
    ) -> io::Result<(Arc<Self>, mpsc::UnboundedReceiver<InvocationId>)> {
        let model = Model::load();
        let (mut journal, left) = match folder {
            Some(folder) => {
                let (journal, left) = Journal::open(folder, &model)?;
                (Some(journal), left)
            }
            None => (None, None),
        };
        let fresh = left.is_none();
        let mut state = left.unwrap_or_else(|| State::new(settings.seed));
        let (clock, ahead) = (Clock::default(), state.ahead);
        clock.follow(&mut state);
        let news = settings.apply(&mut state) || state.ahead != ahead;
        if let Some(journal) = journal.as_mut().filter(|_| fresh || news) {
            // The state on which the journal is based includes the seed and the settings.
            journal.replace(&state)?;
        }
        let (due, invocations) = mpsc::unbounded_channel();
        // Invocations that were under way when the service stopped are repeated, because their progress is unknown.
        for id in state.deliveries.under_way() {
            let _ = due.send(id);
        }
        let faults = Faults::open(settings.seed, folder)?;
        let inner = Inner { state, sessions: Sessions::default(), faults, rates: Rates::default(), journal };
        let service = Self {
            clock,
            model,
            inner: Mutex::new(inner),
            address: OnceLock::new(),
            authority: OnceLock::new(),
            due,
            settings,
        };
        Ok((Arc::new(service), invocations))
    }

    /// Sets the file with the certificate authority that clients of `https` and `wss` have to trust.
    pub(super) fn is_trusted_by(&self, authority: PathBuf) {
        let _ = self.authority.set(authority);
    }

    /// Sets the address at which clients reach it.
    pub(super) fn listens_at(&self, address: String) {
        let _ = self.address.set(address);
    }

    /// Returns the host and port at which clients reach it.
    pub(super) fn address(&self) -> &str {
        self.address.get().map_or("", String::as_str)
    }

    /// Returns the response to a client's request.
    pub(super) async fn answer(&self, request: &Request) -> Answer {
        match api::understand(&self.model, request) {
            Ok(request) => {
                let operation = request.operation;
                api::answered(&self.model, operation, self.call(request).await)
            }
            Err(answer) => answer,
        }
    }

    /// Accepts a callback from the embedded processor; `input` is the operation's input.
    pub(super) async fn callback(&self, input: Value) -> Result<Value, Refusal> {
        let request = ValidRequest::of(&self.model, model::Service::Messaging, CALLBACK, input)?;
        let operation = request.operation;
        self.call(request).await.map_err(|refusal| api::declared(operation, refusal))
    }

    /// Applies an update of what rules of the embedded processor count.
    ///
    /// # Errors
    /// If the update cannot be written to the data folder.
    pub(super) fn count(&self, update: Update) -> Result<Updated, Refusal> {
        let value = self.carry_out(Command::Count { update })?;
        serde_json::from_value(value).map_err(|error| ErrorKind::ServiceFailure.because(error.to_string()))
    }

    /// Executes a client's request, and applies planned faults to it.
    async fn call(&self, request: ValidRequest<'_>) -> Result<Value, Refusal> {
        let name = &request.operation.name;
        let CallFault { delay, refusal } = self.before(name, &request.input);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        let callback = name == CALLBACK;
        let command =
            Command::Call { service: request.row.service, operation: name.clone(), input: request.input };
        let result = self.carry_out(command)?;
        if callback && self.fault(|fault| *fault == Fault::CallbackLost).is_some() {
            return Err(ErrorKind::ServiceFailure.because("an injected fault"));
        }
        Ok(result)
    }

    /// Executes a command, and carries out its effects.
    pub(super) fn carry_out(&self, command: Command) -> Result<Value, Refusal> {
        let now = self.clock.now();
        let mut inner = self.lock();
        let Inner { state, sessions, faults, journal, .. } = &mut *inner;
        if let Some(journal) = journal {
            journal.prepare(state, now, &command).map_err(|error| not_written(&error))?;
        }
        let CommandResult { value, effects, changed } =
            state.carry_out(command, now, self.address(), &self.model)?;
        self.clock.lead(state.ahead);
        let written = match journal {
            Some(journal) if changed => journal.append(state),
            _ => Ok(()),
        };
        // The state has changed, so the effects follow, even if the change could not be written and is not acknowledged.
        for effect in effects {
            match effect {
                Effect::Notify { to, event } if faults.are_quiet() => sessions.send(&to, event),
                Effect::Notify { to, event } => {
                    for (to, event) in faults.ordered(to, event, state.now) {
                        sessions.send(&to, event);
                    }
                }
                Effect::Invoke(id) => {
                    let twice = faults.take(|fault| *fault == Fault::DuplicateDelivery).is_some();
                    for _ in 0..if twice { 2 } else { 1 } {
                        // The receiver is dropped when the service stops.
                        let _ = self.due.send(id);
                    }
                }
                Effect::Close { who } => sessions.end(Some(&who), 4003, "removed"),
            }
        }
        written.map(|()| value).map_err(|error| not_written(&error))
    }

    /// Returns an invocation that is due, unless it is finished.
    pub(super) fn invocation(&self, id: InvocationId) -> Option<Invocation> {
        self.lock().state.deliveries.invocations().get(&id).cloned()
    }

    /// Records the end of an attempt to invoke a function.
    pub(super) fn ended(&self, invocation: InvocationId, end: End) {
        // This cannot fail: the end of an unknown invocation has no effect.
        let _ = self.carry_out(Command::Ended { invocation, end });
    }

    /// Opens a session for `who`, if that user exists. Returns it with the events that it receives first.
    pub(super) fn connect(&self, who: &Arn, prefetch: Option<SortBy>) -> Option<(Session, Vec<Event>)> {
        let mut inner = self.lock();
        inner.state.directory.name(who)?;
        let details = prefetch.map(|sort_by| inner.state.channel_details(who, sort_by));
        let session = inner.sessions.open(who);
        inner.close_sessions(std::slice::from_ref(who));
        Some((session, details.unwrap_or_default()))
    }

    /// Removes a session that ended.
    pub(super) fn disconnected(&self, session: &Session) {
        self.lock().sessions.close(&session.who, session.id);
    }

    // -----------------------------------------------------------------------------------------------------------------------
    // Functions that AWS does not have

    /// Advances the clock. Everything that is due by then happens now.
    ///
    /// # Errors
    /// If that cannot be written to the data folder.
    pub(super) fn advance(&self, time: Duration) -> Result<(), Refusal> {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.carry_out(Command::Advance { millis }).map(drop)
    }

    /// Releases a held message to its function.
    ///
    /// # Errors
    /// If it is not held.
    pub(super) fn hand_on(&self, message: &str) -> Result<(), Refusal> {
        self.carry_out(Command::HandOn { message: message.to_owned() }).map(drop)
    }

    /// Returns the held messages, oldest first.
    pub(super) fn held(&self) -> Vec<Value> {
        self.lock().state.deliveries.held()
    }

    /// Returns the channel of a message that waits in a flow, and the callback that it waits for.
    pub(super) fn waiting(&self, message: &str) -> Option<(Arn, String)> {
        self.lock().state.deliveries.waiting(message)
    }

    pub(super) fn quotas(&self) -> Value {
        self.lock().state.quotas.described()
    }

    /// Returns what happened to a message.
    pub(super) fn trace(&self, message: &str) -> Option<Value> {
        self.lock().state.trace(message)
    }

    /// Returns the records that EventBridge, Kinesis and the on-failure destination would have received.
    pub(super) fn records(&self) -> Vec<Value> {
        self.lock().state.records.all().iter().cloned().collect()
    }

    /// Returns the complete state, in the form that [`Self::replace`] accepts.
    pub(super) fn export(&self) -> Value {
        let now = self.clock.now();
        let state = &mut self.lock().state;
        state.now = state.now.max(now);
        serde_json::to_value(&*state).unwrap_or_default()
    }

    /// Replaces the state with this one, or with an empty one.
    ///
    /// # Errors
    /// If it is not a valid state, or cannot be written.
    pub(super) fn replace(&self, state: Option<Value>) -> Result<(), String> {
        let mut state = match state {
            Some(state) => {
                let mut state = State::read(state)?;
                self.settings.apply(&mut state);
                state
            }
            None => self.settings.fresh(),
        };
        self.clock.follow(&mut state);
        let mut inner = self.lock();
        inner.state = state;
        let planned = inner.faults.clear(None);
        inner.faults.forget_late();
        inner.sessions.end(None, 1001, "the service starts anew");
        let Inner { state, journal, .. } = &mut *inner;
        if let Some(journal) = journal {
            let written = journal.replace(state).and(planned);
            written.map_err(|error| not_written(&error).message)?;
        }
        for id in state.deliveries.under_way() {
            let _ = self.due.send(id);
        }
        Ok(())
    }

    /// Returns whether there is no app instance, and therefore no other resource.
    pub(super) fn is_empty(&self) -> bool {
        self.lock().state.directory.instances().is_empty()
    }

    /// Returns counts that describe the service's condition.
    pub(super) fn health(&self) -> Value {
        let inner = self.lock();
        let state = &inner.state;
        let messages: usize = state.channels.all().values().map(|channel| channel.messages.len()).sum();
        json!({
            "program": "chimeflow local",
            "status": "ok",
            "version": env!("CARGO_PKG_VERSION"),
            "now": self.clock.now().to_string(),
            "ahead-seconds": self.clock.ahead().as_secs(),
            "app-instances": state.directory.instances().len(),
            "channels": state.channels.all().len(),
            "messages": messages,
            "waiting-for-callback": state.deliveries.processing().len(),
            "invocations": state.deliveries.invocations().len(),
            "sessions": inner.sessions.count(),
            "held": state.deliveries.held().len(),
            "faults": inner.faults.planned().len(),
            "authority": self.authority.get(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic under the lock is a bug, which a test detects. The state is plain data, so the service continues.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_written(error: &io::Error) -> Refusal {
    ErrorKind::ServiceFailure.because(format!("cannot write to the data folder: {error}"))
}
