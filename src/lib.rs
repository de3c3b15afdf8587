//! Chimeflow moderates chat in flight: it is a channel-flow processor for Amazon Chime SDK messaging, and the tools around it.
//!
//! ```text
//!  event JSON ──event──> Message ──┐
//!                                  ▼
//!  rules.toml ──rules──> Pipeline ──start──> Run ──asks──> the host fetches a fact ──answer──┐
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
pub mod loopback;
#[cfg(feature = "cli")]
mod private;
#[cfg(feature = "lambda")]
mod signals;

#[doc(inline)]
pub use chimeflow_core::{detect, event, handler, message, outcome, pipeline, reply, shape, text};

/// The rules file: loading it, what is wrong with it, and the checks inside it.
pub mod rules {
    #[doc(inline)]
    pub use chimeflow_core::rules::*;

    /// The rules built into the program, with their lists, as one document, which the build has validated: those of the file that
    /// `CHIMEFLOW_BUILD_RULES` named when it was built, else Chimeflow's default rules for a chat at work, `rules/default.toml`.
    pub const DEFAULT: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.toml"));
}
