//! The core of Chimeflow: it parses an event, judges the message with rules, and makes a reply. No I/O, no clock.

pub mod detect;
pub mod event;
pub mod handler;
pub mod message;
mod order;
pub mod outcome;
pub mod pipeline;
pub mod reply;
mod rule;
pub mod rules;
pub mod shape;
pub mod state;
pub mod text;
