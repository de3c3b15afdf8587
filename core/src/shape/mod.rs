//! [`Shape`]: what a value in a rules file looks like, declared once.
//!
//! The language of rules files is a tree of shapes: those in `rules/language.rs` for the file, [`Settings::SHAPE`] of each detector for
//! what stands behind its name. Everything that knows the language derives from that tree:
//!
//! ```text
//!                    ┌─ read ──────> the loader: problems, each where it stands, or the value in its long form, decoded by serde
//!  Shape (constant) ─┼─ json_schema ─> rules.schema.json, for editors
//!                    └─ reference ──> docs/rules-reference.md
//! ```
//!
//! **One long form.** People write `"cat"` for `["cat"]`, and `links = "all"` for `links = { kinds = ["all"] }`. Reading a value rewrites it
//! into the long form while checking it, so that what decodes it is a plain `#[derive(Deserialize)]` type.
//!
//! **Nothing is built at a start**: shapes are constants, and what is only for people is put into words when somebody asks.
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

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything. What it must be is for the type that decodes it to say.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number within bounds, both included.
    Integer {
        /// The least it may be.
        min: i64,
        /// The most it may be.
        max: i64,
    },
    /// A finite number within bounds.
    Number {
        /// What it must be more than.
        above: f64,
        /// The most it may be.
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
    /// A table whose keys are names that its author gives.
    Map(&'static Map),
    /// One of several, told apart by the type of the value in TOML.
    Alternatives(&'static [Alternative]),
    /// A value that JSON can hold: no date, and no number that is not finite.
    Json,
    /// A shape that may hold itself, by the name of its definition in the schema.
    Named(&'static str, &'static Shape),
}

/// A text, and what is asked of it.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// What it is, in messages: `a JSON pointer`.
    pub what: &'static str,
    /// Says what is wrong with a text, if anything is.
    pub check: fn(&str) -> Result<(), Problem>,
    /// The same as a regular expression for editors, as far as one can say it; empty for none.
    pub pattern: &'static str,
    /// Texts that fit the pattern and are refused all the same.
    pub never: &'static [&'static str],
}

/// Some words.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What each of them is: `kind`.
    pub what: &'static str,
    /// All of them.
    pub all: fn() -> &'static [&'static str],
    /// Tells which of them somebody meant who wrote something else, where that is known.
    pub meant: fn(&str) -> Option<&'static str>,
}

/// A list.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// What it lists, in messages: `kinds`.
    pub what: &'static str,
    /// What each item looks like.
    pub item: Shape,
    /// How many items there are at least.
    pub least: usize,
    /// Whether an item may stand for a list of one.
    pub or_item: bool,
    /// A word that may stand alone, and only alone: `all`.
    pub or_word: Option<&'static str>,
}

/// A table with some keys and no others.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// What it is, in messages: `a rule`.
    pub what: &'static str,
    /// How one is written: `{ max = 5 }`.
    pub such_as: &'static str,
    /// Its keys, in reading order.
    pub keys: &'static [Key],
    /// What is asked of keys together.
    pub constraints: &'static [Constraint],
    /// Whether it has exactly one of its keys.
    pub is_choice: bool,
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What it means, for people.
    pub means: &'static str,
    /// Whether it must be there.
    pub is_required: bool,
    /// What holds without it, for people.
    pub default: &'static str,
    /// What to do about a value that is missing or does not fit; empty for nothing to say.
    pub help: &'static str,
}

/// A table whose keys are names that its author gives.
#[derive(Clone, Copy, Debug)]
pub struct Map {
    /// What it holds by name, in messages: `a table of points by kind`.
    pub what: &'static str,
    /// How one is written: `{ email = 2 }`.
    pub such_as: &'static str,
    /// What is asked of the names.
    pub names: &'static Text,
    /// What each value looks like.
    pub value: Shape,
    /// How many names there are at least.
    pub least: usize,
}

/// One of several shapes.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// What the value looks like.
    pub shape: Shape,
    /// What its long form is.
    pub long: Long,
}

/// The long form of a value.
#[derive(Clone, Copy, Debug)]
pub enum Long {
    /// The value itself.
    Itself,
    /// A table with the value under this key: `"strict"` for `{ level = "strict" }`.
    Under(&'static str),
    /// A table with a list of the value under this key: `"swears"` for `{ lists = ["swears"] }`.
    ListUnder(&'static str),
}

impl Shape {
    /// Any text.
    pub const TEXT: Self = Self::Text(&Text::ANY);
    /// A whole number that is not negative.
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
    /// The words that `all` returns.
    #[must_use]
    pub const fn of(what: &'static str, all: fn() -> &'static [&'static str]) -> Self {
        Self { what, all, meant: |_| None }
    }
}

impl List {
    /// A list of at least one item, which may stand alone.
    #[must_use]
    pub const fn of(what: &'static str, item: Shape) -> Self {
        Self { what, item, least: 1, or_item: true, or_word: None }
    }

    /// A list of any number of items, or one that stands alone.
    #[must_use]
    pub const fn any(what: &'static str, item: Shape) -> Self {
        Self { least: 0, ..Self::of(what, item) }
    }

    /// A list of tables, each written `[[…]]`.
    #[must_use]
    pub const fn of_tables(table: &'static Table) -> Self {
        Self { or_item: false, ..Self::any("tables", Shape::Table(table)) }
    }
}

impl Map {
    /// A table of values by any names, or of none.
    #[must_use]
    pub const fn of(what: &'static str, value: Shape) -> Self {
        Self { what, such_as: "", names: &Text::ANY, value, least: 0 }
    }
}

impl Table {
    /// A table with `keys`, none of which must be there unless it says so.
    #[must_use]
    pub const fn of(what: &'static str, such_as: &'static str, keys: &'static [Key]) -> Self {
        Self { what, such_as, keys, constraints: &[], is_choice: false }
    }

    /// The same, with `constraints`.
    #[must_use]
    pub const fn with(self, constraints: &'static [Constraint]) -> Self {
        Self { constraints, ..self }
    }

    /// The key called `name`.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Key {
    /// A key that may be left out.
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape, means: &'static str) -> Self {
        Self { name, shape, means, is_required: false, default: "", help: "" }
    }

    /// The same, and it must be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// The same, with what holds without it.
    #[must_use]
    pub const fn default(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// The same, with what to do when its value is missing or does not fit.
    #[must_use]
    pub const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }
}

impl Alternative {
    /// A shape whose long form is the value itself.
    #[must_use]
    pub const fn of(shape: Shape) -> Self {
        Self { shape, long: Long::Itself }
    }

    /// A shape that is short for a table with the value under `key`.
    #[must_use]
    pub const fn under(key: &'static str, shape: Shape) -> Self {
        Self { shape, long: Long::Under(key) }
    }
}
