//! The Lambda function, with the detectors of this crate.

use std::process::ExitCode;

fn main() -> ExitCode {
    chimeflow::aws::run(clinic_chat::detectors())
}
