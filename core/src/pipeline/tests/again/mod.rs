//! An edited message that comes again is not edited again: what is found hides nothing beside it, whatever rules do with it.

mod mixture;

use self::mixture::{Dice, LISTED, mixture};
use super::*;

/// The actions of the rules, one of which each rule performs.
const ACTIONS: &[&[&str]] = &[
    &["'mask'"],
    &["{ replace = '[{kind}]' }"],
    &["'strip'"],
    &["{ keep-last = 4 }"],
    &[
        "'mask'",
        "{ mask = '#' }",
        "{ replace = '[{kind}]' }",
        "{ replace = '(removed)' }",
        "'strip'",
        "{ keep-last = 4 }",
    ],
];

/// The number of files of rules for each set of actions, and of texts for each file.
const FILES: usize = 6;
const TEXTS: usize = 100;

/// In one of how many edited texts more may be found.
const ONE_IN: usize = 1000;

#[test]
fn one_finding_hides_no_other() {
    let (mut dice, mut edited, mut more) = (Dice(1), 0, Vec::new());
    for actions in ACTIONS {
        for _ in 0..FILES {
            let (toml, pipeline) = rules(&mut dice, actions);
            for _ in 0..TEXTS {
                let text = mixture(&mut dice);
                let once = sent(&pipeline, &text);
                let twice = sent(&pipeline, &once);
                edited += usize::from(once != text);
                if twice != once {
                    more.push((text, once, twice, toml.clone()));
                }
            }
        }
    }
    assert!(more.len() * ONE_IN <= edited, "{} of {edited}: {more:#?}", more.len());
}

/// Returns rules that find words, personal data, links and mentions, in random order, each with one of `actions`.
fn rules(dice: &mut Dice, actions: &[&str]) -> (String, Pipeline) {
    let mut finds = vec![
        "profanity = 'work'".to_owned(),
        "pii = { kinds = 'all', region = ['US'] }".to_owned(),
        format!("words = {LISTED:?}"),
        "links = 'all'".to_owned(),
        "mentions = 'all'".to_owned(),
    ];
    let mut toml = "version = 1\n[message]\nencoding = 'plain'\nempty = '(empty)'\n".to_owned();
    while !finds.is_empty() {
        let (find, action) = (finds.swap_remove(dice.below(finds.len())), dice.pick(actions));
        toml += &*format!("[[rule]]\nid = 'r{}'\nfind = {{ {find} }}\ndo = {action}\n", finds.len());
    }
    let pipeline = load(&Source::alone("rules", &toml), &Detectors::builtin());
    (toml, pipeline.unwrap_or_else(|report| panic!("{report}")))
}

/// Returns what is sent if somebody writes `text`.
fn sent(pipeline: &Pipeline, text: &str) -> String {
    match pipeline.run(say(text)).verdict {
        Verdict::Edited(Edits { content: Some(content), .. }) => content,
        Verdict::Unchanged => text.to_owned(),
        other => panic!("{other:?}"),
    }
}
