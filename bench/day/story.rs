//! What goes wrong on this day, when, and which alarms have to go off.

use std::time::Duration;

use chimeflow::local::{Fault, LocalChime, Planned};

use super::Failure;
use super::alarms::{Alarms, Expected, clock};
use super::extension::{Extension, RULES};
use super::lambda::Lambda;
use super::people::People;
use super::table::{Does, Table};

/// How many minutes the day has.
pub(crate) const MINUTES: u32 = 24 * 60;

const fn at(hour: u32, minute: u32) -> u32 {
    hour * 60 + minute
}

/// Something that happens.
#[derive(Clone, Copy)]
enum Happening {
    /// Lambda delivers this many of the next events twice.
    Duplicates(u32),
    /// The account's concurrency is used up, or there is room again.
    NoRoom(bool),
    /// The service throttles every callback.
    Throttling,
    /// The service takes this many callbacks, and the answers are lost.
    AnswersLost(u32),
    /// This many callbacks take longer than the function may.
    SlowCallbacks(u32),
    /// Environments of this many events hang until Lambda ends them.
    Hanging(usize),
    /// The function's role may not call back any more.
    Unauthorized,
    /// The service is as it should be again.
    ServiceFine,
    /// A rule set that is fine is deployed with `AppConfig`.
    GoodRules,
    /// `AppConfig` serves a rule set that does not load, as if it had no validator.
    BrokenRules,
    /// `AppConfig` cannot be reached, or can be again.
    Outage(bool),
    /// A version that cannot start gets a tenth of the events.
    BadDeployment,
    /// Somebody floods a channel, at what time. The table answers, or each environment counts for itself.
    Flood(&'static str, bool),
    /// Many people say the same.
    Raid,
    /// What rules count is in a table that does this.
    Table(Does),
}

/// How long the function leaves a table alone that fails, by the clock on the wall.
const PAUSE: Duration = Duration::from_secs(5);

/// The day, and what is not worth an alarm.
const DAY: [(u32, Happening); 27] = [
    // A few are always delivered twice.
    (at(1, 0), Happening::Duplicates(5)),
    // Everything that is sent in these minutes is answered within a minute after them.
    (at(3, 0), Happening::Throttling),
    (at(3, 3), Happening::ServiceFine),
    (at(5, 0), Happening::NoRoom(true)),
    (at(5, 3), Happening::NoRoom(false)),
    // Three answers that are lost, with the next attempt told that it comes too late.
    (at(6, 30), Happening::AnswersLost(3)),
    (at(8, 0), Happening::Flood("flood of the morning", true)),
    (at(9, 0), Happening::GoodRules),
    (at(10, 0), Happening::BrokenRules),
    (at(10, 20), Happening::GoodRules),
    (at(11, 0), Happening::Raid),
    (at(12, 0), Happening::Outage(true)),
    (at(12, 40), Happening::Outage(false)),
    // Ten minutes without the table.
    (at(13, 0), Happening::Table(Does::Hangs)),
    (at(13, 2), Happening::Flood("flood without a table", false)),
    (at(13, 5), Happening::Table(Does::IsDown)),
    (at(13, 10), Happening::Table(Does::Answers)),
    (at(14, 0), Happening::Duplicates(2_000)),
    (at(16, 0), Happening::BadDeployment),
    // Four messages are a minute late.
    (at(18, 0), Happening::SlowCallbacks(4)),
    (at(19, 0), Happening::Hanging(2)),
    (at(20, 0), Happening::Hanging(8)),
    (at(21, 0), Happening::Flood("flood of the evening", true)),
    // What is sent in the first two of these minutes is tried three times in vain.
    (at(22, 0), Happening::Unauthorized),
    (at(22, 5), Happening::ServiceFine),
    (at(22, 30), Happening::AnswersLost(1)),
    (at(23, 0), Happening::GoodRules),
];

/// The alarms that have to go off on a day of a hundred thousand messages, and between which minutes each has to begin. No other may,
/// and none at another time.
pub(crate) fn expected() -> Vec<Expected> {
    let alarm = |name, from, to| Expected { name, from, to };
    vec![
        // The service throttles: attempts take all their time and fail for three minutes, and those that are tried again come late.
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
        // CodeDeploy goes back within the minute; what failed until then is more than a single message.
        alarm("NewVersionErrors", at(16, 0), at(16, 0)),
        alarm("FunctionErrors", at(16, 4), at(16, 4)),
        alarm("FunctionErrors", at(20, 4), at(20, 4)),
        // The permission is gone: what every attempt failed on is in the queue, the rest comes late.
        alarm("CallbackRefused", at(22, 0), at(22, 0)),
        alarm("EventsDropped", at(22, 3), at(22, 3)),
        alarm("EventsWaitLong", at(22, 3), at(22, 3)),
        alarm("FunctionErrors", at(22, 4), at(22, 4)),
        alarm("FailedEventsWaiting", at(22, 4), at(22, 4)),
    ]
}

/// How many of the day's `messages` are sent in a minute of it: few at night, many in the afternoon.
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

/// Those that things happen to.
pub(crate) struct Stage<'a> {
    pub(crate) chime: &'a LocalChime,
    pub(crate) people: &'a People,
    pub(crate) lambda: &'a Lambda,
    pub(crate) extension: &'a Extension,
    pub(crate) table: &'a Table,
}

