//! [`Command`]: everything that changes the state, in a form that can be written down and carried out again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::model::{Model, Service};
use super::operations;
use super::refusal::{ErrorKind, Refusal};
use super::state::{Effect, End, InvocationId, State};
use super::time::Timestamp;

/// Something that changes the state.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Command {
    /// A client asked for something, and it made sense.
    Call { service: Service, operation: String, input: Value },
    /// An attempt at an invocation ended.
    Ended { invocation: InvocationId, end: End },
    /// Somebody hands a held message on to its function.
    HandOn { message: String },
    /// Time passed.
    Tick,
}

impl Command {
    /// Whether it may change something that somebody is told of: an answer, that is.
    pub(super) fn is_answered(&self) -> bool {
        matches!(self, Self::Call { .. } | Self::HandOn { .. })
    }

    /// Whether it may change something.
    pub(super) fn writes(&self) -> bool {
        match self {
            Self::Call { operation, .. } => operations::writes(operation),
            Self::Ended { .. } | Self::HandOn { .. } | Self::Tick => true,
        }
    }
}

/// What came of a command.
#[derive(Debug)]
pub(super) struct Carried {
    /// The answer.
    pub value: Value,
    /// What has to happen outside.
    pub effects: Vec<Effect>,
    /// Whether anything changed: what did not need not be written down.
    pub changed: bool,
}

impl State {
    /// Carries out `command` at the time `now`.
    ///
    /// # Errors
    /// When a rule of the service is against it. Nothing but the time has changed then.
    pub(super) fn carry_out(
        &mut self,
        command: Command,
        now: Timestamp,
        address: &str,
        model: &Model,
    ) -> Result<Carried, Refusal> {
        // Time never runs backwards here, whatever the machine's clock does.
        self.now = self.now.max(now);
        let mut effects = Vec::new();
        let changed = match command {
            Command::Call { service, operation, input } => {
                let row = model.operation(service, &operation).and_then(operations::find);
                let row = row
                    .ok_or_else(|| ErrorKind::ServiceFailure.because(format!("no operation {operation}")))?;
                // An id that was drawn for nothing must not shift those that follow.
                let ids = self.ids.clone();
                let (value, effects) = row.carry_out(self, address, input).inspect_err(|_| self.ids = ids)?;
                return Ok(Carried { value, effects, changed: row.writes() });
            }
            Command::Ended { invocation, end } => {
                self.invocation_ended(invocation, end, &mut effects);
                true
            }
            Command::HandOn { message } => {
                self.release(&message, &mut effects)?;
                true
            }
            Command::Tick => self.time_passed(&mut effects),
        };
        Ok(Carried { value: Value::Null, effects, changed })
    }
}
