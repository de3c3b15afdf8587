//! [`Judge`]: replies to a message, either through the function or with rules on this machine.

use std::sync::Arc;

use aws_config::retry::RetryConfig;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use serde::Deserialize;

use super::Args;
use super::record::{Failed, name};
use crate::aws::connections;
use crate::aws::returned::ReturnValue;
use crate::aws::state::{Setting, StateStore};
use crate::aws::{Messaging, SystemClock};
use crate::cli::aws::{Aws, CALL, Refusal, client};
use crate::cli::flow::Function;
use crate::cli::output::errln;
use crate::cli::rules_file;
use crate::cli::style::EDITED;
use crate::detect::Detectors;
use crate::handler::Handler;
use crate::pipeline::Pipeline;

/// What replies to messages.
pub(super) enum Judge {
    /// The function, which is invoked: this one or, without one, the one that a record names.
    Function { client: Client, function: Option<String> },
    /// Rules on this machine, with the user's credentials.
    Here(Handler<Messaging, Option<Arc<StateStore>>, SystemClock>),
}

/// The result for an event.
pub(super) enum Attempt {
    /// The message has a reply; with `duplicate`, it already had one.
    Answered { verdict: String, duplicate: bool },
    /// The message has no reply, for this reason.
    Failed { why: String, reach: Reach },
}

/// The events that the reason of a failure applies to.
pub(super) enum Reach {
    /// This event, as far as is known.
    Message,
    /// All events of the function, for this reason.
    Function(String),
    /// All events.
    All(Refusal),
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
struct FailedResponse {
    error_type: String,
}

/// The name of the function in records that name none.
const NO_FUNCTION: &str = "(none)";

impl Judge {
    pub(super) async fn new(args: &Args, detectors: &Detectors, region: &str) -> anyhow::Result<Self> {
        let config = args.aws.config(region).await;
        if let Some(path) = &args.rules {
            let pipeline = verified(path, detectors)?;
            let store = store(&pipeline).await?;
            let pipeline = Arc::new(match &store {
                Some(store) => pipeline.with_key(store.key()),
                None => pipeline,
            });
            // The handler retries by itself, because it must know how each attempt ended.
            let config = config.into_builder().retry_config(RetryConfig::disabled()).build();
            let (callback, own_bot) =
                (Messaging::with(&config, connections::shared()).await, args.bot.clone());
            return Ok(Self::Here(Handler { pipeline, callback, store, clock: SystemClock, own_bot }));
        }
        // The response is that of the function.
        let config = config.into_builder().timeout_config(Aws::times(CALL)).build();
        let function = args.function.as_ref().map(Function::named);
        Ok(Self::Function { client: client!(aws_sdk_lambda, &config), function })
    }

    /// Returns the name of the function that answers an event.
    pub(super) fn function_of<'f>(&'f self, failed: &'f Failed) -> &'f str {
        match self {
            Self::Here(_) => "(rules)",
            Self::Function { function, .. } => {
                function.as_deref().or(failed.function.as_deref()).unwrap_or(NO_FUNCTION)
            }
        }
    }

    /// Has the message of an event answered.
    pub(super) async fn answer(&self, failed: &Failed) -> Attempt {
        let client = match self {
            Self::Here(handler) => {
                return match ReturnValue::of(handler.handle(&failed.event, None).await) {
                    Ok(returned) => {
                        Attempt::answered(&serde_json::to_vec(&returned).unwrap_or_default(), failed)
                    }
                    Err(error) => Attempt::failed(error.name().to_owned()),
                };
            }
            Self::Function { client, .. } => client,
        };
        let function = self.function_of(failed);
        if function == NO_FUNCTION {
            return Attempt::failed("NoFunction".to_owned());
        }
        let request =
            client.invoke().function_name(function).invocation_type(InvocationType::RequestResponse);
        match request.payload(Blob::new(failed.event.as_bytes())).send().await {
            Ok(output) => {
                let payload = output.payload.map(Blob::into_inner).unwrap_or_default();
                if output.function_error.is_none() {
                    return Attempt::answered(&payload, failed);
                }
                let broken = serde_json::from_slice::<FailedResponse>(&payload);
                Attempt::failed(
                    broken.map_or_else(|_| "Unhandled".to_owned(), |broken| name(&broken.error_type)),
                )
            }
            Err(error) => Attempt::not_invoked(Refusal::of("Invoke", &error)),
        }
    }
}

impl Attempt {
    /// Interprets the function's response. Only a response that names this message proves that the message has a reply.
    fn answered(payload: &[u8], failed: &Failed) -> Self {
        match serde_json::from_slice::<Answer>(payload) {
            Ok(Answer { message_id, verdict, duplicate }) if message_id == failed.message => {
                Self::Answered { verdict: name(&verdict), duplicate }
            }
            _ => Self::failed("NotChimeflow".to_owned()),
        }
    }

