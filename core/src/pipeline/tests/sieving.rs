//! A rule finds the same by itself, among other rules, and with a sieve.

use proptest::prelude::*;

use super::*;

/// Returns enough rules for a sieve, with many kinds of words.
fn rules() -> String {
    let words = [
        "cat", "cat*", "*dog*", "c++", "a b", "ass", "hell", "1488", "ill", "bob", "fuck*", "llama", "good",
        "god", "été",
    ];
    let one = |(at, word): (usize, &str)| {
        let action = ["\"mask\"", "{ replace = \"a cat\" }", "\"strip\"", "\"deny\""][at % 4];
        let fold = if at % 3 == 0 { "plain" } else { "strict" };
        format!(
            "[[rule]]\nid = \"r{at}\"\nfind = {{ words = {{ words = [\"{word}\"], fold = \"{fold}\" }} }}\ndo = {action}\n"
        )
    };
    let rules: Vec<_> = words.into_iter().enumerate().map(one).collect();
    format!("version = 1\n{}", rules.join(""))
}

proptest! {
    #[test]
    fn a_sieve_changes_nothing_but_the_time(
        words in proptest::collection::vec("[a-dgiklostué1!|*+. ]{1,6}|cat|f u c k|he11|asss|1488|llama|gооd", 1..8),
    ) {
        let text = rules();
        let pipeline = load(&Source::alone("rules", &text), &Detectors::builtin()).unwrap();
        prop_assert!(pipeline.sieve.is_some());
        let message = say(&words.join(" "));
        let (sieved, all) = (pipeline.run(message.clone()), pipeline.explain(message));
        prop_assert_eq!(&sieved.verdict, &all.verdict);
        prop_assert!(sieved.hits().eq(all.hits()));
    }
}

/// Returns every letter that has case, and a sample of the others.
fn letters() -> impl Iterator<Item = char> {
    let has_case = |c: char| !c.to_uppercase().eq([c]) || !c.to_lowercase().eq([c]);
    let letters = ('\0'..=char::MAX).filter(|c| c.is_alphabetic()).enumerate();
    letters.filter(move |(at, c)| has_case(*c) || at % 64 == 0).map(|(_, c)| c)
}

/// Returns rules in shadow mode, each with some of `words`, for both ways of folding; the last has more words than a sieve accepts.
fn rules_of(words: &[String]) -> String {
    let rule = |at: usize, fold: &str, words: &[String]| {
        // A JSON string is also a valid TOML string.
        let words = serde_json::to_string(words).unwrap();
        let find = format!("{{ words = {{ words = {words}, fold = \"{fold}\" }} }}");
        format!("[[rule]]\nid = \"{fold}-{at}\"\nfind = {find}\ndo = \"mask\"\nmode = \"shadow\"\n")
    };
    let few = words.chunks(400).enumerate();
    let few = few.flat_map(|(at, words)| [rule(at, "strict", words), rule(at, "plain", words)]);
    let many = rule(words.len(), "plain", &words[..words.len().min(600)]);
    format!("version = 1\n{}{many}", few.collect::<String>())
}

#[test]
fn a_rule_finds_the_same_alone_and_among_others_in_the_letters_of_every_script() {
    let words: Vec<_> = letters().map(|c| format!("q{c}v")).collect();
    let file = rules_of(&words);
    let pipeline = load(&Source::alone("rules", &file), &Detectors::builtin()).unwrap();
    assert!(pipeline.sieve.is_some());
    for words in words.chunks(48) {
        for case in [str::to_lowercase, str::to_uppercase] {
            let written: Vec<_> = words.iter().map(|word| case(word)).collect();
            let text = written.join(" (");
            let (sieved, all) = (pipeline.run(say(&text)), pipeline.explain(say(&text)));
            assert!(sieved.hits().eq(all.hits()), "{text:?}");
            let mut found = [0, 0];
            for rule in &pipeline.rules[..pipeline.rules.len() - 1] {
                let alone: Vec<_> = rule.finds(&text).unwrap().into_iter().map(|(piece, _)| piece).collect();
                let step = sieved.hits().find(|step| step.rule == rule.id);
                let StepResult::Hit { spans, .. } = step.map_or(&StepResult::Miss, |step| &step.result)
                else {
                    assert!(alone.is_empty(), "{}: {alone:?}", rule.id);
                    continue;
                };
                let pieces: Vec<_> = spans.iter().map(|span| &text[span.range.clone()]).collect();
                assert_eq!(alone, pieces, "{}", rule.id);
                found[usize::from(rule.id.starts_with("plain"))] += pieces.len();
            }
            // Each word is found as written, with both ways of folding.
            assert!(
                found.iter().all(|found| *found >= written.len()),
                "{found:?} of {} in {text:?}",
                written.len()
            );
        }
    }
}
