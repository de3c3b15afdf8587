//! Creates a flow exactly once, even if responses are lost or somebody else creates the same flow at the same time.
//!
//! ```text
//!  CreateChannelFlow, with a token of instance, name and function ──> list again ──one──> use it
//!                                                                          └──two──> use the older one; delete ours
//! ```

use anyhow::bail;
use sha2::{Digest, Sha256};

use super::arn::Resource;
use super::client::{Flow, Messaging, Processor};
use crate::cli::aws::Refusal;

/// Creates a flow of the app instance, unless a similar one appears in the meantime. Returns its ARN.
pub(super) async fn make(
    messaging: &Messaging,
    instance: &Resource,
    name: &str,
    processor: &Processor,
) -> anyhow::Result<String> {
    let token = token(instance, name, processor);
    let created = messaging.create(&instance.arn, name, processor, Some(token)).await;
    // The flow may exist although there was an error, and may be missing although there was none.
    let mut like = like(messaging, instance, name, processor).await;
    let is_listed = |arn: &str| like.as_ref().is_ok_and(|flows| flows.iter().any(|flow| flow.arn == arn));
    // The token may belong to a flow that was deleted or changed since.
    let (mut ours, is_stale) = match created {
        Ok(Some(arn)) => {
            let is_stale = !is_listed(&arn) && is_another(messaging, &arn, name, processor).await;
            (Some(arn), is_stale)
        }
        Ok(None) => (None, false),
        Err(refusal) => match &like {
            Ok(flows) if !flows.is_empty() => (None, false),
            Ok(_) if refusal.status() == Some(409) => (None, true),
            _ => return Err(refusal.into()),
        },
    };
    if is_stale {
        ours = messaging.create(&instance.arn, name, processor, None).await?;
        like = self::like(messaging, instance, name, processor).await;
    }
    let flows = match (ours.as_ref(), like) {
        (_, Ok(flows)) => flows,
        (Some(_), Err(_)) => Vec::new(),
        (None, Err(error)) => return Err(error),
    };
    let oldest = oldest(messaging, &flows).await;
    match (ours, oldest) {
        (Some(ours), Some(oldest)) if ours != oldest && flows.iter().any(|flow| flow.arn == ours) => {
            // No channel uses it; if one does, the service refuses.
            let ours = Resource { arn: ours, ..instance.clone() };
            let _ = messaging.delete(&ours).await;
            Ok(oldest)
        }
        (Some(ours), _) => Ok(ours),
        (None, Some(oldest)) => Ok(oldest),
        (None, None) => bail!("CreateChannelFlow does not say which flow it created: run this again"),
    }
}

/// Returns the flows with this name and only this processor.
async fn like(
    messaging: &Messaging,
    instance: &Resource,
    name: &str,
    processor: &Processor,
) -> anyhow::Result<Vec<Flow>> {
    let mut flows = messaging.flows(&instance.arn).await?;
    flows.retain(|flow| flow.name == name && flow.processors == [processor.clone()]);
    Ok(flows)
}

/// Returns whether a flow is known to be deleted, or to be different from this.
async fn is_another(messaging: &Messaging, flow: &str, name: &str, processor: &Processor) -> bool {
    match messaging.flow(flow).await {
        Ok(flow) => flow.name != name || flow.processors != [processor.clone()],
        Err(error) => error.downcast_ref::<Refusal>().is_some_and(|refusal| {
            matches!(refusal.status(), Some(403 | 404)) && refusal.denied_action().is_none()
        }),
    }
}

/// Returns the ARN of the flow that was created first, which is the same for every caller.
async fn oldest(messaging: &Messaging, flows: &[Flow]) -> Option<String> {
    if let [only] = flows {
        return Some(only.arn.clone());
    }
    let mut found = Vec::new();
    for flow in flows {
        if let Ok(created) = messaging.created(&flow.arn).await {
            found.push((created, flow.arn.clone()));
        }
    }
    found.into_iter().min().map(|(_, arn)| arn)
}

/// Returns the token for requests to create this flow, which is the same on every machine.
fn token(instance: &Resource, name: &str, processor: &Processor) -> String {
    let all = [&*instance.arn, name, &processor.function, processor.fallback.name()].join("\n");
    let digest = Sha256::digest(all);
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    format!("chimeflow-{:032x}", u128::from_be_bytes(first))
}
