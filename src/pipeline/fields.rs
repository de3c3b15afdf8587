//! Whole fields, for detectors that look at what is around the texts.

use crate::detect::Find;
use crate::message::{Field, Message};
use crate::outcome::Span;
use crate::rules::Place;
use crate::text::{Format, Offsets, View, whole};

/// A field as a detector sees it that reads whole fields.
#[derive(Debug)]
pub(super) struct WholeField {
    pub view: View,
    field: Field,
    /// The way back to the field as it came, if it was percent-encoded.
    encoded: Option<Offsets>,
}

/// The fields of `message` that a rule which looks `on` these places is about. Pointers of places do not matter: the detector has
/// its own.
pub(super) fn shown(message: &Message, on: &[Place], format: &Format) -> Vec<WholeField> {
    let looked_at = |field: &Field| on.iter().any(|place| place.field == *field);
    let field = |field| {
        let raw = match field {
            Field::Content => message.content.clone(),
            Field::PushTitle => message.push_title.clone()?,
            Field::PushBody => message.push_body.clone()?,
            Field::Metadata => message.metadata.clone().unwrap_or_default(),
            Field::Attributes => {
                let attributes = serde_json::to_string(&message.attributes).unwrap_or_default();
                return Some(WholeField { view: View::new(attributes), field, encoded: None });
            }
        };
        let (text, encoded) = whole(&raw, format);
        Some(WholeField { view: View::new(text), field, encoded })
    };
    Field::ALL.into_iter().filter(looked_at).filter_map(field).collect()
}

impl WholeField {
    /// Where in the message `find` stands. Nowhere in attributes: that they are one text is our doing.
    pub(super) fn span(&self, find: Find) -> Option<Span> {
        let range = match &self.encoded {
            Some(offsets) => offsets.to_origin(find.range),
            None => find.range,
        };
        (self.field != Field::Attributes).then_some(Span { field: self.field, range, kind: find.kind })
    }
}
