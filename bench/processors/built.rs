//! [`Processor`]: Chimeflow's processor, as it ships.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::contender::HOME;

/// Chimeflow's processor.
#[derive(Debug)]
pub(crate) struct Processor {
    /// The program as it ships.
    pub shipped: PathBuf,
    /// The same program with the names of its functions, if available.
    pub named: Option<PathBuf>,
}

impl Processor {
    /// Builds it with the profile and the features that SAM and cargo-lambda use. This takes minutes, once.
    pub(crate) fn build() -> Result<Self, Failure> {
        let target = Path::new(HOME).join("target/processors/build");
        let features = ["--no-default-features", "--features", "lambda"];
        let status = Command::new(env!("CARGO"))
            .current_dir(HOME)
            // It is stripped below: the names are needed to attribute instructions to functions.
            .env("CARGO_PROFILE_RELEASE_STRIP", "none")
            .args(["build", "--release", "--bin", "processor"])
            .args(features)
            .arg("--target-dir")
            .arg(&target)
            .status()?;
        if !status.success() {
            return Err("the processor does not build".into());
        }
        let named = target.join("release/processor");
        let shipped = target.join("release/bootstrap");
        let status = Command::new("strip").arg("--output-file").args([&shipped, &named]).status();
        match status.map_err(|error| format!("cannot run strip, which comes with a C compiler: {error}"))? {
            status if status.success() => Ok(Self { shipped, named: Some(named) }),
            status => Err(format!("strip failed on {}: {status}", named.display()).into()),
        }
    }

    /// Returns one that is already built.
    pub(crate) fn given(program: &Path) -> Result<Self, Failure> {
        let cannot = |error| format!("cannot run {}: {error}", program.display());
        let shipped = program.canonicalize().map_err(cannot)?;
        let bytes = std::fs::read(&shipped).map_err(cannot)?;
        // The section with the names; stripping removes it.
        let has_names = bytes.windows(NAMES.len()).any(|piece| piece == NAMES);
        Ok(Self { named: has_names.then(|| shipped.clone()), shipped })
    }
}

const NAMES: &[u8] = b"\0.symtab\0";
