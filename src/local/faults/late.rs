//! [`LateEvents`]: events that are delivered after the event that follows them.

use std::time::Duration;

use super::{Fault, Faults};
use crate::local::arn::Arn;
use crate::local::state::Event;
use crate::local::time::Timestamp;

/// Events that wait, each until the next event for the same user.
#[derive(Debug, Default)]
pub(super) struct LateEvents(Vec<(Timestamp, Arn, Event)>);

/// The longest time that an event waits: without a following event, it is delivered after this time.
const MAX_WAIT: Duration = Duration::from_secs(1);

impl Faults {
    /// Returns whether events are delivered in order, which is nearly always the case.
    pub(in super::super) fn are_quiet(&self) -> bool {
        self.planned.is_empty() && self.late.0.is_empty()
    }

    /// Returns the recipients and events to deliver now, in order, after `event` arrived for `to`.
    pub(in super::super) fn ordered(
        &mut self,
        to: Vec<Arn>,
        event: Event,
        now: Timestamp,
    ) -> Vec<(Vec<Arn>, Event)> {
        let (over, still): (Vec<_>, _) =
            std::mem::take(&mut self.late.0).into_iter().partition(|(_, who, _)| to.contains(who));
        self.late.0 = still;
        let fits = |fault: &Fault| matches!(fault, Fault::OutOfOrder { .. });
        // A recipient with a waiting event gets it now, and no second event is delayed for that recipient.
        let waits = |who: &Arn| over.iter().any(|(_, other, _)| other == who);
        let fault = self.take(|fault| fits(fault) && to.iter().any(|who| fault.is_about(who) && !waits(who)));
        let (later, now_told): (Vec<_>, Vec<_>) =
            to.into_iter().partition(|who| fault.as_ref().is_some_and(|it| it.is_about(who) && !waits(who)));
        self.late.0.extend(later.into_iter().map(|who| (now, who, event.clone())));
        let over = over.into_iter().map(|(_, who, event)| (vec![who], event));
        std::iter::once((now_told, event)).chain(over).collect()
    }

    /// Removes and returns the events that have waited too long.
    pub(in super::super) fn overdue(&mut self, now: Timestamp) -> Vec<(Vec<Arn>, Event)> {
        let (over, still): (Vec<_>, _) = std::mem::take(&mut self.late.0)
            .into_iter()
            .partition(|(since, ..)| now.since(*since) >= MAX_WAIT);
        self.late.0 = still;
        over.into_iter().map(|(_, who, event)| (vec![who], event)).collect()
    }

    /// Discards all waiting events.
    pub(in super::super) fn forget_late(&mut self) {
        self.late.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn event(name: &str) -> Event {
        Event { name: name.to_owned(), message_type: "SYSTEM", payload: Value::Null }
    }

    /// Returns the delivered events, each as `event to names`.
    fn shown(events: Vec<(Vec<Arn>, Event)>) -> Vec<String> {
        let events = events.into_iter().filter(|(to, _)| !to.is_empty());
        events
            .map(|(to, event)| {
                let to: Vec<_> = to.iter().map(Arn::as_str).collect();
                format!("{} to {}", event.name, to.join(" "))
            })
            .collect()
    }

    #[test]
    fn an_event_is_told_after_the_next_one_or_a_second_later() {
        let (ann, bob) = (Arn::new("ann"), Arn::new("bob"));
        let at = Timestamp::from_millis;
        let mut faults = Faults::open(0, None).unwrap();
        assert!(faults.are_quiet());
        faults.add(Fault::OutOfOrder { user: Some("ann".to_owned()) }.into()).unwrap();
        let both = || vec![ann.clone(), bob.clone()];
        assert_eq!(shown(faults.ordered(both(), event("first"), at(0))), ["first to bob"]);
        assert_eq!(shown(faults.ordered(vec![bob.clone()], event("his"), at(1))), ["his to bob"]);
        assert_eq!(
            shown(faults.ordered(both(), event("second"), at(2))),
            ["second to ann bob", "first to ann"]
        );
        assert!(faults.are_quiet());

        faults.add(Fault::OutOfOrder { user: None }.into()).unwrap();
        assert!(shown(faults.ordered(both(), event("third"), at(10))).is_empty());
        assert!(faults.overdue(at(1_009)).is_empty());
        assert_eq!(shown(faults.overdue(at(1_010))), ["third to ann", "third to bob"]);
        assert!(faults.are_quiet());
    }

    #[test]
    fn events_that_are_always_out_of_order_are_told_in_pairs() {
        let ann = Arn::new("ann");
        let mut faults = Faults::open(0, None).unwrap();
        faults.add(super::super::Planned { times: 0, ..Fault::OutOfOrder { user: None }.into() }).unwrap();
        let mut send = |name| shown(faults.ordered(vec![ann.clone()], event(name), Timestamp::default()));
        assert!(send("one").is_empty());
        assert_eq!(send("two"), ["two to ann", "one to ann"]);
        assert!(send("three").is_empty());
        assert_eq!(send("four"), ["four to ann", "three to ann"]);
    }
}
