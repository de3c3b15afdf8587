//! The Lambda side: carries out invocations that are due, and reports to the service how they ended.
//!
//! ```text
//!  due ──> Functions ──by name──> a program, over the Runtime API ──HTTP──> Service
//!              └─others─┬─Embedded──> Handler in this process ──callback──> Service
//!                       ├─Program───> a program, over the Runtime API ──HTTP──> Service
//!                       └─Endpoint──> a server with Lambda's Invoke API ──HTTP──> Service
//! ```
//!
//! A function has its own program if the service was started with one for its name. All other functions share one program, processor or
//! endpoint.

mod embedded;
mod endpoint;
mod name;
mod output;
mod program;
mod watched;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc;

pub(super) use self::embedded::Embedded;
pub use self::endpoint::Endpoint;
pub use self::name::FunctionName;
use self::name::name_in;
pub(super) use self::program::{Limits, Program, Start};
pub(super) use self::watched::Beside;
use super::arn::Arn;
use super::faults::Fault;
use super::service::Service;
use super::state::{End, InvocationId, Output};

/// All functions.
#[derive(Debug)]
pub(super) struct Functions {
    /// The functions with their own program.
    pub named: BTreeMap<FunctionName, Program>,
    pub others: Others,
}

/// What runs the functions without their own program.
#[derive(Debug)]
pub(super) enum Others {
    /// The processor in this process.
    Embedded(Embedded),
    /// A program that uses Lambda's Runtime API.
    Program(Program),
    /// A server that implements Lambda's Invoke API.
    Endpoint(Endpoint),
    /// Nothing: such a function does not exist.
    Nothing,
}

/// The result of an invocation, with what the function returned.
#[derive(Clone, Debug)]
pub(super) struct InvocationResult {
    pub end: End,
    /// JSON; `null` if the function failed.
    pub payload: String,
}

impl Functions {
    /// Carries out invocations until the service ends.
    pub(super) async fn run(
        self: Arc<Self>,
        service: Arc<Service>,
        mut due: mpsc::UnboundedReceiver<InvocationId>,
    ) {
        while let Some(id) = due.recv().await {
            let (service, functions) = (service.clone(), self.clone());
            tokio::spawn(async move {
                // The invocation may be finished by now, if it was delivered twice.
                let Some(invocation) = service.invocation(id) else { return };
                let end = match service.fault(is_about_invocations) {
                    Some(fault) => injected(&fault),
                    None => functions.invoke(&invocation.function, &invocation.event).await.end,
                };
                service.ended(id, end);
            });
        }
    }

    pub(super) async fn invoke(&self, function: &Arn, event: &str) -> InvocationResult {
        let name = name_in(function);
        if let Some((_, program)) = self.named.iter().find(|(named, _)| named.as_str() == name) {
            return program.invoke(function, event).await;
        }
        match &self.others {
            Others::Embedded(embedded) => embedded.invoke(event).await,
            Others::Program(program) => program.invoke(function, event).await,
            Others::Endpoint(endpoint) => endpoint.invoke(function, event).await,
            Others::Nothing => {
                let named: Vec<_> = self.named.keys().map(FunctionName::as_str).collect();
                InvocationResult::refused(format!(
                    "Function not found: {function}; there are: {}",
                    named.join(", ")
                ))
            }
        }
    }

    /// Returns whether there is a function with this ARN.
    pub(super) fn has(&self, function: &str) -> bool {
        let function = Arn::new(function);
        let name = name_in(&function);
        !matches!(self.others, Others::Nothing) || self.named.keys().any(|named| named.as_str() == name)
    }

    /// Returns the name of a function that exists.
    pub(super) fn example(&self) -> &str {
        match (&self.others, self.named.keys().next()) {
            (Others::Nothing, Some(name)) => name.as_str(),
            _ => "chimeflow",
        }
    }
}

fn is_about_invocations(fault: &Fault) -> bool {
    matches!(fault, Fault::DeniedInvoke | Fault::ThrottledInvoke | Fault::FunctionError | Fault::Hold)
}

/// Returns the result of an invocation that a fault affects.
fn injected(fault: &Fault) -> End {
    match fault {
        Fault::DeniedInvoke => End::Refused {
            reason: "User is not authorized to perform: lambda:InvokeFunction (an injected fault)".to_owned(),
        },
        Fault::ThrottledInvoke => End::Throttled,
        Fault::Hold => End::Held,
        _ => InvocationResult::failed("Fault", "an injected fault").end,
    }
}

impl InvocationResult {
    fn failed(error_type: impl Into<String>, message: impl Into<String>) -> Self {
        Self::failed_after(error_type, message, Output::default())
    }

    /// Returns the result of a function that failed after writing these lines.
    fn failed_after(error_type: impl Into<String>, message: impl Into<String>, output: Output) -> Self {
        let end = End::Failed { error_type: error_type.into(), message: message.into(), output };
        Self { end, payload: "null".to_owned() }
    }

    fn refused(reason: impl Into<String>) -> Self {
        Self { end: End::Refused { reason: reason.into() }, payload: "null".to_owned() }
    }
}
