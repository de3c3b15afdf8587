//! [`Plan`]: the necessary change to the app instance's flows.

use super::Args;
use super::report::Report;
use crate::cli::aws::Refusal;
use crate::cli::flow::client::{Flow, Messaging, Processor};
use crate::cli::flow::show::one_line;

/// The necessary change to the app instance's flows.
#[derive(Debug)]
pub(super) enum Plan {
    /// None: this flow exists and is correct.
    Keep(Flow),
    /// An update of this flow with this processor.
    Update(Flow, Processor),
    /// The creation of a flow.
    Create { name: String, processor: Processor },
}

/// How many flows an app instance may have, unless AWS raised the quota.
const QUOTA: usize = 100;

impl Plan {
    /// Reads the existing flows, and determines the change.
    pub(super) async fn make(
        messaging: &Messaging,
        args: &Args,
        wanted: Processor,
        report: &mut Report,
    ) -> Result<Self, Refusal> {
        let flows = messaging.flows(&args.app_instance.arn).await?;
        let count = flows.len();
        let plan = Self::of(flows, args.name.as_deref(), &args.function.name, wanted, args.fallback);
        match &plan {
            Self::Keep(flow) => {
                report.ok("flow", format!("{} has the function: {}", one_line(&flow.name), flow.arn));
            }
            Self::Update(flow, _) if flow.processors.len() > 1 => {
                let names =
                    flow.processors.iter().map(|it| it.function.as_str()).collect::<Vec<_>>().join(", ");
                let says = format!(
                    "{} runs several functions ({names}), and would lose the others: say --name NEW",
                    one_line(&flow.name)
                );
                report.problem("flow", says, None);
            }
            Self::Create { .. } if count >= QUOTA => {
                let says = format!(
                    "the app instance has {count} flows; AWS lets it have {QUOTA} unless it was asked for more"
                );
                let fix = format!("chimeflow flow list --app-instance {}", args.app_instance);
                report.warning("flow", says, Some(fix));
            }
            Self::Update(flow, _) => others(messaging, args, flow, report).await,
            Self::Create { .. } => {}
        }
        let fallback = plan.processor().fallback;
        report.note("fallback", format!("{}: {}", fallback.name(), fallback.means()));
        Ok(plan)
    }

    /// Selects the flow: the one called `named`, or else one with the function, or else one with the default name.
    fn of(
        flows: Vec<Flow>,
        named: Option<&str>,
        default: &str,
        wanted: Processor,
        fallback: Option<crate::cli::flow::client::Fallback>,
    ) -> Self {
        let has_it = |flow: &Flow| flow.processors.iter().any(|it| it.function == wanted.function);
        let name = named.unwrap_or(default);
        let rank = |flow: &Flow| match (has_it(flow), flow.name == name) {
            (true, true) => Some(0),
            (true, false) if named.is_none() => Some(1),
            (false, true) => Some(2),
            _ => None,
        };
        let mut candidates: Vec<_> =
            flows.into_iter().filter_map(|flow| Some((rank(&flow)?, flow.arn.clone(), flow))).collect();
        // The ARN comes last, so that the selection is always the same.
        candidates.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let Some((_, _, flow)) = candidates.into_iter().next() else {
            let fallback = fallback.unwrap_or(wanted.fallback);
            return Self::Create { name: name.to_owned(), processor: Processor { fallback, ..wanted } };
        };
        let Some(old) =
            flow.processors.iter().find(|it| it.function == wanted.function).or(flow.processors.first())
        else {
            return Self::Update(flow, wanted);
        };
        let new = Processor {
            name: old.name.clone(),
            function: wanted.function,
            fallback: fallback.unwrap_or(old.fallback),
        };
        if new == *old { Self::Keep(flow) } else { Self::Update(flow, new) }
    }

    fn processor(&self) -> &Processor {
        match self {
            Self::Keep(flow) => &flow.processors[0],
            Self::Update(_, processor) | Self::Create { processor, .. } => processor,
        }
    }

