//! What is written when something panics: where, never what. A panic can quote the message that caused it.

use super::log::Log;

/// Has panics reported to `log`.
pub(super) fn report_to(log: Log) {
    std::panic::set_hook(Box::new(move |info| {
        let location = info.location().map(ToString::to_string);
        log.panicked(location.as_deref().unwrap_or("unknown"));
    }));
}
