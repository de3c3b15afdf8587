//! [`Target`]: what is measured: a rule, or all rules together.

use std::hint::black_box;
use std::time::Duration;

use chimeflow::detect::{Budget, Context, Found};
use chimeflow::message::Message;
use chimeflow::outcome::StepResult;
use chimeflow::pipeline::Pipeline;
use chimeflow::rules::Rule;
use chimeflow::text::View;
use rustix::time::{ClockId, clock_gettime};

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<'p> {
    /// The detectors of one rule.
    Rule(&'p Rule),
    /// All rules together.
    Whole(&'p Pipeline),
}

/// The cost of a message.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub time: Duration,
    /// The units of the budget that all detectors of a rule spent.
    pub units: u64,
    /// Whether a detector gave up.
    pub exhausted: bool,
}

impl Target<'_> {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Rule(rule) => &rule.id,
            Self::Whole(_) => "all rules",
        }
    }

    /// Measures the cost of `text` once, including reading and folding it.
    pub(crate) fn cost(&self, text: &str) -> Cost {
        let message = Message { content: text.to_owned(), ..Message::default() };
        match self {
            Self::Rule(rule) => {
                let (mut units, mut exhausted) = (0, false);
                let start = worked();
                let view = View::new(text);
                for detector in &rule.find {
                    let mut cx = Context { message: &message, budget: Budget::RULE };
                    let mut found = Found::default();
                    exhausted |= detector.find(&view, &mut cx, &mut found).is_err();
                    units += Budget::RULE.left() - cx.budget.left();
                    black_box(&found);
                }
                Cost { time: worked().saturating_sub(start), units, exhausted }
            }
            Self::Whole(pipeline) => {
                let start = worked();
                let outcome = black_box(pipeline.run(message));
                let time = worked().saturating_sub(start);
                let exhausted = outcome.trace.iter().any(|step| matches!(step.result, StepResult::Failed(_)));
                Cost { time, units: 0, exhausted }
            }
        }
    }

    /// Returns the cost of `text` without interference: the minimum of `times` measurements.
    pub(crate) fn least(&self, text: &str, times: usize) -> Cost {
        let costs = (0..times).map(|_| self.cost(text));
        costs.min_by_key(|cost| cost.time).unwrap_or_default()
    }
}

/// Returns the processor time of this thread, which does not include the time for other threads.
fn worked() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}
