//! [`Target`]: something whose cost is looked at: a rule, or all rules together.

use std::hint::black_box;
use std::time::Duration;

use chimeflow::detect::{Budget, Context, Found};
use chimeflow::message::Message;
use chimeflow::outcome::StepResult;
use chimeflow::pipeline::Pipeline;
use chimeflow::rules::Rule;
use chimeflow::text::View;
use rustix::time::{ClockId, clock_gettime};

/// Something whose cost is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<'p> {
    /// What one rule finds with.
    Rule(&'p Rule),
    /// A message's way through all rules.
    Whole(&'p Pipeline),
}

/// What a message cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub time: Duration,
    /// What was spent of the budget, by all detectors of a rule.
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

    /// What `text` costs once. Reading and folding it is part of that.
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

    /// What `text` costs when nothing else gets between: the least of `times` times.
    pub(crate) fn least(&self, text: &str, times: usize) -> Cost {
        let costs = (0..times).map(|_| self.cost(text));
        costs.min_by_key(|cost| cost.time).unwrap_or_default()
    }
}

/// How long the processor has worked for this thread: what it does for others in between is none of its business.
fn worked() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}
