//! [`Answers`]: the requirements for a new rules file, and the file that meets them.

use std::fmt::Write as _;

use crate::rules::quoted;

/// The requirements for a new rules file.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Answers {
    /// What to do with swearing; mask by default
    #[arg(long, value_name = "DO", value_enum, help_heading = "Answers")]
    pub swearing: Option<Do>,

    /// What to do with keys and passwords; deny by default
    #[arg(long, value_name = "DO", value_enum, help_heading = "Answers")]
    pub keys: Option<Do>,

    /// What to do with e-mail addresses, phone, card and account numbers; nothing by default
    #[arg(long, value_name = "DO", value_enum, help_heading = "Answers")]
    pub personal_data: Option<Do>,

    /// What to do with links; nothing by default, and deny if --domain names those that are allowed
    #[arg(long, value_name = "DO", value_enum, help_heading = "Answers")]
    pub links: Option<Do>,

    /// A domain whose links are allowed, such as `example.com` or `*.example.com`; may be repeated
    #[arg(long, value_name = "DOMAIN", help_heading = "Answers")]
    pub domain: Vec<String>,

    /// Words of your own to mask, separated by commas; `cat*` also finds `cats`
    #[arg(long, value_name = "WORDS", value_delimiter = ',', help_heading = "Answers")]
    pub words: Vec<String>,
}

/// What to do with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Do {
    /// Replace each character by `*`
    Mask,
    /// Do not deliver the message
    Deny,
    /// Deliver the message, and log that something was found
    Watch,
    /// Do not look for it
    Nothing,
}

impl Answers {
    /// Returns whether any question is answered.
    pub(super) fn is_any(&self) -> bool {
        let is_done = |answer: Option<Do>| answer.is_some();
        [self.swearing, self.keys, self.personal_data, self.links].into_iter().any(is_done)
            || !self.domain.is_empty()
            || !self.words.is_empty()
    }

    /// Returns the rules file, with the defaults for unanswered questions. Rules that deny come first, because an edit may hide
    /// something that another rule looks for.
    pub(super) fn rules(&self) -> String {
        let links = if self.domain.is_empty() { Do::Nothing } else { Do::Deny };
        let except = list(&self.domain);
        let links_find =
            if self.domain.is_empty() { "\"all\"".to_owned() } else { format!("{{ except = {except} }}") };
        let words = self.words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_owned).collect();
        let hits: Vec<String> = words.iter().take(5).map(|word| word.trim_matches('*').to_owned()).collect();
        let mut rules = vec![
            rule(
                self.keys.unwrap_or(Do::Deny),
                "keys",
                "Whoever reads a key can use it",
                "{ secrets = \"all\" }",
                "[\"https://bob:hunter2@git.example.com\"]",
                "[\"the secret of success\"]",
            ),
            rule(
                self.links.unwrap_or(links),
                "links",
                "Links lead elsewhere",
                &format!("{{ links = {links_find} }}"),
                "[\"see https://elsewhere.example.net/x\"]",
                "[\"it is 10.5 percent\"]",
            ),
            rule(
                self.personal_data.unwrap_or(Do::Nothing),
                "personal-data",
                "Others keep what they read",
                "{ pii = [\"email\", \"phone\", \"card\", \"iban\"] }",
                "[\"bob@example.org\", \"+44 20 7946 0958\"]",
                "[\"room 4155\", \"2026-11-20\"]",
            ),
            rule(
                self.swearing.unwrap_or(Do::Mask),
                "swearing",
                "Keep the chat civil",
                "{ profanity = \"work\" }",
                "[\"what the fuck\"]",
                "[\"Scunthorpe\", \"just push it\"]",
            ),
        ];
        let own = if words.is_empty() { Do::Nothing } else { Do::Mask };
        rules.push(rule(
            own,
            "words",
            "Not in this chat",
            &format!("{{ words = {} }}", list(&words)),
            &list(&hits),
            "[]",
        ));
        rules.sort_by_key(|rule| rule.as_ref().map(|(what, _)| *what != Do::Deny));
        let mut text = HEAD.to_owned();
        for (_, rule) in rules.into_iter().flatten() {
            text.push_str(&rule);
        }
        if !text.contains("[[rule]]") {
            text.push_str("\n# No rule was asked for: every message is delivered as received.\n");
        }
        text
    }
}

const HEAD: &str = "\
# Rules for a chat. `hit` are texts in which a rule must find something, `miss` those in which it must find nothing: add every false
# positive that people report. `chimeflow check` runs them.
version = 1
";

/// Returns a rule, unless the answer is to do nothing.
fn rule(what: Do, id: &str, why: &str, find: &str, hit: &str, miss: &str) -> Option<(Do, String)> {
    let action = match what {
        Do::Nothing => return None,
        Do::Mask | Do::Watch => "\"mask\"",
        Do::Deny => "\"deny\"",
    };
    let mut text = format!("\n[[rule]]\nid   = \"{id}\"\nwhy  = \"{why}\"\nfind = {find}\ndo   = {action}\n");
    if what == Do::Watch {
        text.push_str("mode = \"shadow\"                                    # counts what it finds, and changes nothing\n");
    }
    let _ = writeln!(text, "hit  = {hit}");
    if miss != "[]" {
        let _ = writeln!(text, "miss = {miss}");
    }
    Some((what, text))
}

/// Returns a list of texts in TOML.
fn list(texts: &[String]) -> String {
    let quoted: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Detectors;
    use crate::rules::{self, Source};

    #[test]
    fn every_combination_of_answers_makes_a_valid_file_without_warnings() {
        let all = [None, Some(Do::Mask), Some(Do::Deny), Some(Do::Watch), Some(Do::Nothing)];
        for number in 0..5_usize.pow(4) {
            let pick = |place: u32| all[number / 5_usize.pow(place) % 5];
            // Two thirds of the files have words and domains.
            let some = !number.is_multiple_of(3);
            let answers = Answers {
                swearing: pick(0),
                keys: pick(1),
                personal_data: pick(2),
                links: pick(3),
                domain: if some {
                    vec!["example.com".to_owned(), "*.example.com".to_owned()]
                } else {
                    Vec::new()
                },
                words: if some {
                    vec!["kestrel*".to_owned(), " proj \"k\"".to_owned(), "Größe".to_owned()]
                } else {
                    Vec::new()
                },
            };
            let text = answers.rules();
            let file = rules::parse(&Source::alone("a.toml", &text), &Detectors::builtin())
                .unwrap_or_else(|report| panic!("{report}\n{text}"));
            assert!(file.warnings.diagnostics.is_empty(), "{}\n{text}", file.warnings);
            if number.is_multiple_of(25) {
                file.verified().unwrap_or_else(|report| panic!("{report}\n{text}"));
            }
        }
    }
}
