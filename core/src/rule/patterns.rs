//! [`Patterns`]: the patterns of a group, possibly a hundred thousand of them.
//!
//! Every message is matched against every group, so patterns are not tried one by one. A pattern consists of pieces, the texts between its
//! stars, and is indexed by the piece that occurs in the fewest other patterns. The pieces that occur in an ARN are found by binary search
//! in the sorted pieces, and only their patterns are tried.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::iter::successors;
use std::ops::Range;

/// Patterns for ARNs: `*` matches any text, and a match may begin at the start of an ARN or after any `:` or `/`, and extends to its end.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    all: Vec<String>,
    /// The patterns indexed by their beginning, which can occur only where a match may begin.
    by_beginning: Index,
    /// The patterns indexed by a piece after a star, which can occur anywhere.
    by_inside: Index,
    /// Whether one of them consists only of stars.
    holds_all: bool,
}

/// Patterns indexed by one of their pieces, sorted by that piece.
#[derive(Debug, Default)]
struct Index(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    /// Its index among all patterns.
    pattern: usize,
    /// The range of the piece in the pattern.
    piece: Range<usize>,
    /// The nearest entry before this one whose piece equals this one's or is a prefix of it.
    shorter: Option<usize>,
}

impl Patterns {
    pub(crate) fn new(patterns: impl IntoIterator<Item = String>) -> Self {
        let mut all: Vec<String> = patterns.into_iter().map(|pattern| pattern.trim().to_owned()).collect();
        all.sort_unstable();
        all.dedup();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for (_, piece) in all.iter().flat_map(|pattern| pieces(pattern)) {
            *uses.entry(piece).or_default() += 1;
        }
        let (mut by_beginning, mut by_inside, mut holds_all) = (Vec::new(), Vec::new(), false);
        for (pattern, text) in all.iter().enumerate() {
            let rarest = pieces(text).min_by_key(|(_, piece)| (uses.get(piece), Reverse(piece.len())));
            match rarest {
                Some((0, piece)) => by_beginning.push((piece, pattern, 0)),
                Some((at, piece)) => by_inside.push((piece, pattern, at)),
                None => holds_all |= text.contains('*'),
            }
        }
        let (by_beginning, by_inside) = (Index::new(by_beginning), Index::new(by_inside));
        Self { all, by_beginning, by_inside, holds_all }
    }

    pub(crate) fn all(&self) -> &[String] {
        &self.all
    }

    /// Returns whether one of the patterns matches everything.
    pub(crate) fn hold_everything(&self) -> bool {
        self.holds_all
    }

    /// Returns whether one of the patterns matches every ARN of the service that `pattern` matches. A star in `pattern` is covered only
    /// by a star.
    pub(crate) fn cover(&self, pattern: &str) -> bool {
        let names_thing = KINDS.iter().any(|kind| pattern.starts_with(kind));
        self.hold(pattern) || names_thing && self.hold(&format!("*/{pattern}"))
    }

    /// Returns whether the texts of the patterns show that no ARN of the service matches a pattern of both.
    pub(crate) fn are_apart_from(&self, others: &Self) -> bool {
        self.all.iter().all(|one| others.all.iter().all(|other| are_apart(one, other)))
    }

    /// Returns whether any of the patterns matches `arn`.
    pub(crate) fn hold(&self, arn: &str) -> bool {
        if self.holds_all {
            return true;
        }
        let beginnings =
            tails(arn).flat_map(|tail| self.by_beginning.at_start_of(tail.as_bytes(), &self.all));
        let places = if self.by_inside.0.is_empty() { 0..0 } else { 0..arn.len() };
        let insides = places.flat_map(|at| self.by_inside.at_start_of(&arn.as_bytes()[at..], &self.all));
        // A piece may occur several times in an ARN; its pattern is tried only once.
        let mut tried = HashSet::new();
        beginnings.chain(insides).any(|pattern| tried.insert(pattern) && fits(&self.all[pattern], arn))
    }
}

