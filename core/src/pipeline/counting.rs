//! Requests the counts of rules from the store: one request for each subject of a message (its sender, its channel, its content), whatever
//! the number of rules.
//!
//! When a run reaches the first rule that counts, it requests the counts of that rule and of all later ones that do not depend on findings.
//! Rules with a condition, or with other detectors that must find something first, request theirs when they run. After `deny` or `pass`,
//! nothing is requested.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::{Progress, Run, fenced};
use crate::detect::{Codes, ComparedContent, Counter, Occasion, Subject};
use crate::message::{Field, Message};
use crate::outcome::{Failure, Verdict};
use crate::rule::{Finder, Rule};
use crate::state::{
    Key, Log, LogAnswer, LogRequest, MOST_BYTES, Memory, Next, Plan, Strike, Unavailable, Update, Updated,
};
use crate::text::{Draft, Part, Text};

/// The data that the counting rules of a pipeline share.
#[derive(Debug)]
pub(crate) struct Counters {
    /// The key that hides senders, channels and texts in the store.
    key: Key,
    /// The key of sketches, derived from it.
    sketches: u128,
    /// The log in which the strikes of a sender are recorded.
    strikes: Log,
    /// The number that identifies each rule in the store; 0 for rules that do not count.
    rules: Vec<u128>,
    /// How long the items of a sender, a channel and a content must be kept after a message, in seconds.
    keeps: [i64; 3],
    /// In which part of the item of its subject each detector counts.
    pub(super) parts: BTreeMap<Place, usize>,
    /// Whether any rule counts.
    any: bool,
}

/// How many requests an update carries at most. The table takes expressions of 4 KB with 300 operators at most, of which a request needs up
/// to 130 bytes and 11.
const MOST_REQUESTS: usize = 24;

impl Default for Counters {
    fn default() -> Self {
        let (key, strikes) = (Key::default(), Strike::log(0));
        let (rules, parts) = (Vec::new(), BTreeMap::new());
        Self { key, sketches: 0, strikes, rules, keeps: [0; 3], parts, any: false }
    }
}

impl Counters {
    /// Returns the data that `rules` share.
    pub(super) fn of(rules: &[Rule]) -> Self {
        if !rules.iter().any(Rule::needs_store) {
            return Self::default();
        }
        let counters = || rules.iter().flat_map(|rule| &rule.find).filter_map(|finder| finder.counter());
        let strikes = Strike::log(counters().filter_map(Counter::strikes_within).max().unwrap_or(0));
        let mut keeps = [0; 3];
        if counters().any(|counter| counter.strikes_within().is_some()) {
            keeps[0] = strikes.keeps();
        }
        for (subject, seconds) in counters().map(Counter::keeps) {
            let longest = &mut keeps[index(&subject)];
            *longest = seconds.max(*longest);
        }
        let gives_strikes = rules.iter().any(|rule| rule.strikes > 0);
        let parts = parts(rules, if gives_strikes { Strike::most_bytes(&strikes) } else { 0 });
        Self { strikes, keeps, parts, any: true, ..Self::default() }.with_key(rules, Key::default())
    }

    /// Returns these counters with another key.
    pub(super) fn with_key(self, rules: &[Rule], key: Key) -> Self {
        if !self.any {
            return self;
        }
        let code = |rule: &Rule| if rule.counts() { key.number(&["rule", &rule.id]) } else { 0 };
        let (rules, sketches) = (rules.iter().map(code).collect(), Codes::key_of_sketches(&key));
        Self { key, sketches, rules, ..self }
    }

    /// Returns the key of a part of the item of `subject`, and when the item expires, in seconds since 1970, after a message sent at `at`,
    /// in milliseconds.
    fn item(
        &self,
        subject: &Subject,
        part: usize,
        message: &Message,
        codes: &Codes,
        at: i64,
    ) -> (String, i64) {
        let mut item = codes.item(subject, message, &self.key);
        if part > 0 {
            item.push('.');
            item.push_str(&part.to_string());
        }
        (item, at / 1000 + self.keeps[index(subject)])
    }

    /// Returns whether any rule counts.
    pub(super) const fn any(&self) -> bool {
        self.any
    }
}

