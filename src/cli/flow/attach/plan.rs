//! [`Plan`]: the necessary change to the app instance's flows.

use super::Args;
use super::report::Report;
use crate::cli::flow::client::{Fallback, Flow, Messaging, Processor};
use crate::cli::flow::make::make;
use crate::cli::flow::show::one_line;

/// The flow for the channels, and other flows with the same function and fallback.
#[derive(Debug)]
pub(super) struct Plan {
    change: Change,
    /// The ARNs of other flows that run only the same function, with the same fallback.
    alike: Vec<String>,
}

/// The necessary change to the app instance's flows.
#[derive(Debug)]
enum Change {
    /// None: this flow exists and is correct.
    Keep(Flow),
    /// An update of this flow with this processor.
    Update(Flow, Processor),
    /// The creation of a flow.
    Create { name: String, processor: Processor },
}

/// The maximum number of flows of an app instance, unless AWS raised the quota.
const QUOTA: usize = 100;

impl Plan {
    /// Reads the existing flows, and determines the change.
    pub(super) async fn make(
        messaging: &Messaging,
        args: &Args,
        processor: Processor,
        report: &mut Report,
    ) -> anyhow::Result<Self> {
        let flows = messaging.flows(&args.app_instance.arn).await?;
        let count = flows.len();
        let name = args.name.as_deref();
        let plan =
            Self::of(Change::of(&flows, name, &args.function.name, processor, args.fallback), &flows, name);
        match &plan.change {
            Change::Keep(flow) => {
                report.ok("flow", format!("{} has the function: {}", one_line(&flow.name), flow.arn));
            }
            Change::Update(flow, _) if flow.processors.len() > 1 => {
                let names =
                    flow.processors.iter().map(|it| it.function.as_str()).collect::<Vec<_>>().join(", ");
                let message = format!(
                    "{} runs several functions ({names}), and would lose the others: use --name NEW",
                    one_line(&flow.name)
                );
                report.problem("flow", message, None);
            }
            Change::Create { .. } if count >= QUOTA => {
                let message = format!(
                    "the app instance has {count} flows; AWS allows {QUOTA} unless the quota was raised"
                );
                let fix = format!("chimeflow flow list --app-instance {}", args.app_instance);
                report.warning("flow", message, Some(fix));
            }
            Change::Update(flow, _) => others(messaging, args, flow, report).await,
            Change::Create { .. } => {}
        }
        if !plan.alike.is_empty() {
            report.note("flow", format!("the same does {}", plan.alike.join(", ")));
        }
        let fallback = plan.change.processor().fallback;
        report.note("fallback", format!("{}: {}", fallback.name(), fallback.means()));
        Ok(plan)
    }

    /// Returns the plan for `change`, with the similar flows; without them if `named` selects a flow by name.
    fn of(change: Change, flows: &[Flow], named: Option<&str>) -> Self {
        let (processor, chosen) = (change.processor(), change.flow());
        let is_alike = |flow: &&Flow| {
            let [only] = &flow.processors[..] else { return false };
            only.function == processor.function
                && only.fallback == processor.fallback
                && chosen.is_some_and(|chosen| chosen != flow.arn)
        };
        // A named flow is the only one that the user means.
        let others = flows.iter().filter(|_| named.is_none()).filter(is_alike);
        let alike = others.map(|flow| flow.arn.clone()).collect();
        Self { change, alike }
    }

    /// Returns the flow's ARN, if it exists already.
    pub(super) fn flow(&self) -> Option<&str> {
        self.change.flow()
    }

    /// Returns whether this is another flow with the same function and fallback.
    pub(super) fn is_alike(&self, flow: &str) -> bool {
        self.alike.iter().any(|alike| alike == flow)
    }

    /// Makes the change, and returns the flow's ARN. A dry run only reports it; a flow that does not exist yet has no ARN.
    pub(super) async fn carry_out(
        &self,
        messaging: &Messaging,
        args: &Args,
        report: &mut Report,
    ) -> anyhow::Result<Option<String>> {
        let dry_run = args.dry_run;
        match &self.change {
            Change::Keep(flow) => Ok(Some(flow.arn.clone())),
            Change::Update(flow, processor) => {
                let message = format!(
                    "{} has the function {}, {} ({})",
                    one_line(&flow.name),
                    processor.function,
                    processor.fallback.name(),
                    flow.arn
                );
                if dry_run {
                    report.would("flow", message);
                } else {
                    messaging.update(&flow.arn, &flow.name, processor).await?;
                    report.did("flow", message);
                }
                Ok(Some(flow.arn.clone()))
            }
            Change::Create { name, processor } if dry_run => {
                report.would("flow", format!("create {name} with the function {}", processor.function));
                Ok(None)
            }
            Change::Create { name, processor } => {
                let arn = make(messaging, &args.app_instance, name, processor).await?;
                report.did("flow", format!("created {name} with the function {}: {arn}", processor.function));
                Ok(Some(arn))
            }
        }
    }
}

