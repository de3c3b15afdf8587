//! [`Log`]: the messages about one subject, by their times.

use std::collections::BTreeSet;

use super::Item;

/// A log of messages, stored in an item as one set for each bucket of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Its name in the item. It says which rule it belongs to and over which time that rule counts: a changed rule begins a new log.
    pub name: String,
    /// The time that is counted over, in milliseconds.
    within: i64,
    /// The time of a bucket, in milliseconds.
    bucket: i64,
}

/// How a message is recorded in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Every message is recorded.
    Every {
        /// The most messages that the rule allows within the window.
        max: usize,
    },
    /// A message is recorded if fewer than `max` others lie within the window before it.
    Accepted {
        /// The most messages that are accepted within the window.
        max: usize,
    },
    /// The sender's first messages are recorded, however long ago they were sent.
    First {
        /// The most messages that are recorded.
        most: usize,
    },
    /// Nothing is recorded: the answer is what the log holds.
    Look,
}

/// A message to record in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRequest {
    /// The log.
    pub log: Log,
    /// How the message is recorded.
    pub way: Way,
    /// The message.
    pub entry: Entry,
}

/// A message in a log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// When it was sent, in milliseconds since 1970.
    pub at: i64,
    /// Identifies it among messages of the same millisecond, without its id in clear.
    pub id: String,
}

/// The shortest bucket of a log of all messages: a shorter one would leave more attributes behind.
const BUCKET: i64 = 2 * 60 * 1000;

/// The shortest bucket of a log of accepted messages. The shorter, the more often nobody is known to have been accepted lately, which takes
/// one request less.
const ACCEPTED_BUCKET: i64 = 5 * 1000;

/// How long buckets are kept, so that an event which Lambda repeats after minutes finds what came before it.
const KEPT: i64 = 4 * BUCKET;

/// How many buckets of this length are kept, the current one included.
fn kept(bucket: i64) -> i64 {
    (KEPT / bucket).max(4)
}

/// The digits of a time in a member: enough for three thousand years, and all of the same length, so that members sort by time.
const DIGITS: usize = 9;

impl Log {
    /// Returns the log of all messages called `name`, which are counted over `within` milliseconds.
    #[must_use]
    pub fn of_all(name: String, within: i64) -> Self {
        Self { name, within, bucket: within.max(BUCKET) }
    }

    /// Returns the log of accepted messages called `name`, which are counted over `within` milliseconds.
    #[must_use]
    pub fn of_accepted(name: String, within: i64) -> Self {
        Self { name, within, bucket: within.max(ACCEPTED_BUCKET) }
    }

    pub(super) fn bucket_of(&self, at: i64) -> i64 {
        at.div_euclid(self.bucket)
    }

    /// Returns the attribute of a bucket: it says when the bucket is over, so that whoever reads the item can tell.
    pub(super) fn attribute(&self, bucket: i64) -> String {
        format!("{}.{}.{}", self.name, base36(self.bucket), base36(bucket))
    }

    /// Returns the attribute of the first messages of all.
    pub(super) fn first(&self) -> String {
        format!("{}.first", self.name)
    }

    /// Returns the attributes that may hold messages in the window that ends at `at`, the current one first.
    pub(super) fn window(&self, at: i64) -> [String; 2] {
        let bucket = self.bucket_of(at);
        [self.attribute(bucket), self.attribute(bucket - 1)]
    }

    /// Returns the attributes that may hold messages less than the window away from `at`, the current one first.
    pub(super) fn around(&self, at: i64) -> [String; 3] {
        let bucket = self.bucket_of(at);
        [bucket, bucket - 1, bucket + 1].map(|bucket| self.attribute(bucket))
    }

    /// Returns the attributes that are over once the time is `at`.
    pub(super) fn over(&self, at: i64) -> [String; 2] {
        let bucket = self.bucket_of(at);
        let over = bucket - kept(self.bucket);
        [self.attribute(over), self.attribute(over - 1)]
    }

