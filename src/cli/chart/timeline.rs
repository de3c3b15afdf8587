//! [`Timeline`]: verdicts over time, or over the position in the corpus if it does not contain the times of its messages.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Bar, Chart, Tone};

/// The number of messages, and of those with a bar, over time. Its memory does not depend on the size of the corpus.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    /// By time, in units of `unit` seconds since 1970.
    by_time: BTreeMap<i64, Counts>,
    unit: i64,
    /// By position, in slots of `size` messages.
    by_place: Vec<Counts>,
    size: u64,
    messages: u64,
    timed: u64,
}

/// The number of messages, and how many of the messages with a bar are unchanged, edited and denied.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    messages: u64,
    unchanged: u64,
    edited: u64,
    denied: u64,
}

/// The units of time: minutes, hours, days, weeks.
const UNITS: [i64; 9] = [60, 5 * 60, 15 * 60, 60 * 60, 4 * 60 * 60, DAY, 7 * DAY, 28 * DAY, 364 * DAY];
const DAY: i64 = 24 * 60 * 60;
/// The first Monday after the beginning of 1970, so that weeks begin on a Monday.
const MONDAY: i64 = 4 * DAY;
/// The maximum number of slots. With more, a coarser unit is used.
const MAX_UNITS: usize = 4096;
/// The maximum number of rows in a chart.
const ROWS: usize = 32;

impl Default for Timeline {
    fn default() -> Self {
        Self {
            by_time: BTreeMap::new(),
            unit: UNITS[0],
            by_place: Vec::new(),
            size: 1,
            messages: 0,
            timed: 0,
        }
    }
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.messages += other.messages;
        self.unchanged += other.unchanged;
        self.edited += other.edited;
        self.denied += other.denied;
    }

    fn bar(self, label: String) -> Bar {
        let all =
            [(Tone::Unchanged, self.unchanged), (Tone::Edited, self.edited), (Tone::Denied, self.denied)];
        Bar {
            label,
            numbers: vec![self.messages, self.edited, self.denied],
            pieces: all.into_iter().filter(|(_, count)| *count > 0).collect(),
        }
    }
}

impl Timeline {
    /// Adds a message. `verdict` is the one that makes a bar, if any.
    pub(crate) fn add(&mut self, at: Option<Timestamp>, verdict: Option<&str>) {
        let one = |name: &str| u64::from(verdict == Some(name));
        let counts =
            Counts { messages: 1, unchanged: one("unchanged"), edited: one("edited"), denied: one("denied") };
        let slot = usize::try_from(self.messages / self.size).unwrap_or(usize::MAX);
        if slot >= ROWS {
            self.by_place = self.by_place.chunks(2).map(sum).collect();
            self.size *= 2;
        }
        let slot = usize::try_from(self.messages / self.size).unwrap_or(usize::MAX);
        self.by_place.resize(self.by_place.len().max(slot + 1), Counts::default());
        self.by_place[slot].add(counts);
        self.messages += 1;
        let Some(at) = at else { return };
        self.timed += 1;
        self.by_time.entry((at.as_second() - MONDAY).div_euclid(self.unit)).or_default().add(counts);
        while self.by_time.len() > MAX_UNITS {
            let coarser = coarser(self.unit);
            self.by_time = rebucket(&self.by_time, self.unit, coarser);
            self.unit = coarser;
        }
    }

    /// Returns the chart. It has a row for each period if at least half of the messages have a time.
    pub(crate) fn chart(&self, title: &str) -> Chart {
        let chart = |label, rows, note| Chart {
            title: format!("{title} over {}", if label == "time" { "time" } else { "the corpus" }),
            label,
            heads: vec!["messages", "edited", "denied"],
            rows,
            note,
        };
        if self.timed * 2 >= self.messages && self.timed > 0 {
            let left_out = match self.messages - self.timed {
                0 => String::new(),
                1 => "; 1 message without a time is left out".to_owned(),
                count => format!("; {count} messages without a time are left out"),
            };
            return chart("time", self.rows_by_time(), format!("Times are in UTC{left_out}"));
        }
        let label = |slot: usize| (slot as u64 * self.size + 1).to_string();
        let rows = self.by_place.iter().enumerate().map(|(slot, counts)| counts.bar(label(slot))).collect();
        chart(
            "from",
            rows,
            "In the order of the corpus, which has no times; each row begins with the message of that number"
                .to_owned(),
        )
    }

