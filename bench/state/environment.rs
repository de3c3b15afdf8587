//! An execution environment: a process with its own store, which processes one delivery after another.

use std::io::{BufRead, BufReader, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chimeflow::aws::state::{Setting, StateStore};
use chimeflow_core::handler::Store;
use chimeflow_core::state::{Entry, LogAnswer, Next};

use crate::table::Table;
use crate::{Event, Failure};

/// An environment's answer to a delivery, and its times.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) requested: Instant,
    pub(crate) answered: Instant,
    /// The messages in the window, or none if there were too many to record.
    pub(crate) window: Option<Vec<Entry>>,
    /// Whether the slower rule accepts it.
    pub(crate) is_accepted: bool,
    pub(crate) updates: usize,
    /// Whether the environment's own memory answered, because the table did not in time.
    pub(crate) is_bypassed: bool,
}

/// The maximum time for an update.
const LIMIT: Duration = Duration::from_secs(1);

/// Opens the store that the environment variables specify.
pub(crate) async fn open() -> Result<StateStore, Failure> {
    let setting = Setting::from_env()?.ok_or("expected CHIMEFLOW_STATE")?;
    let store = StateStore::from_env(setting).await;
    store.connect().await;
    Ok(store)
}

/// Answers deliveries on standard input until there are no more.
pub(crate) fn run() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = open().await?;
        for line in std::io::stdin().lock().lines() {
            println!("{}", answer(&store, &line?).await?);
        }
        Ok(())
    })
}

async fn answer(store: &StateStore, line: &str) -> Result<String, Failure> {
    let mut words = line.split(' ');
    let mut word = || words.next().ok_or("expected a sender, a time and an id");
    let (sender, at, id) = (word()?.parse()?, word()?.parse()?, word()?.to_owned());
    let mut plan = Event { sender, entry: Entry { at, id } }.plan();
    let mut updates = 0;
    let answers = loop {
        let result = store.update(&plan.update(), LIMIT).await.map_err(|_| "the store is gone")?;
        updates += 1;
        if let Next::Done(answers) = plan.next(&result) {
            break answers;
        }
    };
    let window = match answers.first() {
        Some(LogAnswer::Window(window)) => {
            window.iter().map(|entry| format!("{}-{}", entry.at, entry.id)).collect::<Vec<_>>().join(",")
        }
        _ => "full".to_owned(),
    };
    let is_accepted = answers.get(1) == Some(&LogAnswer::Accepted);
    Ok(format!("{updates} {} {is_accepted} {window}", store.taken().count))
}

/// Returns the answers of `processes` environments to the deliveries. Each takes the next delivery as soon as it is idle.
pub(crate) fn deliver_all(
    table: &Table,
    processes: usize,
    events: &[Event],
    deliveries: &[usize],
) -> Result<Vec<Answer>, Failure> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, Answer)>, Failure> {
        let mut child = table.command(&["environment"])?.spawn()?;
        let mut to = child.stdin.take().ok_or("no input")?;
        let mut from = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut answers = Vec::new();
        loop {
            let delivery = next.fetch_add(1, Ordering::Relaxed);
            let Some(event) = deliveries.get(delivery).map(|event| &events[*event]) else { break };
            let requested = Instant::now();
            writeln!(to, "{} {} {}", event.sender, event.entry.at, event.entry.id)?;
            let mut line = String::new();
            from.read_line(&mut line)?;
            answers.push((delivery, Answer::parse(&line, requested).ok_or("an environment broke down")?));
        }
        drop(to);
        child.wait()?;
        Ok(answers)
    };
    let mut all = Vec::new();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..processes).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            all.extend(worker.join().map_err(|_| "a thread panicked")??);
        }
        Ok::<_, Failure>(())
    })?;
    all.sort_by_key(|(delivery, _)| *delivery);
    Ok(all.into_iter().map(|(_, answer)| answer).collect())
}

impl Answer {
    fn parse(line: &str, requested: Instant) -> Option<Self> {
        let answered = Instant::now();
        let mut words = line.trim_end().split(' ');
        let updates = words.next()?.parse().ok()?;
        let is_bypassed = words.next()? != "0";
        let is_accepted = words.next()? == "true";
        let window = words.next()?;
        let entry = |text: &str| {
            let (at, id) = text.split_once('-')?;
            Some(Entry { at: at.parse().ok()?, id: id.to_owned() })
        };
        let window =
            if window == "full" { None } else { Some(window.split(',').map(entry).collect::<Option<_>>()?) };
        Some(Self { requested, answered, window, is_accepted, updates, is_bypassed })
    }
}
