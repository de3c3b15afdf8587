//! Random operations by random people, on the service and on a reference model of it, whose answers, lists and events must agree.
//!
//! ```text
//!  operation ──┬──> service, over HTTP and sessions ──┐
//!              └──> model ───────────────────────────┴──> the same answer, events and lists, at every page size
//!    └─ now and then: the clock is advanced, the service is started again over its folder, its state is exported and imported
//! ```
//!
//! A few seeds run with every test. This command runs more; a difference is reported with its seed, its step and the operation:
//!
//! ```text
//! CHIMEFLOW_RANDOM=100 CHIMEFLOW_RANDOM_SEED=1 CHIMEFLOW_RANDOM_STEPS=2000 cargo test --profile quick --test it random -- --nocapture
//! ```
//!
//! Messages that pass a channel flow are held, and their functions are emulated: their callbacks are random, or they cannot be invoked.
//! The model omits bots, streams of data, devices and faults: the unit tests of the state cover those.

#![expect(clippy::disallowed_methods, reason = "a long run is asked for by the environment")]

mod flows;
mod look;
mod model;
mod operation;
mod times;

use std::collections::BTreeMap;
use std::time::Duration;

use chimeflow::local::{LocalChime, Options, Quota};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use self::model::{DAY, Model};
use self::operation::{CHANNELS, Dice, LISTS, Operation, PEOPLE, READS};
use super::client::{Client, FUNCTION};
use super::sessions::{Socket, connect};
use crate::support::Folder;

/// Returns a number from an environment variable, or the default.
fn number(name: &str, default: u32) -> u32 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

/// The service and the model of it.
struct World {
    folder: Folder,
    chime: Option<LocalChime>,
    client: Client,
    model: Model,
    dice: Dice,
    /// A user of another app instance.
    stranger: String,
    sockets: BTreeMap<String, Socket>,
    /// The ids of the messages that were sent, deleted ones included.
    messages: Vec<String>,
    /// When operations happened, in minutes by which the clock was advanced.
    minutes: Vec<u64>,
    /// How often each operation succeeded.
    done: BTreeMap<&'static str, usize>,
    /// The current seed, step and operation, for reporting a difference.
    at: String,
}

