//! Checks of a section that look at the text of a message.

use super::super::engine::Engine;
use super::super::expression::{Dialect, escaped, translate};
use super::super::terms::{NO_TERM, Terms};
use super::super::toml;

/// A check, and its values without counterpart.
#[derive(Debug, Default)]
pub(super) struct Check {
    /// Whether the check must find something; otherwise it must find nothing.
    pub is_positive: bool,
    pub terms: Terms,
    /// The number of values that became words, expressions or domains.
    pub taken: usize,
    /// A detector other than `words` and `regex`, with its settings.
    pub find: Option<String>,
    /// The domains of this detector, if they need a list.
    pub domains: Vec<String>,
    /// A text in which the check certainly finds something.
    pub hit: Option<String>,
    /// Values without counterpart, and why.
    pub left: Vec<(String, String)>,
}

/// A key such as `~title+body (regex, includes)`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key<'k> {
    pub is_negated: bool,
    pub fields: Vec<&'k str>,
    modifiers: Vec<&'k str>,
}

impl<'k> Key<'k> {
    /// Parses a key, if it checks fields that have text.
    pub(super) fn parse(key: &'k str) -> Option<Self> {
        let (name, modifiers) = match key.split_once('(') {
            Some((name, rest)) => (name, rest.trim_end().strip_suffix(')')?),
            None => (key, ""),
        };
        let is_negated = name.starts_with('~');
        let name = name.trim().trim_start_matches('~');
        let fields: Vec<_> = name.split('#').next()?.split('+').map(str::trim).collect();
        let modifiers = modifiers.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
        let is_known = |field: &&str| FIELDS.contains(field) || field.starts_with("media_");
        fields.iter().all(is_known).then_some(Self { is_negated, fields, modifiers })
    }

    fn has(&self, modifier: &str) -> bool {
        self.modifiers.contains(&modifier)
    }

    fn is_only(&self, fields: &[&str]) -> bool {
        self.fields.iter().all(|field| fields.contains(field))
    }

    /// Returns a modifier that does not exist.
    pub(super) fn unknown_modifier(&self) -> Option<&str> {
        let is_known = |one: &str| MODES.contains(&one) || ["regex", "case-sensitive"].contains(&one);
        self.modifiers.iter().copied().find(|one| !is_known(one))
    }

    /// Returns whether the check concerns a field that messages have.
    pub(super) fn is_about_text(&self) -> bool {
        self.fields.iter().any(|field| TEXT.contains(field) || LINK.contains(field))
    }

    /// Returns whether the check concerns only links.
    pub(super) fn is_about_links(&self) -> bool {
        self.is_only(LINK)
    }

    fn mode(&self) -> &str {
        let default = if self.is_only(&["url"]) { "includes" } else { "includes-word" };
        self.modifiers.iter().copied().find(|one| MODES.contains(one)).unwrap_or(default)
    }
}

const TEXT: &[&str] = &["title", "body"];
const LINK: &[&str] = &["domain", "url"];
const FIELDS: &[&str] =
    &["title", "body", "domain", "url", "id", "flair_text", "flair_css_class", "flair_template_id", "name"];
const MODES: &[&str] = &["full-exact", "full-text", "includes", "includes-word", "starts-with", "ends-with"];

