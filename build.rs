//! Embeds rules in the program: a rules file and its list files, as one document.
//!
//! The file is the one that `CHIMEFLOW_BUILD_RULES` names, else `rules/default.toml`. A relative path starts at this folder.
//!
//! Invalid rules fail the build. A function that detected them only when it starts would be deployed by then, and every message of every
//! channel behind it would remain pending.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use chimeflow_core::detect::Detectors;
use chimeflow_core::rules::{self, Source};

/// The environment variable that names the rules file to embed.
const SETTING: &str = "CHIMEFLOW_BUILD_RULES";

/// The rules to embed if the variable names none.
const RULES: &str = "rules/default.toml";

#[expect(clippy::print_stderr, reason = "cargo shows it when a build script fails")]
fn main() -> ExitCode {
    if let Ok(program) = env::current_exe() {
        // A test runs this program with other rules.
        println!("cargo::rustc-env=CHIMEFLOW_BUILD_SCRIPT={}", program.display());
    }
    println!("cargo::rerun-if-env-changed={SETTING}");
    let named = setting(SETTING).filter(|path| !path.is_empty());
    let path = named.as_deref().unwrap_or(OsStr::new(RULES));
    match embed(Path::new(path)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let by = if named.is_some() { format!(", the file that {SETTING} names") } else { String::new() };
            eprintln!("{why}\n\n{}{by}: not fit to be built in", path.display());
            ExitCode::FAILURE
        }
    }
}

/// Checks the rules in the file at `path` and writes them to the file that the library includes. The error is for whoever builds.
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
    let out = setting("OUT_DIR").ok_or("error: expected cargo to set OUT_DIR")?;
    fs::write(Path::new(&out).join("rules.toml"), embedded.document)
        .map_err(|error| format!("error: could not write the rules: {error}"))
}

/// Returns the value of an environment variable.
#[expect(
    clippy::disallowed_methods,
    reason = "a build script is told by its environment what to build and where to write"
)]
fn setting(name: &str) -> Option<OsString> {
    env::var_os(name)
}
