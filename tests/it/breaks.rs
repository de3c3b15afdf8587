//! A detector that breaks, in every way that one can.
#![expect(clippy::disallowed_methods, reason = "it looks whether it is started as a function")]

use chimeflow::detect::{
    Context, Detector, Detectors, Example, Exhausted, Found, Problem, Rulebook, Settings,
};
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
    fn find(&self, text: &View, cx: &mut Context<'_>, _: &mut Found) -> Result<(), Exhausted> {
        match self {
            Self::Panic => assert!(!text.text().contains("boom"), "cannot stand {}", text.text()),
            Self::Budget => cx.budget.spend(u64::MAX)?,
        }
        Ok(())
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
