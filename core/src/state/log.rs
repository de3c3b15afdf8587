//! [`Log`]: the messages about one subject, by their times.

use std::ops::Bound;

use super::{Item, Members};

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
pub enum Recording {
    /// Every message is recorded.
    Every {
        /// The most messages that the rule allows within the window.
        max: usize,
    },
    /// The same, and only the number of messages is asked for.
    Number {
        /// The number of messages within the window that is not too many.
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
    Nothing,
}

/// A message to record in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRequest {
    /// The log.
    pub log: Log,
    /// How the message is recorded.
    pub recording: Recording,
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

/// The bytes of the name of an attribute at most, and those that the table adds to a set.
const ATTRIBUTE_BYTES: usize = 28;

/// Returns the bytes of a member with an id of `id` digits, and those that the table adds to it.
const fn member_bytes(id: usize) -> usize {
    DIGITS + 1 + id + 1
}

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

    fn bucket_of(&self, at: i64) -> i64 {
        at.div_euclid(self.bucket)
    }

    fn attribute(&self, bucket: i64) -> String {
        let mut attribute = String::with_capacity(self.name.len() + 16);
        self.push_attribute(&mut attribute, bucket);
        attribute
    }

    /// Adds the attribute of a bucket to `text`: it says when the bucket is over, so that whoever reads the item can tell.
    pub(super) fn push_attribute(&self, text: &mut String, bucket: i64) {
        text.push_str(&self.name);
        for number in [self.bucket, bucket] {
            text.push('.');
            push_base36(text, number, 1);
        }
    }

    /// Adds the attribute of the first messages of all to `text`.
    pub(super) fn push_first(&self, text: &mut String) {
        text.push_str(&self.name);
        text.push_str(".first");
    }

    /// Returns the buckets that may hold messages less than the window away from `at`: the current one, the one before it, which is the
    /// other one of the window that ends at `at`, and the one after it.
    pub(super) fn around(&self, at: i64) -> [i64; 3] {
        let bucket = self.bucket_of(at);
        [bucket, bucket - 1, bucket + 1]
    }

    /// Returns the attribute of the bucket of `at`.
    pub(super) fn current(&self, at: i64) -> String {
        self.attribute(self.bucket_of(at))
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

    /// Returns how many bytes of an item it takes at most, if each bucket has at most `capacity` members, each with an id of `id` digits.
    pub(crate) fn most_bytes(&self, capacity: usize, id: usize) -> usize {
        self.buckets()
            .saturating_mul(capacity.saturating_mul(member_bytes(id)).saturating_add(ATTRIBUTE_BYTES))
    }

    /// Returns how many members a bucket may have, so that the log takes at most `bytes` of an item.
    pub(crate) fn most_members(&self, bytes: usize, id: usize) -> usize {
        (bytes / self.buckets()).saturating_sub(ATTRIBUTE_BYTES) / member_bytes(id)
    }

    /// Returns how many buckets an item has at most: those that are kept, and one that is removed with the next message.
    fn buckets(&self) -> usize {
        usize::try_from(kept(self.bucket) + 1).unwrap_or(usize::MAX)
    }

    /// Returns how many messages a bucket of accepted ones takes at most, if at most `max` within the window are accepted.
    pub(crate) fn most_accepted(&self, max: usize) -> usize {
        max.saturating_mul(self.windows() + 1)
    }

    /// Returns how many windows a bucket has.
    fn windows(&self) -> usize {
        usize::try_from((self.bucket + self.within - 1) / self.within).unwrap_or(usize::MAX / 2)
    }

    /// Returns whether `before`, the bucket before that of `at`, is full and overlaps the window that ends at `at`.
    pub(super) fn was_full(&self, before: Option<&Members>, at: i64, max: usize) -> bool {
        let overlaps = self.bucket_of(at - self.within + 1) < self.bucket_of(at);
        overlaps && before.is_some_and(|set| set.len() >= self.capacity(max))
    }

    /// Returns the recorded messages in the window that ends at `at` with `member`, by time. They are in the bucket of `at` and in the one
    /// before it.
    pub(super) fn recorded<'i>(
        &self,
        [current, before]: [Option<&'i Members>; 2],
        at: i64,
        member: &str,
    ) -> impl Iterator<Item = &'i str> {
        // Members sort by time.
        let mut first = String::with_capacity(DIGITS);
        push_base36(&mut first, at - self.within + 1, DIGITS);
        let range = (Bound::Included(&*first), Bound::Included(member));
        let [before, current] = [before, current].map(|set| set.map(|set| set.range::<str, _>(range)));
        before.into_iter().flatten().chain(current.into_iter().flatten()).map(String::as_str)
    }

    /// Returns how many other messages in these buckets are less than the window away from `entry`, before or after it.
    pub(super) fn near(&self, buckets: [Option<&Members>; 3], entry: &Entry) -> usize {
        let is_near = |other: &Entry| other != entry && (other.at - entry.at).abs() < self.within;
        let members = buckets.into_iter().flatten().flatten();
        members.filter_map(|member| Entry::parse(member)).filter(is_near).count()
    }
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
        let mut member = String::with_capacity(DIGITS + 1 + self.id.len());
        self.push_member(&mut member);
        member
    }

    /// Adds the member of a set that stands for it to `text`.
    pub(super) fn push_member(&self, text: &mut String) {
        push_base36(text, self.at, DIGITS);
        text.push('-');
        text.push_str(&self.id);
    }

    pub(super) fn parse(member: &str) -> Option<Self> {
        let (at, id) = member.split_once('-')?;
        Some(Self { at: i64::from_str_radix(at, 36).ok()?, id: id.to_owned() })
    }
}

/// Adds `number` to `text` in base 36, with at least `digits` digits. A number below 0 is 0.
fn push_base36(text: &mut String, number: i64, digits: usize) {
    // The largest number has 13.
    let (mut written, mut rest, mut start) = ([b'0'; 13], number.max(0), 13);
    while rest > 0 {
        start -= 1;
        written[start] = b"0123456789abcdefghijklmnopqrstuvwxyz"[usize::try_from(rest % 36).unwrap_or(0)];
        rest /= 36;
    }
    let written = &written[start.min(13 - digits)..];
    text.push_str(std::str::from_utf8(written).unwrap_or_default());
}