    /// Returns the flow's ARN, if it exists already.
    pub(super) fn flow(&self) -> Option<&str> {
        match self {
            Self::Keep(flow) | Self::Update(flow, _) => Some(&flow.arn),
            Self::Create { .. } => None,
        }
    }

    /// Makes the change, and returns the flow's ARN. A dry run only reports it; a flow that does not exist yet has no ARN.
    pub(super) async fn carry_out(
        &self,
        messaging: &Messaging,
        instance: &str,
        dry_run: bool,
        report: &mut Report,
    ) -> Result<Option<String>, Refusal> {
        match self {
            Self::Keep(flow) => Ok(Some(flow.arn.clone())),
            Self::Update(flow, processor) => {
                let says = format!(
                    "{} has the function {}, {} ({})",
                    one_line(&flow.name),
                    processor.function,
                    processor.fallback.name(),
                    flow.arn
                );
                if dry_run {
                    report.would("flow", says);
                } else {
                    messaging.update(&flow.arn, &flow.name, processor).await?;
                    report.did("flow", says);
                }
                Ok(Some(flow.arn.clone()))
            }
            Self::Create { name, processor } if dry_run => {
                report.would("flow", format!("create {name} with the function {}", processor.function));
                Ok(None)
            }
            Self::Create { name, processor } => {
                let arn = messaging.create(instance, name, processor).await?;
                report.did("flow", format!("created {name} with the function {}: {arn}", processor.function));
                Ok(Some(arn))
            }
        }
    }
}

/// How many of a flow's channels are counted.
const LOOKED_AT: usize = 1000;

/// Reports how many other channels the change affects. If the permission to list them is missing, nothing is reported.
async fn others(messaging: &Messaging, args: &Args, flow: &Flow, report: &mut Report) {
    let Ok(channels) = messaging.channels(&flow.arn, LOOKED_AT).await else { return };
    let given = |arn: &&String| args.channels.iter().any(|channel| channel.arn == **arn);
    let count = channels.iter().filter(|arn| !given(arn)).count();
    if count > 0 {
        let more = if channels.len() == LOOKED_AT { " or more" } else { "" };
        let channels = if count == 1 { "channel" } else { "channels" };
        let says = format!("{} changes for {count}{more} other {channels} too", one_line(&flow.name));
        report.warning("flow", says, Some(format!("chimeflow flow describe {}", flow.arn)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::flow::client::Fallback;

    fn flow(arn: &str, name: &str, function: &str) -> Flow {
        let processors = vec![Processor::new(function.into(), Fallback::Continue)];
        Flow { arn: arn.into(), name: name.into(), processors }
    }

    fn plan(flows: &[Flow], named: Option<&str>, fallback: Option<Fallback>) -> String {
        match Plan::of(flows.to_vec(), named, "f", Processor::new("F:live".into(), Fallback::Abort), fallback)
        {
            Plan::Keep(flow) => format!("keep {}", flow.arn),
            Plan::Update(flow, it) => format!("update {} {} {}", flow.arn, it.function, it.fallback.name()),
            Plan::Create { name, processor } => format!("create {name} {}", processor.fallback.name()),
        }
    }

    #[test]
    fn the_flow_that_is_meant_is_found() {
        let has = flow("1", "stack", "F:live");
        let like = flow("2", "f", "F:3");
        let other = flow("3", "other", "G");
        let all = [other.clone(), like.clone(), has.clone()];
        assert_eq!(plan(&[], None, None), "create f ABORT");
        assert_eq!(plan(&[other], Some("mine"), Some(Fallback::Continue)), "create mine CONTINUE");
        assert_eq!(plan(&all, None, None), "keep 1");
        assert_eq!(plan(&all, None, Some(Fallback::Abort)), "update 1 F:live ABORT");
        assert_eq!(plan(&[like], None, None), "update 2 F:live CONTINUE");
        assert_eq!(plan(&all, Some("other"), None), "update 3 F:live CONTINUE");
        assert_eq!(plan(&[has], Some("new"), None), "create new ABORT");
    }
}
