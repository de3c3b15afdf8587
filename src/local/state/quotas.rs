//! [`Quotas`]: how many there may be of what.

use serde::{Deserialize, Serialize};

use crate::local::refusal::{Refusal, limit};

/// How many there may be of what: the quotas of a new AWS account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct Quotas {
    pub app_instances: usize,
    pub users: usize,
    pub admins: usize,
    pub endpoints_of_a_user: usize,
    pub flows: usize,
    pub processors_of_a_flow: usize,
    pub memberships_of_a_channel: usize,
    pub memberships_of_a_person: usize,
    pub moderators_of_a_channel: usize,
    pub elastic_channels: usize,
    pub sub_channels: usize,
    pub memberships_of_a_sub_channel: usize,
    pub tags_of_a_resource: usize,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            app_instances: 100,
            users: 100_000,
            admins: 100,
            endpoints_of_a_user: 10,
            flows: 100,
            processors_of_a_flow: 1,
            memberships_of_a_channel: 10_000,
            memberships_of_a_person: 20_000,
            moderators_of_a_channel: 1_000,
            elastic_channels: 1,
            sub_channels: 100,
            memberships_of_a_sub_channel: 1_000,
            tags_of_a_resource: 50,
        }
    }
}

/// Refuses more than `most`; `what` says of what.
///
/// # Errors
/// When `count` is more.
pub(in super::super) fn at_most(count: usize, most: usize, what: &str) -> Result<(), Refusal> {
    if count <= most {
        Ok(())
    } else {
        Err(limit(format!("{what}: {count} are more than the quota of {most}")))
    }
}
