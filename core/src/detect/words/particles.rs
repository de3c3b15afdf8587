//! Korean particles and other suffixes that follow a word without a space.

/// Returns whether `syllables` are a particle, copula, plural suffix or form of address, alone or after a plural suffix.
pub(super) fn is_particle(syllables: &str) -> bool {
    let singular = syllables.strip_prefix('들').unwrap_or(syllables);
    (singular.is_empty() && !syllables.is_empty()) || PARTICLES.binary_search(&singular).is_ok()
}

/// Returns whether `syllables` are particles, also several of them or rarer ones, which may follow a word of another script. After a
/// Korean word they may be the rest of a longer word.
pub(super) fn are_particles(syllables: &str) -> bool {
    if is_particle(syllables) || MORE.binary_search(&syllables).is_ok() {
        return true;
    }
    let ends = syllables.char_indices().skip(1).map(|(at, _)| at);
    ends.map(|at| syllables.split_at(at)).any(|(first, rest)| {
        (is_particle(first) || MORE.binary_search(&first).is_ok()) && LAST.contains(&rest)
    })
}

/// Suffixes that are also the beginnings of Korean words, sorted.
const MORE: &[&str] = &[
    "거나",
    "고",
    "께서",
    "나",
    "냐고",
    "네",
    "네요",
    "니까",
    "대로",
    "든",
    "든지",
    "들",
    "라",
    "라도",
    "라면",
    "라서",
    "란",
    "로부터",
    "로서",
    "로써",
    "마다",
    "마저",
    "만큼",
    "며",
    "뿐",
    "뿐만",
    "씩",
    "에게서",
    "여",
    "였다",
    "요",
    "으로부터",
    "으로서",
    "으로써",
    "이고",
    "이냐고",
    "이니까",
    "이든",
    "이든지",
    "이라",
    "이라도",
    "이라면",
    "이라서",
    "이란",
    "이며",
    "이었다",
    "이요",
    "이죠",
    "이지",
    "이지만",
    "이지요",
    "인",
    "인데",
    "인지",
    "일",
    "일까",
    "임",
    "입니까",
    "죠",
    "지만",
    "지요",
    "쯤",
    "치고",
    "하고",
    "한테서",
];

/// Suffixes that follow others: `에서` and `는` in `zebra에서는`.
const LAST: &[&str] = &[
    "가",
    "까지",
    "까지도",
    "나",
    "는",
    "도",
    "라도",
    "를",
    "마저",
    "만",
    "만은",
    "만이",
    "부터",
    "뿐",
    "에",
    "에서",
    "와",
    "요",
    "은",
    "을",
    "의",
    "이",
    "이나",
    "이라도",
    "조차",
];

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
        assert!(PARTICLES.is_sorted() && MORE.is_sorted());
        assert!(PARTICLES.iter().all(|particle| particle.chars().count() + 1 < MAX_SYLLABLES));
        assert!(["야", "들", "들은", "이에요"].into_iter().all(is_particle));
        assert!(["", "상자", "들판", "에서는", "고"].into_iter().all(|syllables| !is_particle(syllables)));
        assert!(["야", "에서는", "까지도", "고", "네요"].into_iter().all(are_particles));
        assert!(
            ["", "상자", "가방", "이름표", "들판"].into_iter().all(|syllables| !are_particles(syllables))
        );
    }
}
