//! Explains why numbers in the layout of a kind are not found.

use super::us::PUBLISHED;
use super::{Evidence, Id, Kinds, Requires, all, is_labelled, layout, starts, values};
use crate::detect::NearMiss;
use crate::detect::pii::neighbours::is_delimited;
use crate::detect::pii::other_numbers::is_named;

impl Kinds {
    /// Returns the parts of `text` that have a layout of one of these kinds, each with the reason why it is not such a number.
    pub(in crate::detect::pii) fn near_misses(&self, text: &str) -> Vec<NearMiss> {
        let starts = starts(text);
        let mut all = Vec::new();
        for (id, filter, _) in &self.ids {
            for start in starts.iter().filter(|start| filter.admits(start)) {
                all.extend(id.layouts.iter().filter_map(|layout| id.near_miss(layout, text, start.at)));
            }
        }
        all.sort_by_key(|(evidence, _)| std::cmp::Reverse(*evidence));
        all.into_iter().map(|(_, near)| near).collect()
    }
}

impl Id {
    /// Returns why the text at `start`, if it has the layout, is not a number of this kind, and how strongly the text suggests that it
    /// is meant as one.
    fn near_miss(&self, layout: &'static str, text: &str, start: usize) -> Option<(Evidence, NearMiss)> {
        let range = start..start + layout::end(layout, &text.as_bytes()[start..])?;
        let number = values(&text[range.clone()]);
        let labelled = is_labelled(text, &range, self.labels());
        let evidence = if labelled {
            Evidence::Label
        } else if layout::is_distinctive(layout) || matches!(self.requires, Requires::Nothing) {
            Evidence::Layout
        } else {
            Evidence::OnlyText
        };
        let why = match ((self.check)(&number), is_delimited(text, &range)) {
            (true, true) if evidence == Evidence::Layout && is_named(text, range.start) => {
                "the words next to it name another number".to_owned()
            }
            (true, true) if evidence == Evidence::OnlyText => {
                format!("it requires a label next to it, such as `{}`", self.labels().first()?)
            }
            (true, false) if evidence > Evidence::OnlyText => {
                "it is part of a longer number or word".to_owned()
            }
            (false, true) if evidence > Evidence::OnlyText => self.why_invalid(&number),
            _ => return None,
        };
        Some((evidence, NearMiss { range, kind: self.kind, why }))
    }

    /// Returns why `number`, as letters and digits, is invalid.
    fn why_invalid(&self, number: &[u8]) -> String {
        let digits: String = number.iter().map(|v| char::from(if *v < 10 { b'0' + v } else { *v })).collect();
        if self.kind == "us-ssn" {
            let area = digits.get(..3).unwrap_or_default();
            if digits.parse().is_ok_and(|digits| PUBLISHED.contains(&digits)) {
                return "it is a published sample number".to_owned();
            }
            if matches!(area, "000" | "666") || area.starts_with('9') {
                return format!("numbers that start with {area} are never issued");
            }
        }
        if digits.len() > 1 && digits.bytes().all(|digit| digit == digits.as_bytes()[0]) {
            return "it repeats one digit".to_owned();
        }
        let described = all().find(|id| id.kind == self.kind && !id.what.is_empty());
        let verified =
            described.and_then(|id| id.what.split_once(": ")).map_or("its format", |(_, verified)| verified);
        format!("it is invalid ({})", verified.trim_end_matches(", requires a label"))
    }
}
