//! The `chimeflow` program.

use std::process::ExitCode;

use chimeflow::detect::Detectors;

fn main() -> ExitCode {
    chimeflow::cli::main(Detectors::builtin())
}
