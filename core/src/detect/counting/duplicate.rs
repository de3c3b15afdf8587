//! `duplicate`: finds a message that says what was said before, by its sender or by many.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::sketch::Sketch;
use super::{
    CODE, ComparedContent, Counter, Counting, EDITS, ID, LONG, Occasion, Subject, WITHIN, checked,
    most_allowed,
};
use crate::detect::links::domains::Domains;
use crate::detect::{Detector, Example, Problem, Rulebook, Settings};
use crate::shape::{Constraint, Has, Key, List, Shape, Table, Text, Words};
use crate::state::{DIGITS, Log, LogAnswer, LogRequest, Recording, parse_duration, show_duration};
use crate::text::View;

/// Settings of `duplicate`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::detect) struct Duplicate {
    more_than: Option<usize>,
    senders: Option<usize>,
    within: String,
    of: Option<Of>,
    like: Option<Like>,
    min: Option<usize>,
    by: Option<Vec<By>>,
    allow: Option<String>,
    #[serde(default)]
    edits: bool,
}

/// Whose messages are compared.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Of {
    Sender,
    SenderAnywhere,
    Channel,
    Anywhere,
}

/// How much alike texts must be.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Like {
    Near,
    Same,
}

/// What is compared.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum By {
    Text,
    Link,
}

/// The fewest letters of a text that is compared, unless the settings say otherwise: of shorter texts, everybody repeats some.
const MIN: usize = 12;

/// The fewest letters of a text that many send.
const MIN_OF_MANY: usize = 8;

/// For how many messages within the time a log has room at least, whatever is allowed, unless the item would become too large.
const LEAST: usize = 31;

/// How many links of a message are compared.
const MOST_LINKS: usize = 3;

impl Settings for Duplicate {
    const NAME: &'static str = "duplicate";
    const SUMMARY: &'static str = "texts and links that a sender, or many senders, repeat: spam and raids";
    const EXAMPLES: &'static [Example] = &[];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`duplicate`", "{ more-than = 2, within = \"5m\" }", &[
        Key::new("more-than", Shape::Integer { min: 1, max: 100 }, "How often one sender may say the same: the next time is found."),
        Key::new("senders", Shape::Integer { min: 2, max: 100 }, "From how many senders on the same text is a raid: the message of the last of them, and all after it, are found."),
        WITHIN,
        Key::new("of", Shape::Words(&Words::of("subject", || &["sender", "sender-anywhere", "channel", "anywhere"])), "Which messages are compared. With `more-than` those of the `sender` in the channel, or in all channels (`sender-anywhere`); with `senders` those in the `channel`, or in all (`anywhere`).").default("`\"sender\"`; with `senders`, `\"channel\"`"),
        Key::new("like", Shape::Words(&Words::of("kind", || &["near", "same"])), "Whether texts of one sender that are nearly the same count (`near`), or only the `same`. Case, signs, digits, mentions and the rest of links never matter. Texts of many senders are compared as `same`.").default("`\"near\"`"),
        Key::new("min", Shape::Integer { min: 1, max: 500 }, "How many letters a text must have to be compared. With `senders`, at least 8.").default("`12`"),
        Key::new("by", Shape::List(&List::of("what to compare", Shape::Words(&Words::of("kind", || &["text", "link"])))), "What is compared: the `text`, the host of each `link`, or both.").default("`\"text\"`"),
        Key::new("allow", Shape::Text(&Text { what: "the name of a list", ..Text::ANY }), "A list, whose `words` and `domains` may be repeated."),
        EDITS,
    ])
    .with(&[
        Constraint::any_of(&[Has::Key("more-than"), Has::Key("senders")], "`duplicate` needs `more-than` or `senders`", "`more-than` is about one sender who repeats, `senders` about many who say the same"),
        Constraint::never(&[Has::Key("more-than"), Has::Key("senders")], "expected either `more-than` or `senders`, not both", "write two rules"),
        Constraint::never(&[Has::Choice("of", &["channel", "anywhere"]), Has::Key("more-than")], "`more-than` is about one sender", "write `sender` or `sender-anywhere`, or `senders` for messages of many"),
        Constraint::never(&[Has::Choice("of", &["sender", "sender-anywhere"]), Has::Key("senders")], "`senders` is about many senders", "write `channel` or `anywhere`, or `more-than` for messages of one"),
        Constraint::never(&[Has::Choice("like", &["near"]), Has::Key("senders")], "texts of many senders are compared as the same", "leave `like` out: only with `more-than` texts may be nearly the same"),
    ]));

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let is_raid = self.senders.is_some();
        let of = self.of.unwrap_or(if is_raid { Of::Channel } else { Of::Sender });
        let least = if is_raid { MIN_OF_MANY } else { 1 };
        let min = self.min.unwrap_or(MIN);
        if min < least {
            let help = format!("write at least {least}, or leave `min` out");
            return Err(Problem::new("many people send texts as short as this").help(help));
        }
        let max = self.more_than.unwrap_or_else(|| self.senders.unwrap_or(2) - 1);
        let by = self.by.unwrap_or_else(|| vec![By::Text]);
        let is_near = !is_raid && self.like != Some(Like::Same);
        let within = parse_duration(&self.within)?;
        let most = most_allowed(within, by.len(), digits(is_raid, is_near));
        let within = checked(max, within, most)?;
        let room = LEAST.min(most).max(max);
        let (texts, domains) = match &self.allow {
            None => (BTreeSet::new(), Domains::default()),
            Some(name) => {
                let list = rulebook.lists.get(name)?;
                let letters = |word: &str| ComparedContent::of(std::iter::once(&View::new(word))).letters;
                let texts = list.words.iter().map(|listed| letters(&listed.word)).collect();
                (texts, Domains::parse(&list.domains)?)
            }
        };
        let edits = self.edits;
        Ok(Box::new(Counting(Copies { max, room, within, of, is_near, min, by, texts, domains, edits })))
    }
}

