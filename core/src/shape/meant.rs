//! [`meant`]: synonyms of the words in rules files.

/// The synonyms of each word, from other programs and everyday speech.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    // Actions.
    (
        "deny",
        &[
            "block",
            "reject",
            "refuse",
            "forbid",
            "ban",
            "drop",
            "delete",
            "remove",
            "disallow",
            "fail-closed",
        ],
    ),
    ("pass", &["allow", "accept", "permit", "approve", "skip", "ignore", "exempt", "bypass", "fail-open"]),
    ("mask", &["censor", "redact", "star", "stars", "asterisk", "hide", "obscure", "blank", "bleep"]),
    ("strip", &["cut", "erase", "clean", "trim", "delete", "remove"]),
    ("replace", &["substitute", "sub", "swap", "rewrite"]),
    ("keep-last", &["last", "partial", "partial-mask"]),
    ("annotate", &["flag", "mark", "metadata", "warn"]),
    // Detectors.
    ("words", &["keywords", "terms", "blocklist", "blacklist", "wordlist", "phrases", "contains"]),
    ("regex", &["pattern", "patterns", "regexp", "expression", "match"]),
    ("profanity", &["swearing", "swears", "curse", "badwords", "toxicity", "obscenity"]),
    ("pii", &["personal", "personal-data", "email", "phone", "privacy"]),
    ("secrets", &["credentials", "tokens", "keys", "api-keys", "passwords"]),
    ("links", &["urls", "url", "uri", "domains", "hyperlinks", "websites"]),
    ("mentions", &["pings", "users", "at"]),
    ("caps", &["uppercase", "capitals", "shouting"]),
    ("repeats", &["spam", "flood", "repetition", "duplicates"]),
    ("length", &["size", "chars", "characters"]),
    ("lines", &["newlines", "linebreaks"]),
    ("invisible", &["zero-width", "hidden", "unicode"]),
    ("marks", &["zalgo", "diacritics", "accents"]),
    ("script", &["language", "alphabet", "languages"]),
    ("all", &["any", "every", "everything", "*"]),
    // Keys of a rule.
    ("id", &["name", "key", "title"]),
    ("why", &["reason", "description", "comment", "note", "message"]),
    ("from", &["user", "users", "sender", "senders", "author", "authors", "who"]),
    ("in", &["channel", "channels", "room", "rooms", "where", "to"]),
    ("on", &["field", "fields", "target", "targets"]),
    ("find", &["match", "detect", "detector", "detectors", "matches", "search", "filter"]),
    ("when", &["if", "condition", "conditions", "requires"]),
    ("do", &["action", "actions", "then", "effect", "outcome"]),
    ("points", &["score", "weight", "strikes"]),
    ("tag", &["tags", "label", "labels", "category"]),
    ("severity", &["level", "priority"]),
    ("mode", &["enabled", "state", "dry-run"]),
    ("hit", &["example", "examples", "positive", "positives", "hits", "good"]),
    ("miss", &["counterexamples", "negative", "negatives", "misses", "bad"]),
    ("on-error", &["on-failure", "fallback", "failure"]),
    // Keys of a test.
    ("say", &["text", "content", "message", "input", "says", "body"]),
    ("gets", &["expect", "expected", "expects", "output", "result", "becomes"]),
    ("denied", &["blocked", "rejected", "denies"]),
    ("by", &["rules", "because"]),
    // Modes.
    (
        "shadow",
        &["dry-run", "monitor", "observe", "watch", "log", "audit", "count", "off", "disabled", "test"],
    ),
    ("enforce", &["on", "active", "live", "block", "enabled", "act"]),
    // Groups and lists.
    ("people", &["users", "user", "senders", "authors", "members"]),
    ("places", &["channels", "channel", "rooms"]),
    ("senders", &["members", "users", "people", "who", "patterns"]),
    ("channels", &["members", "places", "rooms", "patterns"]),
    ("except", &["not", "exclude", "excluding", "without", "unless"]),
    ("allow", &["exceptions", "allowlist", "whitelist", "ignore", "except"]),
];

/// Returns the word of `known` for which `word` is a synonym, or from which it differs only in case.
pub(super) fn meant<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let same = known.iter().find(|known| known.eq_ignore_ascii_case(word));
    same.copied().or_else(|| {
        let is_name = |names: &&[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
        let mut words = OTHER_NAMES.iter().filter(|(_, names)| is_name(names)).map(|(word, _)| word);
        words.find_map(|word| known.iter().find(|known| *known == word)).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_other_names() {
        let actions = ["deny", "pass", "mask", "strip", "replace", "annotate"];
        for (word, known, is) in [
            ("block", &actions[..], Some("deny")),
            ("delete", &actions, Some("deny")),
            ("censor", &actions, Some("mask")),
            ("DENY", &actions, Some("deny")),
            ("Allow", &actions, Some("pass")),
            ("any", &["all", "link"], Some("all")),
            ("block", &["enforce", "shadow"], Some("enforce")),
            ("sender", &["from", "in"], Some("from")),
            ("channel", &["id", "from", "in"], Some("in")),
            ("channel", &["people", "places"], Some("places")),
            ("tree", &actions, None),
            ("block", &["id"], None),
        ] {
            assert_eq!(meant(word, known), is, "{word}");
        }
    }

    #[test]
    fn no_word_has_itself_for_another_name() {
        for (word, names) in OTHER_NAMES {
            assert!(!names.contains(word), "{word}");
        }
    }
}
