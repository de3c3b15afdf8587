//! [`ChartData`]: a comparison as charts and as a page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{ChangeKind, Compared, Group, Side};
use crate::cli::chart::{Bar, Cell, Chart, Costs, Page, Table, Timeline, Tone};

/// The data for the charts of a comparison.
#[derive(Default)]
pub(super) struct ChartData {
    /// The messages that change, by their new verdict.
    changes: Timeline,
    /// The number of messages in which each rule finds something, in the old and the new set.
    rules: BTreeMap<String, [u64; 2]>,
    costs: [Costs; 2],
}

impl ChartData {
    pub(super) fn add(&mut self, compared: &Compared) {
        self.changes.add(compared.at, compared.is_change().then_some(compared.new.verdict));
        for (side, Side { by, took, .. }) in [&compared.old, &compared.new].into_iter().enumerate() {
            self.costs[side].add(*took);
            for rule in by {
                match self.rules.get_mut(rule) {
                    Some(counts) => counts[side] += 1,
                    None => self.rules.entry(rule.clone()).or_default()[side] += 1,
                }
            }
        }
    }

    /// Returns the charts: changes over time, rules by findings, cost.
    pub(super) fn charts(&self) -> Vec<Chart> {
        let mut changes = self.changes.chart("Changes");
        changes.note.push_str("; the bars are the messages that change, by their new verdicts");
        let row = |(rule, [old, new]): (&String, &[u64; 2])| Bar {
            label: rule.clone(),
            numbers: vec![*old, *new],
            pieces: vec![(Tone::Plain, *new)],
        };
        let mut rules: Vec<_> = self.rules.iter().map(row).collect();
        rules.sort_by_key(|bar| Reverse(bar.numbers[1].max(bar.numbers[0])));
        let rules = Chart {
            title: "Rules by findings".to_owned(),
            label: "rule",
            heads: vec!["old", "new"],
            rows: rules,
            note: "Messages in which the rule finds something; the bars are those of the new rules"
                .to_owned(),
        };
        let [old, new] = self.costs;
        vec![changes, rules, Costs::chart(&[("old", old), ("new", new)])]
    }

    /// Returns the comparison as a page.
    pub(super) fn page(
        &self,
        title: String,
        groups: &BTreeMap<ChangeKind, Group>,
        (messages, changed): (u64, u64),
        show_text: bool,
    ) -> Page {
        let mut sorted: Vec<_> = groups.iter().collect();
        sorted.sort_by_key(|(_, group)| Reverse(group.count));
        let what = |(old, new, _): &ChangeKind| Cell::Name(format!("{old} → {new}"));
        let by = |(_, _, rules): &ChangeKind| Cell::Name(rules.join(" "));
        let kinds = Table {
            title: "Changes".to_owned(),
            heads: vec!["messages", "change", "by"],
            rows: sorted
                .iter()
                .map(|(kind, group)| vec![Cell::Number(group.count), what(kind), by(kind)])
                .collect(),
        };
        let mut examples =
            Table { title: "Examples".to_owned(), heads: vec!["line", "change", "by"], rows: Vec::new() };
        if show_text {
            examples.heads.extend(["text", "edited"]);
        }
        for (kind, group) in sorted {
            for (line, text, side) in &group.examples {
                let mut row = vec![Cell::Number(*line), what(kind), by(kind)];
                if show_text {
                    let edited = side.edits.content.clone().unwrap_or_default();
                    row.extend([Cell::Text(text.clone()), Cell::Text(edited)]);
                }
                examples.rows.push(row);
            }
        }
        Page {
            title,
            facts: vec![format!("{changed} of {messages} messages have a different outcome.")],
            charts: self.charts(),
            tables: vec![kinds, examples],
            has_text: show_text,
        }
    }
}
