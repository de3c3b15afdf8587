//! The core of Chimeflow: an event becomes a message, rules decide what becomes of it, and that becomes a reply. No I/O, no clock.

pub mod detect;
pub mod event;
pub mod handler;
pub mod message;
pub mod outcome;
pub mod pipeline;
pub mod reply;
pub mod rule;
pub mod rules;
pub mod shape;
pub mod text;
