//! `chimeflow rules rollback`.

use anyhow::{Context, bail};
use aws_sdk_appconfig::types::DeploymentState;

use super::appconfig::{AppConfig, StartResult, StopResult};
use super::follow::follow;
use super::history::{Deployment, History, Purpose, Rollback};
use super::step::Step;
use super::target::{Place, Target, place};
use crate::cli::Exit;
use crate::cli::aws::Aws;
use crate::cli::output::{errln, outln};

/// Roll back the last push to the rules in use before it
///
/// Stops the push while its deployment is in progress or its alarms are still watched. Later it reverts the deployment and, after the three
/// days in which AppConfig can do so, deploys the previous version at once. Running it again finishes an interrupted rollback, and changes
/// nothing once it is done. Deployments that somebody began elsewhere count as pushes.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The place in AppConfig, by names or ids
    #[arg(value_name = "APPLICATION/ENVIRONMENT/PROFILE", value_parser = place)]
    at: Place,

    /// Do not wait until it is done
    #[arg(long)]
    no_wait: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.at).await?;
    let mut history = appconfig.history(&target).await?;
    while let Step::Learn(number) = history.step() {
        history.learn(appconfig.deployment(&target, number).await?);
    }
    let undo = Undo { appconfig: &appconfig, target: &target, history: &history };
    let Some(number) = undo.begin().await? else { return Ok(Exit::Fine) };
    if args.no_wait {
        outln!("{target}: on its way, as deployment {number}");
        return Ok(Exit::Fine);
    }
    let ended = follow(&appconfig, &target, number).await;
    let ended =
        ended.with_context(|| format!("deployment {number} continues: run this again to follow it"))?;
    let is_taken_back = match &ended.purpose {
        Some(Purpose::Rollback(_)) => ended.state == DeploymentState::Complete,
        _ => ended.is_taken_back(),
    };
    if !is_taken_back {
        ended.show_events();
    }
    outln!("{target}: version {} {}", ended.version, ended.progress());
    if ended.is_taken_back() {
        // Only a new list shows what is in use now.
        match appconfig.history(&target).await?.active() {
            Some(active) => outln!("{target}: version {} is in use", active.version),
            None => outln!("{target}: nothing is in use"),
        }
    }
    Ok(Exit::fine_if(is_taken_back))
}

/// The last push, which is being undone.
struct Undo<'a> {
    appconfig: &'a AppConfig,
    target: &'a Target,
    history: &'a History,
}

impl Undo<'_> {
    /// Takes the remaining steps. Returns the deployment to follow; `None` if there is nothing to do.
    async fn begin(&self) -> anyhow::Result<Option<i32>> {
        let Self { target, history, .. } = self;
        match history.step() {
            Step::Learn(_) | Step::Done => {
                let in_use = match history.active() {
                    Some(active) => format!("version {} is in use{}", active.version, active.taken_back()),
                    None => "nothing is in use".to_owned(),
                };
                outln!("{target}: nothing to take back: {in_use}");
                Ok(None)
            }
            Step::Follow(deployment) => {
                let Deployment { number, version, .. } = deployment;
                errln!("deployment {number} of version {version} {}", deployment.progress());
                Ok(Some(*number))
            }
            Step::Stop(push) => match self.stop(push).await? {
                None => bail!("version {} came into use meanwhile: run this again", push.version),
                stopped => Ok(stopped),
            },
            Step::Return { push, to, by_reverting: true } => match self.stop(push).await? {
                Some(number) => Ok(Some(number)),
                None => self.deploy(push, to).await,
            },
            Step::Return { push, to, by_reverting: false } => self.deploy(push, to).await,
            Step::NothingBefore(push) => bail!(
                "there is nothing to go back to at {target}: no other version was in use before version {}",
                push.version
            ),
            Step::Unknown(deployment) => bail!(
                "deployment {} of version {} {}: expected a state that this program knows",
                deployment.number,
                deployment.version,
                deployment.progress()
            ),
        }
    }

    /// Lets AppConfig stop or revert the deployment of `push`. Returns `None` if it is too old for that.
    async fn stop(&self, push: &Deployment) -> anyhow::Result<Option<i32>> {
        let Deployment { number, version, .. } = push;
        match self.appconfig.stop(self.target, *number).await? {
            StopResult::Yes => {
                errln!("deployment {number} of version {version} is taken back");
                Ok(Some(*number))
            }
            StopResult::TooOld => Ok(None),
        }
    }

    /// Deploys the version of `to` to all functions at once.
    async fn deploy(&self, push: &Deployment, to: &Deployment) -> anyhow::Result<Option<i32>> {
        let Self { appconfig, target, history } = self;
        if let Some(other) = history.in_the_way() {
            bail!(
                "deployment {} of another profile is under way in environment `{}`: wait for it: AppConfig deploys one at a time",
                other.number,
                target.environment.name
            );
        }
        let rollback = Rollback { from: push.version.clone(), to: to.version.clone() }.to_string();
        let started =
            appconfig.start(target, &to.version, "AppConfig.AllAtOnce", &rollback, history.newest()).await?;
        match started {
            StartResult::Deployment { number, .. } => {
                errln!("deployment {number} goes back to version {}", to.version);
                Ok(Some(number))
            }
            StartResult::Rejected(reasons) => {
                bail!("version {} is refused by the validator now: {}", to.version, reasons.join("\n"))
            }
        }
    }
}
