//! [`Engine`]: tests what an import writes with the detectors that will run it.

use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::{self, Source};

use super::toml;

/// Tests settings of `find` on texts.
#[derive(Clone, Copy)]
pub(super) struct Engine<'d>(pub &'d Detectors);

impl Engine<'_> {
    /// Returns the rule with the settings `find`, the content of that table in TOML.
    ///
    /// # Errors
    /// The first error of the loader.
    fn load(self, find: &str) -> Result<Pipeline, String> {
        let text = format!("version = 1\n[[rule]]\nid = \"x\"\nfind = {{ {find} }}\ntag = \"y\"\n");
        rules::load_unchecked(&Source::alone("import", &text), self.0).map_err(|report| {
            report.diagnostics.into_iter().next().map_or_else(String::new, |first| first.message)
        })
    }

    /// Checks that `find` loads.
    ///
    /// # Errors
    /// The first error of the loader.
    pub(super) fn check(self, find: &str) -> Result<(), String> {
        self.load(find).map(|_| ())
    }

    /// Returns those of `texts` in which `find` finds something.
    pub(super) fn found(self, find: &str, texts: impl IntoIterator<Item = String>) -> Vec<String> {
        let Ok(pipeline) = self.load(find) else { return Vec::new() };
        texts.into_iter().filter(|text| finds(&pipeline, text)).collect()
    }

    /// Returns which of `words`, as written in a list, the detector `words` finds in all of their `samples`.
    pub(super) fn fit_words(self, words: &[String], samples: impl Fn(&str) -> Vec<String>) -> Vec<bool> {
        let find = |words: &[String]| format!("words = {}", toml::list(words, 0));
        let fits = |pipeline: &Pipeline, word: &str| samples(word).iter().all(|text| finds(pipeline, text));
        let alone = |word: &String| {
            let pipeline = self.load(&find(std::slice::from_ref(word)));
            pipeline.is_ok_and(|pipeline| fits(&pipeline, word))
        };
        // All words are tested at once, as the rule will contain them; one by one only if that leaves doubts.
        match self.load(&find(words)) {
            Ok(all) => words.iter().map(|word| fits(&all, word)).collect(),
            Err(_) => words.iter().map(alone).collect(),
        }
    }
}

fn finds(pipeline: &Pipeline, text: &str) -> bool {
    pipeline.rules.iter().all(|rule| rule.finds(text).is_ok_and(|found| !found.is_empty()))
}