impl Stage<'_> {
    /// Has happen what happens in this minute.
    pub(crate) async fn act(&self, minute: u32) -> Result<(), Failure> {
        for (_, happening) in DAY.iter().filter(|(when, _)| *when == minute) {
            self.happen(minute, *happening).await?;
        }
        Ok(())
    }

    async fn happen(&self, minute: u32, happening: Happening) -> Result<(), Failure> {
        let callback = Some("ChannelFlowCallback".to_owned());
        let plan = |fault: Fault, times| self.chime.plan(Planned { times, ..fault.into() });
        match happening {
            Happening::Duplicates(times) => plan(Fault::DuplicateDelivery, times),
            Happening::NoRoom(none) => self.lambda.set_throttles(none),
            Happening::Throttling => plan(Fault::Throttle { operation: callback }, 0),
            Happening::AnswersLost(times) => plan(Fault::CallbackLost, times),
            Happening::SlowCallbacks(times) => plan(Fault::SlowCallback { millis: 5_000 }, times),
            Happening::Hanging(events) => self.lambda.hang(events),
            Happening::Unauthorized => plan(Fault::Unauthorized { operation: callback }, 0),
            Happening::ServiceFine => self.people.end_faults().await?,
            Happening::GoodRules => {
                // A comment is a change, too.
                self.extension.serve(format!("# {}\n{}", clock(minute), RULES));
            }
            Happening::BrokenRules => self.extension.serve("version = 1\n[[rule]]\nid = \"broken\"\n"),
            Happening::Outage(down) => self.extension.set_down(down),
            Happening::Flood(name, is_counted) => self.people.flood(name, is_counted, self.lambda).await?,
            Happening::Raid => self.people.raid(self.lambda).await?,
            Happening::Table(does) => {
                self.table.set(does);
                if does == Does::Answers {
                    tokio::time::sleep(PAUSE).await;
                }
            }
            Happening::BadDeployment => {
                self.lambda.shift(10, &[("CHIMEFLOW_RULES", "file:not-packaged.toml")]);
            }
        }
        Ok(())
    }

    /// Does what AWS does because of alarms: `CodeDeploy` takes a deployment back.
    pub(crate) fn react(&self, minute: u32, alarms: &Alarms) {
        if alarms.roll_back() && self.lambda.roll_back() {
            println!("  deploy  taken back at {}", clock(minute));
        }
    }
}
