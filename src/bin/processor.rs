//! The Lambda function, deployed as `bootstrap`.

use std::process::ExitCode;

use chimeflow::detect::Detectors;

fn main() -> ExitCode {
    chimeflow::aws::run(Detectors::builtin())
}
