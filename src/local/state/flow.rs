//! Channel flows.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Form;
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// A channel flow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Flow {
    pub name: String,
    /// The processors, in the order in which they run.
    pub processors: Vec<Processor>,
    pub created: Timestamp,
    pub updated: Timestamp,
}

/// A processor of a flow: a function that is invoked for each message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Processor {
    pub name: String,
    pub configuration: Configuration,
    pub execution_order: i64,
    pub fallback_action: Fallback,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Configuration {
    pub lambda: Lambda,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Lambda {
    pub resource_arn: Arn,
    pub invocation_type: String,
}

/// What happens to a message if its function cannot be invoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum Fallback {
    /// The message continues as if the function had allowed it.
    Continue,
    /// The message fails.
    Abort,
}

impl Processor {
    pub(in super::super) fn function(&self) -> &Arn {
        &self.configuration.lambda.resource_arn
    }
}

impl Flow {
    /// Returns the flow as the model's `ChannelFlowSummary`.
    pub(in super::super) fn summary(&self, arn: &Arn) -> Value {
        json!({ "ChannelFlowArn": arn, "Name": self.name, "Processors": self.processors })
    }

    /// Returns the flow as the model's `ChannelFlow`.
    pub(in super::super) fn described(&self, arn: &Arn, form: Form) -> Value {
        let mut all = self.summary(arn);
        all["CreatedTimestamp"] = form.time(self.created);
        all["LastUpdatedTimestamp"] = form.time(self.updated);
        all
    }
}
