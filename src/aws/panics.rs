//! Logs panics: only their location, because the message of a panic can quote a user's message.

use super::log::Log;

/// Installs a panic hook that writes to `log`.
pub(super) fn report_to(log: Log) {
    std::panic::set_hook(Box::new(move |info| {
        let location = info.location().map(ToString::to_string);
        log.panicked(location.as_deref().unwrap_or("unknown"));
    }));
}