/// Returns the number of digits that identify a message in a log: a sender in a log of many, or the message and what it says.
const fn digits(is_raid: bool, is_near: bool) -> usize {
    match (is_raid, is_near) {
        (true, _) => CODE,
        (false, true) => ID + DIGITS,
        (false, false) => ID + CODE,
    }
}

/// Compares messages.
struct Copies {
    /// How many copies, or senders, are not too many.
    max: usize,
    /// How many messages within the time its logs have room for.
    room: usize,
    /// Milliseconds.
    within: i64,
    of: Of,
    is_near: bool,
    min: usize,
    by: Vec<By>,
    /// The letters of texts that may be repeated.
    texts: BTreeSet<String>,
    /// The hosts that may be repeated.
    domains: Domains,
    edits: bool,
}

/// What a message is compared by.
#[derive(Clone, Copy)]
enum Criterion {
    /// The text.
    Text,
    /// The host of the link with this number.
    Host(usize),
}

impl Copies {
    /// Returns what of the message is compared.
    fn criteria<'s>(&'s self, compared: &'s ComparedContent) -> impl Iterator<Item = Criterion> + 's {
        let has_text = self.by.contains(&By::Text)
            && compared.count >= self.min
            && !self.texts.contains(&compared.letters);
        let links = if self.by.contains(&By::Link) { &*compared.hosts } else { &[] };
        let hosts = links.iter().enumerate().filter(|(_, host)| !self.domains.contains(host, ""));
        let hosts = hosts.take(MOST_LINKS).map(|(link, _)| Criterion::Host(link));
        has_text.then_some(Criterion::Text).into_iter().chain(hosts)
    }

    /// Returns what identifies `criterion` in a log: texts of which this is the same, or nearly the same, are copies.
    fn code<'o>(&self, criterion: Criterion, occasion: &'o Occasion<'_>) -> &'o str {
        match criterion {
            Criterion::Text if self.is_near => occasion.sketch(),
            Criterion::Text => occasion.text(),
            Criterion::Host(link) => occasion.host(link),
        }
    }

