//! Asks for the requirements for a new rules file.

use std::io::BufRead;

use clap::ValueEnum;

use super::answers::{Answers, Do};
use crate::cli::output::outln;
use crate::cli::style;

/// Asks on the terminal. An empty answer selects the default.
pub(super) fn ask() -> anyhow::Result<Answers> {
    let mut typed = std::io::stdin().lock().lines();
    let mut next = || -> anyhow::Result<String> {
        let line = typed.next().ok_or_else(|| anyhow::anyhow!("the answers ended: nothing was written"))?;
        Ok(line?.trim().to_owned())
    };
    outln!("Answer with the first letters of a word, or with Enter for the one in brackets.\n");
    let swearing = choose(&mut next, "Swearing", Do::Mask)?;
    let keys = choose(&mut next, "Keys and passwords", Do::Deny)?;
    let personal_data = choose(&mut next, "E-mail addresses, phone, card and account numbers", Do::Nothing)?;
    let links = choose(&mut next, "Links", Do::Nothing)?;
    let mut domain = Vec::new();
    if links != Do::Nothing {
        outln!("Domains whose links are allowed, such as example.com, *.example.com [none]");
        domain = separated(&next()?);
    }
    outln!("Words of your own to mask, separated by commas; cat* also finds cats [none]");
    let words = separated(&next()?);
    Ok(Answers {
        swearing: Some(swearing),
        keys: Some(keys),
        personal_data: Some(personal_data),
        links: Some(links),
        domain,
        words,
    })
}

fn choose(next: &mut impl FnMut() -> anyhow::Result<String>, what: &str, default: Do) -> anyhow::Result<Do> {
    let name = |it: &Do| it.to_possible_value().map(|it| it.get_name().to_owned()).unwrap_or_default();
    let names: Vec<_> = Do::value_variants().iter().map(name).collect();
    loop {
        outln!("{what}: {} {}[{}]{:#}", names.join(", "), style::QUIET, name(&default), style::QUIET);
        let answer = next()?.to_lowercase();
        if answer.is_empty() {
            return Ok(default);
        }
        if let Some(chosen) = Do::value_variants().iter().find(|it| name(it).starts_with(&answer)) {
            return Ok(*chosen);
        }
        outln!("expected one of {}", names.join(", "));
    }
}

fn separated(answer: &str) -> Vec<String> {
    answer.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
