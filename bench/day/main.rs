//! A day in production, in a few minutes: the real function behind emulated AWS, with everything that goes wrong in a year.
//!
//! ```text
//! tests/clients/run test_day
//! ```
//!
//! builds the function, takes the alarms from the template, makes its table in an emulator of DynamoDB, and runs this with them.
//!
//! ```text
//!  People ──messages──> LocalChime ──invokes──> Lambda: versions, environments ──events──> processor (processes)
//!    ▲                      ▲  │ on-failure records                                          │   │      ▲
//!    └──what became of them─┘  │        └──────────┐              callbacks, as on AWS ──────┘   │      │ rules
//!                              └─one-shot, faults  ▼                                             ▼   Extension
//!                                               CloudWatch <──what Lambda counts, what the function prints (EMF)
//!                                                   └──> Alarms of template.yaml ──> CodeDeploy: back to the version before
//! ```
//!
//! The clock is the local service's: a minute of the day passes when every message of it was answered or its attempt has failed. What
//! the function measures itself, such as how old its rules are, uses the real clock. The day follows [`story`]; at its
//! end every message must have exactly one accepted decision or be in the on-failure queue, and every alarm must have gone off
//! when the story says, and at no other time. Exits with 1 when that is not so.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "this is a program that measures")]

mod alarms;
#[path = "../client.rs"]
mod client;
mod cloudwatch;
mod extension;
mod lambda;
mod people;
mod rooms;
mod story;
mod table;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chimeflow::local::{Endpoint, LocalChime, Options, Runner};

use self::alarms::Alarms;
use self::cloudwatch::CloudWatch;
use self::extension::Extension;
use self::lambda::Lambda;
use self::people::People;
use self::story::{MINUTES, Stage};
use self::table::Table;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A minute of the day.
const MINUTE: Duration = Duration::from_mins(1);
/// How many minutes the day continues after the last message: both of Lambda's retries are over by then.
const AFTERWARDS: u32 = 15;

#[tokio::main]
async fn main() -> Result<std::process::ExitCode, Failure> {
    let Args { messages, processor, alarms, table } =
        Args::read(std::env::args().skip(1).filter(|arg| arg != "--bench"))?;
    let began = Instant::now();
    let cloudwatch = Arc::new(CloudWatch::default());
    let mut alarms = Alarms::read(&std::fs::read_to_string(&alarms)?)?;
    let extension = Extension::start().await?;
    let lambda = Lambda::start(processor, cloudwatch.clone()).await?;
    let functions = Runner::Endpoint(Endpoint::parse(&lambda.endpoint())?);
    let chime = LocalChime::with(Options { functions, ..Options::default() }).await?;
    let table = Table::before(table).await?;
    lambda.deploy([extension.environment(&chime), table.environment()].concat());
    let people = People::gather(chime.address()).await?;
    let stage =
        Stage { chime: &chime, people: &people, lambda: &lambda, extension: &extension, table: &table };
    let mut dropped = 0;
    for minute in 0..MINUTES + AFTERWARDS {
        stage.act(minute).await?;
        lambda.minute(minute);
        people.talk(story::messages_in(minute, messages), &lambda).await?;
        lambda.quiet().await?;
        cloudwatch.count_dropped(people.failed_since(&mut dropped).await?.len());
        cloudwatch.queue_holds(dropped);
        alarms.look(minute, &cloudwatch.minute_over());
        stage.react(minute, &alarms);
        chime.advance(MINUTE);
    }
    let kept = people.kept_events().await?;
    let fine = people.account(&kept, &cloudwatch) & alarms.account(&story::expected());
    println!("{messages} messages, {} minutes in {:.0} s", MINUTES, began.elapsed().as_secs_f64());
    Ok(if fine { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE })
}

/// The arguments of the program.
struct Args {
    messages: u32,
    processor: PathBuf,
    alarms: PathBuf,
    table: SocketAddr,
}

impl Args {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let (mut messages, mut processor, mut alarms, mut table) = (100_000, None, None, None);
        while let Some(name) = args.next() {
            let value = args.next().ok_or_else(|| format!("{name}: expected a value"))?;
            match &*name {
                "--messages" => messages = value.parse()?,
                "--processor" => processor = Some(PathBuf::from(value)),
                "--alarms" => alarms = Some(PathBuf::from(value)),
                "--table" => table = Some(value.parse()?),
                _ => {
                    let known = "--messages, --processor, --alarms or --table";
                    return Err(format!("{name}: expected {known}").into());
                }
            }
        }
        let path = |path: Option<PathBuf>, name| path.ok_or_else(|| format!("expected {name} FILE"));
        let table = table.ok_or("expected --table ADDRESS, where DynamoDB is")?;
        let (processor, alarms) = (path(processor, "--processor")?, path(alarms, "--alarms")?);
        Ok(Self { messages, processor, alarms, table })
    }
}
