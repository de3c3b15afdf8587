//! `chimeflow rules pull`.

use anyhow::{Context, bail};

use super::appconfig::AppConfig;
use super::target::{Place, place};
use crate::cli::aws::Aws;
use crate::cli::{Finding, output};

/// Print the rules that are in use, or those of a version
#[derive(clap::Args)]
pub(super) struct Args {
    /// The place in AppConfig, by names or ids
    #[arg(value_name = "APPLICATION/ENVIRONMENT/PROFILE", value_parser = place)]
    from: Place,

    /// The version; without it, the one in use
    #[arg(long, value_name = "NUMBER")]
    version: Option<i32>,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Finding> {
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.from).await?;
    let version = if let Some(version) = args.version {
        version
    } else {
        let history = appconfig.history(&target).await?;
        let Some(active) = history.active() else { bail!("nothing is in use at {target} yet") };
        active
            .version
            .parse()
            .with_context(|| format!("expected a version number, found `{}`", active.version))?
    };
    let text = appconfig.content(&target, version).await?;
    output::raw(&text);
    Ok(Finding::Fine)
}
