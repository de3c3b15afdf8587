//! Tests of the service as clients use it: requests and responses, with a simulated clock and without sockets.
#![expect(clippy::needless_pass_by_value, reason = "requests are written where they are made")]

mod clockwork;
mod conformance;
mod elastic;
mod flow;
mod invariants;
mod kept;
mod limits;
mod messages;
mod people;
mod requests;
mod roles;

use std::sync::LazyLock;
use std::time::Duration;

use serde_json::{Value, json};

use super::api::{self, Answer};
use super::arn::Arn;
use super::command::Command;
use super::model::{Model, Operation, Service};
use super::state::{Effect, End, InvocationId, State};
use super::time::Timestamp;

static MODEL: LazyLock<Model> = LazyLock::new(Model::load);

/// A service with a simulated clock, and the effects of its commands.
#[derive(Clone, Debug)]
struct World {
    state: State,
    now: Timestamp,
    /// The effects of the last command.
    effects: Vec<Effect>,
    instance: Arn,
    /// How many tokens were generated.
    tokens: u32,
    /// The executed commands with their times, which is what a journal contains.
    journal: Vec<(Timestamp, Command)>,
}

/// The result of a request: the response's body, or the name and message of the error.
type Outcome = Result<Value, (String, String)>;

fn operation(name: &str) -> &'static Operation {
    let of = |service| MODEL.operation(service, name);
    of(Service::Messaging).or_else(|| of(Service::Identity)).unwrap_or_else(|| panic!("no operation {name}"))
}

impl World {
    /// Returns a service with one app instance and no users.
    fn empty() -> Self {
        let now = Timestamp::from_millis(1_795_170_600_000);
        let mut world = Self {
            state: State::new(7),
            now,
            effects: Vec::new(),
            instance: Arn::new(""),
            tokens: 0,
            journal: Vec::new(),
        };
        let made = world.ok("CreateAppInstance", json!({ "Name": "House" }));
        world.instance = Arn::new(made["AppInstanceArn"].as_str().unwrap());
        world
    }

    /// Returns a service whose app instance has users with these ids.
    fn with(people: &[&str]) -> Self {
        let mut world = Self::empty();
        for id in people {
            world.add_user(id);
        }
        world
    }

    fn add_user(&mut self, id: &str) -> Arn {
        let user = json!({ "AppInstanceArn": self.instance, "AppInstanceUserId": id, "Name": id });
        self.ok("CreateAppInstanceUser", user);
        self.user(id)
    }

    fn user(&self, id: &str) -> Arn {
        self.instance.child("user", id)
    }

    fn channel(&self, id: &str) -> Arn {
        self.instance.child("channel", id)
    }

    /// Creates a channel with members, one of whom is its creator.
    fn make_channel(&mut self, id: &str, by: &str, members: &[&str], more: Value) -> Arn {
        let members: Vec<_> = members.iter().map(|id| self.user(id)).collect();
        let mut wanted = json!({
            "AppInstanceArn": self.instance, "ChimeBearer": self.user(by), "ChannelId": id, "Name": id,
        });
        if !members.is_empty() {
            wanted["MemberArns"] = json!(members);
        }
        wanted.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
        let made = self.ok("CreateChannel", wanted);
        Arn::new(made["ChannelArn"].as_str().unwrap())
    }

    /// Sends a request as a client does, and checks the response against the model.
    fn answer(&mut self, name: &str, input: &Value) -> Answer {
        let operation = operation(name);
        let request = MODEL.request(operation, input);
        let wanted = match api::understand(&MODEL, &request) {
            Ok(wanted) => wanted,
            Err(answer) => return answer,
        };
        assert_eq!(wanted.operation.name, name, "the request means another operation");
        let before = self.state.clone();
        let command = Command::Call {
            service: wanted.row.service,
            operation: name.to_owned(),
            input: wanted.input.clone(),
        };
        let came = self.state.carry_out(command.clone(), self.now, "localhost:8200", &MODEL);
        if came.is_err() || !wanted.row.writes() {
            let mut before = serde_json::to_value(&before).unwrap();
            before["now"] = json!(self.state.now);
            let after = serde_json::to_value(&self.state).unwrap();
            assert_eq!(after, before, "{name}: what only reads, or is refused, changes nothing");
        }
        let came = came.map(|carried| {
            self.effects = carried.effects;
            if carried.changed {
                self.journal.push((self.now, command));
            }
            carried.value
        });
        api::answered(&MODEL, wanted.operation, came)
    }

