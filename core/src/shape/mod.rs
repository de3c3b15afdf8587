//! [`Shape`]: the syntax of a value in a rules file, declared once.
//!
//! The language of rules files is a tree of shapes: those in `rules/language.rs` for the file, and [`Settings::SHAPE`] of each detector
//! for its settings. Everything that knows the language derives from that tree:
//!
//! ```text
//!                    ┌─ read ──────> the loader: problems with their positions, or the value in its long form, decoded by serde
//!  Shape (constant) ─┼─ json_schema ─> rules.schema.json, for editors
//!                    └─ reference ──> docs/rules-reference.md
//! ```
//!
//! **One long form.** Authors may write `"cat"` for `["cat"]`, and `links = "all"` for `links = { kinds = ["all"] }`. Reading checks a
//! value and rewrites it into the long form, so a plain `#[derive(Deserialize)]` type can decode it.
//!
//! **No startup cost**: shapes are constants, and descriptions for people are made on demand.
//!
//! [`Settings::SHAPE`]: crate::detect::Settings::SHAPE

mod constraint;
mod expected;
mod json_schema;
mod meant;
mod nearest;
mod problem;
mod read;
mod reference;

pub use constraint::{Constraint, Has};
pub use nearest::did_you_mean;
pub(crate) use nearest::nearest;
pub use problem::Problem;
pub(crate) use reference::section;

/// The syntax of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any value. The type that decodes it checks it.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number within bounds, both included.
    Integer {
        /// The minimum.
        min: i64,
        /// The maximum.
        max: i64,
    },
    /// A finite number within bounds.
    Number {
        /// The exclusive minimum.
        above: f64,
        /// The maximum.
        max: f64,
    },
    /// A text.
    Text(&'static Text),
    /// One of some words.
    Words(&'static Words),
    /// A list.
    List(&'static List),
    /// A table with some keys and no others.
    Table(&'static Table),
    /// A table whose keys are names chosen by the author.
    Map(&'static Map),
    /// One of several shapes, distinguished by the TOML type of the value.
    Alternatives(&'static [Alternative]),
    /// A value that JSON can represent: no dates, and only finite numbers.
    Json,
    /// A shape that may contain itself, with the name of its definition in the schema.
    Named(&'static str, &'static Shape),
}

/// A text and its requirements.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// What it is, in messages: `a JSON pointer`.
    pub what: &'static str,
    /// Checks a text. Returns `Err` with the problem if it is invalid.
    pub check: fn(&str) -> Result<(), Problem>,
    /// A regular expression for editors that expresses the check as far as possible; empty for none.
    pub pattern: &'static str,
    /// Texts that match the pattern but are invalid.
    pub never: &'static [&'static str],
}

/// A fixed set of words.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What each word is, in messages: `kind`.
    pub what: &'static str,
    /// Returns the words.
    pub all: fn() -> &'static [&'static str],
    /// Returns the word of the set for which another word is a synonym, if that is known.
    pub meant: fn(&str) -> Option<&'static str>,
}

/// A list.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// What the list contains, in messages: `kinds`.
    pub what: &'static str,
    /// The shape of each item.
    pub item: Shape,
    /// The minimum number of items.
    pub least: usize,
    /// Whether a single item may be written instead of a list of one.
    pub or_item: bool,
    /// A word that may be written instead of the list: `all`.
    pub or_word: Option<&'static str>,
}

/// A table with some keys and no others.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// What the table is, in messages: `a rule`.
    pub what: &'static str,
    /// An example of the table: `{ max = 5 }`.
    pub such_as: &'static str,
    /// Its keys, in reading order.
    pub keys: &'static [Key],
    /// The constraints on several keys together.
    pub constraints: &'static [Constraint],
    /// Whether it must have exactly one of its keys.
    pub is_choice: bool,
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The shape of its value.
    pub shape: Shape,
    /// The description for authors of rules.
    pub means: &'static str,
    /// Whether it is required.
    pub is_required: bool,
    /// The default, for authors of rules.
    pub default: &'static str,
    /// What to do about a missing or invalid value; empty for no advice.
    pub help: &'static str,
}

