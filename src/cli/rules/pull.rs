//! `chimeflow rules pull`.

use anyhow::bail;

use super::appconfig::{AppConfig, Content};
use super::target::{Place, place};
use crate::cli::aws::Aws;
use crate::cli::{Exit, output};

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

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let appconfig = AppConfig::new(&args.aws).await?;
    let target = appconfig.find(&args.from).await?;
    let (version, role) = if let Some(version) = args.version {
        (version.to_string(), "")
    } else {
        let history = appconfig.history(&target).await?;
        let Some(active) = history.active() else { bail!("nothing is in use at {target} yet") };
        (active.version.clone(), ", which is in use,")
    };
    match appconfig.content(&target, &version).await? {
        Content::Text(text) => output::raw(&text),
        Content::Deleted if role.is_empty() => bail!("there is no version {version} of {target}"),
        flawed => bail!("version {version}{role} {}", flawed.flaw().unwrap_or_default()),
    }
    Ok(Exit::Fine)
}
