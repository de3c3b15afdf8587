//! `chimeflow rules push`.

use std::path::PathBuf;

use aws_sdk_appconfig::types::DeploymentState;
use serde_json::{Value, json};

use super::appconfig::{AppConfig, Content, StartResult};
use super::bundle::{Bundle, checked};
use super::differences::differences;
use super::follow::follow;
use super::history::{History, Purpose};
use super::target::{Place, Target, place};
use crate::cli::aws::Aws;
use crate::cli::output::{self, errln, outln};
use crate::cli::{Exit, style};
use crate::detect::Detectors;
use crate::rules::Report;

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

    /// How fast to deploy: a deployment strategy, by name or id; without it that of the last push, or else AppConfig.AllAtOnce
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

pub(super) async fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let mut report = PushReport::default();
    let done = push(args, detectors, &mut report).await;
    if args.json {
        output::json(&report.json(done.as_ref().err()));
    } else if let (Ok(_), Some(message)) = (&done, &report.message) {
        outln!("{message}");
    }
    if let Some(why) = &report.why {
        output::error(why);
    }
    done
}

/// What a push has done so far, and its result.
#[derive(Debug, Default)]
struct PushReport {
    version: Option<String>,
    /// Whether this run stored the version.
    is_created: bool,
    deployment: Option<i32>,
    /// Whether this run started the deployment.
    is_started: bool,
    state: Option<String>,
    /// The result, for people.
    message: Option<String>,
    /// Why the rules are not deployed, unless an error is the reason.
    why: Option<String>,
    /// The result of a deployment that did not put the rules into use.
    failure: Option<String>,
    /// The validator's errors, or what happened to the deployment, newest first.
    reasons: Vec<String>,
    /// The errors that this program found.
    report: Option<Report>,
}

impl PushReport {
    fn json(&self, error: Option<&anyhow::Error>) -> Value {
        let mut object = json!({
            "version": self.version,
            "created": self.is_created,
            "deployment": self.deployment,
            "state": self.state,
            "changed": self.is_started,
        });
        let error = error.map(|error| format!("{error:#}"));
        if let Some(why) = error.or_else(|| self.why.clone()).or_else(|| self.failure.clone()) {
            object["error"] = why.into();
        }
        if !self.reasons.is_empty() {
            object["reasons"] = json!(self.reasons);
        }
        if let Some(report) = &self.report {
            object["diagnostics"] = json!(report);
        }
        object
    }

    /// Returns what a failed push left behind, if anything.
    fn left(&self, target: &Target) -> Option<String> {
        let version = self.version.as_ref()?;
        let (created, started) = (
            if self.is_created { "was created" } else { "was there already" },
            if self.is_started { "was started" } else { "is under way" },
        );
        Some(match self.deployment {
            Some(number) => format!(
                "deployment {number} of version {version} {started}, and continues: see `chimeflow rules status {target}`"
            ),
            None => format!("version {version} {created}: run this again to deploy it"),
        })
    }
}

async fn push(args: &Args, detectors: &Detectors, report: &mut PushReport) -> anyhow::Result<Exit> {
    let text = match checked(&args.file, detectors)? {
        Ok(Bundle { text, .. }) => text,
        Err(unfit) => {
            report.why = Some(format!("{}: nothing was sent", unfit.why));
            report.report = unfit.report;
            return Ok(Exit::NotFine);
        }
    };
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.to).await?;
    let mut push = Push { args, appconfig: &appconfig, target: &target, text: &text, report };
    let done = push.run().await;
    done.map_err(|error| match push.report.left(&target) {
        Some(left) => error.context(left),
        None => error,
    })
}

/// A push of a valid file.
struct Push<'a> {
    args: &'a Args,
    appconfig: &'a AppConfig,
    target: &'a Target,
    text: &'a str,
    report: &'a mut PushReport,
}