    /// Returns how many copies of `criterion`, or how many senders of it, `answer` holds.
    fn copies(&self, criterion: Criterion, answer: &LogAnswer, occasion: &Occasion<'_>) -> Option<usize> {
        let (LogAnswer::Window(entries) | LogAnswer::Full(entries)) = answer else { return None };
        if self.is_of_many() {
            return Some(entries.iter().map(|entry| &*entry.id).collect::<BTreeSet<_>>().len());
        }
        let code = self.code(criterion, occasion);
        let others = entries.iter().filter_map(|entry| entry.id.get(ID..));
        Some(match (criterion, Sketch::parse(code)) {
            (Criterion::Text, Some(sketch)) if self.is_near => {
                others.filter_map(Sketch::parse).filter(|other| other.is_like(&sketch)).count()
            }
            _ => others.filter(|other| *other == code).count(),
        })
    }

    fn is_of_many(&self) -> bool {
        matches!(self.of, Of::Channel | Of::Anywhere)
    }

    fn request(&self, criterion: Criterion, occasion: &Occasion<'_>) -> (Subject, LogRequest) {
        let code = self.code(criterion, occasion);
        let channel = match self.of {
            Of::Sender | Of::Channel => &*occasion.message.channel,
            Of::SenderAnywhere | Of::Anywhere => "",
        };
        let kind = match criterion {
            Criterion::Text if self.is_near => "near",
            Criterion::Text => "text",
            Criterion::Host(_) => "host",
        };
        let name = occasion.log_name(kind, self.within, !channel.is_empty());
        let log = Log::of_all(name, self.within);
        let recording = Recording::Every { max: self.room };
        if self.is_of_many() {
            let item = occasion.key.code(&["content", kind, channel, code], LONG);
            return (
                Subject::Content(item),
                LogRequest { log, recording, entry: occasion.entry(occasion.sender()) },
            );
        }
        let entry = occasion.entry([occasion.id(), code].concat());
        (Subject::Sender, LogRequest { log, recording, entry })
    }
}

impl Counter for Copies {
    fn requests(&self, occasion: &Occasion<'_>) -> Vec<(Subject, LogRequest)> {
        if occasion.message.edited.is_some() && !self.edits {
            return Vec::new();
        }
        self.criteria(occasion.compared).map(|criterion| self.request(criterion, occasion)).collect()
    }

    fn finds(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> bool {
        let mut counts = self
            .criteria(occasion.compared)
            .zip(answers)
            .filter_map(|(criterion, answer)| self.copies(criterion, answer, occasion));
        counts.any(|count| count > self.max)
    }

    fn explain(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> String {
        let counts = self.criteria(occasion.compared).zip(answers);
        let most = counts.filter_map(|(criterion, answer)| self.copies(criterion, answer, occasion)).max();
        let (max, within) = (self.max, show_duration(self.within));
        match most {
            None => "nothing of it is compared".to_owned(),
            Some(count) if self.is_of_many() => {
                format!("the same of {count} senders in {within}, of at most {max}")
            }
            Some(count) => format!("said {count} times in {within}, of at most {max}"),
        }
    }

    fn compares(&self) -> bool {
        true
    }

    fn takes(&self) -> (usize, usize) {
        let log = Log::of_all(String::new(), self.within);
        let capacity = log.capacity(self.room);
        let requests = self.by.iter().map(|by| if *by == By::Text { 1 } else { MOST_LINKS }).sum();
        (requests, self.by.len() * log.most_bytes(capacity, digits(self.is_of_many(), self.is_near)))
    }

    fn keeps(&self) -> (Subject, i64) {
        let subject = if self.is_of_many() { Subject::Content(String::new()) } else { Subject::Sender };
        (subject, Log::of_all(String::new(), self.within).keeps())
    }
}
