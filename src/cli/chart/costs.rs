//! [`Costs`]: how long messages took, as a histogram.

use std::time::Duration;

use super::{Bar, Chart, Tone};

/// The number of messages by the time that the rules took for them, in powers of two of a microsecond.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Costs([u64; 32]);

impl Costs {
    pub(crate) fn add(&mut self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
        let class = usize::try_from(micros.ilog2()).unwrap_or_default().min(self.0.len() - 1);
        self.0[class] += 1;
    }

    /// Returns the histogram of one or several sets of rules, side by side. The bars are those of the last.
    pub(crate) fn chart(sides: &[(&'static str, Self)]) -> Chart {
        let is_used = |class: &usize| sides.iter().any(|(_, costs)| costs.0[*class] > 0);
        let used: Vec<_> = (0..32).filter(is_used).collect();
        let row = |class: usize| {
            let numbers: Vec<_> = sides.iter().map(|(_, costs)| costs.0[class]).collect();
            let label = if class == 0 {
                "under 2 us".to_owned()
            } else {
                format!("{} to {} us", 1_u64 << class, 2_u64 << class)
            };
            let length = numbers.last().copied().unwrap_or_default();
            Bar { label, numbers, pieces: vec![(Tone::Plain, length)] }
        };
        let rows = match (used.first(), used.last()) {
            (Some(first), Some(last)) => (*first..=*last).map(row).collect(),
            _ => Vec::new(),
        };
        Chart {
            title: "Cost".to_owned(),
            label: "time",
            heads: sides.iter().map(|(name, _)| *name).collect(),
            rows,
            note: "The time that the rules take for a message on this machine".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_counted_by_powers_of_two() {
        let mut costs = Costs::default();
        for micros in [0, 1, 2, 3, 8, 9, 15, 16] {
            costs.add(Duration::from_micros(micros));
        }
        let rows: Vec<_> = Costs::chart(&[("messages", costs)])
            .rows
            .into_iter()
            .map(|row| (row.label, row.numbers[0]))
            .collect();
        let expected =
            [("under 2 us", 2), ("2 to 4 us", 2), ("4 to 8 us", 0), ("8 to 16 us", 3), ("16 to 32 us", 1)];
        assert_eq!(rows, expected.map(|(label, count)| (label.to_owned(), count)));
        assert!(Costs::chart(&[("messages", Costs::default())]).rows.is_empty());
    }
}
