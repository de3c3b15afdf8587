//! The function: checks that it exists and is ready, that the service may invoke it, and what happens to events on which it fails.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::types::{LastUpdateStatus, State};

use super::policy::{Judgement, Request, SERVICE, judge};
use super::report::Report;
use crate::cli::aws::{Aws, Refusal, client};
use crate::cli::flow::arn::{Function, Home, Resource};

/// A client of Lambda for one function.
#[derive(Debug)]
pub(super) struct Lambda<'a> {
    client: Client,
    function: &'a Function,
    home: &'a Home,
    /// The ARN without alias.
    arn: String,
    /// The account of the credentials, if it is known.
    account: Option<String>,
}

/// A missing permission that may be granted.
#[derive(Debug)]
pub(super) struct Permission {
    statement: String,
    instance: String,
    account: String,
    /// The action that would have to be granted to determine whether the permission is missing.
    unseen: Option<String>,
}

/// What is true once the permission is granted.
pub(super) const GRANTED: &str = "the service may invoke the function for this app instance";

impl<'a> Lambda<'a> {
    pub(super) async fn new(aws: &Aws, home: &'a Home, function: &'a Function) -> Self {
        use aws_credential_types::provider::ProvideCredentials;

        let sdk = aws.config(&home.region).await;
        let credentials = match sdk.credentials_provider() {
            Some(provider) => provider.provide_credentials().await.ok(),
            None => None,
        };
        let account = credentials.and_then(|it| it.account_id().map(|id| id.as_str().to_owned()));
        let arn = function.unqualified(home);
        Self { client: client!(aws_sdk_lambda, &sdk), function, home, arn, account }
    }

    /// Checks everything about the function. Returns the permission to grant, if one is missing.
    pub(super) async fn look(
        &self,
        instance: &Resource,
        grant: bool,
        report: &mut Report,
    ) -> Result<Option<Permission>, Refusal> {
        if let Some(account) = self.account.as_ref().filter(|account| **account != self.home.account) {
            self.stranger(account, report);
            return Ok(None);
        }
        if !self.is_ready(report).await? {
            return Ok(None);
        }
        let missing = self.permission(instance, grant, report).await?;
        self.failures(report).await?;
        Ok(missing)
    }

    fn stranger(&self, account: &str, report: &mut Report) {
        let message = format!(
            "the credentials are of account {account}, the app instance is of {}: use those of that account",
            self.home.account
        );
        report.problem("account", message, Some("chimeflow flow attach --profile PROFILE ...".to_owned()));
    }

    async fn is_ready(&self, report: &mut Report) -> Result<bool, Refusal> {
        let request = self.client.get_function_configuration().function_name(&self.arn);
        let found = match request.set_qualifier(self.function.qualifier.clone()).send().await {
            Ok(found) => found,
            Err(error) => {
                let refusal = Refusal::of("GetFunctionConfiguration", &error);
                return self.is_not_seen(refusal, report).await;
            }
        };
        let name = self.function;
        match found.state() {
            Some(State::Failed | State::Pending) => {
                let why = found.state_reason().unwrap_or("Lambda does not say why");
                let state = found.state().map(State::as_str).unwrap_or_default();
                report.problem(
                    "function",
                    format!("{name} is {state}: {why}"),
                    Some(self.command("wait function-active-v2", "")),
                );
                return Ok(false);
            }
            // A function that was idle for weeks is Inactive until it is invoked. The next invocation takes longer, but works.
            Some(State::Inactive) => {
                report.note("function", format!("{name} exists and is idle: its first message takes longer"));
            }
            _ => report.ok("function", format!("{name} exists and is Active")),
        }
        if found.last_update_status() == Some(&LastUpdateStatus::Failed) {
            let why = found.last_update_status_reason().unwrap_or("Lambda does not say why");
            report.warning(
                "function",
                format!("its last update failed, so the code before it runs: {why}"),
                None,
            );
        }
        if self.function.qualifier.is_none() {
            let message =
                "it has no alias: whatever is deployed acts at once, with no way back but another deployment";
            report.warning(
                "function",
                message,
                Some(self.command("create-alias", "--name live --function-version VERSION")),
            );
        }
        Ok(true)
    }