/// Reads a check with its values.
pub(super) fn read(key: &Key<'_>, values: Vec<String>, engine: Engine<'_>) -> Check {
    if let Some(check) = links(key, &values, engine) {
        return check;
    }
    let mut check = Check { is_positive: !key.is_negated, ..Check::default() };
    let is_link = key.is_only(LINK);
    let flags = if key.has("case-sensitive") { "s" } else { "is" };
    let mode = key.mode();
    for value in values {
        let is_literal = !key.has("regex");
        if is_literal && flags == "is" && !value.contains('*') && !value.trim().is_empty() && !is_link {
            match mode {
                "includes-word" => {
                    check.terms.words.push(value);
                    continue;
                }
                "includes" => {
                    check.terms.words.push(format!("*{}*", value.trim()));
                    continue;
                }
                _ => {}
            }
        }
        let inner = if is_literal { escaped(&value) } else { value.clone() };
        let is_anchored = mode.starts_with("full")
            || mode.ends_with("with")
            || inner.starts_with('^')
            || inner.ends_with('$');
        if is_link && is_anchored {
            check.left.push((
                value,
                "it is about the start or end of a link, and `regex` looks at the whole message".to_owned(),
            ));
            continue;
        }
        match translate(&wrapped(&inner, mode), Dialect::Python, flags, engine) {
            Ok(expression) => check.terms.expressions.push(expression),
            Err(why) => check.left.push((value, why)),
        }
    }
    check.taken = check.terms.len();
    let dropped = check.terms.sort(engine);
    check.taken -= dropped.len();
    check.left.extend(dropped.into_iter().map(|word| (word, NO_TERM.to_owned())));
    check
}

/// Reads a check for domains: links to them, or for `~domain` links to any others.
fn links(key: &Key<'_>, values: &[String], engine: Engine<'_>) -> Option<Check> {
    let is_about_links = key.fields.iter().any(|field| LINK.contains(field));
    let only_domain = key.is_only(&["domain"]);
    let is_plain = key.modifiers.iter().all(|one| {
        ["includes", "includes-word", "full-exact"].contains(one) || only_domain && *one == "case-sensitive"
    });
    if !is_about_links || !is_plain || values.is_empty() || key.is_negated && !only_domain {
        return None;
    }
    let star = if only_domain && key.has("full-exact") { "" } else { "*." };
    let setting = if key.is_negated { "except" } else { "only" };
    // Returns the first of the example texts if the detector finds all of them.
    let hit = |bare: &[(&String, String)]| -> Option<String> {
        let domains: Vec<_> = bare.iter().map(|(_, domain)| format!("{star}{domain}")).collect();
        let find = format!("links = {{ {setting} = {} }}", toml::list(&domains, 0));
        engine.check(&find).ok()?;
        let texts = if key.is_negated {
            vec!["see https://somewhere.example/else".to_owned()]
        } else {
            let texts = bare.iter().map(|(_, domain)| [format!("see {domain}"), format!("https://{domain}")]);
            texts.flatten().collect()
        };
        let found = engine.found(&find, texts.clone());
        (found.len() == texts.len()).then(|| found.into_iter().next())?
    };
    let mut bare: Vec<_> =
        values.iter().filter_map(|value| bare_domain(value).map(|bare| (value, bare))).collect();
    let mut first = hit(&bare);
    if first.is_none() {
        bare.retain(|one| hit(std::slice::from_ref(one)).is_some());
        first = hit(&bare);
    }
    let left: Vec<_> = values.iter().filter(|value| bare.iter().all(|(one, _)| one != value)).collect();
    if !left.is_empty() && !only_domain {
        // These may be parts of a link, or of the text next to it.
        return None;
    }
    let left = left.into_iter().map(|value| (value.clone(), NO_DOMAIN.to_owned())).collect();
    let domains: Vec<_> = bare.iter().map(|(_, domain)| format!("{star}{domain}")).collect();
    Some(Check {
        is_positive: true,
        find: (!domains.is_empty()).then(|| format!("links = {{ {setting} = LIST }}")),
        taken: domains.len(),
        domains,
        hit: first,
        left,
        ..Check::default()
    })
}

/// Why a value is omitted from a list of domains.
const NO_DOMAIN: &str = "it is not a domain that a link can lead to";

