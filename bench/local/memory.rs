//! Checks that the service's memory does not grow with the number of messages that pass through it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::Failure;
use crate::alone;
use crate::load::{LoadResult, Pace, moderated_chat, under_load};
use crate::service::Service;

/// The number of times that the memory is measured.
const SAMPLES: usize = 20;

pub(crate) fn run(messages: u64) -> Result<(), Failure> {
    let service = Service::start()?;
    let most = usize::try_from(messages)?;
    println!("{:>9}  the service's resident memory", "messages");
    let (result, samples) = alone(async {
        let chat = moderated_chat(service.address).await?;
        let sent = Arc::new(AtomicUsize::new(0));
        let counts = sent.clone();
        let load = under_load(&service, &chat, Pace::Flat, move |number| {
            counts.fetch_max(number, Ordering::Relaxed);
            number < most
        });
        tokio::pin!(load);
        let mut look = tokio::time::interval(Duration::from_millis(50));
        let mut samples = Vec::new();
        loop {
            tokio::select! {
                result = &mut load => return Ok::<(LoadResult, Vec<u64>), Failure>((result?, samples)),
                _ = look.tick() => {
                    let sent = sent.load(Ordering::Relaxed);
                    if sent * SAMPLES >= most * samples.len() {
                        let resident = service.usage()?.resident;
                        println!("{sent:>9}  {:.1} MiB", crate::load::kib(resident) / 1024.0);
                        samples.push(resident);
                    }
                }
            }
        }
    })?;
    let is_complete = result.received.iter().all(|received| received.once_and_more() == (result.sent, 0));
    println!(
        "{:>9}  {:.1} MiB; every message was heard once: {is_complete}",
        result.sent,
        crate::load::kib(service.usage()?.resident) / 1024.0
    );
    // The records that the service keeps reach their maximum after 10,000 messages: the first tenth does not count.
    let (early, late) = (samples.get(SAMPLES / 10), samples.last());
    if let (Some(early), Some(late)) = (early, late) {
        println!(
            "grew by {:.1} KiB over the last nine tenths",
            crate::load::kib(late.saturating_sub(*early))
        );
    }
    if is_complete { Ok(()) } else { Err("not every listener heard every message once".into()) }
}