/// A table whose keys are names chosen by the author.
#[derive(Clone, Copy, Debug)]
pub struct Map {
    /// What the table is, in messages: `a table of points by kind`.
    pub what: &'static str,
    /// An example of the table: `{ email = 2 }`.
    pub such_as: &'static str,
    /// The requirements for the names.
    pub names: &'static Text,
    /// The shape of each value.
    pub value: Shape,
    /// The minimum number of names.
    pub least: usize,
    /// Names with a special meaning, and the shapes of their values.
    pub keys: &'static [Key],
    /// The constraints on several names together.
    pub constraints: &'static [Constraint],
}

/// One of several shapes.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// The shape of the value.
    pub shape: Shape,
    /// How to convert the value to its long form.
    pub long: Long,
}

/// The long form of a value.
#[derive(Clone, Copy, Debug)]
pub enum Long {
    /// The value itself.
    Itself,
    /// A table with the value at this key: `"strict"` for `{ level = "strict" }`.
    Under(&'static str),
    /// A table with a list of the value at this key: `"swears"` for `{ lists = ["swears"] }`.
    ListUnder(&'static str),
}

impl Shape {
    /// Any text.
    pub const TEXT: Self = Self::Text(&Text::ANY);
    /// A non-negative whole number.
    pub const COUNT: Self = Self::Integer { min: 0, max: i64::MAX };
    /// A whole number of 1 or more.
    pub const COUNT_FROM_1: Self = Self::Integer { min: 1, max: i64::MAX };
    /// Any finite number.
    pub const NUMBER: Self = Self::Number { above: f64::NEG_INFINITY, max: f64::INFINITY };
}

impl Text {
    /// Any text.
    pub const ANY: Self = Self { what: "a text", check: |_| Ok(()), pattern: "", never: &[] };
}

impl Words {
    /// Returns the set of the words that `all` returns.
    #[must_use]
    pub const fn of(what: &'static str, all: fn() -> &'static [&'static str]) -> Self {
        Self { what, all, meant: |_| None }
    }
}

impl List {
    /// Returns a list of at least one item; a single item may be written without the list.
    #[must_use]
    pub const fn of(what: &'static str, item: Shape) -> Self {
        Self { what, item, least: 1, or_item: true, or_word: None }
    }

    /// Returns a list of any number of items; a single item may be written without the list.
    #[must_use]
    pub const fn any(what: &'static str, item: Shape) -> Self {
        Self { least: 0, ..Self::of(what, item) }
    }

    /// Returns a list of tables, each written as `[[…]]`.
    #[must_use]
    pub const fn of_tables(table: &'static Table) -> Self {
        Self { or_item: false, ..Self::any("tables", Shape::Table(table)) }
    }
}

impl Map {
    /// Returns a table with any names, possibly none, and values of shape `value`.
    #[must_use]
    pub const fn of(what: &'static str, value: Shape) -> Self {
        Self { what, such_as: "", names: &Text::ANY, value, least: 0, keys: &[], constraints: &[] }
    }
}

impl Table {
    /// Returns a table with `keys`, which are optional unless marked as required.
    #[must_use]
    pub const fn of(what: &'static str, such_as: &'static str, keys: &'static [Key]) -> Self {
        Self { what, such_as, keys, constraints: &[], is_choice: false }
    }

    /// Returns this table with `constraints`.
    #[must_use]
    pub const fn with(self, constraints: &'static [Constraint]) -> Self {
        Self { constraints, ..self }
    }

    /// Returns the key called `name`.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Key {
    /// Returns an optional key.
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape, means: &'static str) -> Self {
        Self { name, shape, means, is_required: false, default: "", help: "" }
    }

    /// Returns this key as a required one.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// Returns this key with a description of its default.
    #[must_use]
    pub const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// Returns this key with advice for a missing or invalid value.
    #[must_use]
    pub const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }
}

impl Alternative {
    /// Returns a shape whose long form is the value itself.
    #[must_use]
    pub const fn of(shape: Shape) -> Self {
        Self { shape, long: Long::Itself }
    }

    /// Returns a shape that is short for a table with the value at `key`.
    #[must_use]
    pub const fn under(key: &'static str, shape: Shape) -> Self {
        Self { shape, long: Long::Under(key) }
    }
}
