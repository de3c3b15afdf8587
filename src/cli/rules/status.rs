//! `chimeflow rules status`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::json;

use super::appconfig::AppConfig;
use super::bundle::checked;
use super::differences::differences;
use super::history::Deployment;
use super::target::{Place, place};
use crate::cli::aws::Aws;
use crate::cli::output::{self, outln};
use crate::cli::{Finding, style};
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

pub(super) async fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.at).await?;
    let mut history = appconfig.history(&target).await?;
    let asked = [history.ours.first(), history.active()].into_iter().flatten();
    for number in asked.map(|deployment| deployment.number).collect::<BTreeSet<_>>() {
        history.learn(appconfig.deployment(&target, number).await?);
    }
    let active = match history.active() {
        None => None,
        Some(deployment) => {
            let number = deployment.version.parse();
            let number = number
                .with_context(|| format!("expected a version number, found `{}`", deployment.version))?;
            Some((deployment, appconfig.content(&target, number).await?))
        }
    };
    let failed = history.ours.first().filter(|last| last.is_taken_back());
    let differing = match &args.file {
        None => None,
        Some(path) => {
            let Some(bundle) = checked(path, detectors)? else { return Ok(Finding::NotFine) };
            let before = active.as_ref().map_or("", |(_, text)| text);
            Some((path, bundle.text == before, differences(before, &bundle.text), bundle.rules_version))
        }
    };
    let is_same = differing.as_ref().is_none_or(|(_, is_same, ..)| *is_same);
    let rules_version = active.as_ref().map(|(deployment, text)| called(deployment, text, detectors));
    if args.json {
        let told = json!({
            "in_use": active.as_ref().map(|(deployment, _)| as_json(deployment)),
            "rules_version": rules_version,
            "under_way": history.under_way().map(as_json),
            "taken_back": failed.map(as_json),
            "differs": differing.as_ref().map(|(_, is_same, ..)| !is_same),
            "differences": differing.as_ref().map(|(_, _, lines, _)| lines),
        });
        output::json(&told);
        return Ok(Finding::fine_if(is_same));
    }
    outln!("{target}");
    match (&active, &rules_version) {
        (Some((deployment, _)), Some(version)) => {
            let since = deployment.at.as_ref().map(|at| format!(" since {at}")).unwrap_or_default();
            outln!(
                "  {}version {}{:#} is in use{since}{}",
                style::GOOD,
                deployment.version,
                style::GOOD,
                deployment.taken_back()
            );
            outln!("  its lines in the log say rules_version {version}");
        }
        _ => outln!("  nothing is in use yet"),
    }
    if let Some(under_way) = history.under_way() {
        outln!(
            "  version {} {}{} (deployment {})",
            under_way.version,
            under_way.says(),
            under_way.taken_back(),
            under_way.number
        );
    }
    if let Some(failed) = failed {
        outln!("  version {} {} (deployment {})", failed.version, failed.says(), failed.number);
        if let Some(event) = failed.events.first() {
            outln!("    {event}");
        }
    }
    if let Some((path, is_same, lines, _)) = differing {
        let path = path.display();
        match (is_same, &*lines) {
            (true, _) => outln!("  {path} is the same"),
            (false, []) => outln!("  {path} differs in comments and layout only"),
            (false, lines) => {
                outln!("  {path} differs:");
                for line in lines {
                    outln!("    {line}");
                }
            }
        }
    }
    Ok(Finding::fine_if(is_same))
}

/// Returns the version in a function's log for the rules of `deployment`.
fn called(deployment: &Deployment, text: &str, detectors: &Detectors) -> String {
    match rules::parse(&Source::alone("rules.toml", text), detectors) {
        Ok(file) => format!("{}@{}", file.pipeline.version, deployment.version),
        Err(report) => format!("(these rules do not load: {})", report.summary()),
    }
}

fn as_json(deployment: &Deployment) -> serde_json::Value {
    json!({
        "version": deployment.version,
        "deployment": deployment.number,
        "state": deployment.state.as_str(),
        "percent": deployment.percent,
        "at": deployment.at,
        "description": deployment.description,
    })
}
