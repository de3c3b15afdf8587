//! [`Layer`]: an encoding of a text, and the way back from a text without it.

use std::ops::Range;

use super::offsets::Offsets;
use super::percent::percent_encode;

/// One encoding layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Percent,
    Json,
}

impl Layer {
    /// Encodes `text` for this layer.
    pub(super) fn encode(self, text: &str) -> String {
        match self {
            Self::Percent => percent_encode(text),
            Self::Json => {
                let quoted = serde_json::Value::from(text).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
        }
    }
}

/// One decoded layer with its offset map.
#[derive(Debug)]
pub(super) struct Step {
    pub layer: Layer,
    /// Maps the decoded text to the encoded text.
    pub map: Offsets,
    /// Where the encoded text begins in the text that contains it.
    pub start: usize,
}

impl Step {
    /// Returns the range of the containing text that `range` of the decoded text corresponds to.
    pub(super) fn out(&self, range: Range<usize>) -> Range<usize> {
        let range = self.map.to_origin(range);
        self.start + range.start..self.start + range.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_spelled_as_the_layer_spells() {
        assert_eq!(Layer::Percent.encode("a é*(x)"), "a%20%C3%A9*(x)");
        assert_eq!(Layer::Json.encode("a \"é\"\n"), "a \\\"é\\\"\\n");
    }
}
