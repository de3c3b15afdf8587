//! [`EnvironmentRun`]: measurements of one execution environment, from the start of its process to its last message.

use std::path::Path;
use std::time::Duration;

use chimeflow::loopback::{Callback, Function, Launch, Loopback, Usage, deadline_in};
use tokio::time::timeout;

use crate::contender::Contender;
use crate::quota::{Memory, Quota};
use crate::{Failure, messages};

/// The measurements of one execution environment.
#[derive(Debug)]
pub(crate) struct EnvironmentRun {
    /// From the start of the process until it requested its first event.
    pub init: Duration,
    /// From receiving its first event until it reported that it was done.
    pub first: Duration,
    /// Processor time from the start of the process until its first event was done.
    pub cold_cpu: Duration,
    /// The duration of each event after the first.
    pub warm: Vec<Duration>,
    /// Processor time of each event after the first, on average.
    pub warm_cpu: Duration,
    /// The maximum of its resident memory, in bytes.
    pub memory: u64,
    /// The number of messages that were edited or denied.
    pub changed: usize,
}

/// How to run an environment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan<'a> {
    /// The number of events after the first.
    pub warm: usize,
    /// The time between an event and the next one.
    pub pause: Duration,
    /// The limit to the share of a core for its memory; without it, the environment may use the whole machine.
    pub limit: Option<(&'a Quota, Memory)>,
}

/// The maximum time for the start of a function, as on Lambda.
const INIT: Duration = Duration::from_secs(10);
/// The maximum time for an event.
const ANSWER: Duration = Duration::from_mins(1);

/// Starts `contender`, sends it messages and ends it.
pub(crate) async fn run_environment(
    contender: &Contender,
    plan: Plan<'_>,
) -> Result<EnvironmentRun, Failure> {
    let loopback = Loopback::like_aws().await?;
    let launch = with_roots(contender, &loopback.authority())?;
    let mut function = loopback.launch(&launch)?;
    let run = measure(&loopback, &mut function, plan).await;
    let lines = function.stop().await;
    let (mut run, callbacks) = run.map_err(|error| {
        let lines: Vec<_> = lines.iter().map(|line| &*line.text).collect();
        format!("{}: {error}\n{}", contender.name, lines.join("\n"))
    })?;
    run.changed =
        changed(&callbacks, plan.warm + 1).map_err(|error| format!("{}: {error}", contender.name))?;
    Ok(run)
}

async fn measure(
    loopback: &Loopback,
    function: &mut Function,
    plan: Plan<'_>,
) -> Result<(EnvironmentRun, Vec<Callback>), Failure> {
    if let Some((quota, _)) = plan.limit {
        quota.lift()?;
        quota.admit(function.id().ok_or("it ended at once")?)?;
    }
    tokio::select! {
        ready = timeout(INIT, loopback.runtime_api.ready()) => {
            let ready = ready.map_err(|_| "it did not start in time")?;
            ready.map_err(|failed| format!("{}: {}", failed.error_type, failed.message))?;
        }
        ended = function.ended() => return Err(format!("it ended: {}", ended?).into()),
    }
    let init = function.started.elapsed();
    if let Some((quota, memory)) = plan.limit {
        quota.limit(memory)?;
    }
    let first = answer(loopback, 0).await?;
    let cold = usage(function)?;
    let mut warm = Vec::with_capacity(plan.warm);
    for number in 1..=plan.warm {
        if !plan.pause.is_zero() {
            tokio::time::sleep(plan.pause).await;
        }
        warm.push(answer(loopback, number).await?);
    }
    let end = usage(function)?;
    let events = u32::try_from(plan.warm)?.max(1);
    let warm_cpu = end.cpu.saturating_sub(cold.cpu) / events;
    let run = EnvironmentRun {
        init,
        first,
        cold_cpu: cold.cpu,
        warm,
        warm_cpu,
        memory: end.peak_memory,
        changed: 0,
    };
    Ok((run, loopback.messaging.callbacks()))
}

async fn answer(loopback: &Loopback, number: usize) -> Result<Duration, Failure> {
    let event = messages::event(number).to_string();
    let ended = timeout(ANSWER, loopback.runtime_api.invoke(event, deadline_in(ANSWER))).await;
    let ended = ended.map_err(|_| format!("no answer to message {number} within {ANSWER:?}"))?;
    match ended.result {
        Ok(_) => Ok(ended.took),
        Err(failed) => Err(format!("message {number}: {}: {}", failed.error_type, failed.message).into()),
    }
}

fn usage(function: &mut Function) -> Result<Usage, Failure> {
    function.usage().ok_or_else(|| "this system does not report what a process has used; Linux does".into())
}

/// Returns how many of the messages that `callbacks` answer were changed.
///
/// # Errors
/// If any of the `events` messages does not have exactly one accepted callback.
fn changed(callbacks: &[Callback], events: usize) -> Result<usize, Failure> {
    if callbacks.len() != events {
        return Err(format!("{} callbacks for {events} messages", callbacks.len()).into());
    }
    if let Some(refused) = callbacks.iter().find(|callback| callback.status != Some(200)) {
        return Err(format!("a callback was refused: {:?}", refused.refusal).into());
    }
    let differs = |(number, callback): &(usize, &Callback)| {
        let sent = &messages::event(*number)["ChannelMessage"]["Content"];
        callback.body["DeleteResource"] == true || callback.body["ChannelMessage"]["Content"] != *sent
    };
    // Callbacks are in the order of the events, because there is one event at a time.
    Ok(callbacks.iter().take(messages::texts().len()).enumerate().filter(differs).count())
}

/// Returns how to start `contender` so that it trusts `authority` and as many roots as it would load on Lambda.
fn with_roots(contender: &Contender, authority: &Path) -> Result<Launch, Failure> {
    let mut launch = contender.launch.clone();
    if let Some((variable, roots)) = &contender.roots {
        let mut all = std::fs::read(roots)?;
        all.extend(std::fs::read(authority)?);
        // Next to the authority, so that it is removed with it.
        let file = authority.with_file_name("roots.pem");
        std::fs::write(&file, all)?;
        launch.env.push(((*variable).to_owned(), file.display().to_string()));
    }
    Ok(launch)
}
