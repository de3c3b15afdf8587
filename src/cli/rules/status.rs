//! `chimeflow rules status`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::appconfig::{AppConfig, Content};
use super::bundle::{Bundle, Rejection, checked};
use super::differences::differences;
use super::history::Deployment;
use super::target::{Place, Target, place};
use crate::cli::aws::Aws;
use crate::cli::output::{self, outln};
use crate::cli::{Exit, style};
use crate::detect::Detectors;
use crate::rules::{self, Source};

/// Show which rules are in use, which deployment is in progress, and how a file differs
#[derive(clap::Args)]
pub(super) struct Args {
    /// The place in AppConfig, by names or ids
    #[arg(value_name = "APPLICATION/ENVIRONMENT/PROFILE", value_parser = place)]
    at: Place,

    /// A rules file to compare with what is in use
    file: Option<PathBuf>,

    /// Print JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    // Check the file before the first request to AWS.
    let file = args.file.as_deref().map(|path| Ok::<_, anyhow::Error>((path, checked(path, detectors)?)));
    let file = file.transpose()?;
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.at).await?;
    let mut history = appconfig.history(&target).await?;
    let deployments = [history.ours.first(), history.active()].into_iter().flatten();
    for number in deployments.map(|deployment| deployment.number).collect::<BTreeSet<_>>() {
        history.learn(appconfig.deployment(&target, number).await?);
    }
    let active = match history.active() {
        None => None,
        Some(deployment) => Some((deployment, appconfig.content(&target, &deployment.version).await?)),
    };
    let stored = active.as_ref().map(|(_, stored)| stored);
    let compared = file.map(|(path, checked)| compare(path, checked, stored));
    let status = Status {
        target: &target,
        under_way: history.under_way(),
        failed: history.ours.first().filter(|last| last.is_taken_back()),
        rules_version: active
            .as_ref()
            .and_then(|(deployment, stored)| Some(called(deployment, stored.text()?, detectors))),
        active,
        compared,
    };
    if args.json {
        output::json(&status.json());
    } else {
        status.print();
    }
    if let Some(Compared { result: Err(unfit), .. }) = &status.compared {
        output::error(&unfit.why);
    }
    let is_same = status.compared.as_ref().is_none_or(Compared::is_same);
    let is_flawed = status.active.as_ref().is_some_and(|(_, stored)| stored.flaw().is_some());
    Ok(Exit::fine_if(is_same && !is_flawed))
}

/// All the data that is shown.
struct Status<'a> {
    target: &'a Target,
    /// The deployment in use, and the content of its version.
    active: Option<(&'a Deployment, Content)>,
    /// The version in a function's log.
    rules_version: Option<String>,
    under_way: Option<&'a Deployment>,
    /// The last deployment, if it was rolled back.
    failed: Option<&'a Deployment>,
    compared: Option<Compared<'a>>,
}

/// A file, compared with what is in use.
struct Compared<'a> {
    path: &'a Path,
    result: Result<Comparison, Rejection>,
}

/// The differences between a valid file and the rules in use.
struct Comparison {
    is_same: bool,
    lines: Vec<String>,
    rules_version: String,
}

fn compare<'a>(path: &'a Path, checked: Result<Bundle, Rejection>, stored: Option<&Content>) -> Compared<'a> {
    let before = stored.and_then(Content::text).unwrap_or_default();
    let result = checked.map(|Bundle { text, rules_version }| Comparison {
        is_same: text == before,
        lines: differences(before, &text),
        rules_version,
    });
    Compared { path, result }
}

impl Compared<'_> {
    fn is_same(&self) -> bool {
        self.result.as_ref().is_ok_and(|comparison| comparison.is_same)
    }

    fn print(&self) {
        let path = self.path.display();
        match &self.result {
            Err(_) => {}
            Ok(Comparison { is_same: true, .. }) => outln!("  {path} is the same"),
            Ok(Comparison { lines, .. }) if lines.is_empty() => {
                outln!("  {path} differs in comments and layout only");
            }
            Ok(Comparison { lines, .. }) => {
                outln!("  {path} differs:");
                for line in lines {
                    outln!("    {line}");
                }
            }
        }
    }
}

impl Status<'_> {
    fn print(&self) {
        outln!("{}", self.target);
        match &self.active {
            Some((deployment, stored)) => {
                let since = deployment.at.as_ref().map(|at| format!(" since {at}")).unwrap_or_default();
                let taken_back = deployment.taken_back();
                outln!(
                    "  {}version {}{:#} is in use{since}{taken_back}",
                    style::GOOD,
                    deployment.version,
                    style::GOOD
                );
                if let Some(flaw) = stored.flaw() {
                    let version = &deployment.version;
                    outln!("  version {version} {flaw}: push the rules again");
                }
            }
            None => outln!("  nothing is in use yet"),
        }
        if let Some(version) = &self.rules_version {
            outln!("  its lines in the log say rules_version {version}");
        }
        if let Some(under_way) = self.under_way {
            outln!(
                "  version {} {}{} (deployment {})",
                under_way.version,
                under_way.progress(),
                under_way.taken_back(),
                under_way.number
            );
        }
        if let Some(failed) = self.failed {
            outln!("  version {} {} (deployment {})", failed.version, failed.progress(), failed.number);
            if let Some(event) = failed.events.first() {
                outln!("    {event}");
            }
        }
        if let Some(compared) = &self.compared {
            compared.print();
        }
    }

    fn json(&self) -> Value {
        let active = self.active.as_ref();
        let compared = self.compared.as_ref();
        let comparison = compared.and_then(|compared| compared.result.as_ref().ok());
        let unfit = compared.and_then(|compared| compared.result.as_ref().err());
        json!({
            "place": self.target.to_string(),
            "in_use": active.map(|(deployment, _)| as_json(deployment)),
            "flaw": active.and_then(|(_, stored)| stored.flaw()),
            "rules_version": self.rules_version,
            "under_way": self.under_way.map(as_json),
            "taken_back": self.failed.map(as_json),
            "file": compared.map(|compared| compared.path.display().to_string()),
            "file_rules_version": comparison.map(|comparison| &comparison.rules_version),
            "differs": comparison.map(|comparison| !comparison.is_same),
            "differences": comparison.map(|comparison| &comparison.lines),
            "error": unfit.map(|unfit| &unfit.why),
            "diagnostics": unfit.and_then(|unfit| unfit.report.as_ref()),
        })
    }
}

/// Returns the version in a function's log for the rules of `deployment`.
fn called(deployment: &Deployment, text: &str, detectors: &Detectors) -> String {
    match rules::parse(&Source::alone("rules.toml", text), detectors) {
        Ok(file) => format!("{}@{}", file.pipeline.version, deployment.version),
        Err(report) => format!("(these rules do not load: {})", report.summary()),
    }
}

fn as_json(deployment: &Deployment) -> Value {
    json!({
        "version": deployment.version,
        "deployment": deployment.number,
        "state": deployment.state.as_str(),
        "percent": deployment.percent,
        "at": deployment.at,
        "description": deployment.description,
        "takes_back": deployment.takes_back(),
        "bake_minutes": deployment.bake_minutes,
        "events": deployment.events,
    })
}
