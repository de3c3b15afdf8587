//! The bound on what reading a text costs.
//!
//! A letter ends most of the words that have begun; a sign or digit that may be several letters begins more and ends none, so that in
//! a table of numbers thousands are carried on at once. Words in disguise have company in the dozens. So there may be hundreds, and
//! fewer when a text has cost more than chat does; of more, those go that have least in common with what is written.

use super::state::State;

/// How many words may be carried on, by how many steps the text took so far.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Up to how many steps, and how many words.
    stages: &'static [(u64, usize)],
    /// How many when it took still more.
    least: usize,
}

impl Limits {
    /// What no word in disguise comes near, and for whole messages of signs what keeps them at the cost of some pages of prose.
    pub(super) const CHAT: Self = Self { stages: &[(50_000, 256), (200_000, 64)], least: 24 };
    /// rustrict has none.
    #[cfg(test)]
    pub(super) const NONE: Self = Self { stages: &[], least: usize::MAX };

    /// Drops what is too much of `states`, in a text that took `steps` so far.
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
