//! [`Flows`]: the channel flows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Flow;
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, forbidden};

/// The channel flows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(in super::super) struct Flows(BTreeMap<Arn, Flow>);

impl Flows {
    pub(in super::super) fn get(&self, arn: &Arn) -> Option<&Flow> {
        self.0.get(arn)
    }

    /// Returns the flow with this ARN.
    ///
    /// # Errors
    /// If there is none.
    pub(in super::super) fn flow(&self, arn: &Arn) -> Result<&Flow, Refusal> {
        self.get(arn).ok_or_else(|| no_flow(arn))
    }

    pub(in super::super) fn flow_mut(&mut self, arn: &Arn) -> Result<&mut Flow, Refusal> {
        self.0.get_mut(arn).ok_or_else(|| no_flow(arn))
    }

    /// Returns the flows of an app instance, ordered by ARN.
    pub(in super::super) fn of(&self, instance: &Arn) -> impl Iterator<Item = (&Arn, &Flow)> {
        self.0.iter().filter(move |(arn, _)| arn.instance().as_ref() == Some(instance))
    }

    pub(in super::super) fn insert(&mut self, arn: Arn, flow: Flow) {
        self.0.insert(arn, flow);
    }

    pub(in super::super) fn remove(&mut self, arn: &Arn) {
        self.0.remove(arn);
    }

    /// Removes the flows of a deleted app instance.
    pub(in super::super) fn forget_instance(&mut self, instance: &Arn) {
        self.0.retain(|flow, _| flow.instance().as_ref() != Some(instance));
    }
}

fn no_flow(arn: &Arn) -> Refusal {
    forbidden(format!("ChannelFlowArn: there is no channel flow {arn}"))
}
