//! Embeds the default rules in the program: `rules/default.toml` and its list files, as one document.
//!
//! Invalid rules fail the build. A function that detected them only when it starts would be deployed by then, and every message of every
//! channel behind it would remain pending.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use chimeflow_core::detect::Detectors;
use chimeflow_core::rules::{self, Source};

/// The rules to embed.
const RULES: &str = "rules/default.toml";

#[expect(clippy::print_stderr, reason = "cargo shows it when a build script fails")]
fn main() -> ExitCode {
    if let Ok(program) = env::current_exe() {
        // A test runs this program with other rules.
        println!("cargo::rustc-env=CHIMEFLOW_BUILD_SCRIPT={}", program.display());
    }
    match embed(Path::new(RULES)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}\n\n{RULES}: not fit to be built in");
            ExitCode::FAILURE
        }
    }
}

/// Checks the rules in the file at `path` and writes them to the file that the library includes. The error is for whoever builds.
#[expect(clippy::disallowed_methods, reason = "cargo tells a build script by its environment where to write")]
fn embed(path: &Path) -> Result<(), String> {
    let read = |path: &Path| {
        println!("cargo::rerun-if-changed={}", path.display());
        fs::read_to_string(path).map_err(|error| error.to_string())
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let read_file = |name: &str| read(&folder.join(name));
    let text = read(path).map_err(|error| format!("error: could not read `{}`: {error}", path.display()))?;
    let name = path.display().to_string();
    let source = Source { name: &name, text: &text, read_file: &read_file };
    let embedded = rules::embed(&source, &Detectors::builtin()).map_err(|report| report.to_string())?;
    for warning in &embedded.warnings.diagnostics {
        println!("cargo::warning={name}: {}", warning.message);
    }
    let out = env::var_os("OUT_DIR").ok_or("error: expected cargo to set OUT_DIR")?;
    fs::write(Path::new(&out).join("rules.toml"), embedded.document)
        .map_err(|error| format!("error: could not write the rules: {error}"))
}