    /// Interprets the error name that the function, or this program, returns.
    fn failed(why: String) -> Self {
        let reason = match &*why {
            "NotChimeflow" => {
                "the function's response does not name the message: is it Chimeflow's processor?"
            }
            "NoFunction" => "the record does not name its function: use --function NAME:ALIAS",
            "UnreadableAnswer" => "the response is not from Chime SDK messaging: check the endpoint",
            "MissingPermission" => "the caller lacks chime:ChannelFlowCallback on the channel",
            "BadCredentials" => "the service does not accept the caller's credentials",
            _ => return Self::Failed { why, reach: Reach::Message },
        };
        Self::Failed { why, reach: Reach::Function(reason.to_owned()) }
    }

    /// Interprets the error of an invocation that, as far as is known, did not reach the function.
    fn not_invoked(refusal: Refusal) -> Self {
        let code = refusal.code().map(name);
        let (why, reach) = match refusal.status() {
            _ if refusal.is_about_credentials() => ("BadCredentials".to_owned(), Reach::All(refusal)),
            None if refusal.is_late() => ("InvokeTimedOut".to_owned(), Reach::Function(refusal.to_string())),
            None => ("InvokeNotAnswered".to_owned(), Reach::All(refusal)),
            Some(429 | 500..=599) => ("InvokeThrottledOrFailed".to_owned(), Reach::Message),
            Some(_) if code.as_deref().is_some_and(is_about_the_event) => {
                (code.unwrap_or_default(), Reach::Message)
            }
            Some(_) => {
                (code.unwrap_or_else(|| "InvokeRefused".to_owned()), Reach::Function(refusal.to_string()))
            }
        };
        Self::Failed { why, reach }
    }
}

/// Returns whether Lambda's error with this name concerns the event rather than the function.
fn is_about_the_event(code: &str) -> bool {
    ["RequestTooLarge", "InvalidRequestContent", "UnsupportedMediaType"].iter().any(|it| code.starts_with(it))
}

/// Returns the store of rules that count: the function's, if the environment names it.
async fn store(pipeline: &Pipeline) -> anyhow::Result<Option<Arc<StateStore>>> {
    if !pipeline.needs_store() {
        return Ok(None);
    }
    let setting = Setting::from_env().map_err(|wrong| anyhow::anyhow!("{wrong}"))?;
    let Some(setting) = setting else {
        errln!(
            "{EDITED}warning:{EDITED:#} without CHIMEFLOW_STATE, no rule that counts can judge a message, and its `on-error` decides: \
             set CHIMEFLOW_STATE and CHIMEFLOW_STATE_KEY as the function has them"
        );
        return Ok(None);
    };
    Ok(Some(Arc::new(StateStore::from_env(setting).await)))
}

/// Loads the rules in a file, whose own checks must pass.
fn verified(path: &std::path::Path, detectors: &Detectors) -> anyhow::Result<Pipeline> {
    let verified = rules_file::parse(path, detectors)?.and_then(crate::rules::RulesFile::verified);
    verified.map_err(|report| {
        rules_file::show(&report);
        anyhow::anyhow!("the rules in `{}` are invalid: see `chimeflow check`", path.display())
    })
}
