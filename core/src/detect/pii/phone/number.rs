//! [`Number`]: digits as a number of the world's numbering plans, according to libphonenumber.

use super::fiction;
use super::pattern::{Match, Pattern};
use super::plans::{Kind, Lengths, Plan, Rules};

/// The minimum length of a national number, without its trunk prefix.
const MIN_LENGTH: usize = 2;
const MAX_LENGTH: usize = 17;

/// A number that may be one of a numbering plan.
#[derive(Debug)]
pub(super) struct Number {
    /// The plans of its calling code, the main one first.
    plans: &'static [Plan],
    /// Its digits after the calling code and the trunk prefix.
    national: String,
}

impl Number {
    /// Parses the digits after a `+`.
    pub(super) fn international(digits: &str) -> Option<Self> {
        let plans = Plan::of_international(digits);
        let main = plans.first().filter(|_| digits.len() > MIN_LENGTH)?;
        Self::of(plans, main, digits.strip_prefix(main.code)?.to_owned())
    }

    /// Parses digits as they are dialled in the country of `plan`.
    pub(super) fn dialled(digits: &str, plan: &'static Plan) -> Option<Self> {
        if let Some(international) = without_call_prefix(digits, plan) {
            return Self::international(international);
        }
        let plans = Plan::of_code(plan.code);
        // The calling code of the country may precede it without a `+`.
        if let Some(rest) = digits.strip_prefix(plan.code) {
            let national = without_trunk_prefix(rest, plan);
            let any = &plan.rules().any;
            if !any.matches(digits) && any.matches(&national) || Fit::of(digits, plan) == Fit::TooLong {
                return Self::of(plans, plans.first()?, national);
            }
        }
        Self::of(plans, plan, digits.to_owned())
    }

    /// Returns the number `digits` after the calling code of `plans`, whose trunk prefix is that of `plan`.
    fn of(plans: &'static [Plan], plan: &Plan, digits: String) -> Option<Self> {
        if digits.len() < MIN_LENGTH {
            return None;
        }
        let without_prefix = without_trunk_prefix(&digits, plan);
        let is_whole = matches!(Fit::of(&without_prefix, plan), Fit::Possible | Fit::TooLong);
        let national = if is_whole { without_prefix } else { digits };
        (MIN_LENGTH..=MAX_LENGTH).contains(&national.len()).then_some(Self { plans, national })
    }

    /// Returns whether the number has a length that its country has, whether or not its range is in use.
    pub(super) fn is_possible(&self) -> bool {
        self.plans
            .first()
            .is_some_and(|plan| matches!(Fit::of(&self.national, plan), Fit::Possible | Fit::Local))
    }

    /// Returns whether the number is in a range that is in use, or reserved for fiction.
    pub(super) fn is_valid(&self) -> bool {
        self.kind().is_some() || self.is_fictional()
    }

    /// Returns whether the number is reserved for fiction.
    pub(super) fn is_fictional(&self) -> bool {
        self.plans.first().is_some_and(|plan| fiction::is_reserved(plan.code, &self.national))
    }

    /// Returns whether numbers of its country are written with the trunk prefix 0.
    pub(super) fn has_trunk_prefix(&self) -> bool {
        self.plans.first().is_some_and(|plan| plan.row("written").starts_with('0'))
    }

    /// Returns the digits after the calling code and the trunk prefix.
    pub(super) fn national(&self) -> &str {
        &self.national
    }

    /// Returns the kind of the number if it is in a range that is in use.
    pub(super) fn kind(&self) -> Option<Kind> {
        if let [plan] = self.plans {
            return kind_in(&self.national, plan);
        }
        // Several countries share the calling code.
        let is_of = |plan: &&Plan| {
            let starts = plan.rules().starts.as_ref();
            starts.is_some_and(|starts| starts.match_start(&self.national).is_some())
                || kind_in(&self.national, plan).is_some()
        };
        kind_in(&self.national, self.plans.iter().find(is_of)?)
    }
}

/// Returns the kind of `national` if it is a number of `plan`.
fn kind_in(national: &str, plan: &Plan) -> Option<Kind> {
    let rules = plan.rules();
    if !rules.lengths.contain(national.len()) || !rules.any.matches(national) {
        return None;
    }
    let is_one = |(_, lengths, pattern): &&(Kind, Option<Lengths>, Pattern)| {
        lengths.is_none_or(|lengths| lengths.contain(national.len())) && pattern.matches(national)
    };
    let (kind, ..) = rules.kinds.iter().find(is_one)?;
    // A number may be both.
    let is_mobile =
        *kind == Kind::Fixed && rules.kinds.iter().any(|other| other.0 == Kind::Mobile && is_one(&other));
    Some(if is_mobile { Kind::Mobile } else { *kind })
}

/// How the length of a number fits a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Possible,
    /// Only within a part of the country.
    Local,
    TooLong,
    /// Too short, or between lengths that exist.
    Other,
}

impl Fit {
    fn of(national: &str, plan: &Plan) -> Self {
        let Rules { lengths, local, .. } = plan.rules();
        let length = national.len();
        if length > MAX_LENGTH || length > lengths.greatest() && !local.contain(length) {
            Self::TooLong
        } else if local.contain(length) {
            Self::Local
        } else if lengths.contain(length) {
            Self::Possible
        } else {
            Self::Other
        }
    }
}

/// Returns what follows the international call prefix of `plan`, if `digits` begin with it.
fn without_call_prefix<'d>(digits: &'d str, plan: &Plan) -> Option<&'d str> {
    let prefix = plan.rules().abroad.as_ref()?.match_start(digits)?;
    let rest = &digits[prefix.end..];
    // No calling code begins with 0.
    (!rest.starts_with('0')).then_some(rest)
}

/// Returns `digits` without the trunk prefix of `plan`, or with its replacement, unless the result would not be a valid number.
fn without_trunk_prefix(digits: &str, plan: &Plan) -> String {
    let Rules { trunk, becomes, any, .. } = plan.rules();
    let found = trunk.as_ref().filter(|_| !digits.is_empty()).and_then(|trunk| trunk.match_start(digits));
    let Some(Match { end, groups }) = found else { return digits.to_owned() };
    let captured = groups.get(1).or(groups.first()).is_some_and(|group| !group.is_empty());
    let mut national = String::new();
    if captured {
        let mut rest = *becomes;
        while let Some((before, group)) = rest.split_once('$') {
            let (number, after) = group.split_at(1);
            let range = number.parse::<usize>().ok().and_then(|number| groups.get(number.checked_sub(1)?));
            national.push_str(before);
            national.push_str(range.map_or("", |range| &digits[range.clone()]));
            rest = after;
        }
        national.push_str(rest);
    }
    national.push_str(&digits[end..]);
    if any.matches(digits) && !any.matches(&national) { digits.to_owned() } else { national }
}
