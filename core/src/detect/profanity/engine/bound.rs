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
    /// The maximum number of words after the last stage.
    least: usize,
}

impl Limits {
    /// The first limit is far above what obfuscated words need. The others apply to messages of signs only and keep the cost of 4 KB of
    /// them at that of a few pages of prose: one page takes 30,000 steps.
    pub(super) const CHAT: Self = Self { stages: &[(50_000, 256), (120_000, 64)], least: 12 };
    /// rustrict has no limits.
    #[cfg(test)]
    pub(super) const NONE: Self = Self { stages: &[], least: usize::MAX };

    /// Drops the surplus of `states` after `steps` steps.
    #[inline]
    pub(super) fn thin_out(self, states: &mut Vec<State>, steps: u64) {
        if states.len() > self.least {
            let stage = self.stages.iter().find(|(most, _)| steps < *most);
            let limit = stage.map_or(self.least, |(_, limit)| *limit);
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
    let mut room = limit;
    for count in &mut counts {
        *count = room.min(*count);
        room -= *count;
    }
    states.retain(|state| {
        let left = &mut counts[rank(state)];
        let stays = *left > 0;
        *left = left.saturating_sub(1);
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
            assert!(signs < 600_000, "{unit:?} takes {signs}");
        }
    }

    #[test]
    fn a_word_behind_any_number_of_signs_is_found() {
        let mut signs = cycled("1 2*3 (4) 5! 6x 7 8 9+ 0 ");
        for word in ["fuck", "f.u.c.k", "5h!t", "m07h3rfuck3r", "f * u * c * k"] {
            let start = signs.chars().count();
            let chars: Vec<char> = format!("{signs}. {word}. ").chars().collect();
            let mut engine = Engine::new();
            engine.search(&chars);
            let mut found = engine.found();
            assert!(found.any(|word| word.rating.is(Type::PROFANE) && word.range.end > start + 2), "{word}");
            signs.truncate(2000);
        }
    }
}
