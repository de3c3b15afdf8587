//! [`Service`]: the state behind a lock, with a clock, and with what has to happen outside carried out in order.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::api::{self, Answer, Request, ValidRequest};
use super::arn::Arn;
use super::clock::Clock;
use super::command::{Carried, Command};
use super::faults::{Fault, Faults, Planned, Trouble};
use super::journal::Journal;
use super::model::{self, Model};
use super::prefetch::SortBy;
use super::rates::Rates;
use super::refusal::{ErrorKind, Refusal};
use super::sessions::{Session, Sessions};
use super::settings::Settings;
use super::state::{Effect, End, Event, Invocation, InvocationId, State};

/// The local service.
#[derive(Debug)]
pub(super) struct Service {
    pub clock: Clock,
    model: Model,
    inner: Mutex<Inner>,
    /// The file with the certificate that clients of `https` and `wss` have to trust, once there is one.
    authority: OnceLock<PathBuf>,
    /// Where clients reach it, once it listens: a host and a port.
    address: OnceLock<String>,
    /// Invocations that are due, for whoever carries them out.
    due: mpsc::UnboundedSender<InvocationId>,
    settings: Settings,
}

/// What changes together: the order of events is the order of commands.
#[derive(Debug)]
struct Inner {
    state: State,
    sessions: Sessions,
    faults: Faults,
    rates: Rates,
    journal: Option<Journal>,
}

/// The operation that functions answer with.
const CALLBACK: &str = "ChannelFlowCallback";

impl Service {
    /// A service that goes on where the one before it in `folder` ended, or knows nothing yet; and the invocations that it will
    /// want carried out.
    ///
    /// # Errors
    /// When the folder cannot be used.
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
        let news = settings.apply(&mut state);
        if let Some(journal) = journal.as_mut().filter(|_| fresh || news) {
            // The seed is part of the state, as settings are, and of what the journal stands on.
            journal.replace(&state)?;
        }
        let (due, invocations) = mpsc::unbounded_channel();
        let clock = Clock::default();
        clock.catch_up(state.now);
        // What was being carried out when the service ended is carried out again: nobody knows how far it got.
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

    /// Says what clients of `https` and `wss` have to trust.
    pub(super) fn is_trusted_by(&self, authority: PathBuf) {
        let _ = self.authority.set(authority);
    }

    /// Says where clients reach it.
    pub(super) fn listens_at(&self, address: String) {
        let _ = self.address.set(address);
    }

    /// Where clients reach it: a host and a port.
    pub(super) fn address(&self) -> &str {
        self.address.get().map_or("", String::as_str)
    }

    /// Answers a client.
    pub(super) async fn answer(&self, request: &Request) -> Answer {
        match api::understand(&self.model, request) {
            Ok(wanted) => {
                let operation = wanted.operation;
                api::answered(&self.model, operation, self.call(wanted).await)
            }
            Err(answer) => answer,
        }
    }

    /// Takes a callback from a function that is part of this program; the input is the operation's.
    pub(super) async fn callback(&self, input: Value) -> Result<Value, Refusal> {
        let wanted = ValidRequest::of(&self.model, model::Service::Messaging, CALLBACK, input)?;
        let operation = wanted.operation;
        self.call(wanted).await.map_err(|refusal| api::declared(operation, refusal))
    }

    /// Does what a client wants, and what was planned to go wrong with it.
    async fn call(&self, wanted: ValidRequest<'_>) -> Result<Value, Refusal> {
        let name = &wanted.operation.name;
        let Trouble { delay, refusal } = self.before(name, &wanted.input);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        let callback = name == CALLBACK;
        let command =
            Command::Call { service: wanted.row.service, operation: name.clone(), input: wanted.input };
        let came = self.carry_out(command)?;
        if callback && self.fault(|fault| *fault == Fault::CallbackLost).is_some() {
            return Err(ErrorKind::ServiceFailure.because("a fault that was asked for"));
        }
        Ok(came)
    }

    /// Carries out a command, and what has to happen outside because of it.
    pub(super) fn carry_out(&self, command: Command) -> Result<Value, Refusal> {
        let now = self.clock.now();
        let mut inner = self.lock();
        let Inner { state, sessions, faults, journal, .. } = &mut *inner;
        if let Some(journal) = journal {
            journal.prepare(state, now, &command).map_err(|error| not_written(&error))?;
        }
        let Carried { value, effects, changed } =
            state.carry_out(command, now, self.address(), &self.model)?;
        let written = match journal {
            Some(journal) if changed => journal.append(state),
            _ => Ok(()),
        };
        // It happened, so what follows from it does, even when it could not be written and nobody may be told that it lasts.
        for effect in effects {
            match effect {
                Effect::Tell { to, event } if faults.are_quiet() => sessions.tell(&to, event),
                Effect::Tell { to, event } => {
                    for (to, event) in faults.ordered(to, event, state.now) {
                        sessions.tell(&to, event);
                    }
                }
                Effect::Invoke(id) => {
                    let twice = faults.take(|fault| *fault == Fault::DuplicateDelivery).is_some();
                    for _ in 0..if twice { 2 } else { 1 } {
                        // Nobody takes invocations any more when the service ends.
                        let _ = self.due.send(id);
                    }
                }
                Effect::Close { who } => sessions.end(Some(&who), 4003, "removed"),
            }
        }
        written.map(|()| value).map_err(|error| not_written(&error))
    }

    /// An invocation that is due, unless it is over.
    pub(super) fn invocation(&self, id: InvocationId) -> Option<Invocation> {
        self.lock().state.deliveries.invocations().get(&id).cloned()
    }

