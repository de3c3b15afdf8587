//! [`SeenMessages`]: the last messages of an export, so that none is written twice.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// The messages in the last second of an export, by time and id.
///
/// A resumed export requests pages from a second before its last message on, and skips the messages that it already has. A second is
/// longer than the service's time resolution, and short enough to contain few messages.
#[derive(Debug, Default)]
pub(super) struct SeenMessages(VecDeque<(Timestamp, String)>);

const WINDOW: SignedDuration = SignedDuration::from_secs(1);

impl SeenMessages {
    /// Returns whether a message is new, and records it.
    pub(super) fn is_new(&mut self, at: Timestamp, id: &str) -> bool {
        if self.0.iter().any(|(_, seen)| seen == id) {
            return false;
        }
        self.0.push_back((at, id.to_owned()));
        while let (Some((first, _)), Some(from)) = (self.0.front(), self.from())
            && *first < from
        {
            self.0.pop_front();
        }
        true
    }

    /// Returns the time from which on messages may be new.
    pub(super) fn from(&self) -> Option<Timestamp> {
        let (last, _) = self.0.back()?;
        last.checked_sub(WINDOW).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_is_new_once_and_few_are_kept() {
        let mut seen = SeenMessages::default();
        let at = |millis| Timestamp::from_millisecond(millis).unwrap();
        assert_eq!(seen.from(), None);
        for number in 0..10_000 {
            assert!(seen.is_new(at(number * 100), &number.to_string()));
            assert!(!seen.is_new(at(number * 100), &number.to_string()));
        }
        assert!(seen.0.len() <= 12, "{}", seen.0.len());
        assert_eq!(seen.from(), Some(at(998_900)));
        assert!(!seen.is_new(at(999_000), "9990"));
    }
}
