//! Korean particles and other suffixes that follow a word without a space.

/// Returns whether `syllables` are a particle, copula, plural suffix or form of address, alone or after a plural suffix.
pub(super) fn is_particle(syllables: &str) -> bool {
    let singular = syllables.strip_prefix('들').unwrap_or(syllables);
    (singular.is_empty() && !syllables.is_empty()) || PARTICLES.binary_search(&singular).is_ok()
}

/// A number of syllables greater than that of any particle with a plural suffix.
pub(super) const MAX_SYLLABLES: usize = 8;

/// All suffixes but the plural, sorted.
const PARTICLES: &[&str] = &[
    "가",
    "같은",
    "같이",
    "과",
    "까지",
    "께",
    "냐",
    "년",
    "년아",
    "놈",
    "놈아",
    "는",
    "님",
    "다",
    "도",
    "라고",
    "라는",
    "랑",
    "로",
    "를",
    "만",
    "밖에",
    "보다",
    "부터",
    "새끼",
    "새끼야",
    "씨",
    "아",
    "야",
    "에",
    "에게",
    "에서",
    "예요",
    "와",
    "으로",
    "은",
    "을",
    "의",
    "이",
    "이나",
    "이냐",
    "이네",
    "이다",
    "이라고",
    "이라는",
    "이랑",
    "이야",
    "이에요",
    "인가",
    "입니다",
    "조차",
    "처럼",
    "한테",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_particles() {
        assert!(PARTICLES.is_sorted());
        assert!(PARTICLES.iter().all(|particle| particle.chars().count() + 1 < MAX_SYLLABLES));
        assert!(["야", "들", "들은", "이에요"].into_iter().all(is_particle));
        assert!(["", "상자", "들판"].into_iter().all(|syllables| !is_particle(syllables)));
    }
}
