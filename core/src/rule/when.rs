//! [`When`]: a condition on what earlier rules found.
//!
//! ```text
//! condition = all { "or" all }           all = one { "and" one }
//! one       = "not" one | "(" condition ")" | "score" comparison number | rule | tag
//! ```
//!
//! A condition can name only earlier rules. So there are no cycles, and its value is final when its rule is reached.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::Rule;

/// A condition on what earlier rules found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The condition as written.
    pub source: String,
    condition: Condition,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    Rule(usize),
    Tag(Arc<str>),
    Score(Comparison, i64),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// What rules have found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// The indices of the rules that found something.
    pub rules: BTreeSet<usize>,
    /// Their tags.
    pub tags: BTreeSet<Arc<str>>,
    /// The sum of their points.
    pub score: i64,
}

impl Tally {
    /// Adds `rule`, at index `position`, to those that found something.
    pub(crate) fn add(&mut self, position: usize, rule: &Rule, points: i64) {
        self.rules.insert(position);
        self.tags.extend(rule.tags.iter().cloned());
        self.score = self.score.saturating_add(points);
    }
}

/// The names that a condition may use: earlier rules and their tags.
pub(crate) trait Names {
    fn rule(&self, id: &str) -> Option<usize>;
    fn tag(&self, name: &str) -> Option<Arc<str>>;
}

/// An error in a condition, with its byte range in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub span: Range<usize>,
    pub message: String,
    /// The unknown name, if that is the error.
    pub unknown: Option<String>,
}

/// The maximum nesting depth of parentheses and `not`, far beyond what is readable.
const DEPTH: usize = 32;

impl When {
    pub(crate) fn parse(source: &str, names: &dyn Names) -> Result<Self, Mistake> {
        let mut parser = Parser { tokens: tokens(source)?, at: 0, end: source.len(), names };
        let condition = parser.any(DEPTH)?;
        match parser.peek() {
            None => Ok(Self { source: source.to_owned(), condition }),
            Some(token) => {
                let expected = || format!("expected `and`, `or` or the end, found `{}`", token.text);
                Err(token.mistake(token.meaningless().unwrap_or_else(expected)))
            }
        }
    }

    /// Returns the indices of the rules that must have found something for the condition to hold.
    pub(crate) fn needs(&self) -> BTreeSet<usize> {
        self.condition.needs()
    }

    /// Returns whether it cannot hold after `rule`, at index `position`, has found something.
    pub(crate) fn excludes(&self, position: usize, rule: &Rule) -> bool {
        self.condition.is_settled_by(position, rule) == Some(false)
    }

    /// Returns whether the condition holds.
    pub(crate) fn holds(&self, tally: &Tally) -> bool {
        self.condition.holds(tally)
    }
}

impl Condition {
    fn holds(&self, tally: &Tally) -> bool {
        match self {
            Self::Rule(rule) => tally.rules.contains(rule),
            Self::Tag(tag) => tally.tags.contains(tag),
            Self::Score(comparison, than) => match comparison {
                Comparison::Less => tally.score < *than,
                Comparison::AtMost => tally.score <= *than,
                Comparison::Equal => tally.score == *than,
                Comparison::AtLeast => tally.score >= *than,
                Comparison::More => tally.score > *than,
            },
            Self::Not(inner) => !inner.holds(tally),
            Self::All(all) => all.iter().all(|one| one.holds(tally)),
            Self::Any(any) => any.iter().any(|one| one.holds(tally)),
        }
    }

    /// Returns whether the condition holds, if it follows from a finding of `rule`, at index `position`.
    fn is_settled_by(&self, position: usize, rule: &Rule) -> Option<bool> {
        match self {
            Self::Rule(named) => (*named == position).then_some(true),
            Self::Tag(tag) => rule.tags.contains(tag).then_some(true),
            Self::Score(..) => None,
            Self::Not(inner) => inner.is_settled_by(position, rule).map(|holds| !holds),
            Self::All(all) => {
                let each = all.iter().map(|one| one.is_settled_by(position, rule));
                each.reduce(|a, b| if [a, b].contains(&Some(false)) { Some(false) } else { a.and(b) })?
            }
            Self::Any(any) => {
                let each = any.iter().map(|one| one.is_settled_by(position, rule));
                each.reduce(|a, b| if [a, b].contains(&Some(true)) { Some(true) } else { a.and(b) })?
            }
        }
    }

