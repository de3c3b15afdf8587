//! `strikes`: finds messages of a sender who received strikes recently.

use serde::Deserialize;

use super::{Counter, Counting, Occasion, Subject, WITHIN};
use crate::detect::{Detector, Example, Problem, Rulebook, Settings};
use crate::shape::{Key, Shape, Table};
use crate::state::{DURATION, LogAnswer, LogRequest, Recording, Strike, parse_duration, show_duration};

/// Settings of `strikes`.
#[derive(Debug, Deserialize)]
pub(in crate::detect) struct Strikes {
    min: u32,
    within: String,
    mute: Option<String>,
}

impl Settings for Strikes {
    const NAME: &'static str = "strikes";
    const SUMMARY: &'static str = "messages of a sender who has strikes: mutes that end by themselves";
    const EXAMPLES: &'static [Example] = &[];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`strikes`", "{ min = 3, within = \"1h\" }", &[
        Key::new("min", Shape::Integer { min: 1, max: 1000 }, "How many strikes a sender must have. Rules record them with the key `strikes`.").required(),
        WITHIN,
        Key::new("mute", DURATION, "How long the sender stays found after the strike that reached `min`.").default("as long as there are `min` strikes `within` the time"),
    ]));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let (within, mute) = (parse_duration(&self.within)?, self.mute.as_deref().map(parse_duration));
        Ok(Box::new(Counting(StrikeCounter { min: self.min, within, mute: mute.transpose()? })))
    }
}

/// Sums up strikes.
#[derive(Debug)]
struct StrikeCounter {
    min: u32,
    /// Milliseconds.
    within: i64,
    /// Milliseconds.
    mute: Option<i64>,
}

impl StrikeCounter {
    /// Returns whether the strikes up to `until` in `within` before it reach the minimum.
    fn reached(&self, strikes: &[Strike], until: i64) -> bool {
        let counts = |strike: &&Strike| until - self.within < strike.at && strike.at <= until;
        strikes.iter().filter(counts).map(|strike| strike.weight).sum::<u32>() >= self.min
    }
}

impl Counter for StrikeCounter {
    fn requests(&self, occasion: &Occasion<'_>) -> Vec<(Subject, LogRequest)> {
        // The strikes of this very message, of another delivery, are not earlier than it.
        let entry = occasion.entry(String::new());
        vec![(
            Subject::Sender,
            LogRequest { log: occasion.strikes.clone(), recording: Recording::Nothing, entry },
        )]
    }

    fn finds(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> bool {
        answers.iter().any(|answer| {
            let LogAnswer::Window(entries) = answer else { return false };
            let strikes = Strike::read(entries);
            match self.mute {
                None => self.reached(&strikes, occasion.at),
                Some(mute) => strikes
                    .iter()
                    .any(|strike| occasion.at - mute < strike.at && self.reached(&strikes, strike.at)),
            }
        })
    }

    fn explain(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> String {
        let Some(LogAnswer::Window(entries)) = answers.first() else { return "unknown".to_owned() };
        let strikes = Strike::read(entries);
        let lately = strikes.iter().filter(|strike| occasion.at - self.within < strike.at);
        let sum: u32 = lately.map(|strike| strike.weight).sum();
        let counted = format!("{sum} of {} strikes in {}", self.min, show_duration(self.within));
        match self.mute {
            Some(mute) if self.finds(occasion, answers) => {
                format!("{counted}; muted for {}", show_duration(mute))
            }
            _ => counted,
        }
    }

    fn keeps(&self) -> (Subject, i64) {
        (Subject::Sender, self.strikes_within().unwrap_or(0) / 1000)
    }

    fn takes(&self) -> (usize, usize) {
        // All rules read the same log, and write nothing to it with this update.
        (0, 0)
    }

    fn strikes_within(&self) -> Option<i64> {
        Some(self.within + self.mute.unwrap_or(0))
    }
}
