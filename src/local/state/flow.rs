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
    /// In the order in which they run.
    pub processors: Vec<Processor>,
    pub created: Timestamp,
    pub updated: Timestamp,
}

/// A function that messages pass through.
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

/// What becomes of a message whose function cannot be invoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum Fallback {
    /// It goes on as if the function had let it pass.
    Continue,
    /// It fails.
    Abort,
}

impl Processor {
    /// The function.
    pub(in super::super) fn function(&self) -> &Arn {
        &self.configuration.lambda.resource_arn
    }
}

impl Flow {
    /// `ChannelFlowSummary` of the model.
    pub(in super::super) fn summary(&self, arn: &Arn) -> Value {
        json!({ "ChannelFlowArn": arn, "Name": self.name, "Processors": self.processors })
    }

    /// `ChannelFlow` of the model.
    pub(in super::super) fn described(&self, arn: &Arn, form: Form) -> Value {
        let mut all = self.summary(arn);
        all["CreatedTimestamp"] = form.time(self.created);
        all["LastUpdatedTimestamp"] = form.time(self.updated);
        all
    }
}
