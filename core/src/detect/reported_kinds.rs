//! [`reported_kinds`]: the kinds of findings that each detector reports.

use super::{BUILTIN, Detectors, invisible, links, secrets};

/// Returns the kinds that the detector called `name` reports; `None` if they are unknown, because a custom detector may report any.
pub(crate) fn reported_kinds(detectors: &Detectors, name: &str) -> Option<Vec<&'static str>> {
    let kind = detectors.get(name)?;
    let documented = kind.kinds();
    if !documented.is_empty() {
        return Some(documented.into_iter().map(|(name, _)| name).collect());
    }
    let is_ours = BUILTIN.iter().any(|ours| (ours.name, ours.summary) == (kind.name, kind.summary));
    let kinds = match name {
        "words" => &["word"][..],
        "regex" => &["regex"],
        "profanity" => &["offensive", "profane", "sexual", "mean", "evasive"],
        "secrets" => secrets::kinds(),
        "links" => links::KINDS,
        "mentions" => &["mention"],
        "emoji" => &["emoji"],
        "caps" => &["caps"],
        "repeats" => &["repeated-chars", "repeated-words", "repeated-phrases"],
        "length" => &["too-short", "too-long"],
        "lines" => &["blank-lines", "too-many-lines"],
        "invisible" => invisible::KINDS,
        "marks" => &["marks"],
        "script" => &["script", "mixed-script"],
        "json" => &["json"],
        // These detectors report the message as a whole, without a kind.
        "rate" | "duplicate" | "newcomer" | "strikes" => &[],
        _ => return None,
    };
    is_ours.then(|| kinds.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Budget, Context, Found, Rulebook};
    use crate::message::Message;
    use crate::text::View;

    #[test]
    fn what_is_found_is_of_a_kind_that_is_known() {
        let detectors = Detectors::builtin();
        for kind in BUILTIN {
            let reported = reported_kinds(&detectors, kind.name).unwrap();
            for example in kind.examples {
                let settings = toml::de::DeValue::parse(example.settings).unwrap();
                let detector = (kind.build)(settings, &Rulebook::default()).unwrap();
                let (message, mut found) = (Message::default(), Found::default());
                let mut cx = Context { message: &message, budget: Budget::RULE };
                detector.find(&View::new(example.text), &mut cx, &mut found).unwrap();
                for find in found.spans {
                    assert!(reported.contains(&find.kind), "{} reports {}", kind.name, find.kind);
                }
            }
        }
    }
}
