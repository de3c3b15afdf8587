//! Follows a deployment to its end, and shows its progress on standard error.

use std::time::Duration;

use aws_sdk_appconfig::types::DeploymentState;
use indicatif::{ProgressBar, ProgressStyle};

use super::appconfig::AppConfig;
use super::history::Deployment;
use super::target::Target;
use crate::cli::output::{self, errln};

/// How often to poll: often at first, because most deployments of rules take seconds, and less often later.
const SOON: Duration = Duration::from_millis(500);
const AT_LEISURE: Duration = Duration::from_secs(5);

/// Waits until the deployment with this number has ended, and returns it.
pub(super) async fn follow(
    appconfig: &AppConfig,
    target: &Target,
    number: i32,
) -> anyhow::Result<Deployment> {
    let bar = if output::is_error_terminal() { ProgressBar::new(100) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{bar:30} {msg}").expect("a template that is one (tried)");
    bar.set_style(style.progress_chars("#>-"));
    let (mut shown, mut pause) = (String::new(), SOON);
    loop {
        let deployment = appconfig.deployment(target, number).await?;
        let message = format!("version {} {}", deployment.version, deployment.progress());
        // The percentage is from 0 to 100.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked by the line before"
        )]
        bar.set_position(deployment.percent.clamp(0.0, 100.0) as u64);
        bar.set_message(message.clone());
        if bar.is_hidden() && message != shown {
            errln!("{message}");
            shown = message;
        }
        if !deployment.is_under_way() {
            bar.finish_and_clear();
            return Ok(deployment);
        }
        if deployment.state == DeploymentState::Baking {
            pause = AT_LEISURE.min(pause * 2);
        }
        tokio::time::sleep(pause).await;
        pause = AT_LEISURE.min(pause.mul_f32(1.5));
    }
}
