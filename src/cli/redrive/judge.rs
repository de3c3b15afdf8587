//! [`Judge`]: answers a message, either through the function or with rules here.

use std::sync::Arc;

use aws_config::retry::RetryConfig;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use serde::Deserialize;

use super::Args;
use super::record::{Failed, name};
use crate::aws::returned::Returned;
use crate::aws::{Messaging, SystemClock};
use crate::cli::aws::{Aws, CALL, Refusal, client};
use crate::cli::flow::Function;
use crate::cli::rules_file;
use crate::detect::Detectors;
use crate::handler::{Handler, NoFacts};

/// What answers messages.
pub(super) enum Judge {
    /// The function, which is invoked: this one, or the one that a record names.
    Function { client: Client, function: Option<String> },
    /// Rules on this machine, with the user's credentials.
    Here(Handler<Messaging, NoFacts, SystemClock>),
}

/// The result for an event.
pub(super) enum Attempt {
    /// The message is answered; if `duplicate`, it was before.
    Answered { verdict: String, duplicate: bool },
    /// The message is not answered, for this reason.
    Failed(String),
}

/// The function's return value.
#[derive(Deserialize)]
struct Answer {
    message_id: String,
    verdict: String,
    duplicate: bool,
}

/// The response of a function that failed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Broken {
    error_type: String,
}

/// Errors that would affect the next event as well, so there is no point in trying it.
const FOR_ALL: [&str; 5] =
    ["MissingPermission", "BadCredentials", "UnreadableAnswer", "NotChimeflow", "NoFunction"];

impl Judge {
    pub(super) async fn new(args: &Args, detectors: &Detectors, region: &str) -> anyhow::Result<Self> {
        let config = args.aws.config(region).await;
        if let Some(path) = &args.rules {
            let pipeline = Arc::new(verified(path, detectors)?);
            // The handler makes the retries itself, because it must know how each attempt ended.
            let config = config.into_builder().retry_config(RetryConfig::disabled()).build();
            let (callback, own_bot) = (Messaging::with(&config), args.bot.clone());
            return Ok(Self::Here(Handler {
                pipeline,
                callback,
                facts: NoFacts,
                clock: SystemClock,
                own_bot,
            }));
        }
        // The response is that of the function.
        let config = config.into_builder().timeout_config(Aws::times(CALL)).build();
        let function = args.function.as_ref().map(Function::named);
        Ok(Self::Function { client: client!(aws_sdk_lambda, &config), function })
    }

    /// Has the message of an event answered.
    ///
    /// # Errors
    /// If the function cannot be invoked at all.
    pub(super) async fn answer(&self, failed: &Failed) -> Result<Attempt, Refusal> {
        let (client, chosen) = match self {
            Self::Here(handler) => {
                let said = match Returned::of(handler.handle(&failed.event, None).await) {
                    Ok(returned) => {
                        Attempt::answered(&serde_json::to_vec(&returned).unwrap_or_default(), failed)
                    }
                    Err(error) => Attempt::Failed(error.name().to_owned()),
                };
                return Ok(said);
            }
            Self::Function { client, function } => (client, function),
        };
        let Some(function) = chosen.as_ref().or(failed.function.as_ref()) else {
            return Ok(Attempt::Failed("NoFunction".to_owned()));
        };
        let request =
            client.invoke().function_name(function).invocation_type(InvocationType::RequestResponse);
        match request.payload(Blob::new(failed.event.as_bytes())).send().await {
            Ok(output) => {
                let payload = output.payload.map(Blob::into_inner).unwrap_or_default();
                Ok(if output.function_error.is_some() {
                    let broken = serde_json::from_slice::<Broken>(&payload);
                    Attempt::Failed(
                        broken.map_or_else(|_| "Unhandled".to_owned(), |broken| name(&broken.error_type)),
                    )
                } else {
                    Attempt::answered(&payload, failed)
                })
            }
            Err(error) => {
                let refusal = Refusal::of("Invoke", &error);
                match refusal.status() {
                    Some(429 | 500..=599) => Ok(Attempt::Failed("InvokeThrottledOrFailed".to_owned())),
                    _ => Err(refusal),
                }
            }
        }
    }
}

impl Attempt {
    /// Interprets the function's response. Only a response that names this message proves that it is answered.
    fn answered(payload: &[u8], failed: &Failed) -> Self {
        match serde_json::from_slice::<Answer>(payload) {
            Ok(Answer { message_id, verdict, duplicate }) if message_id == failed.message => {
                Self::Answered { verdict: name(&verdict), duplicate }
            }
            _ => Self::Failed("NotChimeflow".to_owned()),
        }
    }

    /// Returns why it is pointless to continue, if it is.
    pub(super) fn is_for_all(why: &str) -> Option<String> {
        let what = match why {
            "NotChimeflow" => "the function does not say that it answers: is it Chimeflow's processor?",
            "NoFunction" => "the record does not name its function: say --function NAME:ALIAS",
            "UnreadableAnswer" => {
                "what answers in place of Chime SDK messaging is not that service: look at the endpoint"
            }
            "MissingPermission" => "whoever answers lacks chime:ChannelFlowCallback on the channel",
            _ => "the service does not accept the credentials of whoever answers",
        };
        FOR_ALL.contains(&why).then(|| format!("stopped: {what}"))
    }
}

/// Loads the rules in a file, whose own checks must pass.
fn verified(path: &std::path::Path, detectors: &Detectors) -> anyhow::Result<crate::pipeline::Pipeline> {
    let verified = rules_file::parse(path, detectors)?.and_then(crate::rules::RulesFile::verified);
    verified.map_err(|report| {
        rules_file::show(&report);
        anyhow::anyhow!("the rules in `{}` are not fit to be used: see `chimeflow check`", path.display())
    })
}
