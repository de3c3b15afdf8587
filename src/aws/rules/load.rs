//! Loading: from the binary, from a file, from what AppConfig holds.

use std::path::Path;

use super::StartError;
use super::extension::Document;
use crate::aws::warm;
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::{self, Report, Source};

/// The rules in the binary.
pub(super) fn embedded(detectors: &Detectors) -> Result<Pipeline, StartError> {
    // Its checks were run when it was built, as every file in `rules/` is held to them by a test.
    let pipeline = rules::parse(&Source::alone("embedded", rules::DEFAULT), detectors)?.pipeline;
    warm::rules(&pipeline);
    Ok(pipeline)
}

/// The rules in the file at `path`, which may name files beside it.
pub(super) fn file(path: &Path, detectors: &Detectors) -> Result<Pipeline, StartError> {
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| StartError::RulesFile { path: name.clone(), error })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read_file =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let pipeline = rules::load(&Source { name: &name, text: &text, read_file: &read_file }, detectors)?;
    warm::rules(&pipeline);
    Ok(pipeline)
}

/// The rules in `document`, which stand alone. Their version says that of the configuration too.
pub(super) fn document(document: &Document, detectors: &Detectors) -> Result<Pipeline, Report> {
    let mut pipeline = rules::load(&Source::alone("rules.toml", &document.text), detectors)?;
    if let Some(version) = &document.version {
        pipeline.version = format!("{}@{version}", pipeline.version);
    }
    warm::rules(&pipeline);
    Ok(pipeline)
}
