//! [`Random`]: a seeded pseudorandom number generator for tests.

/// A linear congruential generator, which produces the same sequence for the same seed.
pub(in crate::detect) struct Random(u64);

impl Random {
    pub(in crate::detect) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below `end`.
    pub(in crate::detect) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    pub(in crate::detect) fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    pub(in crate::detect) fn digit(&mut self) -> char {
        self.one_of(b"0123456789").into()
    }

    pub(in crate::detect) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| self.digit()).collect()
    }

    /// Returns between `min` and `max` digits.
    pub(in crate::detect) fn some_digits(&mut self, min: usize, max: usize) -> String {
        let count = min + self.below(max - min + 1);
        self.digits(count)
    }

    pub(in crate::detect) fn letter(&mut self) -> char {
        self.one_of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ").into()
    }

    pub(in crate::detect) fn hex(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(self.one_of(b"0123456789abcdef"))).collect()
    }
}
