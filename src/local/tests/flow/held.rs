//! Messages that are held manually.

use std::time::Duration;

use serde_json::json;

use super::{Flowing, refused};
use crate::local::command::Command;
use crate::local::model::Model;
use crate::local::refusal::{ErrorKind, Refusal};
use crate::local::state::End;

impl Flowing {
    /// Releases a held message to its function.
    fn hand_on(&mut self, message: &str) -> Result<(), Refusal> {
        let command = Command::HandOn { message: message.to_owned() };
        let carried = self.world.state.carry_out(command, self.world.now, "", &Model::load())?;
        self.world.effects = carried.effects;
        Ok(())
    }
}

#[test]
fn a_held_message_stays_pending_until_its_function_gets_it() {
    let mut flow = Flowing::new();
    let message = flow.send("hello");
    let (id, invocation) = flow.invoked();
    assert!(flow.hand_on(&message).is_err(), "nobody holds it");
    flow.world.ended(id, End::Held);
    flow.world.pass(Duration::from_hours(47));
    assert!(!flow.is_invoked(), "time alone does nothing");
    assert_eq!(flow.status(&message, "ann"), "PENDING");
    let held = flow.world.state.deliveries.held();
    assert_eq!((held.len(), &held[0]["message"]), (1, &json!(message)));
    flow.hand_on(&message).unwrap();
    assert_eq!(flow.invoked().1.event, invocation.event);
    assert!(flow.world.state.deliveries.held().is_empty());
    assert_eq!(flow.hand_on(&message).map_err(|refusal| refusal.kind), Err(ErrorKind::NotFound));
    flow.call_back(&invocation, json!({}));
    flow.world.ended(id, End::Returned);
    assert_eq!(flow.status(&message, "ann"), "SENT");
}

#[test]
fn a_held_message_may_be_decided_in_place_of_its_function() {
    let mut flow = Flowing::through(&[("one", "ABORT"), ("two", "ABORT")]);
    let message = flow.send("hello");
    let (id, invocation) = flow.invoked();
    flow.world.ended(id, End::Held);
    flow.call_back(&invocation, json!({ "Content": "bye" }));
    let (second, next) = flow.invoked();
    assert_ne!(next.callback, invocation.callback, "the second function has it now");
    assert!(flow.hand_on(&message).is_err() && !flow.world.state.deliveries.invocations().contains_key(&id));
    flow.world.ended(second, refused());
    assert_eq!(flow.status(&message, "ann"), "FAILED");
}

#[test]
fn what_is_held_goes_with_its_channel() {
    let mut flow = Flowing::new();
    flow.send("hello");
    let (id, _) = flow.invoked();
    flow.world.ended(id, End::Held);
    let ann = flow.world.user("ann");
    flow.world.ok("DeleteChannel", json!({ "ChannelArn": flow.channel, "ChimeBearer": ann }));
    assert!(
        flow.world.state.deliveries.held().is_empty() && flow.world.state.deliveries.invocations().is_empty()
    );
}
