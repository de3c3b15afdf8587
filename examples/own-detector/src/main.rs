//! The command-line program: `check`, `test`, `explain`, `replay`, `local` and the rest, with the detectors of this crate.

use std::process::ExitCode;

fn main() -> ExitCode {
    chimeflow::cli::main(clinic_chat::detectors())
}
