//! [`Scene`]: a command, and the state before it runs.

/// A command that is run with faults.
#[derive(Debug)]
pub(super) struct Scene {
    /// The preparation, without faults.
    pub before: &'static [&'static str],
    /// Its words in capitals are placeholders, which a stage replaces.
    pub command: &'static str,
    pub kind: Kind,
}

/// The purpose of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It changes something; or it is a dry run, which reports what it could not read.
    Changes,
    /// It shows something. If responses are wrong, it shows the same or an error.
    Shows,
}

use Kind::{Changes, Shows};

const fn scene(kind: Kind, before: &'static [&'static str], command: &'static str) -> Scene {
    Scene { before, command, kind }
}

const ASSOCIATED: &[&str] = &["flow associate FLOW --channel CHANNEL --as ANN"];
const ONE: &[&str] = &["rules push HERON --to PLACE"];
const TWO: &[&str] = &["rules push HERON --to PLACE", "rules push STORK --to PLACE --strategy Slow"];

/// All scenes.
pub(super) const SCENES: [Scene; 31] = [
    scene(
        Changes,
        &[],
        "flow attach --app-instance APP --function NEW --channel CHANNEL --as ANN --name mine --grant --json",
    ),
    scene(Changes, &[], "flow attach --app-instance APP --function NEW --channel CHANNEL --as ANN --grant"),
    scene(
        Changes,
        ASSOCIATED,
        "flow attach --app-instance APP --function NEW --channel CHANNEL --as ANN --name mine --grant --replace",
    ),
    scene(
        Changes,
        &["flow attach --app-instance APP --function NEW --channel CHANNEL --as ANN --name mine --grant"],
        "flow attach --app-instance APP --function NEW --channel CHANNEL --as ANN --name mine --fallback continue --json",
    ),
    scene(
        Changes,
        &[],
        "flow attach --app-instance APP --function NEW --channel CHANNEL --as ANN --grant --dry-run",
    ),
    scene(Changes, &[], "flow create --app-instance APP --function NEW --name mine"),
    scene(Changes, &[], "flow create --app-instance APP --function NEW --name mine --json"),
    scene(Changes, &[], "flow update FLOW --name other --fallback continue"),
    scene(Changes, &[], "flow associate FLOW --channel CHANNEL --as ANN --json"),
    scene(Changes, ASSOCIATED, "flow disassociate --channel CHANNEL --as ANN"),
    scene(Changes, &[], "flow delete FLOW"),
    scene(Changes, &[], "flow delete FLOW --json"),
    scene(Shows, &[], "flow list --app-instance APP"),
    scene(Shows, &[], "flow list --app-instance APP --json"),
    scene(Shows, ASSOCIATED, "flow describe FLOW"),
    scene(Shows, ASSOCIATED, "flow delete FLOW"),
    scene(Changes, &[], "rules push HERON --to PLACE"),
    scene(Changes, ONE, "rules push STORK --to PLACE --json"),
    scene(Changes, TWO, "rules push HERON --to PLACE --strategy Slow"),
    scene(Changes, ONE, "rules push HERON --to PLACE"),
    scene(Shows, ONE, "rules status PLACE"),
    scene(Shows, TWO, "rules status PLACE HERON --json"),
    scene(Shows, TWO, "rules pull PLACE"),
    scene(Shows, TWO, "rules pull PLACE --version 1"),
    scene(Changes, TWO, "rules rollback PLACE"),
    scene(Changes, &[], "redrive"),
    scene(Changes, &[], "redrive --json"),
    scene(Changes, &[], "redrive --function chimeflow:live --out-of-order"),
    scene(Changes, &[], "redrive --rules HERON"),
    scene(Changes, &[], "redrive --dry-run"),
    scene(Changes, &[], "redrive --dry-run --json"),
];
