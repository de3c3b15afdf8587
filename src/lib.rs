//! Chimeflow moderates chat in flight: it is a channel-flow processor for Amazon Chime SDK messaging, and the tools around it.
//!
//! ```text
//!  event JSON ──event──> Message ──┐
//!                                  ▼
//!  rules.toml ──rules──> Pipeline ──start──> Run ──asks──> the host asks the store ──answer──┐
//!                                             ▲                                              │
//!                                             └──────────────────────────────────────────────┘
//!                                             │ finish
//!                                             ▼
//!                                          Outcome { verdict, trace } ──reply──> Reply ──> ChannelFlowCallback
//! ```
//!
//! # The pipeline in a service of your own
//!
//! Without default features the crate does no I/O: rules are text, a message is a struct, and the outcome is returned.
//!
//! ```
//! use chimeflow::{detect::Detectors, message::Message, outcome::Verdict, rules::{self, Source}};
//!
//! let rules = r#"version = 1
//! [[rule]]
//! id = "swearing"
//! find = { profanity = "work" }
//! do = "mask"
//! "#;
//! let pipeline = rules::load(&Source::alone("chat.toml", rules), &Detectors::builtin()).expect("the rules load, and pass their own examples");
//! let outcome = pipeline.run(Message { content: "what the fuck".to_owned(), ..Message::default() });
//! let Verdict::Edited(edits) = outcome.verdict else { panic!("expected an edit") };
//! assert_eq!(edits.content.as_deref(), Some("what the ****"));
//! ```
//!
//! `docs/extending.md` in the repository shows a crate with a detector, a function and a command-line program of its own.
//!
//! # Modules, in reading order

#[cfg(all(feature = "lambda", panic = "abort"))]
compile_error!(
    "chimeflow needs `panic = \"unwind\"` in the profile of the main crate (cargo-lambda fills in `abort`): \
     a rule that panics must not keep the function from replying"
);

#[cfg(feature = "lambda")]
pub mod aws;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "lambda")]
mod http;
#[cfg(feature = "cli")]
pub mod local;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod loopback;
#[cfg(feature = "cli")]
mod private;
#[cfg(feature = "lambda")]
mod signals;

// The crate re-exports the parts of the core that its users need. Only the programs use the rest, and tests take it from `chimeflow_core`.
#[cfg(feature = "cli")]
use chimeflow_core::event;
#[cfg(feature = "lambda")]
use chimeflow_core::{handler, reply};

/// Detectors, which find spans in texts: the built-in ones, and the types for a detector of your own.
pub mod detect {
    #[doc(inline)]
    pub use chimeflow_core::detect::{
        Budget, Context, Detector, DetectorType, Detectors, Example, Exhausted, Found, List, Listed, Lists,
        NearMiss, Problem, Reads, Rulebook, Settings, Severity,
    };
}

/// A message, as rules see it.
pub mod message {
    #[cfg(feature = "cli")]
    pub(crate) use chimeflow_core::message::ATTRIBUTES_LIMIT;
    #[doc(inline)]
    pub use chimeflow_core::message::{Field, Limit, Message};
}

/// What the rules decided about a message, and why.
pub mod outcome {
    #[doc(inline)]
    pub use chimeflow_core::outcome::{Denial, Effect, Failure, Outcome, Span, Step, StepResult, Verdict};
}

/// A pipeline of rules, and running it on messages.
pub mod pipeline {
    #[doc(inline)]
    pub use chimeflow_core::pipeline::{Begun, Pipeline};
}

/// What rules that count over time store.
pub mod state {
    #[cfg(feature = "lambda")]
    pub(crate) use chimeflow_core::state::{Guard, Item, Unavailable, Update, Updated};
    #[doc(inline)]
    pub use chimeflow_core::state::{Key, Memory};
}

/// What the settings of a detector look like in a rules file.
pub mod shape {
    #[cfg(feature = "cli")]
    pub(crate) use chimeflow_core::shape::did_you_mean;
    #[doc(inline)]
    pub use chimeflow_core::shape::{
        Alternative, Constraint, Has, Key, List, Long, Map, Problem, Shape, Table, Text, Words,
    };
}

/// Text as detectors see it.
pub mod text {
    #[doc(inline)]
    pub use chimeflow_core::text::{Edits, Exact, Folded, Letters, Typed, View};
    #[cfg(feature = "cli")]
    pub(crate) use chimeflow_core::text::{is_invisible, percent_encode};
}

/// The rules file: loading it, and the mistakes in it.
pub mod rules {
    #[doc(inline)]
    pub use chimeflow_core::rules::{
        Action, Diagnostic, Empty, Finder, Group, Level, Mode, OnError, Outside, Place, Points, Report, Rule,
        RuleSeverity, Source, When, load,
    };
    #[cfg(feature = "cli")]
    pub(crate) use chimeflow_core::rules::{
        RulesFile, bundle, channel_arn, quoted, reference, schema, sender_arn,
    };
    #[cfg(feature = "lambda")]
    pub(crate) use chimeflow_core::rules::{load_unchecked, parse};

    /// The rules built into the program, with their lists, as one document that the build has validated: the file that
    /// `CHIMEFLOW_BUILD_RULES` named at build time, or else Chimeflow's default rules for a chat at work, `rules/default.toml`.
    pub const DEFAULT: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.toml"));
}
