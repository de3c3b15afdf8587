//! [`Draft`]: a message split into texts, and reassembled after edits.

use std::collections::BTreeMap;

use super::encoding::decode;
use super::format::Format;
use super::members::{Annotations, with_members};
use super::part::Part;
use crate::message::{ATTRIBUTES_LIMIT, Field, Message};

/// A message split into texts, which rules read and edit.
#[derive(Debug)]
pub(crate) struct Draft {
    texts: Vec<Text>,
    /// The members that rules add to the metadata.
    annotations: Annotations,
}

/// The name and the position of an attribute value.
type AttributePlace = (String, usize);

/// The text of one field.
#[derive(Debug)]
pub(crate) struct Text {
    field: Field,
    attribute: Option<AttributePlace>,
    parts: Vec<Part>,
}

/// The fields that edits changed, with the values to send.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Edits {
    /// New content.
    pub content: Option<String>,
    /// New metadata.
    pub metadata: Option<String>,
    /// New title of the push notification.
    pub push_title: Option<String>,
    /// New body of the push notification.
    pub push_body: Option<String>,
    /// All attributes, including the changed values.
    pub attributes: Option<BTreeMap<String, Vec<String>>>,
}

impl std::fmt::Debug for Edits {
    /// Prints which fields changed, but not their text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Edits")
            .field("content", &self.content.is_some())
            .field("metadata", &self.metadata.is_some())
            .field("push_title", &self.push_title.is_some())
            .field("push_body", &self.push_body.is_some())
            .field("attributes", &self.attributes.is_some())
            .finish()
    }
}

/// A field that exceeds its limit even if all findings in it are masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the edited {} is over the limit of {}", .0, .0.limit())]
pub(crate) struct TooLong(pub Field);

impl Draft {
    /// Splits `message` into texts and decodes them.
    pub(crate) fn new(message: &Message, format: &Format) -> Self {
        let text = |field, attribute, raw: &String| {
            let parts = decode(field, raw, format);
            Text { field, attribute, parts }
        };
        let mut texts = vec![text(Field::Content, None, &message.content)];
        texts.extend(message.push_title.iter().map(|raw| text(Field::PushTitle, None, raw)));
        texts.extend(message.push_body.iter().map(|raw| text(Field::PushBody, None, raw)));
        texts.extend(message.metadata.iter().map(|raw| text(Field::Metadata, None, raw)));
        for (name, values) in &message.attributes {
            let value = |(at, raw)| text(Field::Attributes, Some((name.clone(), at)), raw);
            texts.extend(values.iter().enumerate().map(value));
        }
        Self { texts, annotations: Annotations::default() }
    }

    /// Returns every text, in the order of [`Field::ALL`].
    pub(crate) fn texts(&self) -> &[Text] {
        &self.texts
    }

    pub(crate) fn texts_mut(&mut self) -> &mut [Text] {
        &mut self.texts
    }

    /// Returns whether an edit or an annotation changed the message.
    pub(crate) fn is_edited(&self) -> bool {
        !self.annotations.is_empty() || self.texts.iter().any(Text::is_edited)
    }

    /// Returns whether edits left nothing visible in any of the content's texts that people read.
    pub(crate) fn content_is_gone(&self) -> bool {
        self.texts.iter().any(|text| text.field == Field::Content && text.is_gone())
    }

    /// Replaces the content by `with` after edits have left nothing visible: in each edited text that people read.
    pub(crate) fn fill_content(&mut self, with: &str) {
        let content = self.texts.iter_mut().filter(|text| text.field == Field::Content);
        for part in content.flat_map(Text::parts_mut).filter(|part| part.is_shown() && part.is_edited()) {
            part.edit(&[(0..part.view().text().len(), with.to_owned())]);
        }
    }

    /// Adds `members` to the metadata of `message`; `mask` hides edits that do not fit. Returns whether this changes the metadata: only if the
    /// metadata is empty or a JSON object, and the result does not exceed the limit.
    pub(crate) fn annotate(
        &mut self,
        message: &Message,
        members: &serde_json::Map<String, serde_json::Value>,
        mask: char,
    ) -> bool {
        let mut annotations = self.annotations.clone();
        annotations.extend(members.iter().map(|(key, value)| (key.clone(), value.clone())));
        let metadata = self.texts.iter().find(|text| text.field == Field::Metadata);
        let Ok(edited) = metadata.map_or(Ok(None), |text| text.finish(message, mask)) else { return false };
        let now = edited.or_else(|| message.metadata.clone()).unwrap_or_default();
        let annotated = with_members(&now, &annotations);
        let changes = annotated != with_members(&now, &self.annotations)
            && annotated.is_some_and(|new| Field::Metadata.limit().allows(&new));
        if changes {
            self.annotations = annotations;
        }
        changes
    }