impl Push<'_> {
    async fn run(&mut self) -> anyhow::Result<Exit> {
        let Self { appconfig, target, text, .. } = *self;
        let history = appconfig.history(target).await?;
        if let Some(under_way) = history.under_way() {
            let version = &under_way.version;
            let is_same = under_way.state != DeploymentState::RollingBack
                && appconfig.content(target, version).await?.text() == Some(text);
            if is_same {
                errln!("version {version} has the same content and is being deployed");
                return self.see_through(under_way.number, version).await;
            }
            return Ok(self.refuse(format!(
                "version {version} {}: wait for it, or stop it with `chimeflow rules rollback {target}`",
                under_way.progress()
            )));
        }
        if let Some(other) = history.in_the_way() {
            return Ok(self.refuse(format!(
                "deployment {} of another profile is under way in environment `{}`: AppConfig deploys one at a time",
                other.number, target.environment.name
            )));
        }
        self.deploy(history).await
    }

    fn refuse(&mut self, why: String) -> Exit {
        self.report.why = Some(why);
        Exit::NotFine
    }

    async fn deploy(&mut self, history: History) -> anyhow::Result<Exit> {
        let Self { args, appconfig, target, text, .. } = *self;
        if let Some(active) = history.active() {
            let version = &active.version;
            match appconfig.content(target, version).await? {
                Content::Text(before) if before == *text => {
                    let message =
                        format!("nothing to do: version {version} has the same content and is in use");
                    self.end(&message, version, "COMPLETE");
                    return Ok(Exit::Fine);
                }
                Content::Text(before) => show_differences(&before, text, version),
                flawed => {
                    errln!("version {version}, which is in use, {}", flawed.flaw().unwrap_or_default());
                }
            }
        }
        let newest_deployment = history.newest();
        let strategy = match &args.strategy {
            Some(name) => appconfig.strategy(name).await?,
            None => self.strategy(history).await?,
        };
        let newest = appconfig.newest(target).await?;
        let version = match newest {
            // It was pushed before, but is not in use.
            Some(newest) if appconfig.content(target, &newest.to_string()).await?.text() == Some(text) => {
                newest
            }
            _ => {
                let (version, is_ours) = appconfig.create(target, text, newest, &args.description).await?;
                self.report.is_created = is_ours;
                version
            }
        };
        let version = version.to_string();
        self.report.version = Some(version.clone());
        let started =
            appconfig.start(target, &version, &strategy, &args.description, newest_deployment).await?;
        match started {
            StartResult::Deployment { number, is_ours } => {
                self.report.is_started = is_ours;
                self.see_through(number, &version).await
            }
            StartResult::Rejected(reasons) => {
                for reason in &reasons {
                    errln!("{reason}\n");
                }
                let is_new = if self.report.is_created { "was created, and " } else { "" };
                let why =
                    format!("version {version} {is_new}is refused by the validator: it is not deployed");
                self.report.why = Some(why);
                self.report.reasons = reasons;
                self.report.state = Some("REFUSED".to_owned());
                Ok(Exit::NotFine)
            }
        }
    }

    /// Returns the strategy of the last push, because rollbacks use a faster one.
    async fn strategy(&self, mut history: History) -> anyhow::Result<String> {
        for at in 0..history.ours.len() {
            let number = history.ours[at].number;
            history.learn(self.appconfig.deployment(self.target, number).await?);
            let deployment = &history.ours[at];
            if let (Some(Purpose::Push), Some(strategy)) = (&deployment.purpose, &deployment.strategy) {
                return Ok(strategy.clone());
            }
        }
        Ok(ALL_AT_ONCE.to_owned())
    }

    /// Follows the deployment, unless the user does not want to wait, and reports its result.
    async fn see_through(&mut self, number: i32, version: &str) -> anyhow::Result<Exit> {
        self.report.version = Some(version.to_owned());
        self.report.deployment = Some(number);
        if self.args.no_wait {
            let message = format!(
                "version {version} is on its way, as deployment {number}: `chimeflow rules status {}`",
                self.target
            );
            self.end(&message, version, "DEPLOYING");
            return Ok(Exit::Fine);
        }
        let ended = follow(self.appconfig, self.target, number).await?;
        let is_in_use = ended.state == DeploymentState::Complete;
        if !is_in_use {
            ended.show_events();
            self.report.reasons.clone_from(&ended.events);
            self.report.failure = Some(format!("version {version} {}", ended.progress()));
        }
        self.end(&format!("version {version} {}", ended.progress()), version, ended.state.as_str());
        Ok(Exit::fine_if(is_in_use))
    }

    fn end(&mut self, message: &str, version: &str, state: &str) {
        self.report.version = Some(version.to_owned());
        self.report.state = Some(state.to_owned());
        self.report.message = Some(format!("{}: {message}", self.target));
    }
}

fn show_differences(before: &str, after: &str, version: &str) {
    let lines = differences(before, after);
    if lines.is_empty() {
        errln!("only comments and layout differ from version {version}");
    }
    for line in lines {
        errln!("{}{line}{:#}", style::QUIET, style::QUIET);
    }
}

fn description(text: &str) -> Result<String, String> {
    if text.len() > 1024 || !text.chars().all(|c| matches!(c, ' '..='~')) {
        return Err("expected at most 1,024 characters of ASCII".to_owned());
    }
    match Purpose::of(text) {
        Purpose::Push => Ok(text.to_owned()),
        Purpose::Rollback(_) => {
            Err("expected another beginning: rollbacks are recognized by this one".to_owned())
        }
    }
}