    /// Reports why the function cannot be inspected.
    async fn is_not_seen(&self, refusal: Refusal, report: &mut Report) -> Result<bool, Refusal> {
        if let Some(account) = refusal.account_of_caller().filter(|account| *account != self.home.account) {
            self.stranger(account, report);
            return Ok(false);
        }
        if let Some(action) = refusal.denied_action() {
            let message =
                format!("whether {} is there was not looked at: {action} is not granted", self.function);
            report.warning("function", message, None);
            return Ok(true);
        }
        if refusal.status() != Some(404) {
            return Err(refusal);
        }
        let Some(alias) = &self.function.qualifier else {
            let message = format!("there is no function {} in {}", self.function.name, self.home);
            report.problem(
                "function",
                message,
                Some(format!("aws lambda list-functions --region {}", self.home.region)),
            );
            return Ok(false);
        };
        let bare = self.client.get_function_configuration().function_name(&self.arn).send().await;
        if bare.is_ok() {
            let message = format!("{} has no alias and no version `{alias}`", self.function.name);
            report.problem("function", message, Some(self.command("list-aliases", "")));
        } else {
            let message = format!("there is no function {} in {}", self.function.name, self.home);
            report.problem(
                "function",
                message,
                Some(format!("aws lambda list-functions --region {}", self.home.region)),
            );
        }
        Ok(false)
    }

    async fn permission(
        &self,
        instance: &Resource,
        grant: bool,
        report: &mut Report,
    ) -> Result<Option<Permission>, Refusal> {
        let request = self.client.get_policy().function_name(&self.arn);
        let policy = match request.set_qualifier(self.function.qualifier.clone()).send().await {
            Ok(found) => found.policy,
            Err(error) => {
                let refusal = Refusal::of("GetPolicy", &error);
                match (refusal.status(), refusal.denied_action()) {
                    (Some(404), _) => None,
                    (_, Some(action)) if grant => {
                        let message =
                            format!("was not looked at, and is granted anyway: {action} is not granted");
                        report.note("permission", message);
                        return Ok(Some(Permission { unseen: Some(action), ..self.missing(instance, None) }));
                    }
                    (_, Some(action)) => {
                        report.warning(
                            "permission",
                            format!("was not looked at: {action} is not granted"),
                            None,
                        );
                        return Ok(None);
                    }
                    _ => return Err(refusal),
                }
            }
        };
        match self.judge(policy.as_deref(), instance) {
            Judgement::Granted { odd: None } => {
                report.ok("permission", format!("{SERVICE} may invoke it for this app instance"));
            }
            Judgement::Granted { odd: Some(odd) } => {
                report.warning(
                    "permission",
                    format!("{SERVICE} may invoke it, but {odd}"),
                    Some(self.grant_command(instance)),
                );
            }
            Judgement::Forbidden { statement } => {
                let message =
                    format!("statement {statement} of the function's policy forbids {SERVICE} to invoke it");
                let fix = self.command("remove-permission", &format!("--statement-id {statement}"));
                report.problem("permission", message, Some(fix));
            }
            Judgement::Missing { near } => {
                let message = format!("{SERVICE} may not invoke {} for this app instance", self.function);
                let near: String = near.iter().flat_map(|near| ["; ", near.as_str()]).collect();
                if grant {
                    report.note("permission", format!("{message} yet{near}"));
                    return Ok(Some(self.missing(instance, policy.as_deref())));
                }
                let fix = format!("add --grant, or: {}", self.grant_command(instance));
                report.problem("permission", format!("{message}{near}"), Some(fix));
            }
        }
        Ok(None)
    }

    /// Returns the permission to grant, with a statement id that is not in use.
    fn missing(&self, instance: &Resource, policy: Option<&str>) -> Permission {
        let taken = |name: &str| policy.is_some_and(|policy| policy.contains(&format!("\"{name}\"")));
        let name = statement(&instance.id);
        let names = (1..).map(|n| if n == 1 { name.clone() } else { format!("{name}-{n}") });
        let statement = names.take(100).find(|name| !taken(name)).unwrap_or(name.clone());
        let account = self.home.account.clone();
        Permission { statement, instance: instance.arn.clone(), account, unseen: None }
    }

    /// Permits the service to invoke the function. Returns whether it may, as far as is known. An error counts only if the permission
    /// is still missing: somebody else may have granted it in between, or the response to an earlier attempt was lost.
    pub(super) async fn grant(
        &self,
        permission: &Permission,
        instance: &Resource,
        report: &mut Report,
    ) -> Result<bool, Refusal> {
        let request = self.client.add_permission().function_name(&self.arn);
        let granted = request
            .set_qualifier(self.function.qualifier.clone())
            .statement_id(&permission.statement)
            .action("lambda:InvokeFunction")
            .principal(SERVICE)
            .source_account(&permission.account)
            .source_arn(&permission.instance)
            .send()
            .await;
        let Err(error) = granted else {
            report.did("permission", GRANTED);
            return Ok(true);
        };
        let refusal = Refusal::of("AddPermission", &error);
        match &permission.unseen {
            None if self.is_granted(instance).await => {
                report.did("permission", GRANTED);
                Ok(true)
            }
            // The statement has the name of the app instance, and this program wrote it.
            Some(action) if refusal.status() == Some(409) => {
                let message = format!(
                    "there is a statement {}, which could not be read: {action} is not granted",
                    permission.statement
                );
                report.warning("permission", message, None);
                Ok(true)
            }
            Some(action) if refusal.denied_action().is_some() => {
                let denied = refusal.denied_action().unwrap_or_default();
                let message = format!(
                    "whether {SERVICE} may invoke {} is not known: neither {action} nor {denied} is granted",
                    self.function
                );
                report.problem("permission", message, Some(self.grant_command(instance)));
                Ok(false)
            }
            _ => Err(refusal),
        }
    }

