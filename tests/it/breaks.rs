//! A detector that breaks, in every way that one can.
#![expect(clippy::disallowed_methods, reason = "it looks whether it is started as a function")]

use chimeflow::detect::{
    Answer, Context, Detector, Detectors, Example, Exhausted, Found, Problem, Question, Rulebook, Settings,
};
use chimeflow::message::Message;
use chimeflow::text::View;
use serde::Deserialize;

/// `find = { breaks = "..." }`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Breaks {
    /// Panics over a text with `boom` in it, and says the text.
    Panic,
    /// Spends more than there is.
    Budget,
    /// Asks the host for a number, and finds the message if there is one.
    Ask,
}

impl Settings for Breaks {
    const NAME: &'static str = "breaks";
    const SUMMARY: &'static str = "nothing: it breaks";
    const EXAMPLES: &'static [Example] = &[];

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for Breaks {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        match self {
            Self::Panic => assert!(!text.text().contains("boom"), "cannot stand {}", text.text()),
            Self::Budget => cx.budget.spend(u64::MAX)?,
            Self::Ask => {
                if matches!(cx.answer, Some(Answer::Count(count)) if *count > 0) {
                    found.whole_message();
                }
            }
        }
        Ok(())
    }

    fn ask(&self, _: &Message) -> Option<Question> {
        matches!(self, Self::Ask).then(|| Question { port: "counter", key: "sender".into() })
    }
}

/// Every detector, and the one that breaks.
pub(crate) fn detectors() -> Detectors {
    Detectors::builtin().with::<Breaks>()
}

/// The processor with the detector that breaks: not a test, but what `canary` starts this program as.
#[test]
fn processor_that_breaks() {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        let _ = chimeflow::aws::run(detectors());
    }
}
