//! `chimeflow rules rollback`.

use anyhow::bail;
use aws_sdk_appconfig::types::DeploymentState;

use super::appconfig::{AppConfig, Started};
use super::follow::follow;
use super::target::{Place, place};
use crate::cli::Finding;
use crate::cli::aws::Aws;

/// Take back what was pushed last: stop its deployment, or deploy the version before it at once
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

pub(super) async fn run(args: &Args) -> anyhow::Result<Finding> {
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.at).await?;
    let history = appconfig.history(&target).await?;
    let (number, good) = if let Some(under_way) = history.under_way() {
        if under_way.state != DeploymentState::RollingBack {
            appconfig.stop(&target, under_way.number).await?;
        }
        anstream::eprintln!("stopped deployment {} of version {}", under_way.number, under_way.version);
        (under_way.number, DeploymentState::RolledBack)
    } else {
        let Some(previous) = history.previous() else {
            bail!("there is nothing to go back to at {target}: no other version was in use before")
        };
        let started = appconfig
            .start(&target, &previous.version, "AppConfig.AllAtOnce", "chimeflow rules rollback")
            .await?;
        match started {
            Started::Deployment(number) => (number, DeploymentState::Complete),
            Started::Unfit(reasons) => {
                bail!("version {} is refused by the validator now: {}", previous.version, reasons.join("\n"))
            }
        }
    };
    if args.no_wait {
        anstream::println!("{target}: on its way, as deployment {number}");
        return Ok(Finding::Fine);
    }
    let ended = follow(&appconfig, &target, number).await?;
    anstream::println!("{target}: version {} {}", ended.version, ended.says());
    if let Some(active) = history.active().filter(|_| good == DeploymentState::RolledBack) {
        anstream::println!("{target}: version {} is in use", active.version);
    }
    Ok(Finding::fine_if(ended.state == good))
}
