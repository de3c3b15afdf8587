//! The tables of `docs/benchmarks.md`.

mod bars;
mod cold;

use crate::Failure;
use crate::built::Processor;
use crate::callgrind::Setup;
use crate::contender::Contender;
use crate::environment::EnvironmentRun;
use crate::figures::{Middle, millis, percentile, short, sorted};
use crate::rounds::{RoundResults, SIZES};
use crate::table::Section;
use crate::{instructions, messages};

/// Returns the tables of times.
pub(crate) fn of_times(contenders: &[Contender], measured: &RoundResults) -> Vec<Section> {
    vec![side_by_side(contenders, measured), sizes(contenders, measured), bars::section(contenders, measured)]
}

/// Returns the tables of what our function spends instructions on, if valgrind is available to count them.
pub(crate) async fn of_instructions(processor: &Processor) -> Result<Vec<Section>, Failure> {
    let mut section = Section::new("instructions", "Instructions", &["Chimeflow", "millions"]);
    let shipped = &*processor.shipped;
    let counts = async {
        let embedded = instructions::count(shipped, Setup::Embedded).await?;
        let without = instructions::count(shipped, Setup::File).await?;
        Ok::<_, Failure>((embedded, without, instructions::count(shipped, Setup::Counts).await?))
    };
    let (counts, without, with) = match counts.await {
        Ok(counts) => counts,
        Err(error) => {
            section
                .notes
                .push(format!("Not counted: {}", error.to_string().lines().next().unwrap_or_default()));
            return Ok(vec![section]);
        }
    };
    section.row([
        "cold, from the start of the process to the end of its first message".to_owned(),
        cold::millions(counts.cold),
    ]);
    section.row(["each message after that".to_owned(), cold::millions(counts.warm)]);
    let added = with.cold.saturating_sub(without.cold);
    section.row([
        "more of a cold start with a rule that counts, and its table".to_owned(),
        cold::millions(added),
    ]);
    let each = "each message after that, with one request to the table";
    section.row([each.to_owned(), cold::millions(with.warm)]);
    let mut sections = vec![section];
    if let Some(named) = &processor.named {
        sections.extend(cold::sections(named).await?);
    }
    Ok(sections)
}

fn side_by_side(contenders: &[Contender], measured: &RoundResults) -> Section {
    let head =
        ["", "init", "first", "init + first", "CPU cold", "then p50", "p99", "CPU", "memory", "changed"];
    let mut section = Section::new("side-by-side", "With the whole machine", &head);
    for (contender, runs) in contenders.iter().zip(&measured.free) {
        let middle = |pick: fn(&EnvironmentRun) -> f64| Middle::of(runs.iter().map(pick)).to_string();
        let warm = sorted(runs.iter().flat_map(|run| &run.warm).copied().map(millis));
        section.row([
            contender.name.to_owned(),
            middle(|run| millis(run.init)),
            middle(|run| millis(run.first)),
            middle(|run| millis(run.init + run.first)),
            middle(|run| millis(run.cold_cpu)),
            short(percentile(&warm, 50)),
            short(percentile(&warm, 99)),
            middle(|run| millis(run.warm_cpu)),
            short(Middle::of(runs.iter().map(memory)).median),
            format!(
                "{} of {}",
                runs.iter().map(|run| run.changed).max().unwrap_or(0),
                messages::texts().len()
            ),
        ]);
    }
    let runs = measured.free.first().map_or(0, Vec::len);
    section.notes.push(format!("Milliseconds, and MB of 1,000,000 bytes. {runs} environments of each: medians, and in brackets what half of them were within."));
    section
}

fn sizes(contenders: &[Contender], measured: &RoundResults) -> Section {
    let columns = |what| SIZES.map(|memory| format!("{what}, {} MB", memory.0));
    let head: Vec<_> = [String::new()].into_iter().chain(columns("first")).chain(columns("then")).collect();
    let head: Vec<_> = head.iter().map(String::as_str).collect();
    let mut section =
        Section::new("sizes", "With the share of a core that comes with a size of memory", &head);
    let limited = match &measured.limited {
        Ok(limited) => limited,
        Err(why) => {
            section.notes.push(format!("Not measured: {why}."));
            return section;
        }
    };
    for (at, contender) in contenders.iter().enumerate() {
        let first =
            limited.iter().map(|runs| Middle::of(runs[at].iter().map(|run| millis(run.first))).to_string());
        let warm = limited.iter().map(|runs| {
            let warm = runs[at].iter().flat_map(|run| &run.warm).copied().map(millis);
            Middle::of(warm).to_string()
        });
        section.row([contender.name.to_owned()].into_iter().chain(first).chain(warm));
    }
    let shares: Vec<_> = SIZES.iter().map(|memory| format!("{:.1} %", memory.percent())).collect();
    section.notes.push(format!("Milliseconds; shares of a core: {}.", shares.join(", ")));
    section
}

/// Returns the memory in MB.
#[expect(clippy::cast_precision_loss, reason = "no function has 8 PB of memory")]
fn memory(run: &EnvironmentRun) -> f64 {
    run.memory as f64 / 1_000_000.0
}