impl Change {
    /// Selects the flow: the one called `named`, or else one with the function, or else one with the default name.
    fn of(
        flows: &[Flow],
        named: Option<&str>,
        default: &str,
        processor: Processor,
        fallback: Option<Fallback>,
    ) -> Self {
        let has_it = |flow: &Flow| flow.processors.iter().any(|it| it.function == processor.function);
        let name = named.unwrap_or(default);
        let rank = |flow: &Flow| match (has_it(flow), flow.name == name) {
            (true, true) => Some(0),
            // A flow that also runs other functions is not selected while there is one that does not.
            (true, false) if named.is_none() => Some(if flow.processors.len() == 1 { 1 } else { 3 }),
            (false, true) => Some(2),
            _ => None,
        };
        let candidates = flows.iter().filter_map(|flow| Some((rank(flow)?, &flow.arn, flow)));
        // The ARN comes last in the sort key, so that the selection is always the same.
        let Some((_, _, flow)) = candidates.min_by_key(|(rank, arn, _)| (*rank, *arn)) else {
            let fallback = fallback.unwrap_or(processor.fallback);
            return Self::Create { name: name.to_owned(), processor: Processor { fallback, ..processor } };
        };
        let flow = flow.clone();
        let Some(old) =
            flow.processors.iter().find(|it| it.function == processor.function).or(flow.processors.first())
        else {
            return Self::Update(flow, processor);
        };
        let new = Processor {
            name: old.name.clone(),
            function: processor.function,
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

    fn flow(&self) -> Option<&str> {
        match self {
            Self::Keep(flow) | Self::Update(flow, _) => Some(&flow.arn),
            Self::Create { .. } => None,
        }
    }
}

/// The maximum number of a flow's channels that are counted.
const LOOKED_AT: usize = 1000;

/// Reports how many other channels the change affects. Reports nothing if the permission to list them is missing.
async fn others(messaging: &Messaging, args: &Args, flow: &Flow, report: &mut Report) {
    let Ok(channels) = messaging.channels(&flow.arn, LOOKED_AT).await else { return };
    let given = |arn: &&String| args.channels.iter().any(|channel| channel.arn == **arn);
    let count = channels.iter().filter(|arn| !given(arn)).count();
    if count > 0 {
        let more = if channels.len() == LOOKED_AT { " or more" } else { "" };
        let channels = if count == 1 { "channel" } else { "channels" };
        let message = format!("{} changes for {count}{more} other {channels} too", one_line(&flow.name));
        report.warning("flow", message, Some(format!("chimeflow flow describe {}", flow.arn)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(arn: &str, name: &str, function: &str) -> Flow {
        let processors = vec![Processor::new(function.into(), Fallback::Continue)];
        Flow { arn: arn.into(), name: name.into(), processors }
    }

    fn plan(flows: &[Flow], named: Option<&str>, fallback: Option<Fallback>) -> String {
        let processor = Processor::new("F:live".into(), Fallback::Abort);
        let Plan { change, alike } =
            Plan::of(Change::of(flows, named, "f", processor, fallback), flows, named);
        let change = match change {
            Change::Keep(flow) => format!("keep {}", flow.arn),
            Change::Update(flow, it) => {
                format!("update {} {} {}", flow.arn, it.function, it.fallback.name())
            }
            Change::Create { name, processor } => format!("create {name} {}", processor.fallback.name()),
        };
        alike.iter().fold(change, |change, alike| format!("{change}, like {alike}"))
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
        assert_eq!(plan(std::slice::from_ref(&has), Some("new"), None), "create new ABORT");
        // Two flows with the same function and fallback count as one, unless one is named.
        let same = flow("0", "twin", "F:live");
        let twins = [has.clone(), same.clone()];
        assert_eq!(plan(&twins, None, None), "keep 0, like 1");
        assert_eq!(plan(&twins, None, Some(Fallback::Abort)), "update 0 F:live ABORT");
        assert_eq!(plan(&twins, Some("stack"), None), "keep 1");
        // A flow that also runs another function is not similar, and not selected first.
        let mut more = same;
        more.processors.push(Processor::new("G".into(), Fallback::Abort));
        assert_eq!(plan(&[more, has], None, None), "keep 1");
    }
}
