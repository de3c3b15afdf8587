//! [`Life`]: what one execution environment was like, from the start of its process to its last message.

use std::path::Path;
use std::time::Duration;

use chimeflow::loopback::{Callback, Function, Launch, Loopback, Usage, deadline_in};
use tokio::time::timeout;

use crate::contender::Contender;
use crate::quota::{Memory, Quota};
use crate::{Failure, messages};

/// What one execution environment was like.
#[derive(Debug)]
pub(crate) struct Life {
    /// From the start of the process until it asked for its first event.
    pub init: Duration,
    /// From when it had its first event until it said that it was done.
    pub first: Duration,
    /// Processor time from the start of the process until its first event was done.
    pub cold_cpu: Duration,
    /// How long each event after the first took.
    pub warm: Vec<Duration>,
    /// Processor time of each event after the first, on average.
    pub warm_cpu: Duration,
    /// The most memory that it ever had resident, in bytes.
    pub memory: u64,
    /// How many of the messages reached others unlike they were sent, or not at all.
    pub changed: usize,
}

/// How an environment is to live.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan<'a> {
    /// How many events come after the first.
    pub warm: usize,
    /// How long after an event the next one comes.
    pub pause: Duration,
    /// What holds it to the share of a core that comes with its memory; without, it has all the machine.
    pub limit: Option<(&'a Quota, Memory)>,
}

/// How long a function may take to start, as Lambda has it.
const INIT: Duration = Duration::from_secs(10);
/// How long it may take to answer an event.
const ANSWER: Duration = Duration::from_mins(1);

/// Starts `contender`, gives it messages and ends it.
pub(crate) async fn live(contender: &Contender, plan: Plan<'_>) -> Result<Life, Failure> {
    let loopback = Loopback::like_aws().await?;
    let launch = with_roots(contender, &loopback.authority())?;
    let mut function = loopback.launch(&launch)?;
    let life = measure(&loopback, &mut function, plan).await;
    let said = function.stop().await;
    let (mut life, callbacks) = life.map_err(|error| {
        let said: Vec<_> = said.iter().map(|line| &*line.text).collect();
        format!("{}: {error}\n{}", contender.name, said.join("\n"))
    })?;
    life.changed =
        changed(&callbacks, plan.warm + 1).map_err(|error| format!("{}: {error}", contender.name))?;
    Ok(life)
}

async fn measure(
    loopback: &Loopback,
    function: &mut Function,
    plan: Plan<'_>,
) -> Result<(Life, Vec<Callback>), Failure> {
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
    let life = Life { init, first, cold_cpu: cold.cpu, warm, warm_cpu, memory: end.peak_memory, changed: 0 };
    Ok((life, loopback.messaging.callbacks()))
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
    function.usage().ok_or_else(|| "this system does not say what a process has used; Linux does".into())
}

/// How many of the messages that `callbacks` answer were changed.
///
/// # Errors
/// When not each of `events` messages was answered by exactly one callback that was taken.
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
    // Callbacks come in the order of the events: there is one at a time.
    Ok(callbacks.iter().take(messages::texts().len()).enumerate().filter(differs).count())
}

/// How to start `contender` so that it trusts `authority` on top of as many roots as it would load on Lambda.
fn with_roots(contender: &Contender, authority: &Path) -> Result<Launch, Failure> {
    let mut launch = contender.launch.clone();
    if let Some((variable, roots)) = &contender.roots {
        let mut all = std::fs::read(roots)?;
        all.extend(std::fs::read(authority)?);
        // Beside the authority, where it goes when that does.
        let file = authority.with_file_name("roots.pem");
        std::fs::write(&file, all)?;
        launch.env.push(((*variable).to_owned(), file.display().to_string()));
    }
    Ok(launch)
}
