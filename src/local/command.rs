//! [`Command`]: everything that changes the state, in a form that can be stored and executed again.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::model::{Model, Service};
use super::operations;
use super::refusal::{ErrorKind, Refusal, bad_request};
use super::state::{Effect, End, InvocationId, State};
use super::time::Timestamp;
use crate::state::{Update, Updated};

/// A change to the state.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Command {
    /// A client's valid request.
    Call { service: Service, operation: String, input: Value },
    /// An attempt to invoke a function ended.
    Ended { invocation: InvocationId, end: End },
    /// A held message is released to its function.
    HandOn { message: String },
    /// The embedded processor counts a message.
    Count { update: Update },
    /// Time passed.
    Tick,
    /// The clock is moved forward.
    Advance { millis: u64 },
}

/// The maximum time by which the clock may be ahead, in milliseconds: a thousand years. Later times could not be written as dates.
const MAX_AHEAD: u64 = 1_000 * 366 * 24 * 60 * 60 * 1_000;

/// Returns how far ahead the clock is, in milliseconds, after it was moved by another `millis`.
fn ahead(before: u64, millis: u64) -> Result<u64, Refusal> {
    let ahead = before.checked_add(millis).filter(|ahead| *ahead <= MAX_AHEAD);
    ahead.ok_or_else(|| bad_request("the clock can be at most a thousand years ahead"))
}

impl Command {
    /// Returns whether a client waits for a response to it.
    pub(super) fn is_answered(&self) -> bool {
        matches!(self, Self::Call { .. } | Self::Count { .. } | Self::HandOn { .. } | Self::Advance { .. })
    }

    /// Returns whether it may change the state.
    pub(super) fn writes(&self) -> bool {
        match self {
            Self::Call { operation, .. } => operations::writes(operation),
            Self::Ended { .. }
            | Self::Count { .. }
            | Self::HandOn { .. }
            | Self::Tick
            | Self::Advance { .. } => true,
        }
    }
}

/// The result of a command.
#[derive(Debug)]
pub(super) struct CommandResult {
    /// The response.
    pub value: Value,
    /// What has to happen outside the state.
    pub effects: Vec<Effect>,
    /// Whether anything changed; if not, the command need not be written.
    pub changed: bool,
}

impl State {
    /// Executes `command` at the time `now`.
    ///
    /// # Errors
    /// If it violates a rule of the service. Nothing but the time has changed then.
    pub(super) fn carry_out(
        &mut self,
        command: Command,
        now: Timestamp,
        address: &str,
        model: &Model,
    ) -> Result<CommandResult, Refusal> {
        // The state's time never goes back, even if the machine's clock does.
        self.now = self.now.max(now);
        let mut effects = Vec::new();
        let changed = match command {
            Command::Call { service, operation, input } => {
                let row = model.operation(service, &operation).and_then(operations::find);
                let row = row
                    .ok_or_else(|| ErrorKind::ServiceFailure.because(format!("no operation {operation}")))?;
                // If the command fails, the ids that it generated must not shift those that follow.
                let ids = self.ids.clone();
                let (value, effects) = row.carry_out(self, address, input).inspect_err(|_| self.ids = ids)?;
                return Ok(CommandResult { value, effects, changed: row.writes() });
            }
            Command::Ended { invocation, end } => {
                self.invocation_ended(invocation, end, &mut effects);
                true
            }
            Command::HandOn { message } => {
                self.release(&message, &mut effects)?;
                true
            }
            Command::Count { update } => {
                let updated = self.counts.update(&update, self.now.millis() / 1000);
                let changed = matches!(updated, Updated::Applied(_));
                let value = serde_json::to_value(updated).unwrap_or_default();
                return Ok(CommandResult { value, effects, changed });
            }
            Command::Tick => self.time_passed(&mut effects),
            Command::Advance { millis } => {
                self.ahead = ahead(self.ahead, millis)?;
                self.now = self.now.plus(Duration::from_millis(millis));
                self.time_passed(&mut effects);
                true
            }
        };
        Ok(CommandResult { value: Value::Null, effects, changed })
    }
}
