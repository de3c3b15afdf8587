//! What ours is held to, and whether it holds.

use crate::contender::Contender;
use crate::environment::Life;
use crate::figures::{Middle, millis, short};
use crate::rounds::Measured;
use crate::table::Section;

/// The table of what ours is held to. Ours is the first of the contenders.
pub(super) fn section(contenders: &[Contender], measured: &Measured) -> Section {
    let mut section = Section::new("bars", "What it is held to", &["", "bar", "measured", "holds"]);
    let free = |pick: fn(&Life) -> f64| medians(&measured.free, pick);
    // The smallest size is where a first message hurts most.
    let first = measured.limited.as_ref().ok().map(|limited| medians(&limited[0], |life| millis(life.first)));
    let warm = free(|life| millis(life.warm_cpu));

    let mut row = |what: String, bar: String, measured: String, holds: bool| {
        section.row([what, bar, measured, if holds { "yes" } else { "**no**" }.to_owned()]);
    };
    let mut at_most = |what: &str, bar: f64, unit: &str, ours: f64| {
        row(what.to_owned(), format!("at most {bar} {unit}"), format!("{} {unit}", short(ours)), ours <= bar);
    };
    if let Some(first) = &first {
        at_most("first message at 128 MB", 1.0, "ms", first[0]);
    }
    at_most("CPU of a cold start", 12.0, "ms", free(|life| millis(life.cold_cpu))[0]);
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

/// What each contender's lives were like in the middle.
fn medians(lives: &[Vec<Life>], pick: fn(&Life) -> f64) -> Vec<f64> {
    lives.iter().map(|lives| Middle::of(lives.iter().map(pick)).median).collect()
}
