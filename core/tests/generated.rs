//! Files made from the declared language: whatever the loader takes its schema takes, and the other way round.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use chimeflow_core::detect::Detectors;
use chimeflow_core::rules::{Source, language, parse, schema};
use chimeflow_core::shape::{Key, List, Map, Shape, Table, Text};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

/// How many files are made.
const FILES: u64 = 800;

/// What a schema cannot know: what the loader says of a file that is of the right shape.
const BEYOND_A_SCHEMA: &[&str] = &[
    // Names of what is not there.
    "no list is called",
    "no group of",
    "no rule is called",
    "no script is called",
    "has no `domains`",
    // Names that come twice.
    "two rules are called",
    "two files are called",
    // Numbers held against each other.
    "no text has at least",
    "no number is at least",
    "in this time are too many to remember",
    "is longer than a year",
    "many people send texts as short as this",
    "a test cannot judge",
    // Letters, which patterns of JSON Schema do not know.
    "there is no letter or sign in",
    "a `*` stands at the ends",
    "is not a domain",
    // Languages inside the language.
    "not a regular expression",
    "no earlier rule or tag is called",
    "expected a rule, a tag",
    "means nothing in a condition",
    "expected `and`, `or` or the end",
    "has to be",
    // Properties of characters.
    "is not one emoji",
    // JSON has one type of number.
    "found the number `2.0`",
];

/// Texts of all kinds: those that the check of a text takes are right for it.
const TEXTS: &[&str] = &[
    "cat",
    "*dog*",
    "blue tit",
    "user/staff-*",
    "*",
    "/text",
    "/",
    "content",
    "push-title",
    "metadata",
    "metadata:/a/b:",
    "example.com",
    "*.example.org",
    "GB",
    "de",
    "latin",
    "#",
    "(removed)",
    "deny",
    "score >= 1",
    "a_b-c",
    "not",
    "score",
    "",
    " ",
    "é",
    "💬",
    "@here",
    "~1",
    "10s",
    "5m",
    "2h",
];

/// What may stand in the place of a value.
const WRONG: &[&str] = &[
    "''",
    "' '",
    "'zzz'",
    "'*'",
    "'a*b'",
    "'all'",
    "'mixed'",
    "'not'",
    "'metadata:x'",
    "7",
    "0",
    "-1",
    "2.0",
    "1e9",
    "-0.5",
    "nan",
    "inf",
    "true",
    "false",
    "2026-01-01",
    "[]",
    "[1]",
    "['x']",
    "[['x']]",
    "[{}]",
    "[[]]",
    "{}",
    "{ zzz = 1 }",
    "{ except = { except = 'user/a' } }",
    "-1000001",
    "1000001",
    "{ metadata = { d = [2026-01-01] } }",
    "{ min = nan }",
    "{ present = false, min = 1 }",
    "{ not = { min = 1 } }",
    "{ not = { mni = 1 } }",
    "{ kinds = ['email'], region = 'GB' }",
    "{ kinds = 'phone', region = ['GB', 'us'] }",
    "{ mask = '#', replace = 'x' }",
    "{ allow = ['x'] }",
    "{ words = [], lists = [] }",
    "{ '' = 1 }",
    "{ a = 1 }",
    "{ at-most = 1 }",
    "{ at-most = 0, each = 1 }",
    "{ each = 1 }",
    "{ a = {} }",
    "{ names = [] }",
    "{ level = 'strict' }",
    "{ max = 3, within = '0s' }",
    "{ senders = 3, more-than = 2, within = '1m' }",
    "{ senders = 3, of = 'sender', within = '1m' }",
    "{ min = 2, within = '1d', mute = '1x' }",
];

/// Makes files. The same seed makes the same file.
struct Maker {
    seed: u64,
    names: usize,
    /// How many values were made.
    values: usize,
    /// Which of them is to be something else.
    wrong: Option<usize>,
    /// Whether that was made.
    is_broken: bool,
    /// The keys that were made.
    keys: BTreeSet<&'static str>,
    detectors: Detectors,
}

