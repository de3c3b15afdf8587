//! [`Dice`]: random choices, the same in every run.

/// A generator of random numbers (`SplitMix64`).
pub(in crate::detect::profanity) struct Dice(u64);

impl Dice {
    pub(in crate::detect::profanity) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Returns a number below `end`, which must not be 0.
    pub(in crate::detect::profanity) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end as u64).unwrap_or(0)
    }

    /// Returns whether one of `chances` cases happens.
    pub(in crate::detect::profanity) fn hits(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    /// Returns one of `items`.
    pub(in crate::detect::profanity) fn pick<'a, T: ?Sized>(&mut self, items: &'a [&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}
