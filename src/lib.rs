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
//! The modules, in reading order.

#[cfg(feature = "lambda")]
pub mod aws;
#[cfg(feature = "cli")]
pub mod cli;
pub mod detect;
pub mod event;
pub mod handler;
#[cfg(feature = "cli")]
pub mod local;
#[cfg(feature = "cli")]
pub mod loopback;
pub mod message;
pub mod outcome;
pub mod pipeline;
pub mod reply;
pub mod rules;
pub mod text;