    /// Sends a request with the token that SDKs generate.
    fn ask(&mut self, name: &str, mut input: Value) -> Outcome {
        self.tokens += 1;
        MODEL.fill_tokens(operation(name), &mut input, &format!("token-{}", self.tokens));
        self.ask_as_it_is(name, &input)
    }

    fn ask_as_it_is(&mut self, name: &str, input: &Value) -> Outcome {
        let answer = self.answer(name, input);
        let body =
            if answer.body.is_empty() { json!({}) } else { serde_json::from_str(&answer.body).unwrap() };
        let Some(error) = answer.error else {
            assert_eq!(answer.status, operation(name).status, "{name}");
            return Ok(body);
        };
        // The only operation that does not declare an error for invalid requests.
        let excused = (name, error) == ("GetMessagingSessionEndpoint", "BadRequestException");
        let declared = operation(name).errors.iter().any(|it| it == error);
        assert!(declared || excused, "{name} does not declare {error}: {}", answer.body);
        let message = body["Message"].as_str().unwrap().to_owned();
        assert!(!message.is_empty());
        Err((error.strip_suffix("Exception").unwrap().to_owned(), message))
    }

    /// Sends a request that must succeed.
    fn ok(&mut self, name: &str, input: Value) -> Value {
        self.ask(name, input.clone()).unwrap_or_else(|error| panic!("{name} {input}: {error:?}"))
    }

    /// Sends a request that must be refused, and returns the error's name.
    fn refused(&mut self, name: &str, input: Value) -> String {
        match self.ask(name, input.clone()) {
            Ok(body) => panic!("{name} {input} should be refused, and answers {body}"),
            Err((error, _)) => error,
        }
    }

    /// Advances the clock.
    fn pass(&mut self, time: Duration) {
        self.now = self.now.plus(time);
        self.carry_out(Command::Tick);
    }

    /// Ends an attempt to invoke a function.
    fn ended(&mut self, invocation: InvocationId, end: End) {
        self.carry_out(Command::Ended { invocation, end });
    }

    fn carry_out(&mut self, command: Command) {
        let carried = self.state.carry_out(command.clone(), self.now, "", &MODEL).unwrap();
        self.effects = carried.effects;
        if carried.changed {
            self.journal.push((self.now, command));
        }
    }

    /// Returns the events of the last command, each with its name and the ids of its recipients.
    fn events(&self) -> Vec<String> {
        let events = self.effects.iter().filter_map(|effect| match effect {
            Effect::Notify { to, event } => Some((to, event)),
            _ => None,
        });
        events
            .map(|(to, event)| {
                let to: Vec<_> = to.iter().map(|arn| arn.as_str().rsplit('/').next().unwrap()).collect();
                format!("{} to {}", event.name, to.join(" "))
            })
            .collect()
    }

    /// Returns the payload of the last command's last event.
    fn payload(&self) -> Value {
        let last = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Notify { event, .. } => Some(event.payload.clone()),
            _ => None,
        });
        let mut payload = last.unwrap();
        super::json::drop_nulls(&mut payload);
        payload
    }

    /// Sends a message to all members of a channel, and returns its id.
    fn send(&mut self, channel: &Arn, by: &str, content: &str) -> String {
        let sent = self.ok("SendChannelMessage", self.message(channel, by, content));
        sent["MessageId"].as_str().unwrap().to_owned()
    }

    fn message(&self, channel: &Arn, by: &str, content: &str) -> Value {
        json!({
            "ChannelArn": channel, "ChimeBearer": self.user(by), "Content": content, "Type": "STANDARD",
            "Persistence": "PERSISTENT",
        })
    }
}

/// Returns `base` with the members of `more` added.
fn and(base: &Value, more: Value) -> Value {
    let mut all = base.clone();
    all.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
    all
}