/// Returns `value` as a domain for lists, possibly with a path, if it is one.
fn bare_domain(value: &str) -> Option<String> {
    let value = value.trim();
    let value = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")).unwrap_or(value);
    let value = value.strip_prefix("www.").unwrap_or(value).trim_end_matches('/').to_lowercase();
    let (host, _) = value.split_once('/').unwrap_or((&value, ""));
    let (_, top) = host.rsplit_once('.')?;
    let is_host = host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    (is_host && top.len() > 1 && top.chars().all(char::is_alphabetic)).then_some(value)
}

/// Returns `inner` with the boundaries that `mode` requires around it.
fn wrapped(inner: &str, mode: &str) -> String {
    let inner =
        if inner.contains('|') && mode != "includes" { format!("(?:{inner})") } else { inner.to_owned() };
    match mode {
        "full-exact" => format!("^{inner}$"),
        "full-text" => format!(r"^\W*{inner}\W*$"),
        "starts-with" => format!("^{inner}"),
        "ends-with" => format!("{inner}$"),
        "includes" => inner,
        _ => format!("{}{inner}{}", edge_before(&inner), edge_after(&inner)),
    }
}

/// Returns what `(?:^|\W|\b)` requires before `inner`: nothing if it starts with a sign.
fn edge_before(inner: &str) -> &'static str {
    let mut chars = inner.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next();
    let is_optional = first != '\\' && second.is_some_and(|c| "?*{".contains(c));
    match first {
        _ if is_optional => r"(?:^|\W|\b)",
        c if c.is_alphanumeric() || c == '_' => r"\b",
        '\\' if second.is_some_and(|c| c == 'b') => "",
        '\\' if second.is_some_and(char::is_alphanumeric) => r"(?:^|\W|\b)",
        '(' | '[' | '.' => r"(?:^|\W|\b)",
        _ => "",
    }
}

/// Returns what `(?:$|\W|\b)` requires after `inner`.
fn edge_after(inner: &str) -> &'static str {
    let mut chars = inner.chars().rev();
    let last = chars.next().unwrap_or(' ');
    let is_escaped = chars.take_while(|c| *c == '\\').count() % 2 == 1;
    match last {
        'b' if is_escaped => "",
        c if c.is_alphanumeric() || c == '_' => {
            if is_escaped {
                r"(?:$|\W|\b)"
            } else {
                r"\b"
            }
        }
        ')' | ']' | '}' | '?' | '*' | '+' | '.' if !is_escaped => r"(?:$|\W|\b)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_fields_and_modifiers() {
        let key = Key::parse("~title+body#2 (regex, includes)").unwrap();
        assert_eq!(
            key,
            Key { is_negated: true, fields: vec!["title", "body"], modifiers: vec!["regex", "includes"] }
        );
        assert_eq!(Key::parse("body+url(includes-word)").unwrap().fields, ["body", "url"]);
        for other in ["action", "set_flair", "comment", "body (regex", "author"] {
            assert_eq!(Key::parse(other), None, "{other}");
        }
    }

    /// The boundaries that Reddit requires around an expression, and the ones written instead, match in the same texts.
    #[test]
    fn the_ends_of_words_are_those_of_reddit() {
        let texts = [
            "cat", "cats", "a cat", "acat", "cat!", "(cat)", "$5", "a$5b", "x$5 ", "c4t", "_cat_", "écat",
            "cat é", "a_b", "",
        ];
        for inner in [
            "cat",
            "cats?",
            "c[a4]t",
            "(?:cat|dog)",
            r"\$5",
            r"\w+t",
            r"\bcat\b",
            " cat",
            "cat ",
            "s?cat",
            "c.t",
            r"\$\d",
            "cat!",
            r"\?x",
        ] {
            let theirs = regex::Regex::new(&format!(r"(?is)(?:^|\W|\b){inner}(?:$|\W|\b)")).unwrap();
            let ours = regex::Regex::new(&format!("(?is){}", wrapped(inner, "includes-word"))).unwrap();
            for text in texts {
                assert_eq!(ours.is_match(text), theirs.is_match(text), "{inner} in {text}: {ours}");
            }
        }
    }
}
