//! A detector that fails in every possible way.
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
    /// Panics over a text with `boom` in it, and prints the text.
    Panic,
    /// Spends more than the budget.
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

/// Returns every detector, including the one that fails.
pub(crate) fn detectors() -> Detectors {
    Detectors::builtin().with::<Breaks>()
}

/// Runs the processor with the detector that fails. This is not a test: `canary` starts this program in this mode.
#[test]
fn processor_that_breaks() {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        let _ = chimeflow::aws::run(detectors());
    }
}
