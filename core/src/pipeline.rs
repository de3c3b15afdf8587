//! [`Pipeline`]: runs rules over a message.
//!
//! ```text
//! Pipeline ──start──> Run ──advance──> Ran | Done
//!                      ▲ └──────────> Asks(Update) ──the host's store──┐
//!                      └────────────── answer(Updated) ◄───────────────┘
//!                     Run ──finish──> Outcome
//! ```
//!
//! A run is pure: no I/O, no clock. It runs one rule at a time, so that the host can store what rules count, and can stop at a deadline.
//! Rules run in file order. `deny` and `pass` end the run for rules in enforce mode; rules in shadow mode still run, so that their hits are
//! counted. Each rule sees the text as edited by earlier rules; spans in the trace refer to the text as received.

mod counting;
mod edits;
mod foresight;
mod rounds;
mod rule_alone;
mod search;
mod sieve;

use std::mem;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use self::counting::{Counters, MessageCounts};
use self::edits::Replacements;
use self::foresight::Foresight;
use self::rounds::Rounds;
use self::search::Budgets;
use self::sieve::Bits;
use self::sieve::Sieve;
use crate::detect::Severity;
use crate::message::Message;
use crate::outcome::{Denial, Effect, Failure, Outcome, Span, Step, StepResult, Verdict};
use crate::rule::{Action, Empty, Mode, OnError, Rule, Tally};
use crate::state::{Key, Memory, Unavailable, Update, Updated};
use crate::text::{Draft, Edits, Format, TooLong};

/// Rules, ready to run.
#[derive(Debug)]
pub struct Pipeline {
    /// The rules, in order.
    pub rules: Vec<Rule>,
    /// How messages are encoded.
    pub(crate) format: Format,
    /// What to do with content that edits left empty.
    pub(crate) empty: Empty,
    /// The mask for spans where a rule's replacement does not fit.
    pub(crate) mask: char,
    /// What happens to a message if the rules cannot run to the end.
    pub on_error: OnError,
    /// Whether the rules file sets `on_error` explicitly.
    pub(crate) sets_on_error: bool,
    /// Identifies this set of rules in traces and logs.
    pub version: String,
    /// Determines which rules cannot find anything; see [`Self::sieved`].
    pub(crate) sieve: Option<Sieve>,
    /// Cached replacements that contain a kind.
    pub(crate) replacements: Replacements,
    /// What the rules that count share.
    pub(crate) counters: Counters,
}

impl Default for Pipeline {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            format: Format::default(),
            empty: Empty::default(),
            mask: '*',
            on_error: OnError::default(),
            sets_on_error: false,
            version: String::new(),
            sieve: None,
            replacements: Replacements::default(),
            counters: Counters::default(),
        }
    }
}

impl Pipeline {
    /// Returns this pipeline with a sieve, which skips rules that cannot find anything in a message. Call it once, last.
    pub(crate) fn sieved(mut self) -> Self {
        self.counters = Counters::of(&self.rules);
        self.sieve = Sieve::new(&mut self.rules);
        self
    }

    /// Returns this pipeline with `key`, which hides senders, channels and texts in the store.
    #[must_use]
    pub fn with_key(mut self, key: Key) -> Self {
        self.counters = self.counters.with_key(&self.rules, key);
        self
    }

    /// Returns whether any rule counts over time or records strikes, so that the pipeline needs a store.
    #[must_use]
    pub fn needs_store(&self) -> bool {
        self.counters.any()
    }

    /// Returns this pipeline with `on_error` as the default, which rules and the rules file override.
    #[must_use]
    pub fn or_on_error(mut self, on_error: OnError) -> Self {
        if self.sets_on_error {
            return self;
        }
        self.on_error = on_error;
        for rule in self.rules.iter_mut().filter(|rule| !rule.sets_on_error) {
            rule.on_error = on_error;
        }
        self
    }

