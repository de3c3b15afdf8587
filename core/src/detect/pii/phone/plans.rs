//! [`PLANS`]: the numbering plans of the world, from the metadata of libphonenumber.

use std::sync::{LazyLock, OnceLock};

use memchr::memmem;

use super::pattern::Pattern;

/// The file of all plans; its header explains its format.
const FILE: &str = include_str!("plans.txt");

/// All plans, sorted by their calling codes as text. Nothing of a plan is parsed before a number needs it.
pub(super) static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| sections().map(Plan::of).collect());

/// The numbering plan of a country, of a part of one, or of an international service.
#[derive(Debug)]
pub(super) struct Plan {
    /// The calling code, such as `44`. No calling code is the start of another.
    pub code: &'static str,
    /// The two letters of the country; digits for international services.
    pub region: &'static str,
    rows: &'static str,
    /// What the rows say, parsed when the first number needs it.
    rules: OnceLock<Rules>,
}

/// The rules of a plan.
#[derive(Debug)]
pub(super) struct Rules {
    pub lengths: Lengths,
    /// The lengths of numbers that are dialled within a part of the country only.
    pub local: Lengths,
    /// The international call prefix.
    pub abroad: Option<Pattern>,
    /// The trunk prefix, and its replacement, in which `$1` is what the prefix's first group matched.
    pub trunk: Option<Pattern>,
    pub becomes: &'static str,
    /// How the numbers of one of several countries with the same calling code start.
    pub starts: Option<Pattern>,
    /// The lengths and starts of numbers that are written without the trunk prefix 0.
    pub bare: Vec<(Lengths, Pattern)>,
    /// Every national number.
    pub any: Pattern,
    /// The kinds of numbers, in the order in which they are tried. A kind without lengths has those of the plan.
    pub kinds: Vec<(Kind, Option<Lengths>, Pattern)>,
}

impl Plan {
    fn of(section: &'static str) -> Self {
        let (head, rows) = section.split_once('\n').unwrap_or_default();
        let (code, region) = head.split_once(' ').unwrap_or_default();
        Self { code, region, rows, rules: OnceLock::new() }
    }

    /// Returns the plans of the calling code that `digits` start with, the main one first.
    pub(super) fn of_international(digits: &str) -> &'static [Self] {
        let end = PLANS.partition_point(|plan| plan.code <= digits);
        let Some(code) =
            end.checked_sub(1).map(|last| PLANS[last].code).filter(|code| digits.starts_with(code))
        else {
            return &[];
        };
        Self::of_code(code)
    }

    /// Returns the plans of a calling code, the main one first.
    pub(super) fn of_code(code: &str) -> &'static [Self] {
        let start = PLANS.partition_point(|plan| plan.code < code);
        let count = PLANS[start..].iter().take_while(|plan| plan.code == code).count();
        &PLANS[start..start + count]
    }

    /// Returns the plan of a country.
    pub(super) fn of_region(region: &str) -> Option<&'static Self> {
        PLANS.iter().find(|plan| plan.region.eq_ignore_ascii_case(region))
    }

    /// Returns the rules of the plan.
    pub(super) fn rules(&self) -> &Rules {
        self.rules.get_or_init(|| {
            let lengths = self.row("lengths");
            let (lengths, local) = lengths.split_once('/').unwrap_or((lengths, ""));
            let pattern = |key| Some(self.row(key)).filter(|text| !text.is_empty()).map(Pattern::of);
            Rules {
                lengths: Lengths::of(lengths),
                local: Lengths::of(local),
                abroad: pattern("abroad"),
                trunk: pattern("trunk"),
                becomes: self.row("becomes"),
                starts: pattern("starts"),
                bare: self.bare().map(|(lengths, text)| (lengths, Pattern::of(text))).collect(),
                any: Pattern::of(self.row("any")),
                kinds: self.kinds().map(|(kind, lengths, text)| (kind, lengths, Pattern::of(text))).collect(),
            }
        })
    }

    /// Returns the value of the row `key`, or an empty text.
    pub(super) fn row(&self, key: &str) -> &'static str {
        let value = |row: &'static str| row.strip_prefix(key)?.strip_prefix(' ');
        self.rows().find_map(value).unwrap_or_default()
    }

    /// Returns the lengths and starts of numbers that are written without the trunk prefix.
    pub(super) fn bare(&self) -> impl Iterator<Item = (Lengths, &'static str)> {
        let bare = self.rows().filter_map(|row| row.strip_prefix("bare ")?.split_once(' '));
        bare.map(|(lengths, starts)| (Lengths::of(lengths), starts))
    }

    /// Returns the kinds of numbers with their lengths and patterns.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (Kind, Option<Lengths>, &'static str)> {
        self.rows().filter_map(|row| {
            let (key, rest) = row.split_once(' ')?;
            let kind = Kind::of(key)?;
            let (lengths, pattern) = rest.split_once(' ')?;
            Some((kind, (lengths != "*").then(|| Lengths::of(lengths)), pattern))
        })
    }

    fn rows(&self) -> impl Iterator<Item = &'static str> {
        self.rows.lines()
    }
}

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Fixed,
    Mobile,
    /// A service that anybody may dial.
    Service,
    Other,
}

impl Kind {
    fn of(key: &str) -> Option<Self> {
        match key {
            "premium" | "free" | "shared" | "uan" => Some(Self::Service),
            "voip" | "personal" | "pager" | "voicemail" => Some(Self::Other),
            "fixed" => Some(Self::Fixed),
            "mobile" => Some(Self::Mobile),
            _ => None,
        }
    }
}

/// A set of lengths of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lengths(u32);

impl Lengths {
    /// Parses lengths such as `9,10`.
    pub(super) fn of(text: &str) -> Self {
        let lengths = text.split(',').filter_map(|length| length.parse::<u32>().ok());
        Self(lengths.fold(0, |all, length| all | 1 << length))
    }

    pub(super) fn contain(self, length: usize) -> bool {
        self.0 >> length & 1 == 1
    }

    pub(super) fn greatest(self) -> usize {
        (0..32).rev().find(|length| self.contain(*length)).unwrap_or_default()
    }
}

/// Returns the sections of the file, which blank lines separate.
fn sections() -> impl Iterator<Item = &'static str> {
    let mut ends = memmem::find_iter(FILE.as_bytes(), b"\n\n").chain([FILE.len()]);
    let mut start = ends.next().unwrap_or_default();
    ends.map(move |end| {
        let section = &FILE[start..end];
        start = end;
        section.trim_matches('\n')
    })
}