    /// An attempt at an invocation ended.
    pub(super) fn ended(&self, invocation: InvocationId, end: End) {
        // No rule is against it: an invocation that is not there any more is nobody's business.
        let _ = self.carry_out(Command::Ended { invocation, end });
    }

    /// Opens a session for `who`, unless there is nobody of that name, and gives what it is told of first.
    pub(super) fn connect(&self, who: &Arn, prefetch: Option<SortBy>) -> Option<(Session, Vec<Event>)> {
        let mut inner = self.lock();
        inner.state.directory.name(who)?;
        let details = prefetch.map(|sort_by| inner.state.channel_details(who, sort_by));
        let session = inner.sessions.open(who);
        inner.hang_up(std::slice::from_ref(who));
        Some((session, details.unwrap_or_default()))
    }

    /// A session ended.
    pub(super) fn disconnected(&self, session: &Session) {
        self.lock().sessions.close(&session.who, session.id);
    }

    // -----------------------------------------------------------------------------------------------------------------------
    // What AWS does not have

    /// Takes the first planned fault that fits.
    pub(super) fn fault(&self, fits: impl Fn(&Fault) -> bool) -> Option<Fault> {
        self.lock().faults.take(fits)
    }

    /// Plans a fault. One that is about sessions happens at once if there are some.
    ///
    /// # Errors
    /// When it cannot be written to the data folder; it is planned all the same.
    pub(super) fn add_fault(&self, planned: Planned) -> io::Result<()> {
        let mut inner = self.lock();
        let kept = inner.faults.add(planned);
        let there = inner.sessions.people();
        inner.hang_up(&there);
        kept
    }

    /// Plans no faults any more, or none of the kind called `name`.
    ///
    /// # Errors
    /// When that cannot be written to the data folder; there are none all the same.
    pub(super) fn clear_faults(&self, name: Option<&str>) -> io::Result<()> {
        self.lock().faults.clear(name)
    }

    /// What happens to a call before it is carried out.
    fn before(&self, operation: &str, input: &Value) -> Trouble {
        let now = self.clock.now();
        let mut inner = self.lock();
        let Inner { state, faults, rates, .. } = &mut *inner;
        let trouble = faults.before(operation);
        let counted = rates.count(&state.quotas, now, operation, input);
        Trouble { refusal: trouble.refusal.or(counted.err()), ..trouble }
    }

    /// Tells people what came late on purpose, when nothing came after it.
    pub(super) fn tell_late(&self) {
        let now = self.clock.now();
        let mut inner = self.lock();
        let Inner { sessions, faults, .. } = &mut *inner;
        if !faults.are_quiet() {
            faults.overdue(now).into_iter().for_each(|(to, event)| sessions.tell(&to, event));
        }
    }

    /// The faults that are still to happen.
    pub(super) fn faults(&self) -> Vec<Planned> {
        self.lock().faults.planned().to_vec()
    }

    /// Pushes the time forward: what is due by then happens now.
    pub(super) fn advance(&self, time: Duration) {
        self.clock.advance(time);
        let _ = self.carry_out(Command::Tick);
    }

    /// Hands a held message on to its function.
    ///
    /// # Errors
    /// When it is not held.
    pub(super) fn hand_on(&self, message: &str) -> Result<(), Refusal> {
        self.carry_out(Command::HandOn { message: message.to_owned() }).map(drop)
    }

    /// The messages that are held, oldest first.
    pub(super) fn held(&self) -> Vec<Value> {
        self.lock().state.deliveries.held()
    }

    /// The channel that a message is on its way in, and the callback it waits for.
    pub(super) fn waiting(&self, message: &str) -> Option<(Arn, String)> {
        self.lock().state.deliveries.waiting(message)
    }

    /// The quotas.
    pub(super) fn quotas(&self) -> Value {
        self.lock().state.quotas.described()
    }

    /// What happened to a message.
    pub(super) fn trace(&self, message: &str) -> Option<Value> {
        self.lock().state.trace(message)
    }

    /// What EventBridge, Kinesis and the on-failure destination would have got.
    pub(super) fn records(&self) -> Vec<Value> {
        self.lock().state.records.all().iter().cloned().collect()
    }

    /// All that the service knows, as [`Self::replace`] takes it.
    pub(super) fn export(&self) -> Value {
        serde_json::to_value(&self.lock().state).unwrap_or_default()
    }

    /// Knows this and nothing else, or nothing at all.
    ///
    /// # Errors
    /// When that is no state, or cannot be written down.
    pub(super) fn replace(&self, state: Option<Value>) -> Result<(), String> {
        let state = match state {
            Some(state) => {
                let mut state = serde_json::from_value(state)
                    .map_err(|error| format!("that is no exported state: {error}"))?;
                self.settings.apply(&mut state);
                state
            }
            None => self.settings.fresh(),
        };
        self.clock.catch_up(state.now);
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

    /// How the service is, in numbers.
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
        // A panic while it was held is a bug, of which a test hears. The state is plain data: the service goes on.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_written(error: &io::Error) -> Refusal {
    ErrorKind::ServiceFailure.because(format!("cannot write to the data folder: {error}"))
}

impl Inner {
    /// Ends sessions of these people, if that was asked for.
    fn hang_up(&mut self, there: &[Arn]) {
        let Some((code, who)) = self.faults.hang_up(there) else { return };
        for who in who {
            self.sessions.end(Some(&who), code.get(), "a fault that was asked for");
        }
    }
}
