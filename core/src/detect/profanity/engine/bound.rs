//! The bound on what reading costs.
//!
//! A letter ends most of the words that have begun; a sign or digit that may be several letters begins more and ends none, so that in
//! a table of numbers thousands are carried on at once. Words in disguise have company in the dozens. So there may be hundreds, and
//! fewer when a message has cost more than chat does; of more, those go that have least in common with what is written.

use super::state::State;

/// How many words may be carried on, by how many steps were made so far.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Up to how many steps, and how many words.
    stages: &'static [(u64, usize)],
    /// How many when there were still more.
    least: usize,
}

impl Limits {
    /// What no word in disguise comes near; then, for messages of signs only, what keeps 4 KB of them at the cost of some pages of
    /// prose: a page takes 30,000 steps.
    pub(super) const CHAT: Self = Self { stages: &[(50_000, 256), (120_000, 64)], least: 12 };
    /// rustrict has none.
    #[cfg(test)]
    pub(super) const NONE: Self = Self { stages: &[], least: usize::MAX };

    /// Drops what is too much of `states`, after `steps` steps.
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

/// The ranks of [`State::rank`], and all that are higher in one.
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