    fn needs(&self) -> BTreeSet<usize> {
        match self {
            Self::Rule(rule) => [*rule].into(),
            Self::All(all) => all.iter().flat_map(Self::needs).collect(),
            Self::Any(any) => {
                let each = any.iter().map(Self::needs);
                each.reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default()
            }
            Self::Tag(_) | Self::Score(..) | Self::Not(_) => BTreeSet::new(),
        }
    }
}

/// A word, number or sign of a condition.
#[derive(Clone, Copy, Debug)]
struct Token<'s> {
    text: &'s str,
    start: usize,
}

impl Token<'_> {
    fn mistake(&self, message: String) -> Mistake {
        Mistake { span: self.start..self.start + self.text.len(), message, unknown: None }
    }

    /// Returns advice about a token that is a common spelling of an operator in other languages.
    fn meaningless(&self) -> Option<String> {
        let word = match self.text {
            "&" | "&&" => "and",
            "|" | "||" => "or",
            "!" => "not",
            "and" | "or" | "not" | "score" => return None,
            text => ["and", "or", "not", "score"].into_iter().find(|word| word.eq_ignore_ascii_case(text))?,
        };
        Some(format!("`{}` means nothing in a condition: write `{word}`", self.text))
    }
}

fn tokens(source: &str) -> Result<Vec<Token<'_>>, Mistake> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(first) = source[start..].chars().next() {
        let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let rest = &source[start..];
        let len = if first.is_whitespace() {
            start += first.len_utf8();
            continue;
        } else if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else if matches!(first, '<' | '>' | '=') {
            rest.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(rest.len())
        } else if "()".contains(first) {
            1
        } else {
            rest.find(|c| c != first).unwrap_or(rest.len())
        };
        let token = Token { text: &rest[..len], start };
        if !word(first) && !"()<>=".contains(first) {
            let message = token.meaningless().unwrap_or_else(|| {
                format!(
                    "`{}` means nothing in a condition: it consists of rules, tags, `score`, `and`, `or`, `not`",
                    token.text
                )
            });
            return Err(token.mistake(message));
        }
        tokens.push(token);
        start += len;
    }
    Ok(tokens)
}

struct Parser<'s, 'n> {
    tokens: Vec<Token<'s>>,
    at: usize,
    end: usize,
    names: &'n dyn Names,
}