impl Index {
    /// Indexes patterns, given as the piece, the index of the pattern, and the offset of the piece in it.
    fn new(mut filed: Vec<(&str, usize, usize)>) -> Self {
        filed.sort_unstable();
        let mut entries: Vec<Entry> = Vec::with_capacity(filed.len());
        let mut shorter: Option<usize> = None;
        for (position, (piece, pattern, start)) in filed.iter().enumerate() {
            while let Some(other) = shorter.filter(|other| !piece.starts_with(filed[*other].0)) {
                shorter = entries[other].shorter;
            }
            entries.push(Entry { pattern: *pattern, piece: *start..start + piece.len(), shorter });
            shorter = Some(position);
        }
        Self(entries)
    }

    /// Returns the indices of the patterns in `all` whose piece is a prefix of `text`.
    fn at_start_of(&self, text: &[u8], all: &[String]) -> impl Iterator<Item = usize> {
        let piece = |entry: &Entry| &all[entry.pattern].as_bytes()[entry.piece.clone()];
        // Every prefix of `text` sorts before it, and everything between the two has the same prefix.
        let last = self.0.partition_point(|entry| piece(entry) <= text).checked_sub(1);
        let chain = successors(last, |position| self.0[*position].shorter).map(|position| &self.0[position]);
        chain.filter(move |entry| text.starts_with(piece(entry))).map(|entry| entry.pattern)
    }
}

/// Returns the texts between the stars of `pattern`, with their offsets.
fn pieces(pattern: &str) -> impl Iterator<Item = (usize, &str)> {
    let placed = pattern.split('*').scan(0, |next, piece| {
        let at = *next;
        *next += piece.len() + 1;
        Some((at, piece))
    });
    placed.filter(|(_, piece)| !piece.is_empty())
}

/// Returns what a pattern without stars can match: `arn`, and its rest after each `:` or `/`.
fn tails(arn: &str) -> impl Iterator<Item = &str> {
    std::iter::once(arn).chain(arn.match_indices([':', '/']).map(|(at, _)| &arn[at + 1..]))
}

/// Returns whether no ARN of the service matches both `one` and `other`: their ends differ, or the text after the same kind of resource,
/// such as `channel/`, which occurs once in an ARN.
fn are_apart(one: &str, other: &str) -> bool {
    let end = |pattern: &'_ str| pattern.rsplit('*').next().unwrap_or_default().len();
    let (one_end, other_end) = (&one[one.len() - end(one)..], &other[other.len() - end(other)..]);
    if !one_end.ends_with(other_end) && !other_end.ends_with(one_end) {
        return true;
    }
    let (Some((one_kind, one)), Some((other_kind, other))) = (first_name(one), first_name(other)) else {
        return false;
    };
    one_kind == other_kind && !one.starts_with(other) && !other.starts_with(one)
}

/// The kinds of resources within an app instance.
const KINDS: [&str; 3] = ["user/", "bot/", "channel/"];

/// Returns the first kind of resource that `pattern` names, such as `user/`, and the beginning of its name.
fn first_name(pattern: &str) -> Option<(&str, &str)> {
    KINDS.iter().find_map(|kind| {
        let at = pattern.find(kind)?;
        let starts = at == 0 || matches!(pattern.as_bytes()[at - 1], b'/' | b':');
        let name = pattern[at + kind.len()..].split('*').next()?;
        starts.then_some((*kind, name))
    })
}

