//! `chimeflow redrive`: replies to messages on which the function failed.
//!
//! ```text
//!  queue ──receive, hold──> record ──read──> Failed ──too old? duplicate?──> one list a channel, oldest first
//!    ▲                        │ unreadable                                      │
//!    └──release───────────────┴──────────not answered─────────── Judge: the function itself, or rules here
//!                                                                               │ answered now or before
//!    delete <───────────────────────────────────────────────────────────────────┘
//! ```
//!
//! Records that others hold are waited for as long as an interrupted run may have held them, because SQS does not say whether earlier
//! messages of a channel are among them.
//!
//! A failure stops only what it affects: the later messages of its channel, which must not overtake it; all events of its function, if the
//! function is missing or is not Chimeflow's; or the run.
//!
//! A record leaves the queue only once its message certainly has a reply. The service accepts one callback for a message, and the processor
//! recognizes the rejection of a second one. Therefore an early end, by a signal or a power failure, loses nothing: if a message has a
//! reply but its record was not deleted, the next run finds that out.
//!
//! The function is invoked synchronously: rules, permissions and the log are those of the function. Lambda does not retry a synchronous
//! invocation, and does not put the event back into the queue.

mod judge;
mod queue;
mod record;
mod report;
mod sorted;
mod stop;
mod work;

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep};

use self::judge::Judge;
use self::queue::{Address, Counts, Queue, ReceivedRecord};
use self::report::Report;
use self::sorted::SortedRecords;
use self::stop::Stop;
use crate::cli::Exit;
use crate::cli::aws::{Aws, Refusal};
use crate::cli::flow::{Function, function};
use crate::cli::output::errln;
use crate::detect::Detectors;

/// Answer messages that the function failed on: events in its on-failure queue
///
/// Shows why they failed, then invokes the function again for each event, and deletes it from the queue once its message is answered.
/// Nothing is answered twice, and an interrupted run loses nothing. The service accepts answers for 48 hours; older events stay in the
/// queue unless --drop-expired says otherwise.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag on the command line")]
pub(crate) struct Args {
    /// The URL of the queue
    #[arg(long, value_name = "URL", value_parser = Address::parse)]
    queue: Address,

    /// The function that answers; without it, the one that each record names
    #[arg(long, value_name = "FUNCTION", value_parser = function)]
    function: Option<Function>,

    /// Judge with this rules file on this machine, and answer with your own credentials, instead of invoking the function
    #[arg(long, value_name = "FILE", conflicts_with = "function")]
    rules: Option<PathBuf>,

    /// With --rules, the bot whose messages pass unchanged: the value that the function has in this variable
    #[arg(long, value_name = "ARN", env = "CHIMEFLOW_BOT_ARN", hide_env_values = true)]
    bot: Option<String>,

    /// Take this many records at most
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,

    /// Skip messages that are younger, such as `10m`
    #[arg(long, value_name = "TIME", value_parser = crate::local::duration::parse)]
    older_than: Option<Duration>,

    /// Answer later messages of a channel even if an earlier one could not be answered, or may be held by others
    #[arg(long)]
    out_of_order: bool,

    /// Delete records of messages that nobody can answer any more
    #[arg(long)]
    drop_expired: bool,

    /// Show what is there, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Print one JSON object for each record, then a summary
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

const EXAMPLES: &str = "\
Examples:
  chimeflow redrive --queue FAILED_EVENTS_URL --dry-run          why events failed
  chimeflow redrive --queue FAILED_EVENTS_URL                    answer them, after fixing the cause
  chimeflow redrive --queue FAILED_EVENTS_URL --function chimeflow:live

It needs sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes
on the queue, and lambda:InvokeFunction on the function; with --rules, chime:ChannelFlowCallback on
the channels.

Exit codes: 0 nothing is left in the queue, 1 something is or may be, after a dry run as well, 2 usage,
or AWS refused.";

/// How long to wait for records that others hold: SQS makes those of an interrupted run visible after half a minute.
const MAX_WAIT: Duration = Duration::from_secs(35);
/// How long to wait before the next request to SQS.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(redrive(args, detectors))
}

async fn redrive(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let region = region(args).await?;
    let judge = Judge::new(args, detectors, &region).await?;
    let queue = Queue::open(&args.queue, &args.aws, &region).await;
    let stop = Stop::on_signals();
    let mut report = Report::new(args.json, args.dry_run);

    let done = drain(args, &queue, judge, &stop, &mut report).await;
    // Whatever the result, the next run can receive unanswered records immediately.
    let stuck = queue.release_all().await.err();
    let reasons = stop.reasons().clone();
    report.end(&reasons, stuck.as_ref(), done.as_ref().err());
    done?;
    Ok(Exit::fine_if(report.is_fine()))
}

/// Receives the records in the queue, and has their messages answered.
async fn drain(
    args: &Args,
    queue: &Queue,
    judge: Judge,
    stop: &Stop,
    report: &mut Report,
) -> Result<(), Refusal> {
    let mut received = queue.receive(args.limit, stop).await?;
    // An empty answer does not prove that the queue is empty.
    let mut others = queue.count().await.unwrap_or_default().except(received.len());
    if !args.dry_run && !args.out_of_order && !received.is_empty() {
        others = wait_for_others(args, queue, stop, &mut received, others).await?;
    }
    let full = received.len() >= args.limit as usize;
    let sorted = SortedRecords::of(received, Timestamp::now(), args.older_than);
    report.begin(&sorted, full, others);
    if !args.dry_run {
        work::carry_out(sorted, queue, judge, args, stop, report).await?;
    }
    Ok(())
}

/// Receives the records that others hold as soon as they become visible, because earlier messages of the channels may be among them. The
/// records of an interrupted run become visible within half a minute; those of another active run are not waited for any longer. Returns
/// the counts of the remaining records.
async fn wait_for_others(
    args: &Args,
    queue: &Queue,
    stop: &Stop,
    received: &mut Vec<ReceivedRecord>,
    mut others: Counts,
) -> Result<Counts, Refusal> {
    let until = Instant::now() + MAX_WAIT;
    let mut is_told = false;
    while let Some(held @ 1..) = others.held {
        let room = args.limit.saturating_sub(u32::try_from(received.len()).unwrap_or(u32::MAX));
        if room == 0 || stop.is_asked() || Instant::now() >= until {
            break;
        }
        if !is_told {
            errln!("others hold {held} records, and earlier messages may be among them:");
            errln!("waiting for them, {} s at most; --out-of-order does not wait", MAX_WAIT.as_secs());
            is_told = true;
        }
        sleep(POLL_INTERVAL).await;
        received.extend(queue.receive(room, stop).await?);
        others = queue.count().await.unwrap_or_default().except(received.len());
    }
    Ok(others)
}

/// Returns the Region of the queue.
async fn region(args: &Args) -> anyhow::Result<String> {
    if let (None, Some(region)) = (&args.aws.region, &args.queue.region) {
        return Ok(region.clone());
    }
    let region = args.aws.region_or_default().await;
    // A queue on this machine accepts any Region.
    let region = region.or_else(|| args.queue.endpoint.as_ref().map(|_| "us-east-1".to_owned()));
    region.ok_or_else(|| anyhow::anyhow!("the URL does not name a Region: use --region, or set AWS_REGION"))
}
