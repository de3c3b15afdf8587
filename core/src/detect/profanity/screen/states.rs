//! [`Live`]: the words in progress, in one allocation for all of a text.

/// How many words are usually in progress at most.
const USUAL: usize = 48;

/// The number of words in progress that is not followed further: the screen fires.
const MOST: usize = 64;

/// The words in progress.
pub(super) struct Live<State> {
    /// Those at earlier symbols, and the current ones.
    all: Vec<State>,
    /// The first of the current ones.
    current: usize,
}

impl<State> Default for Live<State> {
    fn default() -> Self {
        Self { all: Vec::new(), current: 0 }
    }
}

impl<State: Copy> Live<State> {
    #[inline]
    pub(super) const fn is_empty(&self) -> bool {
        self.current == self.all.len()
    }

    /// Returns whether there are more than are followed.
    #[inline]
    pub(super) const fn are_too_many(&self) -> bool {
        self.all.len() - self.current > MOST
    }

    #[inline]
    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.current = 0;
    }

    /// Begins a word with the state `start`.
    #[inline]
    pub(super) fn begin(&mut self, start: State) {
        if self.all.capacity() == 0 {
            self.all.reserve(USUAL);
        }
        self.all.push(start);
    }

    #[inline]
    pub(super) fn current(&self) -> &[State] {
        &self.all[self.current..]
    }

    #[inline]
    pub(super) fn current_mut(&mut self) -> &mut [State] {
        &mut self.all[self.current..]
    }

    /// Replaces each word by what `step` adds for it.
    #[inline]
    pub(super) fn advance(&mut self, step: impl Fn(State, &mut Vec<State>)) {
        if self.current > USUAL {
            self.all.drain(..self.current);
            self.current = 0;
        }
        let end = self.all.len();
        for at in self.current..end {
            step(self.all[at], &mut self.all);
        }
        self.current = end;
    }

    /// Adds to each word what `more` returns for it.
    #[inline]
    pub(super) fn extend(&mut self, more: impl Fn(State) -> Option<State>) {
        for at in self.current..self.all.len() {
            self.all.extend(more(self.all[at]));
        }
    }
}
