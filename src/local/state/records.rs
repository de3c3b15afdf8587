//! [`Records`]: records that AWS would have sent to `EventBridge`, Kinesis and the on-failure destination.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The latest records that AWS would have sent to `EventBridge`, Kinesis and the on-failure destination, newest last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(in super::super) struct Records(VecDeque<Value>);

/// The maximum number of records that are kept.
const MAX_RECORDS: usize = 10_000;

impl Records {
    pub(super) fn push(&mut self, record: Value) {
        if self.0.len() == MAX_RECORDS {
            self.0.pop_front();
        }
        self.0.push_back(record);
    }

    /// Returns all records that are kept, newest last.
    pub(in super::super) fn all(&self) -> &VecDeque<Value> {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept() {
        let mut records = Records::default();
        (0..=MAX_RECORDS).for_each(|number| records.push(number.into()));
        assert_eq!((records.all().len(), records.all().back()), (MAX_RECORDS, Some(&MAX_RECORDS.into())));
    }
}