/// Returns in which part of the item of its subject each detector of `rules` counts. Few files have so many rules that there is more than
/// one. Strikes, which take `strikes` bytes, are in the first one of a sender.
fn parts(rules: &[Rule], strikes: usize) -> BTreeMap<Place, usize> {
    // The part of each subject, and what is in it.
    let mut last = [(0, 0, strikes), (0, 0, 0), (0, 0, 0)];
    let mut parts = BTreeMap::new();
    for (position, rule) in rules.iter().enumerate() {
        for (at, finder) in rule.find.iter().enumerate() {
            let Some(counter) = finder.counter().filter(|counter| counter.strikes_within().is_none()) else {
                continue;
            };
            let (requests, bytes) = counter.takes();
            let (part, used, filled) = &mut last[index(&counter.keeps().0)];
            let is_full = *used + requests > MOST_REQUESTS || *filled + bytes > MOST_BYTES;
            if is_full && *filled > 0 {
                (*part, *used, *filled) = (*part + 1, 0, 0);
            }
            *used += requests;
            *filled += bytes;
            parts.insert((position, at), *part);
        }
    }
    parts
}

pub(super) fn index(subject: &Subject) -> usize {
    match subject {
        Subject::Sender => 0,
        Subject::Channel => 1,
        Subject::Content(_) => 2,
    }
}

/// The counts of a message so far.
#[derive(Debug, Default)]
pub(super) struct MessageCounts {
    /// The answers for each counting detector. `None` if the store did not answer.
    answers: Vec<(Place, Answers)>,
    /// The requests that are not answered yet.
    pending: VecDeque<SubjectRequests>,
    /// The plans whose requests are answered.
    done: Vec<Plan>,
    /// The number of strikes that rules record for the sender.
    pub(super) strikes: u32,
    /// The updates to carry out after the verdict.
    closing: VecDeque<Update>,
    /// The parts of the content that rules compare, once a rule needs them.
    compared: Option<ComparedContent>,
    codes: Codes,
    /// A sentence for people on what each rule counted, if these are requested.
    pub(super) explanations: Option<Vec<Explanation>>,
}

/// The id of a rule, and a sentence for people on what it counted.
pub(super) type Explanation = (Arc<str>, String);

/// The indices of a rule and of its detector.
type Place = (usize, usize);

/// The answers to the requests of a detector.
type Answers = Vec<Option<LogAnswer>>;

/// The indices of a rule, of its detector and of the request of that detector.
type Requester = (usize, usize, usize);

/// The requests about one subject of a message.
#[derive(Debug)]
struct SubjectRequests {
    plan: Plan,
    /// Whether the memory of this process answered in place of the store.
    is_local: bool,
    /// The requests that the answers belong to: the place of the answer, and the indices of the rule, of the detector and of the request.
    requesters: Vec<(usize, Requester)>,
}

impl SubjectRequests {
    /// Returns `answer`. If it comes from the memory of this process and finds no messages, returns `None`, because earlier messages may be
    /// unknown to this process.
    fn trusted(&self, answer: LogAnswer) -> Option<LogAnswer> {
        (!self.is_local || answer != LogAnswer::Window(Vec::new())).then_some(answer)
    }
}

impl MessageCounts {
    /// Returns the update to carry out now, if there is one.
    pub(super) fn update(&self) -> Option<Update> {
        self.pending.front().map(|requests| requests.plan.update()).or_else(|| self.closing.front().cloned())
    }

    /// Returns whether an update is due.
    pub(super) fn is_due(&self) -> bool {
        !self.pending.is_empty() || !self.closing.is_empty()
    }

    /// Continues with the store's answer to that update.
    pub(super) fn answer(&mut self, updated: Result<Updated, Unavailable>) {
        let Some(mut requests) = self.pending.pop_front() else {
            self.closing.pop_front();
            return;
        };
        requests.is_local |= updated.is_err();
        let updated = updated.map_or_else(|Unavailable { seen }| seen, Some);
        let next = updated.map(|updated| requests.plan.next(&updated));
        self.take(requests, next);
    }

    /// Carries out in `memory`, at `now`, in seconds since 1970, all updates that are due.
    pub(super) fn carry_out(&mut self, memory: &mut Memory, now: i64) {
        while let Some(mut requests) = self.pending.pop_front() {
            let answers = requests.plan.carry_out(memory, now);
            self.take(requests, Some(Next::Done(answers)));
        }
        for update in self.closing.drain(..) {
            memory.change(&update, now);
        }
    }

