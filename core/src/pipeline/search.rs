//! Runs a detector on the fields of its rule, within the budget of the message.

use std::collections::HashSet;

use super::{Located, Run, fenced};
use crate::detect::{Budget, Context, Detector, Find, Found, Reads};
use crate::message::{Field, Message};
use crate::outcome::{Failure, Span};
use crate::rule::{Finder, Mode, Rule};
use crate::text::{Draft, Format, Offsets, View, whole};

/// What is left of the budgets for a message. Rules in shadow mode have their own budget, so that they take nothing from rules in enforce
/// mode.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budgets {
    pub(super) acting: Budget,
    shadow: Budget,
}

impl Default for Budgets {
    fn default() -> Self {
        Self { acting: Budget::MESSAGE, shadow: Budget::MESSAGE }
    }
}

impl Budgets {
    const fn of(&mut self, mode: Mode) -> &mut Budget {
        match mode {
            Mode::Enforce => &mut self.acting,
            Mode::Shadow => &mut self.shadow,
        }
    }
}

/// What a detector found in the fields of its rule.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// Whether it found anything.
    pub(super) is_found: bool,
    finds: Vec<Located>,
    /// Spans in whole fields.
    whole_fields: Vec<Span>,
    /// The work that it took.
    spent: u64,
}

impl Search {
    /// Returns whether a detector that may do as much work as `budget` finds the same.
    pub(super) const fn fits(&self, budget: Budget) -> bool {
        self.spent <= budget.left()
    }
}

impl Run<'_> {
    /// Runs `finder`, the current detector, on the fields of `rule`. Returns whether it found anything.
    pub(super) fn search(&mut self, rule: &Rule, finder: &Finder) -> Result<bool, Failure> {
        let place = (self.position, self.current.detector);
        let mut budgets = self.budgets;
        let lent = budgets.of(rule.mode).lend(Budget::RULE);
        let search = match self.foresight.take(place, lent) {
            Some(search) => {
                budgets.of(rule.mode).take_back(Budget::RULE, Budget::of(lent.left() - search.spent));
                Ok(search)
            }
            None => self.look(rule, finder, &mut budgets),
        };
        self.budgets = budgets;
        let Search { is_found, finds, whole_fields, .. } = search?;
        self.current.finds.extend(finds);
        self.current.whole_fields.extend(whole_fields);
        Ok(is_found)
    }

    /// Runs `finder` on the fields of `rule`, within `budgets`.
    pub(super) fn look(
        &self,
        rule: &Rule,
        finder: &Finder,
        budgets: &mut Budgets,
    ) -> Result<Search, Failure> {
        let budget = budgets.of(rule.mode);
        let lent = budget.lend(Budget::RULE);
        let mut cx = Context { message: &self.message, budget: lent };
        let search = match finder.reads() {
            Reads::Texts => search_texts(&self.draft, rule, finder, &mut cx),
            Reads::Fields => search_fields(&self.pipeline.format, rule, finder, &mut cx),
        };
        budget.take_back(Budget::RULE, cx.budget);
        Ok(Search { spent: lent.left() - cx.budget.left(), ..search? })
    }
}

fn search_texts(
    draft: &Draft,
    rule: &Rule,
    finder: &Finder,
    cx: &mut Context<'_>,
) -> Result<Search, Failure> {
    let mut search = Search::default();
    for (text_at, text) in draft.texts().iter().enumerate() {
        for (part_at, part) in text.parts().iter().enumerate() {
            if !rule.on.iter().any(|place| place.holds(text, part)) {
                continue;
            }
            let found = find_twice(&**finder, part.view(), cx)?;
            search.is_found |= !found.is_empty();
            let locate = |find: Find| Located {
                text: text_at,
                part: part_at,
                range: part.view().whole_graphemes(find.range),
                detector: finder.name,
                kind: find.kind,
                severity: find.severity,
            };
            search.finds.extend(found.spans.into_iter().map(locate));
        }
    }
    Ok(search)
}

fn search_fields(
    format: &Format,
    rule: &Rule,
    finder: &Finder,
    cx: &mut Context<'_>,
) -> Result<Search, Failure> {
    let mut search = Search::default();
    // The JSON pointers of `on` do not apply here: the detector has its own.
    let looked_at = |field: &Field| rule.on.iter().any(|place| place.field == *field);
    for field in Field::ALL.into_iter().filter(looked_at) {
        let Some(whole) = WholeField::of(cx.message, field, format) else { continue };
        let found = find(&**finder, &whole.view, cx)?;
        search.is_found |= !found.is_empty();
        search.whole_fields.extend(found.spans.into_iter().filter_map(|find| whole.span(finder.name, find)));
    }
    Ok(search)
}

/// Returns what `detector` finds in the text of `view`, both in the order shown and in the order stored, so that the result is the same
/// whether or not a later rule removes the bidirectional override.
pub(super) fn find_twice(
    detector: &dyn Detector,
    view: &View,
    cx: &mut Context<'_>,
) -> Result<Found, Failure> {
    let mut found = find(detector, view, cx)?;
    if let Some(stored) = view.as_stored() {
        let more = find(detector, stored, cx)?;
        found.whole |= more.whole;
        let key = |find: &Find| (find.range.start, find.range.end, find.kind);
        let known: HashSet<_> = found.spans.iter().map(key).collect();
        found.spans.extend(more.spans.into_iter().filter(|find| !known.contains(&key(find))));
    }
    Ok(found)
}

fn find(detector: &dyn Detector, view: &View, cx: &mut Context<'_>) -> Result<Found, Failure> {
    let mut found = Found::default();
    fenced(|| detector.find(view, cx, &mut found))?.map_err(|_| Failure::Budget)?;
    Ok(found)
}

/// A field as a detector that reads whole fields sees it.
struct WholeField {
    view: View,
    field: Field,
    /// The offset map to the field as received, if it is percent-encoded.
    encoded: Option<Offsets>,
}

impl WholeField {
    /// Returns `field` of `message`; `None` for a push notification that is not sent.
    fn of(message: &Message, field: Field, format: &Format) -> Option<Self> {
        let raw = match field {
            Field::Content => message.content.as_str(),
            Field::PushTitle => message.push_title.as_ref()?,
            Field::PushBody => message.push_body.as_ref()?,
            Field::Metadata => message.metadata.as_ref().map_or("", String::as_str),
            Field::Attributes => {
                let attributes = serde_json::to_string(&message.attributes).unwrap_or_default();
                return Some(Self { view: View::new(attributes), field, encoded: None });
            }
        };
        let (text, encoded) = whole(raw, format);
        Some(Self { view: View::new(text), field, encoded })
    }

    /// Returns the position of `find` in the message; `None` for attributes, which the message does not contain as one text.
    fn span(&self, detector: &'static str, find: Find) -> Option<Span> {
        let range = match &self.encoded {
            Some(offsets) => offsets.to_origin(find.range),
            None => find.range,
        };
        (self.field != Field::Attributes).then_some(Span {
            field: self.field,
            range,
            detector,
            kind: find.kind,
            severity: find.severity,
        })
    }
}
