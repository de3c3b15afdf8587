//! [`Random`]: what chance makes, the same in every run.

/// A row of numbers as chance might write them, the same from the same seed.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    pub(super) fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    pub(super) fn digit(&mut self) -> char {
        self.one_of(b"0123456789").into()
    }

    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| self.digit()).collect()
    }

    /// From `least` to `most` digits.
    pub(super) fn some_digits(&mut self, least: usize, most: usize) -> String {
        let count = least + self.below(most - least + 1);
        self.digits(count)
    }

    pub(super) fn letter(&mut self) -> char {
        self.one_of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ").into()
    }

    pub(super) fn hex(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(self.one_of(b"0123456789abcdef"))).collect()
    }
}
