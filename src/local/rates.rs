//! [`Rates`]: counts the calls in the current second, for quotas on calls.
//!
//! A call above the quota never reaches the state, so neither the journal nor a restart is affected.

use std::collections::HashMap;

use serde_json::Value;

use super::arn::Arn;
use super::refusal::{ErrorKind, Refusal};
use super::state::Quotas;
use super::time::Timestamp;

/// The calls in one second.
#[derive(Debug, Default)]
pub(super) struct Rates {
    second: i64,
    about: HashMap<Arn, usize>,
    by: HashMap<Arn, usize>,
}

/// The operations that AWS counts together for each channel.
const OF_MESSAGES: [&str; 5] = [
    "SendChannelMessage",
    "UpdateChannelMessage",
    "RedactChannelMessage",
    "DeleteChannelMessage",
    "ChannelFlowCallback",
];

impl Rates {
    /// Counts a call.
    ///
    /// # Errors
    /// If it exceeds a quota for this second.
    pub(super) fn count(
        &mut self,
        quotas: &Quotas,
        now: Timestamp,
        operation: &str,
        input: &Value,
    ) -> Result<(), Refusal> {
        let (of_messages, of_person) = (quotas.messages_a_second, quotas.calls_a_second);
        if of_messages == 0 && of_person == 0 {
            return Ok(());
        }
        let second = now.millis().div_euclid(1000);
        if second != self.second {
            *self = Self { second, ..Self::default() };
        }
        let arn = |name: &str| input.get(name).and_then(Value::as_str).map(Arn::new);
        let channel = arn("ChannelArn").filter(|_| OF_MESSAGES.contains(&operation));
        one_more(&mut self.about, channel, of_messages, "messages-a-second of the channel")?;
        one_more(&mut self.by, arn("ChimeBearer"), of_person, "calls-a-second of the bearer")
    }
}

fn one_more(
    counts: &mut HashMap<Arn, usize>,
    of: Option<Arn>,
    most: usize,
    what: &str,
) -> Result<(), Refusal> {
    let Some(of) = of.filter(|_| most > 0) else { return Ok(()) };
    let count = counts.entry(of).or_default();
    if *count == most {
        return Err(ErrorKind::ThrottledClient.because(format!("the quota {what} is {most}")));
    }
    *count += 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn calls_of_a_second_are_counted_by_channel_and_by_person() {
        let quotas = Quotas { messages_a_second: 2, calls_a_second: 3, ..Quotas::default() };
        let mut rates = Rates::default();
        let mut count = |at, operation, input: &Value| {
            rates.count(&quotas, Timestamp::from_millis(at), operation, input).is_ok()
        };
        let ann = json!({ "ChannelArn": "one", "ChimeBearer": "ann" });
        assert!(count(0, "SendChannelMessage", &ann));
        assert!(count(1, "ChannelFlowCallback", &json!({ "ChannelArn": "one" })));
        assert!(!count(2, "UpdateChannelMessage", &json!({ "ChannelArn": "one", "ChimeBearer": "bob" })));
        assert!(count(3, "SendChannelMessage", &json!({ "ChannelArn": "two", "ChimeBearer": "ann" })));
        assert!(count(4, "ListChannelMessages", &ann));
        assert!(!count(5, "DescribeChannel", &ann));
        assert!(count(1000, "SendChannelMessage", &ann), "another second");
    }

    #[test]
    fn nothing_is_counted_unless_somebody_says() {
        let mut rates = Rates::default();
        for _ in 0..1000 {
            let input = json!({ "ChannelArn": "one", "ChimeBearer": "ann" });
            let count = rates.count(&Quotas::default(), Timestamp::default(), "SendChannelMessage", &input);
            assert!(count.is_ok());
        }
        assert!(rates.about.is_empty() && rates.by.is_empty());
    }
}
