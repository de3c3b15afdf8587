//! The limits for our function, and whether it meets them.

use crate::contender::Contender;
use crate::environment::EnvironmentRun;
use crate::figures::{Middle, millis, short};
use crate::rounds::RoundResults;
use crate::table::Section;

/// Returns the table of limits for our function, the first of the contenders.
pub(super) fn section(contenders: &[Contender], measured: &RoundResults) -> Section {
    let mut section = Section::new("bars", "What it is held to", &["", "bar", "measured", "holds"]);
    let free = |pick: fn(&EnvironmentRun) -> f64| medians(&measured.free, pick);
    // A first message is slowest with the smallest size.
    let first = measured.limited.as_ref().ok().map(|limited| medians(&limited[0], |run| millis(run.first)));
    let warm = free(|run| millis(run.warm_cpu));

    let mut row = |what: String, bar: String, measured: String, holds: bool| {
        section.row([what, bar, measured, if holds { "yes" } else { "**no**" }.to_owned()]);
    };
    let mut at_most = |what: &str, bar: f64, unit: &str, ours: f64| {
        row(what.to_owned(), format!("at most {bar} {unit}"), format!("{} {unit}", short(ours)), ours <= bar);
    };
    if let Some(first) = &first {
        at_most("first message at 128 MB", 1.0, "ms", first[0]);
    }
    at_most("CPU of a cold start", 12.0, "ms", free(|run| millis(run.cold_cpu))[0]);
    at_most("memory", 28.0, "MB", free(super::memory)[0]);
    for (at, contender) in contenders.iter().enumerate().skip(1).filter(|(_, contender)| contender.filters) {
        let mut times = |what: &str, bar: f64, ratio: f64| {
            let what = format!("{what} {}", contender.name);
            row(what, format!("at least {bar} times"), format!("{} times", short(ratio)), ratio >= bar);
        };
        if let Some(first) = &first {
            times("first message at 128 MB faster than", 100.0, first[at] / first[0]);
        }
        times("CPU of a warm message less than", 50.0, warm[at] / warm[0]);
    }
    section
}

/// Returns the median over each contender's runs.
fn medians(runs: &[Vec<EnvironmentRun>], pick: fn(&EnvironmentRun) -> f64) -> Vec<f64> {
    runs.iter().map(|runs| Middle::of(runs.iter().map(pick)).median).collect()
}