    /// Returns the fields that changed: each as received except for the bytes that edits replace.
    ///
    /// If an edit makes a field longer than its limit, or empties a field that the service requires, the edited spans are masked with
    /// `mask` instead.
    ///
    /// # Errors
    /// If the field exceeds its limit even with masks, which requires that it exceeded the limit when it was received.
    pub(crate) fn finish(&self, message: &Message, mask: char) -> Result<Edits, TooLong> {
        let mut edits = Edits::default();
        for text in &self.texts {
            let Some(new) = text.finish(message, mask)? else { continue };
            match (text.field, &text.attribute) {
                (Field::Content, _) => edits.content = Some(new),
                (Field::PushTitle, _) => edits.push_title = Some(new),
                (Field::PushBody, _) => edits.push_body = Some(new),
                (Field::Metadata, _) => edits.metadata = Some(new),
                (Field::Attributes, Some(place)) => {
                    put(edits.attributes.get_or_insert_with(|| message.attributes.clone()), place, new);
                }
                (Field::Attributes, None) => {}
            }
        }
        if let Some(attributes) = &mut edits.attributes
            && size(attributes) > ATTRIBUTES_LIMIT
        {
            for text in self.texts.iter().filter(|text| text.is_edited()) {
                let hidden = text.rendered(message, Some(mask));
                if let Some(place) = text.attribute.as_ref().filter(|_| text.field.limit().allows(&hidden)) {
                    put(attributes, place, hidden);
                }
            }
        }
        if !self.annotations.is_empty() {
            let now = edits.metadata.as_ref().or(message.metadata.as_ref()).map_or("", String::as_str);
            // An edit made after the annotation may have used up its room; the edit takes precedence.
            let annotated =
                with_members(now, &self.annotations).filter(|new| Field::Metadata.limit().allows(new));
            edits.metadata =
                annotated.or(edits.metadata).filter(|new| Some(new) != message.metadata.as_ref());
        }
        Ok(edits)
    }
}

impl Text {
    /// Returns the field of this text.
    pub(crate) fn field(&self) -> Field {
        self.field
    }

    /// Returns the readable strings of the field, in order.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(crate) fn parts_mut(&mut self) -> &mut [Part] {
        &mut self.parts
    }

    fn is_edited(&self) -> bool {
        self.parts.iter().any(Part::is_edited)
    }

    fn is_gone(&self) -> bool {
        let shown = || self.parts.iter().filter(|part| part.is_shown());
        shown().any(Part::is_edited) && shown().all(Part::is_blank)
    }

    /// Returns the value of the field to send, if an edit changed it.
    fn finish(&self, message: &Message, mask: char) -> Result<Option<String>, TooLong> {
        if !self.is_edited() {
            return Ok(None);
        }
        let mut candidates = [None, Some(mask)].into_iter().map(|mask| self.rendered(message, mask));
        let fit = candidates.find(|text| self.field.limit().allows(text)).ok_or(TooLong(self.field))?;
        Ok(Some(fit).filter(|text| *text != self.received(message)))
    }

    /// Returns the value of the field in `message`, from which this text was read.
    fn received<'m>(&self, message: &'m Message) -> &'m str {
        let value = |(name, at): &AttributePlace| message.attributes.get(name)?.get(*at);
        let received = match self.field {
            Field::Content => Some(&message.content),
            Field::PushTitle => message.push_title.as_ref(),
            Field::PushBody => message.push_body.as_ref(),
            Field::Metadata => message.metadata.as_ref(),
            Field::Attributes => self.attribute.as_ref().and_then(value),
        };
        received.map_or("", String::as_str)
    }

    fn rendered(&self, message: &Message, mask: Option<char>) -> String {
        let raw = self.received(message);
        let (mut out, mut at) = (String::with_capacity(raw.len()), 0);
        for (range, with) in self.parts.iter().flat_map(|part| part.raw_swaps(mask)) {
            out.push_str(&raw[at..range.start]);
            // Only content and push bodies may contain line breaks: the service's pattern for the other fields allows one line.
            if matches!(self.field, Field::Content | Field::PushBody) {
                out.push_str(&with);
            } else {
                out.push_str(&with.replace(['\n', '\r'], " "));
            }
            at = range.end;
        }
        out.push_str(&raw[at..]);
        out
    }
}

/// Writes `value` to the position `place` of `attributes`.
fn put(attributes: &mut BTreeMap<String, Vec<String>>, (name, at): &AttributePlace, value: String) {
    if let Some(old) = attributes.get_mut(name).and_then(|values| values.get_mut(*at)) {
        *old = value;
    }
}

/// Returns the size of `attributes` in bytes.
fn size(attributes: &BTreeMap<String, Vec<String>>) -> usize {
    let values = |values: &Vec<String>| values.iter().map(String::len).sum::<usize>();
    attributes.iter().map(|(name, all)| name.len() + values(all)).sum()
}
