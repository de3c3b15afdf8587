//! Authorization: every operation for every role in every kind of channel, compared with `roles.txt`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::requests::{Fixture, KINDS, operations};
use super::{MODEL, and, operation};
use crate::local::api;
use crate::local::arn::Arn;
use crate::local::command::Command;
use crate::local::state::{Message, Status};

const TABLE: &str = include_str!("roles.txt");
const ROLES: [&str; 7] = ["admin", "moderator", "member", "hidden", "other", "stranger", "unknown"];

impl Fixture {
    fn role(&self, role: &str) -> Arn {
        if role == "stranger" { self.stranger.clone() } else { self.world.user(role) }
    }

    /// Changes Bob's message in a channel.
    fn change_message(&mut self, channel: &Arn, change: impl FnOnce(&mut Message)) {
        let id = self.messages.iter().find(|(it, _)| it == channel).unwrap().1.clone();
        change(self.world.state.channels.get_mut(channel).unwrap().message_mut(&id).unwrap());
    }

    /// Returns the request for a cell of the table, and prepares the fixture for it.
    fn request(&mut self, name: &str, case: &str, channel: &Arn, caller: &Arn) -> Value {
        self.prepare(name);
        let mut input = self.valid(name);
        let message = self.messages.iter().find(|(it, _)| it == channel).unwrap().1.clone();
        for (member, value) in
            [("ChimeBearer", json!(caller)), ("ChannelArn", json!(channel)), ("MessageId", json!(message))]
        {
            if input.get(member).is_some() {
                input[member] = value;
            }
        }
        let user = |id: &str| self.world.user(id);
        let about = |who: Arn| match name {
            "BatchCreateChannelMembership" => json!({ "MemberArns": [who] }),
            "CreateChannelModerator" | "DeleteChannelModerator" | "DescribeChannelModerator" => {
                json!({ "ChannelModeratorArn": who })
            }
            _ if name.ends_with("ForAppInstanceUser") || name.ends_with("ByAppInstanceUser") => {
                json!({ "AppInstanceUserArn": who })
            }
            "SearchChannels" => json!({}),
            _ => json!({ "MemberArn": who }),
        };
        let change = match case {
            "-" | "bobs" => json!({}),
            "somebody" => about(user("spare")),
            "self" => about(caller.clone()),
            "bob" => about(user("bob")),
            "an-admin" => about(user("admin")),
            "a-moderator" => about(user("moderator")),
            "banned" => about(user("banned")),
            "as-hidden" => json!({ "Type": "HIDDEN" }),
            "public" => json!({ "Privacy": "PUBLIC" }),
            "private" => json!({ "Privacy": "PRIVATE" }),
            "elastic" => json!({ "ChannelArn": self.world.channel("elastic") }),
            "own" => {
                self.change_message(channel, |message| message.sender.arn = caller.clone());
                json!({})
            }
            "targeted" => {
                let target = user("moderator");
                self.change_message(channel, |message| message.target = Some(target));
                json!({})
            }
            "pending" => {
                self.change_message(channel, |message| message.status = Status::Pending);
                json!({})
            }
            other => panic!("no case {other}"),
        };
        if name == "DisassociateChannelFlow" {
            self.world.state.channels.get_mut(channel).unwrap().flow = Some(self.flow.clone());
        }
        if name == "SendChannelMessage" {
            input.as_object_mut().unwrap().remove("Target");
        }
        and(&input, change)
    }
}

#[test]
fn everybody_may_do_what_the_table_says() {
    let fixture = Fixture::new();
    let channels = KINDS.map(|(id, ..)| fixture.world.channel(id));
    let mut cells = 0;
    let mut named = BTreeSet::new();
    for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let row: Vec<_> = line.split_whitespace().collect();
        let [name, case, outcomes @ ..] = &*row else { panic!("{line}") };
        assert_eq!(outcomes.len(), ROLES.len(), "{line}");
        named.insert(*name);
        for (role, outcomes) in ROLES.iter().zip(outcomes) {
            assert_eq!(outcomes.len(), channels.len(), "{line}");
            for (channel, expected) in channels.iter().zip(outcomes.chars()) {
                cells += 1;
                let mut fixture = fixture.clone();
                let caller = fixture.role(role).clone();
                let caller = if *role == "unknown" { fixture.world.user("unknown") } else { caller };
                let input = fixture.request(name, case, channel, &caller);
                let answer = fixture.world.ask(name, input);
                let letter = match &answer {
                    Ok(_) => 'y',
                    Err((error, _)) => error.chars().next().unwrap(),
                };
                assert_eq!(letter, expected, "{name} {case} by {role} in {channel}: {answer:?}");
            }
        }
    }
    let bearers: BTreeSet<_> =
        operations().into_iter().filter(|name| fixture.valid(name).get("ChimeBearer").is_some()).collect();
    assert_eq!(named, bearers, "the table is about every operation that names a bearer");
    assert!(cells >= 37 * 28, "{cells} cells");
}

#[test]
fn without_a_bearer_in_the_model_nobody_asks_who_it_is() {
    let fixture = Fixture::new();
    let mut count = 0;
    for name in operations().into_iter().filter(|name| fixture.valid(name).get("ChimeBearer").is_none()) {
        count += 1;
        for role in ROLES {
            let mut fixture = fixture.clone();
            fixture.prepare(name);
            let mut input = fixture.valid(name);
            MODEL.fill_tokens(operation(name), &mut input, "token");
            // AWS's own demo sends a bearer even to operations that do not declare one.
            let mut request = MODEL.request(operation(name), &input);
            request.bearer = Some(fixture.role(role).to_string());
            let wanted = api::understand(&MODEL, &request).unwrap();
            let (service, input) = (wanted.row.service, wanted.input.clone());
            let command = Command::Call { service, operation: name.to_owned(), input };
            let came = fixture.world.state.carry_out(command, fixture.world.now, "", &MODEL);
            assert!(came.is_ok(), "{name} by {role}: {came:?}");
        }
    }
    assert_eq!(count, 14 + 30 - 3, "the operations for tags are the same in both services");
}