    /// Begins to judge `message`.
    pub(crate) fn start(&self, message: Message) -> Run<'_> {
        let mut run = self.start_unsieved(message);
        run.sift();
        run
    }

    fn start_unsieved(&self, message: Message) -> Run<'_> {
        let draft = Draft::new(&message, &self.format);
        Run {
            pipeline: self,
            message,
            draft,
            trace: Vec::new(),
            position: 0,
            candidates: None,
            current: Current::default(),
            ended: None,
            budgets: Budgets::default(),
            rounds: Rounds::default(),
            acting: Tally::default(),
            all: Tally::default(),
            counts: MessageCounts::default(),
            foresight: Foresight::default(),
            decided: None,
        }
    }

    /// Judges `message` as if none had been sent before it. A message without a time counts as sent in 1970.
    #[must_use]
    pub fn run(&self, message: Message) -> Outcome {
        self.run_after(message, &mut Memory::default())
    }

    /// Judges `message` after the messages that `memory` holds, and records it there. A message without a time counts as sent in 1970.
    #[must_use]
    pub fn run_after(&self, message: Message, memory: &mut Memory) -> Outcome {
        let mut run = self.start(timed(message));
        run.run(memory);
        run.finish()
    }

    /// Judges `message` up to the first rule that counts. This part does not depend on other messages, so it can run for many messages
    /// at the same time. Rules that count cannot judge a message without a time.
    #[must_use]
    pub fn begin(&self, message: Message) -> Begun<'_> {
        let mut run = self.start(message);
        while run.step() == Progress::Ran {}
        Begun(run)
    }

    /// Judges `message` like [`Self::run_after`], with every rule in the trace, including those that found nothing. Also returns the id
    /// of each rule that counted, with a sentence for people on what it counted.
    #[must_use]
    pub fn explain_after(&self, message: Message, memory: &mut Memory) -> (Outcome, Vec<(Arc<str>, String)>) {
        let mut run = self.start_unsieved(timed(message));
        run.counts.explanations = Some(Vec::new());
        run.run(memory);
        let explanations = run.counts.explanations.take().unwrap_or_default();
        (run.finish(), explanations)
    }

    /// Judges `message` like [`Self::run`], with every rule in the trace, including those that found nothing.
    #[must_use]
    pub fn explain(&self, message: Message) -> Outcome {
        self.explain_after(message, &mut Memory::default()).0
    }
}

/// Returns `message` with a time: its own, or 1970.
fn timed(message: Message) -> Message {
    let sent = message.sent.or(Some(0));
    Message { sent, ..message }
}

/// A message that has been judged up to the first rule that counts.
#[derive(Debug)]
pub struct Begun<'p>(Run<'p>);

impl Begun<'_> {
    /// Runs the detectors of later rules ahead of their turn, which does not depend on other messages either. Without another core, this
    /// only costs time, because a rule that counts may end the run before them.
    #[must_use]
    pub fn ahead(mut self) -> Self {
        self.0.foresee();
        self
    }

    /// Judges the rest of the message after the messages that `memory` holds, and records it there.
    #[must_use]
    pub fn finish(mut self, memory: &mut Memory) -> Outcome {
        self.0.run(memory);
        self.0.finish()
    }
}

/// A message being judged.
#[derive(Debug)]
pub(crate) struct Run<'p> {
    pipeline: &'p Pipeline,
    message: Message,
    draft: Draft,
    trace: Vec<Step>,
    /// The index of the next rule.
    position: usize,
    /// The rules that may find something; all of them if there is no sieve.
    candidates: Option<Bits>,
    current: Current,
    ended: Option<Ended>,
    budgets: Budgets,
    /// The rules to run again.
    rounds: Rounds,
    /// What rules in enforce mode found; the conditions of rules in enforce mode refer to it.
    acting: Tally,
    /// What all rules found; the conditions of rules in shadow mode refer to it, to show what the rules would do if all of them were
    /// enforced.
    all: Tally,
    counts: MessageCounts,
    /// What detectors found before their rules were reached.
    foresight: Foresight,
    /// The verdict, once every rule was run.
    decided: Option<Verdict>,
}

/// The progress of the current rule.
#[derive(Debug, Default)]
struct Current {
    detector: usize,
    finds: Vec<Located>,
    /// Spans in whole fields, which are never edited.
    whole_fields: Vec<Span>,
}

/// What ended the run for rules in enforce mode.
#[derive(Debug)]
struct Ended {
    by: Arc<str>,
    denial: Option<Denial>,
}

/// A finding and its position.
#[derive(Clone, Debug)]
struct Located {
    text: usize,
    part: usize,
    range: Range<usize>,
    detector: &'static str,
    kind: &'static str,
    severity: Option<Severity>,
}

impl Located {
    /// Returns the key that findings are sorted by.
    fn order(&self) -> (usize, usize, usize, usize, &'static str, &'static str) {
        // Detector names come last, so that the order of keys in `find` does not matter.
        (self.text, self.part, self.range.start, self.range.end, self.kind, self.detector)
    }
}

