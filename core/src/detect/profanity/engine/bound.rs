//! Limits the cost of reading.
//!
//! A letter ends most of the words in progress; a sign or digit that may represent several letters starts more words and ends none, so a
//! table of numbers would keep thousands in progress. An obfuscated word has dozens of others in progress besides it. So hundreds are
//! allowed, and fewer after a message has cost more than chat does; beyond that, those that differ most from the text are dropped.

use super::state::State;

/// The maximum number of words in progress, by the number of steps so far.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Stages, each with its maximum number of steps and of words.
    stages: &'static [(u64, usize)],
    /// The maximum number of readings of all words after the last stage.
    readings: usize,
    /// The least and the greatest maximum number of words after the last stage.
    words: (usize, usize),
}

impl Limits {
    /// The first limit is far above what obfuscated words need. The others apply to messages of signs and keep the cost of 4 KB of them
    /// at that of a few pages of prose: one page takes 30,000 steps. A word that is written plainly differs in nothing, so it is the last to be dropped.
    pub(super) const CHAT: Self =
        Self { stages: &[(24_000, 256), (40_000, 48)], readings: 18, words: (3, 8) };
    /// rustrict has no limits.
    #[cfg(test)]
    pub(super) const NONE: Self = Self { stages: &[], readings: usize::MAX, words: (usize::MAX, usize::MAX) };

    /// Drops the surplus of `states` after `steps` steps, before a character with so many `readings`.
    #[inline]
    pub(super) fn thin_out(self, states: &mut Vec<State>, readings: usize, steps: u64) {
        let (least, most) = self.words;
        if states.len() > least {
            let stage = self.stages.iter().find(|(most, _)| steps < *most);
            let limit =
                stage.map_or_else(|| (self.readings / readings).clamp(least, most), |(_, limit)| *limit);
            if states.len() > limit {
                keep_best(states, limit);
            }
        }
    }
}

/// The number of ranks of [`State::rank`]; the last includes all higher ones.
const RANKS: usize = 32;

/// Keeps at most `limit` of `states`: those of the lowest ranks.
fn keep_best(states: &mut Vec<State>, limit: usize) {
    let rank = |state: &State| usize::from(state.rank()).min(RANKS - 1);
    let mut counts = [0; RANKS];
    for state in &*states {
        counts[rank(state)] += 1;
    }
    // Of the last rank that fits, those before the others are dropped: nodes are in the order of their depths.
    let mut room = limit;
    let mut surplus = [0; RANKS];
    for (surplus, count) in surplus.iter_mut().zip(counts) {
        *surplus = count - room.min(count);
        room -= count - *surplus;
    }
    states.retain(|state| {
        let surplus = &mut surplus[rank(state)];
        let stays = *surplus == 0;
        *surplus = surplus.saturating_sub(1);
        stays
    });
}

#[cfg(test)]
mod tests {
    use super::super::{Engine, Type};

    fn steps(text: &str) -> u64 {
        let mut engine = Engine::new();
        engine.search(&text.chars().collect::<Vec<_>>());
        engine.steps
    }

    fn cycled(unit: &str) -> String {
        unit.chars().cycle().take(4096).collect()
    }

    #[test]
    fn signs_cost_some_pages_of_prose() {
        let prose = steps(&cycled("Could somebody have a look at the build, please? It fails for me. "));
        assert!(prose < 40_000, "{prose}");
        for unit in ["1 2 3 4 5 6 7 8 9 0 ", "8", "9+x(x$5Xx^6 ", "i!1|l", "*", "3**X", "x*8a9*3 "] {
            let signs = steps(&cycled(unit));
            assert!(signs < 160_000, "{unit:?} takes {signs}");
        }
    }

    #[test]
    fn a_word_behind_any_number_of_signs_is_found() {
        for unit in [
            "1 2*3 (4) 5! 6x 7 8 9+ 0 ",
            "i!1|l",
            "**f** ",
            "3**X",
            "9+x(x$5Xx^6 ",
            "(_)(_)",
            "@k@|<|<",
            "1:80an:80",
        ] {
            for word in ["fuck", "f.u.c.k", "5h!t", "m07h3rfuck3r", "f * u * c * k"] {
                for start in [4000, 2000, 500] {
                    let signs: String = unit.chars().cycle().take(start).collect();
                    let chars: Vec<char> = format!("{signs}. {word}. ").chars().collect();
                    let mut engine = Engine::new();
                    engine.search(&chars);
                    let mut found = engine.found();
                    let is_found = |word: super::super::Word| {
                        word.rating.is(Type::PROFANE) && word.range.end > start + 2
                    };
                    assert!(found.any(is_found), "{word} behind {start} of {unit}");
                }
            }
        }
    }
}