    /// Returns whether a policy that can be read permits the invocation.
    async fn is_granted(&self, instance: &Resource) -> bool {
        let request = self.client.get_policy().function_name(&self.arn);
        let Ok(found) = request.set_qualifier(self.function.qualifier.clone()).send().await else {
            return false;
        };
        matches!(self.judge(found.policy(), instance), Judgement::Granted { .. })
    }

    fn judge(&self, policy: Option<&str>, instance: &Resource) -> Judgement {
        let function = self.function.arn(self.home);
        let account = &instance.home.account;
        judge(policy, Request { function: &function, instance: &instance.arn, account })
    }

    /// Checks what Lambda does with events on which the function fails. If an event is lost, its message stays pending forever.
    async fn failures(&self, report: &mut Report) -> Result<(), Refusal> {
        const SETTINGS: &str = "--maximum-retry-attempts 2 --maximum-event-age-in-seconds 300 \
                                --destination-config OnFailure={Destination=QUEUE_ARN}";
        let fix = || Some(self.command("put-function-event-invoke-config", SETTINGS));
        let request = self.client.get_function_event_invoke_config().function_name(&self.arn);
        let found = match request.set_qualifier(self.function.qualifier.clone()).send().await {
            Ok(found) => found,
            Err(error) => {
                let refusal = Refusal::of("GetFunctionEventInvokeConfig", &error);
                match (refusal.status(), refusal.denied_action()) {
                    (Some(404), _) => {
                        let message = "an event that the function fails on three times is lost, and its message hangs: no on-failure destination";
                        report.warning("failures", message, fix());
                    }
                    (_, Some(action)) => {
                        report.warning(
                            "failures",
                            format!("were not looked at: {action} is not granted"),
                            None,
                        );
                    }
                    _ => return Err(refusal),
                }
                return Ok(());
            }
        };
        let destination =
            found.destination_config().and_then(|it| it.on_failure()).and_then(|it| it.destination());
        let retries = found.maximum_retry_attempts().unwrap_or(2);
        match destination {
            None => {
                let message = format!(
                    "an event that the function fails on {} is lost, and its message hangs: no on-failure destination",
                    times(retries + 1)
                );
                report.warning("failures", message, fix());
            }
            Some(queue) if queue.starts_with("arn:aws:sqs:") => {
                report.ok(
                    "failures",
                    format!("an event that the function fails on {} is kept in {queue}", times(retries + 1)),
                );
            }
            Some(other) => {
                report.note(
                    "failures",
                    format!("events go to {other}; `chimeflow redrive` reads queues of SQS only"),
                );
            }
        }
        if retries == 0 {
            report.warning("failures", "Lambda does not try again: one failure and the message hangs", fix());
        }
        Ok(())
    }

    /// Returns an `aws lambda` command for this function and alias.
    fn command(&self, verb: &str, rest: &str) -> String {
        let qualifier =
            self.function.qualifier.as_ref().filter(|_| !matches!(verb, "list-aliases" | "create-alias"));
        let qualifier = qualifier.map(|qualifier| format!(" --qualifier {qualifier}")).unwrap_or_default();
        let command = format!(
            "aws lambda {verb} --region {} --function-name {}{qualifier} {rest}",
            self.home.region, self.function.name
        );
        command.trim_end().to_owned()
    }

    fn grant_command(&self, instance: &Resource) -> String {
        let rest = format!(
            "--statement-id {} --action lambda:InvokeFunction --principal {SERVICE} --source-account {} --source-arn {}",
            statement(&instance.id),
            self.home.account,
            instance.arn
        );
        self.command("add-permission", &rest)
    }
}

/// Returns the statement id for an app instance.
fn statement(instance: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    format!("chimeflow-{}", instance.chars().filter(fits).take(80).collect::<String>())
}

fn times(count: i32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}