/// How to continue a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress<U = Update> {
    /// A rule was run. Call [`Run::advance`] again.
    Ran,
    /// Rules count. Carry out the update, and call [`Run::answer`] and then [`Run::advance`] again.
    Asks(U),
    /// Every rule was run. Call [`Run::finish`].
    Done,
}

impl Run<'_> {
    /// Runs the rules that are left after the messages that `memory` holds.
    fn run(&mut self, memory: &mut Memory) {
        let now = self.message.time().unwrap_or_default() / 1000;
        loop {
            match self.step() {
                Progress::Ran => {}
                Progress::Asks(()) => self.counts.carry_out(memory, now),
                Progress::Done => return,
            }
        }
    }

    /// Runs the next rule. Returns how to continue.
    pub(crate) fn advance(&mut self) -> Progress {
        match self.step() {
            Progress::Ran => Progress::Ran,
            Progress::Asks(()) => self.counts.update().map_or(Progress::Ran, Progress::Asks),
            Progress::Done => Progress::Done,
        }
    }

    /// Does the same, and leaves the update where it is.
    fn step(&mut self) -> Progress<()> {
        if self.counts.is_due() {
            return Progress::Asks(());
        }
        if let Some(candidates) = &self.candidates {
            self.position = candidates.next(self.position);
        }
        let Some(rule) = self.pipeline.rules.get(self.position) else {
            return if self.run_again() { Progress::Ran } else { self.close() };
        };
        let counts = self.pipeline.needs_store() && rule.counts();
        if let Some(ended) = self.ended.as_ref().filter(|_| rule.mode == Mode::Enforce || counts) {
            let by = ended.by.clone();
            self.conclude(rule, StepResult::Ended { by });
            return Progress::Ran;
        }
        if let Some(outside) = rule.scope.excludes(&self.message) {
            self.conclude(rule, StepResult::Outside(outside));
            return Progress::Ran;
        }
        if counts && self.message.time().is_none() {
            return self.fail(rule, Failure::Event);
        }
        if counts && self.must_count(rule) {
            return self.request_counts();
        }
        let tally = if rule.mode == Mode::Enforce { &self.acting } else { &self.all };
        if !rule.when.as_ref().is_none_or(|when| when.holds(tally)) {
            self.conclude(rule, StepResult::Unmet);
            return Progress::Ran;
        }
        while let Some(detector) = rule.find.get(self.current.detector) {
            let found = match detector.counter() {
                None => self.search(rule, detector).map(Some),
                Some(counter) => self.count(rule, counter),
            };
            match found {
                Ok(None) => return self.request_counts(),
                Ok(Some(true)) => self.current.detector += 1,
                Ok(Some(false)) => {
                    self.conclude(rule, StepResult::Miss);
                    return Progress::Ran;
                }
                Err(failure) => return self.fail(rule, failure),
            }
        }
        self.hit(rule);
        Progress::Ran
    }

    /// Returns whether every rule was run.
    pub(crate) fn is_done(&self) -> bool {
        let next =
            self.candidates.as_ref().map_or(self.position, |candidates| candidates.next(self.position));
        next >= self.pipeline.rules.len()
    }

    /// Determines the verdict after the last rule, and prepares what must be recorded about the sender.
    fn close(&mut self) -> Progress<()> {
        if self.decided.is_none() {
            let verdict = self.verdict();
            self.prepare_closing(&verdict);
            self.decided = Some(verdict);
        }
        if self.counts.is_due() { Progress::Asks(()) } else { Progress::Done }
    }

    /// Determines which rules can be skipped.
    fn sift(&mut self) {
        self.candidates = self.pipeline.sieve.as_ref().map(|sieve| sieve.candidates(&self.draft));
    }

    /// Determines them again after an edit, if this run has a sieve.
    fn sift_again(&mut self) {
        if self.candidates.is_some() {
            self.sift();
        }
    }

    /// Continues with the store's answer to the requested update.
    pub(crate) fn answer(&mut self, updated: Result<Updated, Unavailable>) {
        self.counts.answer(updated);
    }

    /// Returns the verdict of the rules that ran, and the trace. Rules that did not run count as ended.
    pub(crate) fn finish(&mut self) -> Outcome {
        let verdict = self.decided.take().unwrap_or_else(|| self.verdict());
        Outcome { verdict, trace: mem::take(&mut self.trace), score: self.acting.score }
    }

    /// Ends the run early because of `failure`; the default `on-error` decides what happens to the message.
    pub(crate) fn abandon(&mut self, failure: Failure) -> Outcome {
        let mut rest = self.pipeline.rules[self.position..].iter();
        if let Some(rule) = rest.next() {
            let by = &rule.id;
            let stopped = StepResult::Failed(failure);
            let unreached = |rule: &Rule| Step {
                rule: rule.id.clone(),
                mode: rule.mode,
                result: StepResult::Ended { by: by.clone() },
                points: 0,
            };
            let rest: Vec<_> = rest.map(unreached).collect();
            self.trace.push(Step { rule: by.clone(), mode: rule.mode, result: stopped, points: 0 });
            self.trace.extend(rest);
        }
        if self.ended.is_none() && self.pipeline.on_error == OnError::Deny {
            let verdict = Verdict::Denied(Denial::Unjudged(failure));
            return Outcome { verdict, trace: mem::take(&mut self.trace), score: self.acting.score };
        }
        self.finish()
    }

    /// Performs the action of `rule`, after all of its detectors found something.
    fn hit(&mut self, rule: &Rule) {
        let mut finds = mem::take(&mut self.current.finds);
        finds.sort_by_key(Located::order);
        let mut spans = self.spans(&finds);
        spans.append(&mut self.current.whole_fields);
        let effect = match (&rule.action, rule.mode) {
            (None, _) | (_, Mode::Shadow) => Effect::None,
            (Some(Action::Deny), _) => {
                self.ended = Some(Ended { by: rule.id.clone(), denial: Some(Denial::Rule(rule.id.clone())) });
                Effect::Denied
            }
            (Some(Action::Pass), _) => {
                self.ended = Some(Ended { by: rule.id.clone(), denial: None });
                Effect::Passed
            }
            (Some(Action::Annotate(members)), _)
                if self.draft.annotate(&self.message, members, self.pipeline.mask) =>
            {
                Effect::Edited
            }
            (Some(action), _) if self.edit(self.position, action, &finds) => Effect::Edited,
            _ => Effect::None,
        };
        let position = self.position;
        let points = rule.points.of(&spans);
        self.all.add(position, rule, points);
        if rule.mode == Mode::Enforce {
            self.acting.add(position, rule, points);
            self.counts.strikes = self.counts.strikes.saturating_add(rule.strikes);
        }
        self.conclude_with(rule, StepResult::Hit { spans, effect }, points);
    }

    /// Returns where `finds` are in the message as received.
    fn spans(&self, finds: &[Located]) -> Vec<Span> {
        let span = |find: &Located| {
            let text = &self.draft.texts()[find.text];
            let range = text.parts()[find.part].raw_range(find.range.clone());
            let Located { detector, kind, severity, .. } = *find;
            Span { field: text.field(), range, detector, kind, severity }
        };
        finds.iter().map(span).collect()
    }

    fn fail(&mut self, rule: &Rule, failure: Failure) -> Progress<()> {
        if (rule.mode, rule.on_error) == (Mode::Enforce, OnError::Deny) {
            let denial = Some(Denial::Error(rule.id.clone(), failure));
            self.ended = Some(Ended { by: rule.id.clone(), denial });
        }
        self.conclude(rule, StepResult::Failed(failure));
        Progress::Ran
    }

    fn conclude(&mut self, rule: &Rule, result: StepResult) {
        self.conclude_with(rule, result, 0);
    }

    fn conclude_with(&mut self, rule: &Rule, result: StepResult, points: i64) {
        self.trace.push(Step { rule: rule.id.clone(), mode: rule.mode, result, points });
        self.position += 1;
        self.current = Current::default();
    }

    fn verdict(&mut self) -> Verdict {
        if let Some(denial) = self.ended.take().and_then(|ended| ended.denial) {
            return Verdict::Denied(denial);
        }
        if !self.draft.is_edited() {
            return Verdict::Unchanged;
        }
        if self.draft.content_is_gone() {
            match &self.pipeline.empty {
                Empty::Deny => return Verdict::Denied(Denial::Empty),
                Empty::Text(text) => self.draft.fill_content(text),
            }
        }
        match self.draft.finish(&self.message, self.pipeline.mask) {
            Ok(edits) if edits == Edits::default() => Verdict::Unchanged,
            Ok(edits) => Verdict::Edited(edits),
            Err(TooLong(field)) => Verdict::Denied(Denial::TooLong(field)),
        }
    }
}

/// Runs a detector's code. A panic fails only that rule, never the reply.
fn fenced<T>(code: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(code)).map_err(|_| Failure::Panic)
}

#[cfg(test)]
mod tests;