    fn rows_by_time(&self) -> Vec<Bar> {
        let (mut unit, mut slots) = (self.unit, self.by_time.clone());
        let length = |slots: &BTreeMap<i64, Counts>| match (slots.first_key_value(), slots.last_key_value()) {
            (Some((first, _)), Some((last, _))) => usize::try_from(last - first + 1).unwrap_or(usize::MAX),
            _ => 0,
        };
        while length(&slots) > ROWS {
            let coarser = coarser(unit);
            slots = rebucket(&slots, unit, coarser);
            unit = coarser;
        }
        let (Some((first, _)), Some((last, _))) = (slots.first_key_value(), slots.last_key_value()) else {
            return Vec::new();
        };
        let label = |slot: i64| {
            let format = if unit >= DAY { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
            let start = Timestamp::from_second(slot * unit + MONDAY);
            start.map_or_else(|_| "?".to_owned(), |start| start.strftime(format).to_string())
        };
        (*first..=*last).map(|slot| slots.get(&slot).copied().unwrap_or_default().bar(label(slot))).collect()
    }
}

fn sum(slots: &[Counts]) -> Counts {
    let mut all = Counts::default();
    for counts in slots {
        all.add(*counts);
    }
    all
}

fn coarser(unit: i64) -> i64 {
    UNITS.into_iter().find(|it| *it > unit).unwrap_or(unit * 2)
}

/// Converts counts by units of `from` seconds to counts by units of `to` seconds.
fn rebucket(slots: &BTreeMap<i64, Counts>, from: i64, to: i64) -> BTreeMap<i64, Counts> {
    let mut coarse: BTreeMap<i64, Counts> = BTreeMap::new();
    for (slot, counts) in slots {
        coarse.entry((slot * from).div_euclid(to)).or_default().add(*counts);
    }
    coarse
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(timeline: &Timeline) -> Vec<(String, u64, u64)> {
        let rows = timeline.chart("Verdicts").rows.into_iter();
        rows.map(|row| (row.label, row.numbers[0], row.pieces.iter().map(|(_, count)| count).sum())).collect()
    }

    #[test]
    fn every_message_is_in_one_row_however_many_there_are() {
        for count in [0, 1, 31, 32, 33, 1000, 5003] {
            let (mut timed, mut untimed) = (Timeline::default(), Timeline::default());
            for number in 0..count {
                let verdict = (number % 3 == 0).then_some("denied");
                untimed.add(None, verdict);
                timed.add(Timestamp::from_second(1_795_168_800 + number * 7919).ok(), verdict);
            }
            for timeline in [&timed, &untimed] {
                let rows = rows(timeline);
                assert!(rows.len() <= ROWS, "{}", rows.len());
                let count = u64::try_from(count).unwrap();
                assert_eq!(rows.iter().map(|row| row.1).sum::<u64>(), count);
                assert_eq!(rows.iter().map(|row| row.2).sum::<u64>(), count.div_ceil(3));
            }
        }
    }

    #[test]
    fn rows_are_days_of_a_week_with_those_on_which_nobody_spoke() {
        let mut timeline = Timeline::default();
        for day in ["2026-11-20T10:00:00Z", "2026-11-20T23:59:59Z", "2026-11-27T00:00:00Z"] {
            timeline.add(day.parse().ok(), Some("edited"));
        }
        timeline.add(None, None);
        let rows = rows(&timeline);
        assert_eq!(rows.len(), 8);
        assert_eq!(
            (rows[0].clone(), rows[1].clone()),
            (("2026-11-20".to_owned(), 2, 2), ("2026-11-21".to_owned(), 0, 0))
        );
        assert!(timeline.chart("Verdicts").note.contains("1 message without a time"));
    }
}
