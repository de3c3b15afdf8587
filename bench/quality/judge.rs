//! [`Judge`]: somebody who says whether a text is profane: Chimeflow at a level, or another filter.

use std::ops::Range;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::Failure;
use crate::finder::Finder;
use crate::offsets;
use crate::peer::Peer;

/// Somebody who says whether a text is profane.
#[derive(Debug)]
pub(crate) struct Judge {
    /// What stands over its column.
    pub name: String,
    who: Who,
}

#[derive(Debug)]
enum Who {
    Chimeflow(Box<Finder>),
    Peer(Box<Peer>),
}

/// Languages that it may know.
const LANGUAGES: &[&str] = &[
    "en", "ar", "bg", "cs", "da", "de", "el", "eo", "es", "et", "fa", "fi", "fil", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "kab", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
    "sr", "sv", "th", "tlh", "tr", "uk", "vi", "zh",
];

/// What a judge says of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub flagged: bool,
    /// What of it, in characters, if the judge can tell.
    pub spans: Option<Vec<Range<usize>>>,
    /// How long the processor worked for it, without handing the text over.
    pub nanos: u64,
}

impl Judge {
    /// Chimeflow's `profanity` at `level`.
    pub(crate) fn chimeflow(level: &str) -> Result<Self, Failure> {
        let finder = Finder::new(&format!("profanity = '{level}'"))?;
        Ok(Self { name: level.to_owned(), who: Who::Chimeflow(Box::new(finder)) })
    }

    /// Chimeflow's `profanity` at `level` in every language that it knows, if it knows another than English.
    pub(crate) fn polyglot(level: &str) -> Result<Option<Self>, Failure> {
        let find = |codes: &[&str]| format!("profanity = {{ level = '{level}', languages = {codes:?} }}");
        let known: Vec<_> =
            LANGUAGES.iter().copied().filter(|code| Finder::new(&find(&[code])).is_ok()).collect();
        if known.len() < 2 {
            return Ok(None);
        }
        let who = Who::Chimeflow(Box::new(Finder::new(&find(&known))?));
        Ok(Some(Self { name: format!("{level}, {} languages", known.len()), who }))
    }

    pub(crate) fn peer(peer: Peer) -> Self {
        Self { name: peer.name.to_owned(), who: Who::Peer(Box::new(peer)) }
    }

    pub(crate) fn judge(&mut self, text: &str) -> Result<Judgement, Failure> {
        let finder = match &mut self.who {
            Who::Chimeflow(finder) => finder,
            Who::Peer(peer) => return peer.judge(text),
        };
        let start = worked();
        let finding = finder.find(text);
        let nanos = u64::try_from(worked().saturating_sub(start).as_nanos()).unwrap_or(u64::MAX);
        let spans = finding.spans.iter().map(|span| offsets::chars(text, &span.range)).collect();
        Ok(Judgement { flagged: finding.is_hit(), spans: Some(spans), nanos })
    }
}

/// How long the processor has worked for this thread: what it does for others in between is none of its business.
fn worked() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}