    /// Takes the answers to `requests`; without `next`, there are none.
    fn take(&mut self, requests: SubjectRequests, next: Option<Next>) {
        let mut answers = match next {
            Some(Next::Again) => return self.pending.push_front(requests),
            Some(Next::Done(answers)) => answers,
            None => Vec::new(),
        };
        for (at, &(place, (rule, finder, request))) in requests.requesters.iter().enumerate() {
            let Some(answer) = answers.get_mut(place) else { continue };
            // Two rules with the same settings make the same request.
            let is_last = requests.requesters[at + 1..].iter().all(|(other, _)| *other != place);
            let answer = if is_last { std::mem::replace(answer, LogAnswer::Late) } else { answer.clone() };
            if let Some(slot) = self.answers_of((rule, finder)).and_then(|all| all.get_mut(request)) {
                *slot = requests.trusted(answer);
            }
        }
        self.done.push(requests.plan);
    }

    fn is_requested(&self, rule: usize, finder: usize) -> bool {
        self.answers.iter().any(|(place, _)| *place == (rule, finder))
    }

    /// Returns the answers for the detector at `place`, if it requested any.
    fn answers_of(&mut self, place: Place) -> Option<&mut Answers> {
        self.answers.iter_mut().find(|(known, _)| *known == place).map(|(_, answers)| answers)
    }
}

impl<'p> Run<'p> {
    /// Returns whether a detector of `rule`, the current one, must request its counts before the other detectors run.
    pub(super) fn must_count(&self, rule: &Rule) -> bool {
        let counts = |(at, finder): (usize, &Finder)| {
            let counter = finder.counter();
            counter.is_some_and(|counter| {
                counter.counts_every_message() && !self.counts.is_requested(self.position, at)
            })
        };
        rule.find.iter().enumerate().any(counts)
    }

    /// Returns whether `counter`, the current detector of the current rule, finds the message. `None` if it must request its counts first.
    ///
    /// # Errors
    /// If the store did not answer.
    pub(super) fn count(&mut self, rule: &Rule, counter: &dyn Counter) -> Result<Option<bool>, Failure> {
        let place = (self.position, self.current.detector);
        let Some(answers) = self.counts.answers_of(place) else { return Ok(None) };
        // The answers are not needed again. The empty entry shows that they were requested.
        let answers: Option<Vec<_>> = std::mem::take(answers).into_iter().collect();
        let answers = answers.ok_or(Failure::Unanswered)?;
        let occasion = self.occasion(self.position).ok_or(Failure::Event)?;
        let (found, explanation) = fenced(|| {
            let explains = self.counts.explanations.is_some();
            (counter.finds(&occasion, &answers), explains.then(|| counter.explain(&occasion, &answers)))
        })?;
        if let (Some(all), Some(explanation)) = (&mut self.counts.explanations, explanation) {
            all.push((rule.id.clone(), explanation));
        }
        Ok(Some(found))
    }

    /// Requests the counts of the current rule, and of all later ones that do not depend on findings.
    pub(super) fn request_counts(&mut self) -> Progress<()> {
        let due = self.due();
        if self.counts.compared.is_none() && due.iter().any(|(_, counter)| counter.compares()) {
            self.counts.compared = Some(self.compared_content());
        }
        let mut requests = Vec::new();
        for ((rule, finder), counter) in due {
            let Some(occasion) = self.occasion(rule) else { continue };
            let new = counter.requests(&occasion);
            self.counts.answers.push(((rule, finder), vec![None; new.len()]));
            let number = |(number, (subject, request))| (subject, request, (rule, finder, number));
            requests.extend(new.into_iter().enumerate().map(number));
        }
        self.counts.pending = self.plans(requests);
        // If there is nothing to record, as for an edit, no request is needed.
        if self.counts.is_due() { Progress::Asks(()) } else { Progress::Ran }
    }

