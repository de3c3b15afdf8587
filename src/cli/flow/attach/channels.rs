//! The channels: checks whether the bearer may change their flow, and which flow they have.

use anyhow::bail;

use super::Args;
use super::plan::Plan;
use super::report::Report;
use crate::cli::aws::Refusal;
use crate::cli::flow::arn::Resource;
use crate::cli::flow::client::{Channel, Messaging, NO_CHANNEL};
use crate::cli::flow::show::one_line;

/// A channel to associate with the flow.
#[derive(Debug)]
pub(super) struct Place<'a> {
    channel: &'a Resource,
    name: String,
    /// The ARN of its current flow.
    before: Option<String>,
    /// Whether that is another flow with the same function and fallback.
    is_alike: bool,
}

/// Checks every channel, for the flow of `plan`.
pub(super) async fn look<'a>(
    messaging: &Messaging,
    args: &'a Args,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<Vec<Place<'a>>> {
    let mut places: Vec<Place<'a>> = Vec::new();
    for channel in &args.channels {
        if places.iter().any(|place| place.channel == channel) {
            continue;
        }
        let Some(seen) = see(messaging, channel, args, report).await? else { continue };
        if let Some(most) = seen.sub_channels {
            let message =
                format!("{} is elastic: all of its sub-channels, {most} at most, are moderated", seen.name);
            report.note("channel", message);
        }
        let is_alike = seen.flow.as_deref().is_some_and(|before| plan.is_alike(before));
        match seen.flow.as_deref() {
            Some(before) if plan.flow() != Some(before) && !is_alike && !args.replace => {
                let named = messaging.flow(before).await.map(|flow| one_line(&flow.name));
                let named = named.unwrap_or_else(|_| "a flow".to_owned());
                let message = format!(
                    "{} has another flow, {named} ({before}), and a channel has one at most",
                    seen.name
                );
                report.problem(
                    "channel",
                    message,
                    Some("add --replace: the new flow takes its place".to_owned()),
                );
            }
            _ => places.push(Place { channel, name: seen.name, before: seen.flow, is_alike }),
        }
    }
    Ok(places)
}

/// Checks a channel as the bearer, who has to be a moderator or an administrator.
async fn see(
    messaging: &Messaging,
    channel: &Resource,
    args: &Args,
    report: &mut Report,
) -> anyhow::Result<Option<Channel>> {
    let bearer = &args.bearer;
    let seen = match messaging.channel_or_nothing(&channel.arn, &bearer.arn).await {
        Ok(None) => bail!(NO_CHANNEL),
        Ok(Some(seen)) => Channel { name: one_line(&seen.name), ..seen },
        Err(refusal) if is_about_roles(&refusal) => {
            let message = format!(
                "{channel} is not there, or {bearer} may not see it: act --as a member of the channel or an administrator of the app \
                 instance, whom the command below lists: {}",
                refusal.message()
            );
            let fix = format!(
                "aws chime-sdk-identity list-app-instance-admins --region {} --app-instance-arn {}",
                bearer.home.region, bearer.instance
            );
            report.problem("channel", message, Some(fix));
            return Ok(None);
        }
        Err(refusal) => return Err(refusal.into()),
    };
    match messaging.runs(&channel.arn, &bearer.arn).await {
        Ok(()) => Ok(Some(seen)),
        Err(refusal) if is_about_roles(&refusal) => {
            let message = format!(
                "{bearer} is neither an administrator of the app instance nor a moderator of {}: act --as one of them, or make \
                 this user a moderator",
                seen.name
            );
            let fix = format!(
                "aws chime-sdk-messaging create-channel-moderator --region {} --channel-arn {channel} --channel-moderator-arn {bearer} \
                 --chime-bearer ADMIN_ARN",
                bearer.home.region
            );
            report.problem("channel", message, Some(fix));
            Ok(None)
        }
        // Associating requires a different permission than reading: continue, and let the service decide.
        Err(refusal) if refusal.denied_action().is_some() => {
            let action = refusal.denied_action().unwrap_or_default();
            let message =
                format!("whether {bearer} runs {} was not looked at: {action} is not granted", seen.name);
            report.warning("channel", message, None);
            Ok(Some(seen))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Returns whether the service refused because of the bearer's role rather than the signer's permissions.
fn is_about_roles(refusal: &Refusal) -> bool {
    matches!(refusal.status(), Some(403 | 404))
        && refusal.denied_action().is_none()
        && !refusal.is_about_credentials()
}

impl Place<'_> {
    /// Associates the channel with the flow, unless it already is. In a dry run, a flow that does not exist yet has no ARN.
    pub(super) async fn associate(
        self,
        messaging: &Messaging,
        flow: Option<&str>,
        args: &Args,
        report: &mut Report,
    ) -> Result<(), Refusal> {
        let Self { channel, name, before, is_alike } = self;
        let message = match &before {
            Some(before) if is_alike => {
                report.ok("channel", format!("{name} has {before}, which does the same: {channel}"));
                return Ok(());
            }
            Some(before) if Some(before.as_str()) == flow => {
                report.ok("channel", format!("{name} has the flow: {channel}"));
                return Ok(());
            }
            Some(before) => format!("{name} has the flow, in the place of {before}: {channel}"),
            None => format!("{name} has the flow: {channel}"),
        };
        match flow {
            Some(flow) if !args.dry_run => {
                messaging.associate(&channel.arn, flow, &args.bearer.arn).await?;
                report.did("channel", message);
            }
            _ => report.would("channel", message),
        }
        Ok(())
    }
}