    /// Returns how long after a message its item must be kept, in seconds.
    #[must_use]
    pub fn keeps(&self) -> i64 {
        kept(self.bucket) * self.bucket / 1000 + 1
    }

    /// Returns how many members a bucket takes if the rule allows `max` messages within the window. A sender fills it with more than
    /// twice as many during a whole bucket.
    #[must_use]
    pub fn capacity(&self, max: usize) -> usize {
        max.saturating_add(1).saturating_mul(2 * self.windows()).max(24)
    }

    /// Returns the largest `max` for which a bucket takes at most `capacity` members.
    #[must_use]
    pub fn largest_max(&self, capacity: usize) -> usize {
        (capacity / (2 * self.windows())).saturating_sub(1)
    }

    /// Returns how many windows a bucket has.
    fn windows(&self) -> usize {
        usize::try_from((self.bucket + self.within - 1) / self.within).unwrap_or(usize::MAX / 2)
    }

    /// Returns whether the bucket before that of `at` is full and overlaps the window that ends at `at`.
    pub(super) fn was_full(&self, item: &Item, at: i64, max: usize) -> bool {
        let [_, before] = self.window(at);
        let overlaps = self.bucket_of(at - self.within + 1) < self.bucket_of(at);
        overlaps && item.get(&before).is_some_and(|set| set.len() >= self.capacity(max))
    }

    /// Returns the recorded messages in the window that ends with `entry`, by time.
    pub(super) fn recorded(&self, item: &Item, entry: &Entry) -> Vec<Entry> {
        let counts = |other: &Entry| entry.at - self.within < other.at && other <= entry;
        entries(item, &self.window(entry.at)).filter(counts).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Returns the messages in the window that ends with `entry`, which is one of them, by time.
    pub(super) fn with(&self, item: &Item, entry: &Entry) -> Vec<Entry> {
        let mut entries = self.recorded(item, entry);
        if entries.last() != Some(entry) {
            entries.push(entry.clone());
        }
        entries
    }

    /// Returns how many other messages in `item` are less than the window away from `entry`, before or after it.
    pub(super) fn near(&self, item: &Item, entry: &Entry) -> usize {
        let is_near = |other: &Entry| other != entry && (other.at - entry.at).abs() < self.within;
        entries(item, &self.around(entry.at)).filter(is_near).count()
    }
}

/// Returns the members of these attributes.
pub(super) fn entries<'i>(item: &'i Item, attributes: &'i [String]) -> impl Iterator<Item = Entry> + 'i {
    let members = attributes.iter().filter_map(|attribute| item.get(attribute)).flatten();
    members.filter_map(|member| Entry::parse(member))
}

/// Returns the buckets in `item` that have been over for so long at `at` that no message is counted with them.
pub(super) fn stale(item: &Item, at: i64) -> impl Iterator<Item = &String> {
    let ends = |attribute: &str| {
        let (rest, number) = attribute.rsplit_once('.')?;
        let (_, length) = rest.rsplit_once('.')?;
        let [length, number] = [length, number].map(|text| i64::from_str_radix(text, 36).ok());
        let length = length.filter(|length| *length > 0)?;
        number?.checked_add(kept(length))?.checked_mul(length)
    };
    item.keys().filter(move |attribute| ends(attribute).is_some_and(|end| end <= at))
}

impl Entry {
    pub(super) fn member(&self) -> String {
        format!("{:0>DIGITS$}-{}", base36(self.at), self.id)
    }

    fn parse(member: &str) -> Option<Self> {
        let (at, id) = member.split_once('-')?;
        Some(Self { at: i64::from_str_radix(at, 36).ok()?, id: id.to_owned() })
    }
}

/// Returns `number` in base 36. A time before 1970 is 0.
fn base36(number: i64) -> String {
    let (mut rest, mut digits) = (number.max(0), Vec::new());
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[usize::try_from(rest % 36).unwrap_or(0)]);
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}
