//! Planned faults: what they do to calls, sessions and events.

use std::io;

use serde_json::Value;

use super::{Inner, Service};
use crate::local::arn::Arn;
use crate::local::faults::{CallFault, Fault, Planned};

impl Service {
    /// Returns the first planned fault that satisfies `fits`, and counts it as one occurrence.
    pub(in super::super) fn fault(&self, fits: impl Fn(&Fault) -> bool) -> Option<Fault> {
        self.lock().faults.take(fits)
    }

    /// Checks that there is an operation called `name`.
    ///
    /// # Errors
    /// If there is none; the error names a similar one.
    pub(in super::super) fn knows(&self, name: &str) -> Result<(), String> {
        self.model.knows(name)
    }

    /// Plans a fault. One that affects sessions happens at once if any are open.
    ///
    /// # Errors
    /// If it cannot be written to the data folder; it is planned nevertheless.
    pub(in super::super) fn add_fault(&self, planned: Planned) -> io::Result<()> {
        let mut inner = self.lock();
        let kept = inner.faults.add(planned);
        let there = inner.sessions.people();
        inner.close_sessions(&there);
        kept
    }

    /// Removes all planned faults, or those of the kind called `name`.
    ///
    /// # Errors
    /// If that cannot be written to the data folder; they are removed nevertheless.
    pub(in super::super) fn clear_faults(&self, name: Option<&str>) -> io::Result<()> {
        self.lock().faults.clear(name)
    }

    /// Returns the delay and the error that faults cause for a call.
    pub(super) fn before(&self, operation: &str, input: &Value) -> CallFault {
        let now = self.clock.now();
        let mut inner = self.lock();
        let Inner { state, faults, rates, .. } = &mut *inner;
        let trouble = faults.before(operation);
        let counted = rates.count(&state.quotas, now, operation, input);
        CallFault { refusal: trouble.refusal.or(counted.err()), ..trouble }
    }

    /// Delivers events that a fault delayed and that no later event followed.
    pub(in super::super) fn send_late(&self) {
        let now = self.clock.now();
        let mut inner = self.lock();
        let Inner { sessions, faults, .. } = &mut *inner;
        if !faults.are_quiet() {
            faults.overdue(now).into_iter().for_each(|(to, event)| sessions.send(&to, event));
        }
    }

    /// Returns the faults that have yet to happen.
    pub(in super::super) fn faults(&self) -> Vec<Planned> {
        self.lock().faults.planned().to_vec()
    }
}

impl Inner {
    /// Closes sessions of these users if a planned fault says so.
    pub(super) fn close_sessions(&mut self, there: &[Arn]) {
        let Some((code, who)) = self.faults.close_sessions(there) else { return };
        for who in who {
            self.sessions.end(Some(&who), code.get(), "an injected fault");
        }
    }
}
