//! [`Message`]: what rules judge, independent of wire formats.

use std::collections::BTreeMap;
use std::fmt;

/// A chat message before it is delivered: nobody but its sender has seen it.
///
/// [`Field::limit`] says how much of each field the service accepts. Texts are as the service delivered them: [`crate::text`] decodes
/// them for rules and encodes edits again.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// ARN of its channel.
    pub channel: String,
    /// ARN of its sender, a user or a bot.
    pub sender: String,
    /// The text that members of the channel read.
    pub content: String,
    /// Data for the client, usually JSON.
    pub metadata: Option<String>,
    /// Title of the push notification, if the sender requested one.
    pub push_title: Option<String>,
    /// Body of the push notification.
    pub push_body: Option<String>,
    /// Message attributes: values by name.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Its id, the same for every delivery and edit of the message.
    pub id: String,
    /// When it was sent, in milliseconds since 1970, if that is known.
    pub sent: Option<i64>,
    /// The position among messages that were sent at the same time, if it is known. Without it, the id determines a position, which is
    /// the same for every delivery.
    pub order: Option<u64>,
    /// When it was edited, in milliseconds since 1970, if this is an edit.
    pub edited: Option<i64>,
}

/// The first millisecond after the last one that a log can hold. It is in the year 5188.
const LAST_TIME: i64 = 36_i64.pow(9);

impl Message {
    /// Returns when it was edited or, if it was not, when it was sent, in milliseconds since 1970. A time before that, or thousands of years
    /// later, is none: no message can be counted by it.
    #[must_use]
    pub fn time(&self) -> Option<i64> {
        self.edited.or(self.sent).filter(|at| (0..LAST_TIME).contains(at))
    }
}

impl fmt::Debug for Message {
    /// Prints sizes instead of texts, so that no log line, panic or failed assertion can leak what somebody wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = |text: &Option<String>| text.as_ref().map(String::len);
        f.debug_struct("Message")
            .field("channel", &self.channel)
            .field("sender", &self.sender)
            .field("content", &self.content.len())
            .field("metadata", &size(&self.metadata))
            .field("push_title", &size(&self.push_title))
            .field("push_body", &size(&self.push_body))
            .field("attributes", &self.attributes.len())
            .field("id", &self.id)
            .field("sent", &self.sent)
            .field("order", &self.order)
            .field("edited", &self.edited)
            .finish()
    }
}

/// A part of a message that contains text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// [`Message::content`].
    Content,
    /// [`Message::push_title`].
    PushTitle,
    /// [`Message::push_body`].
    PushBody,
    /// [`Message::metadata`].
    Metadata,
    /// The values of [`Message::attributes`].
    Attributes,
}

impl Field {
    /// Every field, in the order in which rules search them.
    pub const ALL: [Self; 5] =
        [Self::Content, Self::PushTitle, Self::PushBody, Self::Metadata, Self::Attributes];

    /// The default fields of a rule: text that is masked in the chat must not appear on the lock screen either.
    pub(crate) const SHOWN: [Self; 3] = [Self::Content, Self::PushTitle, Self::PushBody];

    /// Returns the name of the field in rules files, traces and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::PushTitle => "push-title",
            Self::PushBody => "push-body",
            Self::Metadata => "metadata",
            Self::Attributes => "attributes",
        }
    }

    /// Returns the service's limit on the size of the field.
    #[must_use]
    pub const fn limit(self) -> Limit {
        match self {
            Self::Content => Limit::bytes(1, 4096),
            Self::PushTitle => Limit::characters(1, 50),
            Self::PushBody => Limit::characters(1, 150),
            Self::Metadata => Limit::characters(0, 1024),
            Self::Attributes => Limit::characters(1, 512),
        }
    }

    /// Returns the field called `name`, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The sizes that the service accepts for a field or, for attributes, for each value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The minimum size.
    pub min: usize,
    /// The maximum size.
    pub max: usize,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Bytes,
    Characters,
}

/// The maximum total size of all attributes including their names, in bytes.
pub const ATTRIBUTES_LIMIT: usize = 1024;

impl Limit {
    /// Returns a limit of `min` to `max` characters.
    #[must_use]
    pub const fn characters(min: usize, max: usize) -> Self {
        Self { min, max, unit: Unit::Characters }
    }

    const fn bytes(min: usize, max: usize) -> Self {
        Self { min, max, unit: Unit::Bytes }
    }

    /// Returns the size of `text` in the unit of this limit.
    #[must_use]
    pub fn size(self, text: &str) -> usize {
        match self.unit {
            Unit::Bytes => text.len(),
            Unit::Characters => text.chars().count(),
        }
    }

    /// Returns whether the service accepts `text`.
    #[must_use]
    pub fn allows(self, text: &str) -> bool {
        (self.min..=self.max).contains(&self.size(text))
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.min > 0 {
            write!(f, "{} to ", self.min)?;
        }
        match (self.max / 1000, self.max % 1000) {
            (0, most) => write!(f, "{most}")?,
            (thousands, rest) => write!(f, "{thousands},{rest:03}")?,
        }
        f.write_str(if self.unit == Unit::Bytes { " bytes" } else { " characters" })
    }
}