/// Returns whether `pattern` matches `arn`. The time is proportional to the sum of both lengths, not to their product.
fn fits(pattern: &str, arn: &str) -> bool {
    let mut pieces = pattern.split('*');
    let beginning = pieces.next().unwrap_or_default();
    let Some(end) = pieces.next_back() else { return tails(arn).any(|tail| tail == pattern) };
    // If the rest matches after a later occurrence, it also matches after the first.
    let rest = tails(arn).find_map(|tail| tail.strip_prefix(beginning));
    let rest = rest.and_then(|rest| pieces.try_fold(rest, |rest, piece| Some(rest.split_once(piece)?.1)));
    rest.is_some_and(|rest| rest.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A deterministic pseudorandom generator.
    struct Random(u64);

    impl Random {
        fn below(&mut self, end: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
        }

        fn text(&mut self, scraps: &[&str], most: usize) -> String {
            (0..=self.below(most)).map(|_| scraps[self.below(scraps.len())]).collect()
        }
    }

    /// Returns the same as [`fits`], by exhaustive search.
    fn fits_plainly(pattern: &str, arn: &str) -> bool {
        fn glob(pattern: &[u8], text: &[u8]) -> bool {
            match pattern.split_first() {
                None => text.is_empty(),
                Some((b'*', rest)) => (0..=text.len()).any(|at| glob(rest, &text[at..])),
                Some((byte, rest)) => text.first() == Some(byte) && glob(rest, &text[1..]),
            }
        }
        let (pattern, arn) = (pattern.as_bytes(), arn.as_bytes());
        (0..=arn.len())
            .filter(|at| *at == 0 || matches!(arn[at - 1], b':' | b'/'))
            .any(|at| glob(pattern, &arn[at..]))
    }

    #[test]
    fn patterns_fit_whole_arns_and_their_tails() {
        let arn = "arn:aws:chime:us-east-1:111122223333:app-instance/a/user/staff-7";
        for (pattern, fits) in [
            ("*/user/staff-*", true),
            ("user/staff-*", true),
            (" user/staff-* ", true),
            ("user/staff", false),
            ("ser/staff-*", false),
            ("*ser/staff-*", true),
            ("app-instance/a/user/staff-7", true),
            ("app-instance/a/user/staff-77", false),
            ("a/*/staff-7", true),
            ("a/*/*", true),
            ("a/*/*/*", false),
            ("*-7", true),
            ("*-7-7", false),
            (arn, true),
            ("*", true),
            ("**", true),
            ("", false),
            ("user/*.7", false),
        ] {
            assert_eq!(Patterns::new([pattern.to_owned()]).hold(arn), fits, "{pattern}");
        }
        assert!(Patterns::new(["user/staff-*".to_owned()]).hold("user/staff-1"));
    }

    #[test]
    fn patterns_are_held_against_each_other() {
        // Whether one covers the other, and whether no ARN matches both.
        for (one, other, covers, apart) in [
            ("*", "user/a", true, false),
            ("user/*", "*/user/a-*", true, false),
            ("user/a", "*/user/a", true, false),
            ("*/user/a-*", "user/a-b-*", true, false),
            ("*/b-*", "b-a", false, false),
            ("user/a", "user/a-*", false, false),
            ("user/a-*", "user/a-b-*", true, false),
            ("*a*", "user/bab", true, false),
            ("user/a", "user/b", false, true),
            ("user/a-*", "user/b-*", false, true),
            ("channel/kids-*", "*/channel/adults-*", false, true),
            ("*/channel/kids-*", "app-instance/x/channel/adults-*", false, true),
            ("*-kids", "*-adults", false, true),
            ("channel/kids-*", "channel/*-7", false, false),
            ("channel/kids-1*", "channel/kids-*", false, false),
            ("user/a-*", "channel/b-*", false, false),
            ("*user/a-*", "xuser/b-*", false, false),
        ] {
            let [one, other] = [one, other].map(|pattern| Patterns::new([pattern.to_owned()]));
            assert_eq!(one.cover(&other.all[0]), covers, "{one:?} covers {other:?}");
            assert_eq!(one.are_apart_from(&other), apart, "{one:?} and {other:?}");
            assert_eq!(other.are_apart_from(&one), apart, "{other:?} and {one:?}");
        }
    }

    #[test]
    fn what_covers_holds_all_and_what_is_apart_shares_nothing() {
        let scraps = ["a", "b", "user/", "channel/", "/", ":", "*", "*"];
        let mut random = Random(20_261_129);
        let arns: Vec<_> = (0..60)
            .map(|at| {
                let kind = ["user", "channel"][at % 2];
                format!(
                    "arn:x:app-instance/{}/{kind}/{}",
                    random.text(&["a", "b"], 2),
                    random.text(&["a", "b"], 3)
                )
            })
            .collect();
        let (mut covered, mut apart) = (0, 0);
        for _ in 0..4000 {
            let [one, other] = [(); 2].map(|()| Patterns::new([random.text(&scraps, 4)]));
            let both = |arn: &&String| (one.hold(arn), other.hold(arn));
            if one.cover(&other.all[0]) {
                covered += 1;
                assert!(arns.iter().all(|arn| both(&arn) != (false, true)), "{one:?} {other:?}");
            }
            if one.are_apart_from(&other) {
                apart += 1;
                assert!(arns.iter().all(|arn| both(&arn) != (true, true)), "{one:?} {other:?}");
            }
        }
        assert!(covered > 100 && apart > 100, "{covered} {apart}");
    }

    #[test]
    fn many_patterns_hold_what_each_of_them_fits() {
        let scraps = ["a", "ab", "b", "ba", "é", "/", ":", "user/", "*", "*"];
        let mut random = Random(20_261_120);
        let (mut held, mut tried) = (0, 0);
        for size in [1, 1, 1, 2, 3, 5, 8, 13, 50, 200] {
            for _ in 0..40 {
                let patterns: Vec<_> = (0..size).map(|_| random.text(&scraps, 7)).collect();
                let compiled = Patterns::new(patterns.clone());
                for _ in 0..20 {
                    let arn = random.text(&scraps[..8], 9);
                    let expected = patterns.iter().any(|pattern| fits_plainly(pattern, &arn));
                    assert_eq!(compiled.hold(&arn), expected, "{patterns:?} {arn}");
                    held += usize::from(expected);
                    tried += 1;
                }
            }
        }
        assert!(held > tried / 10 && held < tried * 9 / 10, "{held} of {tried} are held: that shows little");
    }

    #[test]
    fn a_hundred_thousand_patterns_are_told_apart() {
        let arn = |name: &str, number: usize| {
            format!("arn:aws:chime:us-east-1:111122223333:app-instance/0f9e/user/{name}-{number}")
        };
        let pattern = |number: usize| match number % 5 {
            0 => arn("whole", number),
            1 => format!("user/tail-{number}"),
            2 => format!("*/beginning-{number}-*"),
            3 => format!("user/*-end-{number}"),
            _ => format!("*/user/*inside-{number}-*"),
        };
        let patterns = Patterns::new((0..100_000).map(pattern));
        for number in (0..100_000).step_by(1237) {
            let (member, stranger) = match number % 5 {
                0 => (arn("whole", number), arn("whole", number + 1)),
                1 => (arn("tail", number), arn("a-tail", number)),
                2 => (arn(&format!("beginning-{number}"), 7), arn(&format!("a-beginning-{number}"), 7)),
                3 => (arn("x-end", number), arn("end", number)),
                _ => (arn(&format!("x-inside-{number}"), 7), arn(&format!("x-inside-{number}x"), 7)),
            };
            assert!(patterns.hold(&member), "{member}");
            assert!(!patterns.hold(&stranger), "{stranger}");
        }
    }

    #[test]
    fn long_texts_of_one_sign_are_no_trouble() {
        let patterns: Vec<_> = (1..200).map(|len| format!("*{}*b", "a".repeat(len))).collect();
        let patterns = Patterns::new(patterns);
        assert!(!patterns.hold(&"a".repeat(4_000)));
        assert!(!patterns.hold(&"/a:".repeat(4_000)));
        assert!(patterns.hold(&format!("{}b", "a".repeat(4_000))));
    }
}
