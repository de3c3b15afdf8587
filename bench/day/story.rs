//! The incidents of this day, their times, and the alarms that must go off.

use std::time::Duration;

use chimeflow::local::{Fault, LocalChime, Planned};

use super::Failure;
use super::alarms::{Alarms, Expected, clock};
use super::extension::{Extension, RULES};
use super::lambda::Lambda;
use super::people::People;
use super::table::{Behavior, Table};

/// The number of minutes in the day.
pub(crate) const MINUTES: u32 = 24 * 60;

const fn at(hour: u32, minute: u32) -> u32 {
    hour * 60 + minute
}

/// An event of the day.
#[derive(Clone, Copy)]
enum Incident {
    /// Lambda delivers this many of the next events twice.
    Duplicates(u32),
    /// The account's concurrency is used up, or is available again.
    NoRoom(bool),
    /// The service throttles every callback.
    Throttling,
    /// The service accepts this many callbacks, and the responses are lost.
    AnswersLost(u32),
    /// This many callbacks take longer than the function may.
    SlowCallbacks(u32),
    /// Environments of this many events hang until Lambda ends them.
    Hanging(usize),
    /// The function's role no longer allows the callback.
    Unauthorized,
    /// The service works normally again.
    ServiceFine,
    /// A valid rules file is deployed with `AppConfig`.
    GoodRules,
    /// `AppConfig` serves a rules file that does not load, as if it had no validator.
    BrokenRules,
    /// `AppConfig` cannot be reached, or can be again.
    Outage(bool),
    /// A version that cannot start gets a tenth of the events.
    BadDeployment,
    /// A user floods a channel: the name of the flood, and whether the table counts it or each environment for itself.
    Flood(&'static str, bool),
    /// Many users send the same text.
    Raid,
    /// The table with the counts behaves like this from now on.
    Table(Behavior),
}

/// How long the function sends no request to a table that fails, in real time.
const PAUSE: Duration = Duration::from_secs(5);

/// The incidents of the day, including those that are not worth an alarm.
const DAY: [(u32, Incident); 27] = [
    // A few are always delivered twice.
    (at(1, 0), Incident::Duplicates(5)),
    // Everything that is sent in these minutes is answered within a minute after them.
    (at(3, 0), Incident::Throttling),
    (at(3, 3), Incident::ServiceFine),
    (at(5, 0), Incident::NoRoom(true)),
    (at(5, 3), Incident::NoRoom(false)),
    // Three responses are lost, and each next attempt is refused because it comes too late.
    (at(6, 30), Incident::AnswersLost(3)),
    (at(8, 0), Incident::Flood("flood of the morning", true)),
    (at(9, 0), Incident::GoodRules),
    (at(10, 0), Incident::BrokenRules),
    (at(10, 20), Incident::GoodRules),
    (at(11, 0), Incident::Raid),
    (at(12, 0), Incident::Outage(true)),
    (at(12, 40), Incident::Outage(false)),
    // Ten minutes without the table.
    (at(13, 0), Incident::Table(Behavior::Hangs)),
    (at(13, 2), Incident::Flood("flood without a table", false)),
    (at(13, 5), Incident::Table(Behavior::IsDown)),
    (at(13, 10), Incident::Table(Behavior::Answers)),
    (at(14, 0), Incident::Duplicates(2_000)),
    (at(16, 0), Incident::BadDeployment),
    // Four messages are a minute late.
    (at(18, 0), Incident::SlowCallbacks(4)),
    (at(19, 0), Incident::Hanging(2)),
    (at(20, 0), Incident::Hanging(8)),
    (at(21, 0), Incident::Flood("flood of the evening", true)),
    // All three attempts fail for messages of the first two of these minutes.
    (at(22, 0), Incident::Unauthorized),
    (at(22, 5), Incident::ServiceFine),
    (at(22, 30), Incident::AnswersLost(1)),
    (at(23, 0), Incident::GoodRules),
];

/// The alarms that must go off on a day of a hundred thousand messages, and between which minutes each must begin. No other alarm may go
/// off, and none at another time.
pub(crate) fn expected() -> Vec<Expected> {
    let alarm = |name, from, to| Expected { name, from, to };
    vec![
        // The service throttles: for three minutes attempts use all their time and fail, and retried messages are late.
        alarm("Slow", at(3, 2), at(3, 2)),
        alarm("CallbackFailed", at(3, 1), at(3, 1)),
        alarm("EventsWaitLong", at(3, 3), at(3, 3)),
        alarm("FunctionErrors", at(3, 4), at(3, 4)),
        alarm("Throttles", at(5, 2), at(5, 2)),
        alarm("RulesRefused", at(10, 1), at(10, 3)),
        alarm("RulesRefused", at(12, 1), at(12, 3)),
        // The table fails. Whether a sender is muted cannot be known then.
        alarm("StateBypassed", at(13, 4), at(13, 4)),
        alarm("RuleFailures", at(13, 4), at(13, 4)),
        alarm("ManyDuplicates", at(14, 14), at(14, 14)),
        // CodeDeploy rolls back within the minute; more than one message has failed by then.
        alarm("NewVersionErrors", at(16, 0), at(16, 0)),
        alarm("FunctionErrors", at(16, 4), at(16, 4)),
        alarm("FunctionErrors", at(20, 4), at(20, 4)),
        // The permission is missing: messages on which every attempt failed are in the queue, the others are late.
        alarm("CallbackRefused", at(22, 0), at(22, 0)),
        alarm("EventsDropped", at(22, 3), at(22, 3)),
        alarm("EventsWaitLong", at(22, 3), at(22, 3)),
        alarm("FunctionErrors", at(22, 4), at(22, 4)),
        alarm("FailedEventsWaiting", at(22, 4), at(22, 4)),
    ]
}

/// Returns how many of the day's `messages` are sent in this minute: few at night, many in the afternoon.
pub(crate) fn messages_in(minute: u32, messages: u32) -> u32 {
    let until = |minute: u32| {
        let day = f64::from(minute.min(MINUTES)) / f64::from(MINUTES);
        // The integral of a wave with its peak at three in the afternoon.
        let wave = std::f64::consts::TAU;
        let peak = 15.0 / 24.0;
        let share = day + 0.8 / wave * ((wave * (day - peak)).sin() + (wave * peak).sin());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is between 0 and the messages"
        )]
        let until = (f64::from(messages) * share).round() as u32;
        until
    };
    until(minute + 1) - until(minute)
}

