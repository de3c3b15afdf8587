//! The validator: checks whether rules are valid, for AppConfig, before it deploys a configuration.
//!
//! ```text
//! AppConfig ──{ content: base64, … }──> the same loader and the same checks ──> a summary, or an error
//!                                                                      with the report of `chimeflow check`
//! ```
//!
//! An error prevents the deployment and is shown to whoever deploys. The log contains only the positions of mistakes, because rules may
//! quote messages.

use aws_smithy_types::base64;
use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::log::Log;
use super::rules::require_store;
use crate::detect::Detectors;
use crate::handler::fenced;
use crate::rules::{self, Report, Source};

/// The event from AppConfig.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ValidatorEvent {
    content: String,
    #[serde(default)]
    configuration_version: String,
}

/// The response for valid rules. AppConfig ignores it; it is for people who invoke the validator manually.
#[derive(Debug, Serialize)]
struct ValidRules {
    rules: usize,
    checks: usize,
    warnings: usize,
    rules_version: String,
}

/// Why rules may not be deployed.
#[derive(Debug, thiserror::Error)]
enum Rejection {
    #[error("expected the event of an AppConfig validator, with `content` in base64: {0}")]
    Event(String),
    #[error("expected rules as UTF-8 text")]
    NotText,
    #[error("{}", rejection_text(.0))]
    Rules(Box<Report>),
    #[error("a detector broke down over the rules")]
    Panicked,
}

/// The maximum length of a report in bytes: it is shown in a dialogue or a terminal.
const MAX_BYTES: usize = 8 * 1024;

/// Responds to AppConfig, which deploys rules to functions with or without a store, until the execution environment ends.
pub(super) async fn serve(
    detectors: Detectors,
    has_store: bool,
    log: Log,
) -> Result<(), lambda_runtime::Error> {
    let (detectors, log) = (&detectors, &log);
    let answer = async |event: LambdaEvent<Box<RawValue>>| {
        let result = fenced(async { judge(event.payload.get(), detectors, has_store) }).await;
        let result = result.unwrap_or(Err(Rejection::Panicked));
        match &result {
            Ok(valid) => log.rules_accepted(&event.context.request_id, &valid.rules_version),
            Err(rejection) => {
                log.rules_rejected(&event.context.request_id, rejection.name(), &rejection.without_quotes());
            }
        }
        result
    };
    Runtime::new(service_fn(answer)).run().await
}

fn judge(event: &str, detectors: &Detectors, has_store: bool) -> Result<ValidRules, Rejection> {
    let event: ValidatorEvent =
        serde_json::from_str(event).map_err(|error| Rejection::Event(error.to_string()))?;
    let content = base64::decode(&event.content).map_err(|error| Rejection::Event(error.to_string()))?;
    let text = String::from_utf8(content).map_err(|_| Rejection::NotText)?;
    let source = Source::alone("rules.toml", &text);
    let file = rules::parse(&source, detectors).map_err(Box::new)?;
    let (checks, warnings) = (file.checks.len(), file.warnings.diagnostics.len());
    let pipeline = file.verified().map_err(Box::new)?;
    require_store(&pipeline, &source, has_store).map_err(Box::new)?;
    let rules_version = match &*event.configuration_version {
        "" => pipeline.version,
        version => format!("{}@{version}", pipeline.version),
    };
    Ok(ValidRules { rules: pipeline.rules.len(), checks, warnings, rules_version })
}

/// Returns the part of a report that is shown to whoever deploys.
fn rejection_text(report: &Report) -> String {
    format!("the rules are refused: {}\n\n{}", report.summary(), report.render_within(MAX_BYTES))
}

impl Rejection {
    fn name(&self) -> &'static str {
        match self {
            Self::Event(_) => "InvalidEvent",
            Self::NotText | Self::Rules(_) => "InvalidRules",
            Self::Panicked => "Panicked",
        }
    }

    fn without_quotes(&self) -> String {
        match self {
            Self::Rules(report) => report.summary(),
            Self::Event(_) | Self::NotText | Self::Panicked => self.to_string(),
        }
    }
}

impl From<Box<Report>> for Rejection {
    fn from(report: Box<Report>) -> Self {
        Self::Rules(report)
    }
}

impl From<Rejection> for Diagnostic {
    fn from(rejection: Rejection) -> Self {
        Self { error_type: rejection.name().to_owned(), error_message: rejection.to_string() }
    }
}
