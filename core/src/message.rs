//! [`Message`]: what a rule looks at, free of wire formats.

use std::collections::BTreeMap;
use std::fmt;

/// One chat message, as it was before anybody but its sender saw it.
///
/// No more of it is taken than [`Field::limit`] says. Texts are as the service delivered them: [`crate::text`] takes encodings off for rules and puts them back on for edits.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// ARN of the channel it was sent to.
    pub channel: String,
    /// ARN of its sender, a user or a bot.
    pub sender: String,
    /// What members of the channel read.
    pub content: String,
    /// Data for the client, usually JSON.
    pub metadata: Option<String>,
    /// Title of the push notification, if the sender asked for one.
    pub push_title: Option<String>,
    /// Body of the push notification.
    pub push_body: Option<String>,
    /// Message attributes: values by name.
    pub attributes: BTreeMap<String, Vec<String>>,
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
            .finish()
    }
}

/// A part of a message that holds text.
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
    /// Every field, in the order rules look at them.
    pub const ALL: [Self; 5] =
        [Self::Content, Self::PushTitle, Self::PushBody, Self::Metadata, Self::Attributes];

    /// Where a rule looks unless it says otherwise: what is hidden in the chat must not be read on the lock screen.
    pub const SHOWN: [Self; 3] = [Self::Content, Self::PushTitle, Self::PushBody];

    /// The name that rules files, traces and logs use.
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

    /// How much of the field the service takes.
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

    /// The field called `name`, if there is one.
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

/// How much of a field the service takes, of attributes how much of each value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// As little as this.
    pub least: usize,
    /// As much as this.
    pub most: usize,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Bytes,
    Characters,
}

/// How many bytes the service takes of all attributes together, their names among them.
pub const ATTRIBUTES_LIMIT: usize = 1024;

impl Limit {
    /// From `least` to `most` characters.
    #[must_use]
    pub const fn characters(least: usize, most: usize) -> Self {
        Self { least, most, unit: Unit::Characters }
    }

    /// From `least` to `most` bytes.
    const fn bytes(least: usize, most: usize) -> Self {
        Self { least, most, unit: Unit::Bytes }
    }

    /// How much `text` is by this measure.
    #[must_use]
    pub fn size(self, text: &str) -> usize {
        match self.unit {
            Unit::Bytes => text.len(),
            Unit::Characters => text.chars().count(),
        }
    }

    /// Whether the service takes `text`.
    #[must_use]
    pub fn allows(self, text: &str) -> bool {
        (self.least..=self.most).contains(&self.size(text))
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.least > 0 {
            write!(f, "{} to ", self.least)?;
        }
        match (self.most / 1000, self.most % 1000) {
            (0, most) => write!(f, "{most}")?,
            (thousands, rest) => write!(f, "{thousands},{rest:03}")?,
        }
        f.write_str(if self.unit == Unit::Bytes { " bytes" } else { " characters" })
    }
}