async fn start(folder: &Folder) -> LocalChime {
    for _ in 0..200 {
        let quotas = ["tags-of-a-resource=3", "processors-of-a-flow=2"]
            .map(|quota| Quota::parse(quota).expect("a quota"));
        let options = Options { data: Some(folder.0.clone()), quotas: quotas.into(), ..Options::default() };
        match LocalChime::with(options).await {
            Ok(chime) => return chime,
            // Connections of the previous service take a moment to notice that it ended.
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the folder does not become free")
}

impl World {
    async fn new(seed: u32) -> Self {
        let folder = Folder::new();
        let chime = start(&folder).await;
        let client = Client::new(chime.address());
        let mut apps = Vec::new();
        for name in ["here", "elsewhere"] {
            let app = json!({ "Name": name, "ClientRequestToken": name });
            let app = client.get("POST", "/app-instances", "", app).await;
            apps.push(app["AppInstanceArn"].as_str().unwrap().to_owned());
        }
        let user = json!({ "AppInstanceArn": apps[1], "AppInstanceUserId": "zoe", "Name": "Zoe", "ClientRequestToken": "zoe" });
        let user = client.get("POST", "/app-instance-users", "", user).await;
        let stranger = user["AppInstanceUserArn"].as_str().unwrap().to_owned();
        let model = Model::new(&apps[0]);
        let (dice, messages) = (Dice(seed.into()), vec!["none".to_owned()]);
        let (sockets, minutes, at) = (BTreeMap::new(), vec![0], format!("seed {seed}"));
        let (chime, done) = (Some(chime), BTreeMap::new());
        Self { folder, chime, client, model, dice, stranger, sockets, messages, minutes, done, at }
    }

    fn differs(&self, what: &impl std::fmt::Debug, why: &str) -> ! {
        panic!("{}: {what:?}: {why}", self.at)
    }

    /// Carries out an operation on both, and compares the results.
    async fn carry_out(&mut self, op: &Operation) {
        self.answer(op).await;
        if self.model.is_due() {
            // The service notices within moments by itself, and now at the latest.
            self.push("1s", 1_000, 0).await;
        }
        self.events(op).await;
    }

    /// Sends a request to both, and compares the answers.
    async fn answer(&mut self, op: &Operation) {
        let (method, path) = op.request(&self.model);
        let by = if op.by.is_empty() { String::new() } else { self.model.user_arn(&op.by) };
        self.model.times.begin();
        let response = self.client.send(method, &path, &by, &op.input).await.expect("a response");
        let made = self.made(op, &response.body).await;
        let expected = self.model.carry_out(op, &made);
        self.model.times.end();
        if op.name == "SendChannelMessage" && !made.id.is_empty() && !self.messages.contains(&made.id) {
            self.messages.push(made.id);
        }
        match expected {
            Ok((status, body)) if status == response.status => {
                *self.done.entry(op.name).or_default() += 1;
                if let Err(why) = self.model.times.compare(&body, &response.body) {
                    self.differs(op, &why);
                }
            }
            Err(code) if response.body["Code"] == code && response.status == status_of(code) => {}
            expected => self.differs(op, &format!("expected {expected:?}, came {response:?}")),
        }
        self.get_callbacks(op).await;
    }

    /// Compares the events of the sessions with those that were expected, in any order within an operation.
    async fn events(&mut self, what: &impl std::fmt::Debug) {
        for (who, mut expected) in std::mem::take(&mut self.model.events) {
            while !expected.is_empty() {
                let Ok((name, payload)) = next(&mut self.sockets, &who).await else {
                    self.differs(what, &format!("{who} is not told {expected:?}"))
                };
                let mut whys = Vec::new();
                let fits = expected.iter().position(|(wanted, body)| {
                    let same = if *wanted == name {
                        self.model.times.compare(body, &payload)
                    } else {
                        Err(wanted.clone())
                    };
                    same.inspect_err(|why| whys.push(why.clone())).is_ok()
                });
                match fits {
                    Some(at) => drop(expected.remove(at)),
                    None => self.differs(what, &format!("{who} is told {name} {payload}: {whys:?}")),
                }
            }
        }
        for who in std::mem::take(&mut self.model.closed) {
            let end = next(&mut self.sockets, &who).await;
            if end != Err(Some(4003)) {
                self.differs(what, &format!("the session of {who} does not end: {end:?}"));
            }
            self.sockets.remove(&who);
        }
    }

    async fn connect(&mut self, who: &str) {
        let chime = self.chime.as_ref().expect("it runs");
        let mut socket = connect(chime, &self.model.user_arn(who), "").await;
        assert_eq!(super::sessions::event(&mut socket).await.0, "SESSION_ESTABLISHED", "{}", self.at);
        self.sockets.insert(who.to_owned(), socket);
        self.model.connected.insert(who.to_owned());
    }

    /// Advances the clock of both by `millis`, which the model counts as this number of minutes.
    async fn push(&mut self, text: &str, millis: i64, minutes: u64) {
        self.client.get("POST", "/_local/clock", "", json!({ "advance": text })).await;
        self.model.times.ahead += millis;
        self.model.now.0 += minutes;
        self.model.expire();
    }

    /// Advances the clock by more than an hour, within which messages that are too old are deleted, but never to about a whole number of
    /// days after any operation: milliseconds would decide then.
    async fn push_far(&mut self) {
        let before = self.model.now.0;
        let is_clear =
            |minute: u64| self.minutes.iter().all(|it| (10..DAY - 10).contains(&((minute - it) % DAY)));
        let most = self.dice.pick(&[120, 700, 1_700]);
        let first = before + 61 + self.dice.below(most) as u64;
        let minute = (first..).step_by(7).find(|minute| is_clear(*minute)).expect("some minute is clear");
        let minutes = minute - before;
        self.minutes.push(minute);
        self.push(&format!("{minutes}m"), i64::try_from(minutes).unwrap() * 60_000, minutes).await;
        self.events(&format!("clock advance {minutes}m")).await;
    }

    /// Restarts the service with its folder, or makes it import what it exported. Sessions end, and are opened again.
    async fn restart(&mut self) {
        self.sockets.clear();
        if self.dice.below(2) == 0 {
            self.wait_until_held().await;
            let state = self.client.get("GET", "/_local/state", "", Value::Null).await;
            self.client.get("PUT", "/_local/state", "", state).await;
            // Another state has no faults.
            self.hold_everything().await;
        } else {
            // Its connections would keep the service before alive.
            let address = self.chime.take().expect("it ran").address();
            self.client = Client::new(address);
            let chime = start(&self.folder).await;
            self.client = Client::new(chime.address());
            self.chime = Some(chime);
        }
        for who in std::mem::take(&mut self.model.connected) {
            self.connect(&who).await;
        }
    }

    /// Creates the users, of whom Ann is an administrator, and channels of which they are members.
    async fn furnish(&mut self) {
        self.hold_everything().await;
        self.at += ", before its first step";
        for who in &PEOPLE[..5] {
            let input = json!({
                "AppInstanceArn": self.model.app, "AppInstanceUserId": who, "Name": who, "ClientRequestToken": format!("{who}-is-made"),
            });
            let who = (*who).to_owned();
            self.carry_out(&Operation { name: "CreateAppInstanceUser", who, input, ..Operation::default() })
                .await;
        }
        for who in &PEOPLE[..3] {
            self.connect(who).await;
        }
        let input = json!({ "AppInstanceAdminArn": self.model.user_arn("ann") });
        self.carry_out(&Operation {
            name: "CreateAppInstanceAdmin",
            who: "ann".into(),
            input,
            ..Operation::default()
        })
        .await;
        let processor = json!({
            "Name": "first", "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": { "Lambda": { "ResourceArn": FUNCTION, "InvocationType": "ASYNC" } },
        });
        let input = json!({ "AppInstanceArn": self.model.app, "Name": "first", "Processors": [processor], "ClientRequestToken": "first" });
        self.carry_out(&Operation { name: "CreateChannelFlow", input, ..Operation::default() }).await;
        let elastic = json!({ "MaximumSubChannels": 2, "TargetMembershipsPerSubChannel": 3, "MinimumMembershipPercentage": 40 });
        let input = json!({
            "AppInstanceArn": self.model.app, "ChannelId": "five", "Name": "five", "ClientRequestToken": "five",
            "ElasticChannelConfiguration": elastic,
        });
        let (by, channel) = ("ann".to_owned(), "five".to_owned());
        self.carry_out(&Operation { name: "CreateChannel", by, channel, input, ..Operation::default() })
            .await;
        for (channel, by) in [("one", "ann"), ("two", "bob")] {
            let people: Vec<_> = PEOPLE[..4].iter().map(|who| (*who).to_owned()).collect();
            let arns: Vec<_> = people.iter().map(|who| self.model.user_arn(who)).collect();
            let input = json!({
                "AppInstanceArn": self.model.app, "ChannelId": channel, "Name": channel, "MemberArns": arns, "ClientRequestToken": channel,
            });
            let (by, channel) = (by.to_owned(), channel.to_owned());
            self.carry_out(&Operation {
                name: "CreateChannel",
                by,
                channel,
                people,
                input,
                ..Operation::default()
            })
            .await;
        }
        let flow = self.model.flow_ids().next().expect("it was made").clone();
        let input = json!({ "ChannelFlowArn": self.model.flow_arn(&flow) });
        let (by, channel) = ("bob".to_owned(), "two".to_owned());
        self.carry_out(&Operation {
            name: "AssociateChannelFlow",
            by,
            channel,
            flow,
            input,
            ..Operation::default()
        })
        .await;
    }

    async fn step(&mut self, step: usize) {
        match self.dice.below(100) {
            0..3 => self.push_far().await,
            3 => {
                // What was hidden until now is deleted, and does not come back when messages are kept longer.
                self.push_far().await;
                self.model.forget_hidden();
                let days = self.dice.pick(&[None, Some(1), Some(2)]);
                let settings = days.map_or_else(
                    || json!({}),
                    |days| json!({ "ChannelRetentionSettings": { "RetentionDays": days } }),
                );
                let input = json!({ "AppInstanceRetentionSettings": settings });
                self.carry_out(&Operation {
                    name: "PutAppInstanceRetentionSettings",
                    input,
                    ..Operation::default()
                })
                .await;
            }
            8 => self.fail_to_invoke().await,
            4 if self.dice.below(2) == 0 => {
                self.restart().await;
                self.look_at_all().await;
            }
            5..8 => {
                let who = self.dice.pick(&PEOPLE);
                if self.model.connected.remove(who) {
                    self.sockets.remove(who);
                } else if self.model.users.contains_key(who) {
                    self.connect(who).await;
                }
            }
            _ => {
                let op = Operation::random(&self.model, &mut self.dice, &self.stranger, &self.messages, step);
                self.carry_out(&op).await;
            }
        }
        let (by, who, channel) =
            (self.dice.pick(&PEOPLE), self.dice.pick(&PEOPLE), self.dice.pick(&CHANNELS));
        let which = self.dice.below(READS.len() + LISTS.len());
        self.look(by, who, channel, which).await;
    }
}

/// Returns the next event of a session, or the code with which it was closed, if it was.
async fn next(sockets: &mut BTreeMap<String, Socket>, who: &str) -> Result<(String, Value), Option<u16>> {
    let socket = sockets.get_mut(who).ok_or(None)?;
    loop {
        let frame = tokio::time::timeout(Duration::from_secs(10), socket.next()).await.map_err(|_| None)?;
        match frame {
            Some(Ok(Message::Text(text))) => {
                let frame: Value = serde_json::from_str(&text).expect("JSON");
                let name = frame["Headers"]["x-amz-chime-event-type"].as_str().expect("a name").to_owned();
                return Ok((
                    name,
                    serde_json::from_str(frame["Payload"].as_str().ok_or(None)?).expect("JSON"),
                ));
            }
            Some(Ok(Message::Close(close))) => return Err(close.map(|close| close.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(None),
        }
    }
}

fn status_of(code: &str) -> u16 {
    match code {
        "BadRequest" | "ResourceLimitExceeded" => 400,
        "Forbidden" => 403,
        "NotFound" => 404,
        "Conflict" => 409,
        other => panic!("the model does not know {other}"),
    }
}

#[tokio::test]
async fn the_service_and_a_model_of_it_agree() {
    let (seeds, first) = (number("CHIMEFLOW_RANDOM", 3), number("CHIMEFLOW_RANDOM_SEED", 1));
    let steps = number("CHIMEFLOW_RANDOM_STEPS", 250);
    for seed in first..first + seeds {
        let mut world = World::new(seed).await;
        world.furnish().await;
        for step in 0..steps {
            world.at = format!("seed {seed}, step {step}");
            world.step(usize::try_from(step).expect("a number")).await;
        }
        world.at = format!("seed {seed}, at the end");
        world.restart().await;
        world.look_at_all().await;
        // An event that is sent to a session now follows all earlier ones.
        let members: Vec<_> = world.model.users.keys().cloned().collect();
        if let Some(by) = members.first().cloned() {
            let arns: Vec<_> = members.iter().map(|who| world.model.user_arn(who)).collect();
            let input = json!({
                "AppInstanceArn": world.model.app, "ChannelId": "last", "Name": "last", "MemberArns": arns, "ClientRequestToken": "last",
            });
            let op = Operation {
                name: "CreateChannel",
                by,
                channel: "last".into(),
                people: members,
                input,
                ..Operation::default()
            };
            world.carry_out(&op).await;
        }
        if seeds > 10 {
            eprintln!("seed {seed}: {steps} steps, which did {:?}", world.done);
        }
    }
}
