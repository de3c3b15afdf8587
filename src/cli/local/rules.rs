//! The rules file of the embedded processor, which may change while the service runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::cli::output::errln;
use crate::cli::rules_file;
use crate::detect::Detectors;
use crate::pipeline::Pipeline;

/// A rules file, with the rules of its last valid version.
pub(super) struct Rules {
    path: PathBuf,
    saved: Option<SystemTime>,
    detectors: Detectors,
    pipeline: Arc<Pipeline>,
}

impl Rules {
    /// Loads the file at `path`.
    pub(super) fn load(path: &Path, detectors: &Detectors) -> anyhow::Result<Self> {
        let saved = saved(path);
        let pipeline = Arc::new(rules_file::load_valid(path, detectors)?);
        Ok(Self { path: path.to_owned(), saved, detectors: detectors.clone(), pipeline })
    }

    pub(super) fn pipeline(&self) -> Arc<Pipeline> {
        self.pipeline.clone()
    }

    /// Returns the rules, if the file was saved again and is valid. If it is invalid, shows why, and changes nothing.
    pub(super) fn changed(&mut self) -> Option<Arc<Pipeline>> {
        let saved = saved(&self.path);
        if saved.is_none() || saved == self.saved {
            return None;
        }
        self.saved = saved;
        match rules_file::load_valid(&self.path, &self.detectors) {
            Ok(pipeline) => {
                errln!("took up {}", self.path.display());
                self.pipeline = Arc::new(pipeline);
                Some(self.pipeline.clone())
            }
            Err(error) => {
                errln!("keeping the rules before: {error:#}");
                None
            }
        }
    }
}

fn saved(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}