    /// Returns the detectors whose counts to request now, each with the indices of its rule and of itself.
    fn due(&self) -> Vec<((usize, usize), &'p dyn Counter)> {
        let pipeline = self.pipeline;
        let mut due = Vec::new();
        for (position, rule) in pipeline.rules.iter().enumerate().skip(self.position) {
            if !rule.counts() || rule.scope.excludes(&self.message).is_some() {
                continue;
            }
            let is_plain = rule.when.is_none() && rule.find.iter().all(|finder| finder.counter().is_some());
            for (at, finder) in rule.find.iter().enumerate() {
                let Some(counter) = finder.counter() else { continue };
                let is_due = is_plain || position == self.position || counter.counts_every_message();
                if is_due && !self.counts.is_requested(position, at) {
                    due.push(((position, at), counter));
                }
            }
        }
        due
    }

    /// Returns the parts of the content that rules compare. They are those of the content as received, without edits.
    fn compared_content(&self) -> ComparedContent {
        let is_content = |text: &&Text| text.field() == Field::Content;
        let views = |draft: &Draft| {
            let parts = draft.texts().iter().filter(is_content).flat_map(Text::parts);
            ComparedContent::of(parts.filter(|part| part.is_shown()).map(Part::view))
        };
        if !self.draft.texts().iter().filter(is_content).flat_map(Text::parts).any(Part::is_edited) {
            return views(&self.draft);
        }
        let content = Message { content: self.message.content.clone(), ..Message::default() };
        views(&Draft::new(&content, &self.pipeline.format))
    }

    /// Returns a plan for the requests about each subject.
    fn plans(&self, requests: Vec<(Subject, LogRequest, Requester)>) -> VecDeque<SubjectRequests> {
        type Requests = (Vec<LogRequest>, Vec<(usize, Requester)>);
        let mut subjects: Vec<((Subject, usize), Requests)> = Vec::new();
        for (subject, request, requester) in requests {
            let (rule, finder, _) = requester;
            let part = self.pipeline.counters.parts.get(&(rule, finder)).copied().unwrap_or(0);
            let subject = (subject, part);
            let at = subjects.partition_point(|(known, _)| *known < subject);
            if subjects.get(at).is_none_or(|(known, _)| *known != subject) {
                subjects.insert(at, (subject, Requests::default()));
            }
            let (known, requesters) = &mut subjects[at].1;
            let place = known.iter().position(|known| *known == request).unwrap_or_else(|| {
                known.push(request);
                known.len() - 1
            });
            requesters.push((place, requester));
        }
        let at = self.message.time().unwrap_or_default();
        let plan = |((subject, part), (requests, requesters)): ((Subject, usize), Requests)| {
            let (key, expires) =
                self.pipeline.counters.item(&subject, part, &self.message, &self.counts.codes, at);
            SubjectRequests { plan: Plan::new(key, expires, requests), requesters, is_local: false }
        };
        subjects.into_iter().map(plan).collect()
    }

    /// Prepares the updates after the verdict: records strikes, undoes entries of a denied message, and removes expired entries.
    pub(super) fn prepare_closing(&mut self, verdict: &Verdict) {
        let MessageCounts { done, strikes, .. } = &self.counts;
        let mut updates: Vec<_> = done.iter().filter_map(Plan::cleanup).collect();
        if matches!(verdict, Verdict::Denied(_)) {
            updates.extend(done.iter().flat_map(Plan::take_backs));
        }
        if let Some(occasion) = self.occasion(self.position).filter(|_| *strikes > 0) {
            let counters = &self.pipeline.counters;
            let (key, expires) =
                counters.item(&Subject::Sender, 0, &self.message, &self.counts.codes, occasion.at);
            let strike = Strike { at: occasion.at, id: occasion.id().to_owned(), weight: *strikes };
            updates.push(strike.update(&counters.strikes, &key, expires));
        }
        self.counts.closing.extend(updates);
    }

    /// Returns the data about the message with which the rule at index `position` counts it. `None` if the message has no time.
    fn occasion(&self, position: usize) -> Option<Occasion<'_>> {
        static NOTHING: ComparedContent =
            ComparedContent { letters: String::new(), count: 0, hosts: Vec::new() };
        let (counters, message) = (&self.pipeline.counters, &self.message);
        let compared = self.counts.compared.as_ref().unwrap_or(&NOTHING);
        let (key, strikes) = (&counters.key, &counters.strikes);
        let rule = counters.rules.get(position).copied().unwrap_or_default();
        let (codes, sketches) = (&self.counts.codes, counters.sketches);
        Some(Occasion { rule, message, at: message.time()?, key, compared, codes, strikes, sketches })
    }
}
