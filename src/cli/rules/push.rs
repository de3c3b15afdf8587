//! `chimeflow rules push`.

use std::path::PathBuf;

use anyhow::Context;
use aws_sdk_appconfig::types::DeploymentState;
use serde_json::json;

use super::appconfig::{AppConfig, Started};
use super::bundle::{Bundle, checked};
use super::differences::differences;
use super::follow::follow;
use super::history::{History, Purpose};
use super::target::{Place, Target, place};
use crate::cli::aws::Aws;
use crate::cli::output::{self, errln, outln};
use crate::cli::{Finding, style};
use crate::detect::Detectors;

/// Deploy rules: check them, save them as a new version, deploy it, and follow the deployment to its end
///
/// Does nothing when they are in use already. What is pushed is the file with the lists beside it, as one document. Stopping this command does not stop the deployment.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The rules file
    file: PathBuf,

    /// The place in AppConfig, by names or ids
    #[arg(long, value_name = "APPLICATION/ENVIRONMENT/PROFILE", value_parser = place)]
    to: Place,

    /// How fast to deploy: a deployment strategy, by name or id; without it that of the last deployment, or else AppConfig.AllAtOnce
    #[arg(long)]
    strategy: Option<String>,

    /// What the new version is for, at most 1,024 characters of ASCII
    #[arg(long, default_value = "chimeflow rules push", value_parser = description)]
    description: String,

    /// Do not wait until the deployment has ended
    #[arg(long)]
    no_wait: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

/// The default strategy if nothing was deployed before.
const ALL_AT_ONCE: &str = "AppConfig.AllAtOnce";

pub(super) async fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    let Some(Bundle { text, .. }) = checked(&args.file, detectors)? else { return Ok(Finding::NotFine) };
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.to).await?;
    let history = appconfig.history(&target).await?;
    let push = Push { args, appconfig: &appconfig, target: &target, text: &text };
    if let Some(under_way) = history.under_way() {
        if push.says_the_same(&under_way.version).await? && under_way.state != DeploymentState::RollingBack {
            errln!("version {} says the same and is on its way", under_way.version);
            return push.see_through(under_way.number, &under_way.version).await;
        }
        output::error(format_args!(
            "version {} {}: wait for it, or stop it with `chimeflow rules rollback {target}`",
            under_way.version,
            under_way.says()
        ));
        return Ok(Finding::NotFine);
    }
    if let Some(other) = history.in_the_way() {
        output::error(format_args!(
            "deployment {} of another profile is under way in environment `{}`: AppConfig deploys one at a time",
            other.number, target.environment.name
        ));
        return Ok(Finding::NotFine);
    }
    push.deploy(&history).await
}

/// A push whose preconditions are satisfied.
struct Push<'a> {
    args: &'a Args,
    appconfig: &'a AppConfig,
    target: &'a Target,
    text: &'a str,
}

impl Push<'_> {
    async fn deploy(&self, history: &History) -> anyhow::Result<Finding> {
        let Self { args, appconfig, target, text } = self;
        if let Some(active) = history.active() {
            let before = self.content(&active.version).await?;
            if before == *text {
                let says = format!("nothing to do: version {} says the same and is in use", active.version);
                self.print(&says, &active.version, None, "COMPLETE", false);
                return Ok(Finding::Fine);
            }
            let lines = differences(&before, text);
            if lines.is_empty() {
                errln!("only comments and layout differ from version {}", active.version);
            }
            for line in lines {
                errln!("{}{line}{:#}", style::QUIET, style::QUIET);
            }
        }
        let strategy = match (&args.strategy, history.ours.first()) {
            (Some(asked), _) => appconfig.strategy(asked).await?,
            (None, Some(last)) => {
                let last = appconfig.deployment(target, last.number).await?;
                last.strategy.unwrap_or_else(|| ALL_AT_ONCE.to_owned())
            }
            (None, None) => ALL_AT_ONCE.to_owned(),
        };
        let newest = appconfig.newest(target).await?;
        let version = match newest {
            // It was pushed before, but is not in use.
            Some(newest) if appconfig.content(target, newest).await.is_ok_and(|content| content == *text) => {
                newest
            }
            _ => appconfig.create(target, text, newest, &args.description).await?,
        };
        let version = version.to_string();
        let started =
            appconfig.start(target, &version, &strategy, &args.description, history.newest()).await?;
        match started {
            Started::Deployment(number) => self.see_through(number, &version).await,
            Started::Unfit(reasons) => {
                for reason in &reasons {
                    errln!("{reason}\n");
                }
                let says = format!("version {version} is refused by the validator, and not deployed");
                self.print(&says, &version, None, "REFUSED", false);
                Ok(Finding::NotFine)
            }
        }
    }

    /// Follows the deployment, unless the user does not want to wait, and prints its result.
    async fn see_through(&self, number: i32, version: &str) -> anyhow::Result<Finding> {
        if self.args.no_wait {
            let says = format!(
                "version {version} is on its way, as deployment {number}: `chimeflow rules status {}`",
                self.target
            );
            self.print(&says, version, Some(number), "DEPLOYING", true);
            return Ok(Finding::Fine);
        }
        let ended = follow(self.appconfig, self.target, number).await?;
        let is_in_use = ended.state == DeploymentState::Complete;
        if !is_in_use {
            ended.show_events();
        }
        self.print(
            &format!("version {version} {}", ended.says()),
            version,
            Some(number),
            ended.state.as_str(),
            true,
        );
        Ok(Finding::fine_if(is_in_use))
    }

    fn print(&self, says: &str, version: &str, deployment: Option<i32>, state: &str, has_changed: bool) {
        if self.args.json {
            let told = json!({ "version": version, "deployment": deployment, "state": state, "changed": has_changed });
            output::json(&told);
        } else {
            outln!("{}: {says}", self.target);
        }
    }

    async fn says_the_same(&self, version: &str) -> anyhow::Result<bool> {
        Ok(self.content(version).await? == self.text)
    }

    async fn content(&self, version: &str) -> anyhow::Result<String> {
        let number =
            version.parse().with_context(|| format!("expected a version number, found `{version}`"))?;
        self.appconfig.content(self.target, number).await
    }
}

fn description(text: &str) -> Result<String, String> {
    if text.len() > 1024 || !text.chars().all(|c| matches!(c, ' '..='~')) {
        return Err("expected at most 1,024 characters of ASCII".to_owned());
    }
    match Purpose::of(text) {
        Purpose::Push => Ok(text.to_owned()),
        Purpose::Rollback(_) => {
            Err("expected another beginning: it is how rollbacks are told from pushes".to_owned())
        }
    }
}