impl Maker {
    fn new(seed: u64, wrong: Option<usize>) -> Self {
        let seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Self {
            seed,
            names: 0,
            values: 0,
            wrong,
            is_broken: false,
            keys: BTreeSet::new(),
            detectors: Detectors::builtin(),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from((self.seed >> 8) % end as u64).expect("less than a usize")
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A whole file, with what names in it may name.
    fn file(&mut self) -> String {
        let keys = self.table(language());
        let rest: Vec<_> =
            keys.iter().filter(|(key, _)| !["lists", "people", "places", "rule"].contains(key)).collect();
        let written = |key: &str| keys.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str());
        let mut lines: Vec<String> = rest.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        for (key, base) in [
            ("lists", "{ pets = { words = ['cat'], domains = ['example.com'] }"),
            ("people", "{ staff = { senders = ['user/staff-*'] }"),
            ("places", "{ staff = { channels = ['channel/kids-*'] }"),
        ] {
            let more = match written(key) {
                Some(table) if table.starts_with('{') && table != "{}" => table[1..].to_owned(),
                // What is no table stands for all of it.
                Some(other) if other != "{}" => {
                    lines.push(format!("{key} = {other}"));
                    continue;
                }
                _ => "}".to_owned(),
            };
            let comma = if more.trim() == "}" { "" } else { "," };
            lines.push(format!("{key} = {base}{comma}{more}"));
        }
        let base = "{ id = 'base', find = { words = ['cat'] }, do = 'deny' }";
        match written("rule") {
            Some(rules) if rules.starts_with("[{") => {
                lines.push(format!("rule = [{base}, {}", &rules[1..]));
            }
            Some("[]") | None => lines.push(format!("rule = [{base}]")),
            Some(other) => lines.push(format!("rule = {other}")),
        }
        lines.join("\n")
    }

    /// The keys of a table and their values, as they may stand together.
    fn table(&mut self, table: &'static Table) -> Vec<(&'static str, String)> {
        let mut entries = Vec::new();
        for _ in 0..200 {
            let (values, before) = (self.values, self.keys.clone());
            entries = self.some_keys(table);
            let mut problems = Vec::new();
            let text = inline(&entries);
            let value = DeValue::parse(&text).expect("TOML");
            let fits = Shape::Table(table).read::<IgnoredAny>(value, &mut problems).is_some();
            if fits || self.is_broken {
                return entries;
            }
            (self.values, self.keys) = (values, before);
        }
        entries
    }

    fn some_keys(&mut self, table: &'static Table) -> Vec<(&'static str, String)> {
        let chosen = table.is_choice.then(|| self.below(table.keys.len()));
        let mut entries = Vec::new();
        for (index, key) in table.keys.iter().enumerate() {
            if key.is_required || chosen.map_or_else(|| self.below(3) == 0, |chosen| chosen == index) {
                self.keys.insert(key.name);
                entries.push((key.name, self.key(key)));
            }
        }
        entries
    }

    fn key(&mut self, key: &'static Key) -> String {
        match (key.name, &key.shape) {
            ("id" | "name", _) => {
                self.names += 1;
                format!("'n{}'", self.names)
            }
            ("find", _) => self.find(),
            ("denied", _) => "'base'".to_owned(),
            ("by", _) => self.one(&["'base'", "['base']", "[]"]).to_owned(),
            ("file", Shape::Text(_)) => "'lists/a.txt'".to_owned(),
            (_, shape) => self.value(shape),
        }
    }

    /// Settings of a detector or two.
    fn find(&mut self) -> String {
        let detectors = self.detectors.clone();
        let start = self.below(detectors.all().len());
        let count = 1 + self.below(2);
        let chosen = detectors.all().iter().cycle().skip(start).take(count);
        let each: Vec<_> =
            chosen.map(|detector| format!("{} = {}", detector.name, self.value(&detector.shape))).collect();
        format!("{{ {} }}", each.join(", "))
    }

    /// A value of this shape, unless it is its turn to be something else.
    fn value(&mut self, shape: &Shape) -> String {
        self.values += 1;
        if self.wrong == Some(self.values) {
            let another = self.another(shape);
            self.is_broken = true;
            return another;
        }
        match shape {
            Shape::Any | Shape::Json => {
                self.one(&["1", "'x'", "[1, { a = true }]", "{ a = 'b' }"]).to_owned()
            }
            Shape::Boolean => self.one(&["true", "false"]).to_owned(),
            Shape::Integer { min, max } => self.one(&[*min, (*min).max(2).min(*max), *max]).to_string(),
            Shape::Number { above, max } => {
                let least = if above.is_finite() { above + 0.125 } else { -2.5 };
                self.one(&[format!("{least:?}").as_str(), if max.is_finite() { "1" } else { "3" }]).to_owned()
            }
            Shape::Text(text) => self.text(text),
            Shape::Words(words) => format!("'{}'", self.one((words.all)())),
            Shape::List(list) => self.list(list),
            Shape::Table(table) => inline(&self.table(table)),
            Shape::Map(map) => self.map(map),
            Shape::Alternatives(all) => {
                let chosen = self.below(all.len());
                self.value(&all[chosen].shape)
            }
            Shape::Named(_, shape) => self.value(shape),
        }
    }

    fn text(&mut self, text: &Text) -> String {
        let written = match text.what {
            "the name of a list" => "pets",
            "the name of a group" => self.one(&["staff", "user/x", "*/user/*"]),
            "a condition" => self.one(&["base", "score >= 1 and not base"]),
            "a regular expression" => self.one(&["a+", "(?i)b"]),
            _ => {
                let fitting: Vec<_> = TEXTS.iter().filter(|written| (text.check)(written).is_ok()).collect();
                self.one(&fitting)
            }
        };
        format!("'{written}'")
    }

    fn list(&mut self, list: &List) -> String {
        if let Some(word) = list.or_word.filter(|_| self.below(4) == 0) {
            return format!("'{word}'");
        }
        if list.or_item && self.below(3) == 0 {
            return self.value(&list.item);
        }
        let count = list.least + self.below(3);
        let items: Vec<_> = (0..count).map(|_| self.value(&list.item)).collect();
        format!("[{}]", items.join(", "))
    }

    fn map(&mut self, map: &'static Map) -> String {
        let count = map.least + self.below(2);
        let mut entries = Vec::new();
        for index in 0..count {
            let fitting: Vec<_> =
                ["n", "/a", "/b/*"].into_iter().filter(|name| (map.names.check)(name).is_ok()).collect();
            let name = format!("'{}{index}'", self.one(&fitting));
            entries.push((name, self.value(&map.value)));
        }
        for key in map.keys.iter().filter(|_| count > 0) {
            if self.below(3) == 0 {
                entries.push((key.name.to_owned(), self.key(key)));
            }
        }
        let entries: Vec<_> = entries.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        format!("{{ {} }}", entries.join(", "))
    }

    /// Something else than a value of this shape, or one that somebody might take for one.
    fn another(&mut self, shape: &Shape) -> String {
        self.wrong = None;
        let choice = self.below(4);
        match shape {
            Shape::Table(table) if choice == 0 => {
                let mut entries = self.table(table);
                entries.push(("zzz", "1".to_owned()));
                inline(&entries)
            }
            Shape::Table(table) if choice == 1 => {
                let mut entries = self.table(table);
                let gone = self.below(entries.len().max(1));
                if gone < entries.len() {
                    entries.remove(gone);
                }
                inline(&entries)
            }
            Shape::Table(table) if choice == 2 => inline(&self.some_keys(table)),
            Shape::Integer { min, max } if choice < 2 => {
                let outside =
                    [min.checked_sub(1), max.checked_add(1)].into_iter().flatten().collect::<Vec<_>>();
                self.one(if outside.is_empty() { &[1] } else { &outside }).to_string()
            }
            Shape::Text(_) if choice < 2 => format!("'{}'", self.one(TEXTS)),
            Shape::List(list) if choice == 0 => format!("[{}, {}]", self.value(&list.item), self.one(WRONG)),
            _ => self.one(WRONG).to_owned(),
        }
    }
}

fn inline(entries: &[(&'static str, String)]) -> String {
    if entries.is_empty() {
        return "{}".to_owned();
    }
    let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", entries.join(", "))
}

/// `value` as an editor hands it to a schema; nothing where JSON has no such value.
fn as_json(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => json!(i64::from_str_radix(number.as_str(), number.radix()).ok()?),
        DeValue::Float(number) => serde_json::Number::from_f64(number.as_str().parse().ok()?)?.into(),
        DeValue::Boolean(is) => json!(is),
        DeValue::Datetime(_) => return None,
        DeValue::Array(items) => {
            items.iter().map(|item| as_json(item.get_ref())).collect::<Option<Vec<_>>>()?.into()
        }
        DeValue::Table(table) => table
            .iter()
            .map(|(key, value)| Some((key.get_ref().to_string(), as_json(value.get_ref())?)))
            .collect::<Option<serde_json::Map<_, _>>>()?
            .into(),
    })
}

/// The schema, to be asked.
struct Schema(Schemas, SchemaIndex);

impl Schema {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("rules.json", schema(&Detectors::builtin())).expect("JSON");
        let index = compiler.compile("rules.json", &mut schemas).expect("a schema");
        Self(schemas, index)
    }

