//! [`Judge`]: a filter that decides whether a text is profane: Chimeflow at a level, or another one.

use std::ops::Range;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::Failure;
use crate::finder::Finder;
use crate::offsets;
use crate::peer::Peer;

/// A filter that decides whether a text is profane.
#[derive(Debug)]
pub(crate) struct Judge {
    /// The title of its column.
    pub name: String,
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Chimeflow(Box<Finder>),
    Peer(Box<Peer>),
}

/// Languages that it may support.
const LANGUAGES: &[&str] = &[
    "en", "ar", "bg", "cs", "da", "de", "el", "eo", "es", "et", "fa", "fi", "fil", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "kab", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
    "sr", "sv", "th", "tlh", "tr", "uk", "vi", "zh",
];

/// The result of a judge for a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub flagged: bool,
    /// The ranges that are profane, in characters, if the judge reports them.
    pub spans: Option<Vec<Range<usize>>>,
    /// The processor time it took, without passing the text to the judge.
    pub nanos: u64,
}

impl Judge {
    /// Returns Chimeflow's `profanity` at `level`.
    pub(crate) fn chimeflow(level: &str) -> Result<Self, Failure> {
        let finder = Finder::new(&format!("profanity = '{level}'"))?;
        Ok(Self { name: level.to_owned(), engine: Engine::Chimeflow(Box::new(finder)) })
    }

    /// Returns Chimeflow's `profanity` at `level` in every language that it supports, if that is more than English.
    pub(crate) fn polyglot(level: &str) -> Result<Option<Self>, Failure> {
        let find = |codes: &[&str]| format!("profanity = {{ level = '{level}', languages = {codes:?} }}");
        let known: Vec<_> =
            LANGUAGES.iter().copied().filter(|code| Finder::new(&find(&[code])).is_ok()).collect();
        if known.len() < 2 {
            return Ok(None);
        }
        let engine = Engine::Chimeflow(Box::new(Finder::new(&find(&known))?));
        Ok(Some(Self { name: format!("{level}, {} languages", known.len()), engine }))
    }

    pub(crate) fn peer(peer: Peer) -> Self {
        Self { name: peer.name.to_owned(), engine: Engine::Peer(Box::new(peer)) }
    }

    pub(crate) fn judge(&mut self, text: &str) -> Result<Judgement, Failure> {
        let finder = match &mut self.engine {
            Engine::Chimeflow(finder) => finder,
            Engine::Peer(peer) => return peer.judge(text),
        };
        let start = cpu_time();
        let finding = finder.find(text);
        let nanos = u64::try_from(cpu_time().saturating_sub(start).as_nanos()).unwrap_or(u64::MAX);
        let spans = finding.spans.iter().map(|span| offsets::chars(text, &span.range)).collect();
        Ok(Judgement { flagged: finding.is_hit(), spans: Some(spans), nanos })
    }
}

/// Returns the processor time of this thread, which does not include the time for other threads.
fn cpu_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}