/// The parts of the environment that incidents affect.
pub(crate) struct Stage<'a> {
    pub(crate) chime: &'a LocalChime,
    pub(crate) people: &'a People,
    pub(crate) lambda: &'a Lambda,
    pub(crate) extension: &'a Extension,
    pub(crate) table: &'a Table,
}

impl Stage<'_> {
    /// Starts the incidents of this minute.
    pub(crate) async fn act(&self, minute: u32) -> Result<(), Failure> {
        for (_, incident) in DAY.iter().filter(|(when, _)| *when == minute) {
            self.start(minute, *incident).await?;
        }
        Ok(())
    }

    async fn start(&self, minute: u32, incident: Incident) -> Result<(), Failure> {
        let callback = Some("ChannelFlowCallback".to_owned());
        let plan = |fault: Fault, times| self.chime.plan(Planned { times, ..fault.into() });
        match incident {
            Incident::Duplicates(times) => plan(Fault::DuplicateDelivery, times),
            Incident::NoRoom(none) => self.lambda.set_throttles(none),
            Incident::Throttling => plan(Fault::Throttle { operation: callback }, 0),
            Incident::AnswersLost(times) => plan(Fault::CallbackLost, times),
            Incident::SlowCallbacks(times) => plan(Fault::SlowCallback { millis: 5_000 }, times),
            Incident::Hanging(events) => self.lambda.hang(events),
            Incident::Unauthorized => plan(Fault::Unauthorized { operation: callback }, 0),
            Incident::ServiceFine => self.people.end_faults().await?,
            Incident::GoodRules => {
                // A comment is a change, too.
                self.extension.serve(format!("# {}\n{}", clock(minute), RULES));
            }
            Incident::BrokenRules => self.extension.serve("version = 1\n[[rule]]\nid = \"broken\"\n"),
            Incident::Outage(down) => self.extension.set_down(down),
            Incident::Flood(name, is_counted) => self.people.flood(name, is_counted, self.lambda).await?,
            Incident::Raid => self.people.raid(self.lambda).await?,
            Incident::Table(behavior) => {
                self.table.set(behavior);
                if behavior == Behavior::Answers {
                    tokio::time::sleep(PAUSE).await;
                }
            }
            Incident::BadDeployment => {
                self.lambda.shift(10, &[("CHIMEFLOW_RULES", "file:not-packaged.toml")]);
            }
        }
        Ok(())
    }

    /// Reacts to alarms as AWS does: `CodeDeploy` rolls a deployment back.
    pub(crate) fn react(&self, minute: u32, alarms: &Alarms) {
        if alarms.roll_back() && self.lambda.roll_back() {
            println!("  deploy  taken back at {}", clock(minute));
        }
    }
}