    fn takes(&self, file: &Value) -> Result<(), String> {
        self.0.validate(file, self.1).map_err(|error| format!("{error:#}"))
    }
}

/// What the loader says of `text`.
fn errors(text: &str) -> Vec<String> {
    let source = Source { read_file: &|_| Ok("heron".to_owned()), ..Source::alone("made.toml", text) };
    let report = parse(&source, &Detectors::builtin()).err();
    report.into_iter().flat_map(|report| report.diagnostics).map(|diagnostic| diagnostic.message).collect()
}

/// How loader and schema differ over `text`, if they do.
fn difference(schema: &Schema, text: &str) -> Option<String> {
    let (root, damage) = DeTable::parse_recoverable(text);
    assert!(damage.is_empty(), "no TOML: {damage:?}\n{text}");
    let errors = errors(text);
    let Some(file) = as_json(&DeValue::Table(root.into_inner())) else {
        return errors.is_empty().then(|| format!("this holds what JSON has not, and loads:\n{text}"));
    };
    match (schema.takes(&file), &errors[..]) {
        (Err(why), []) => Some(format!("the schema refuses what loads: {why}\n{text}")),
        (Ok(()), errors) => {
            let is_beyond = |error: &&String| BEYOND_A_SCHEMA.iter().any(|known| error.contains(known));
            let shapes: Vec<_> = errors.iter().filter(|error| !is_beyond(error)).collect();
            (!shapes.is_empty()).then(|| format!("the schema takes what does not load: {shapes:#?}\n{text}"))
        }
        (Err(_), _) => None,
    }
}

