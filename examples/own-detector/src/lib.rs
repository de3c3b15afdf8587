//! Chimeflow with a detector of our own: `record-number`, which finds the numbers of patient records.

mod record_number;

use chimeflow::detect::Detectors;

use self::record_number::RecordNumber;

/// The detectors that rules files may use: Chimeflow's own and ours.
#[must_use]
pub fn detectors() -> Detectors {
    Detectors::builtin().with::<RecordNumber>()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_examples_of_every_detector_hold() {
        assert_eq!(super::detectors().failed_examples(), Vec::<String>::new());
    }
}