impl<'s> Parser<'s, '_> {
    fn peek(&self) -> Option<Token<'s>> {
        self.tokens.get(self.at).copied()
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.text == text);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self, expected: &str) -> Result<Token<'s>, Mistake> {
        let Some(token) = self.peek() else {
            let span = self.end.saturating_sub(1)..self.end;
            return Err(Mistake { span, message: format!("expected {expected} here"), unknown: None });
        };
        self.at += 1;
        Ok(token)
    }

    fn any(&mut self, depth: usize) -> Result<Condition, Mistake> {
        let mut any = vec![self.all(depth)?];
        while self.take("or") {
            any.push(self.all(depth)?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Condition::Any(any) })
    }

    fn all(&mut self, depth: usize) -> Result<Condition, Mistake> {
        let mut all = vec![self.one(depth)?];
        while self.take("and") {
            all.push(self.one(depth)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::All(all) })
    }

    fn one(&mut self, depth: usize) -> Result<Condition, Mistake> {
        let token = self.next("a rule, a tag, `score`, `not` or `(`")?;
        let Some(deeper) = depth.checked_sub(1) else {
            return Err(token.mistake(format!("this nests more than {DEPTH} levels deep")));
        };
        match token.text {
            "not" => Ok(Condition::Not(Box::new(self.one(deeper)?))),
            "(" => {
                let inner = self.any(deeper)?;
                let close = self.next("`)`")?;
                if close.text == ")" {
                    return Ok(inner);
                }
                Err(close.mistake(close.meaningless().unwrap_or_else(|| "expected `)` here".to_owned())))
            }
            "score" => self.score(),
            name if name.starts_with(|c: char| c.is_alphanumeric()) && !["and", "or"].contains(&name) => {
                let rule = self.names.rule(name).map(Condition::Rule);
                let named = rule.or_else(|| self.names.tag(name).map(Condition::Tag));
                named.ok_or_else(|| match token.meaningless() {
                    Some(message) => token.mistake(message),
                    None => Mistake {
                        unknown: Some(name.to_owned()),
                        ..token.mistake(format!("no earlier rule or tag is called `{name}`"))
                    },
                })
            }
            other => {
                Err(token.mistake(format!("expected a rule, a tag, `score`, `not` or `(`, found `{other}`")))
            }
        }
    }

    fn score(&mut self) -> Result<Condition, Mistake> {
        let sign = self.next("`>=`, `>`, `=`, `<` or `<=`")?;
        let comparison = match sign.text {
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            "=" | "==" => Comparison::Equal,
            ">=" => Comparison::AtLeast,
            ">" => Comparison::More,
            other => {
                return Err(sign.mistake(format!("expected `>=`, `>`, `=`, `<` or `<=`, found `{other}`")));
            }
        };
        let number = self.next("a whole number")?;
        let than = number.text.parse();
        let than =
            than.map_err(|_| number.mistake(format!("expected a whole number, found `{}`", number.text)))?;
        Ok(Condition::Score(comparison, than))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct TestNames;

    impl Names for TestNames {
        fn rule(&self, id: &str) -> Option<usize> {
            ["links", "off-platform", "caps"].iter().position(|known| *known == id)
        }

        fn tag(&self, name: &str) -> Option<Arc<str>> {
            (name == "pii").then(|| Arc::from(name))
        }
    }

    #[track_caller]
    fn holds(source: &str, rules: &[usize], score: i64) -> bool {
        let tally = Tally { rules: rules.iter().copied().collect(), tags: BTreeSet::new(), score };
        When::parse(source, &TestNames)
            .unwrap_or_else(|mistake| panic!("{source}: {mistake:?}"))
            .holds(&tally)
    }

    #[test]
    fn conditions_read_as_they_are_written() {
        assert!(holds("score >= 3 or (off-platform and links)", &[], 3));
        assert!(holds("score >= 3 or (off-platform and links)", &[0, 1], 0));
        assert!(!holds("score >= 3 or (off-platform and links)", &[1], 2));
        assert!(holds("links or caps and off-platform", &[0], 0), "`and` binds tighter");
        assert!(!holds("(links or caps) and off-platform", &[0], 0));
        assert!(holds("not links and not not caps", &[2], 0));
        assert!(holds("score=-1", &[], -1) && holds("score<0", &[], -1) && !holds("score > 0", &[], 0));
        assert!(!holds("pii", &[], 0));
        let tally = Tally { tags: [Arc::from("pii")].into(), ..Tally::default() };
        assert!(When::parse("pii", &TestNames).unwrap().holds(&tally));
    }

    #[test]
    fn a_condition_may_be_settled_by_one_rule() {
        let caps = Rule { tags: vec![Arc::from("pii")], ..Rule::new("caps") };
        for (source, excludes) in [
            ("not caps", true),
            ("not pii", true),
            ("links and not (caps or links)", true),
            ("not caps or not pii", true),
            ("not caps or links", false),
            ("not not caps", false),
            ("not (caps and links)", false),
            ("caps", false),
            ("score < 1", false),
        ] {
            assert_eq!(When::parse(source, &TestNames).unwrap().excludes(2, &caps), excludes, "{source}");
        }
    }

    #[test]
    fn mistakes_are_under_the_word() {
        for (source, span, part) in [
            ("", 0..0, "expected a rule"),
            ("lnks", 0..4, "no earlier rule or tag is called `lnks`"),
            ("links and", 8..9, "expected a rule"),
            ("links caps", 6..10, "expected `and`, `or` or the end"),
            ("(links", 5..6, "expected `)`"),
            ("score > many", 8..12, "expected a whole number"),
            ("score links", 6..11, "expected `>=`"),
            ("links & caps", 6..7, "means nothing in a condition: write `and`"),
            ("links && caps", 6..8, "`&&` means nothing in a condition: write `and`"),
            ("links || caps", 6..8, "write `or`"),
            ("!links", 0..1, "write `not`"),
            ("links, caps", 5..6, "it consists of"),
            ("links AND caps", 6..9, "`AND` means nothing in a condition: write `and`"),
            ("(links Or caps)", 7..9, "write `or`"),
            ("NOT links", 0..3, "write `not`"),
            ("links and Not caps", 10..13, "write `not`"),
            ("SCORE > 3", 0..5, "write `score`"),
            ("score => 3", 6..8, "found `=>`"),
            ("and", 0..3, "found `and`"),
            ("links or )", 9..10, "found `)`"),
        ] {
            let mistake = When::parse(source, &TestNames).unwrap_err();
            assert_eq!(mistake.span, span, "{source}");
            assert!(mistake.message.contains(part), "{source}: {}", mistake.message);
        }
        let deep = format!("{}links{}", "(".repeat(1000), ")".repeat(1000));
        assert!(When::parse(&deep, &TestNames).unwrap_err().message.contains("levels deep"));
    }
}