/// The table that a value of `shape` is, or is made of.
fn inner(shape: &Shape) -> Option<&'static Table> {
    match shape {
        Shape::Table(table) => Some(table),
        Shape::List(list) => inner(&list.item),
        Shape::Map(map) => inner(&map.value),
        _ => None,
    }
}

#[test]
fn what_is_declared_loads_and_is_valid() {
    let (schema, mut keys) = (Schema::new(), BTreeSet::new());
    for seed in 0..FILES / 4 {
        let mut maker = Maker::new(seed, None);
        let text = maker.file();
        assert_eq!(difference(&schema, &text), None);
        let beyond = |error: &String| BEYOND_A_SCHEMA.iter().any(|known| error.contains(known));
        assert!(errors(&text).iter().all(beyond), "{:#?}\n{text}", errors(&text));
        keys.append(&mut maker.keys);
    }
    for key in language().keys.iter().filter_map(|key| inner(&key.shape)).flat_map(|table| table.keys) {
        assert!(keys.contains(key.name), "`{}` was never made", key.name);
    }
}

#[test]
fn loader_and_schema_refuse_the_same() {
    let schema = Schema::new();
    let (mut refused, mut differences) = (0, Vec::new());
    for seed in 0..FILES {
        let mut whole = Maker::new(seed, None);
        whole.file();
        let wrong = 1 + Maker::new(seed ^ 0xffff, None).below(whole.values);
        let text = Maker::new(seed, Some(wrong)).file();
        differences.extend(difference(&schema, &text));
        refused += u64::from(!errors(&text).is_empty());
    }
    assert!(
        differences.is_empty(),
        "{} differences\n{}",
        differences.len(),
        differences[..differences.len().min(5)].join("\n")
    );
    assert!(refused > FILES / 2, "{refused} of {FILES} are refused");
}
