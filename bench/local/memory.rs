//! Whether the service's memory stays flat however many messages pass through it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::Failure;
use crate::alone;
use crate::load::{Measured, Pace, moderated_chat, under_load};
use crate::service::Service;

/// How many times the memory is looked at.
const SAMPLES: usize = 20;

pub(crate) fn run(messages: u64) -> Result<(), Failure> {
    let service = Service::start()?;
    let most = usize::try_from(messages)?;
    println!("{:>9}  the service's resident memory", "messages");
    let (came, samples) = alone(async {
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
                came = &mut load => return Ok::<(Measured, Vec<u64>), Failure>((came?, samples)),
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
    let whole = came.heard.iter().all(|heard| heard.once_and_more() == (came.sent, 0));
    println!(
        "{:>9}  {:.1} MiB; every message was heard once: {whole}",
        came.sent,
        crate::load::kib(service.usage()?.resident) / 1024.0
    );
    // What is kept for whoever asks is full after 10,000 messages: the first tenth does not count.
    let (early, late) = (samples.get(SAMPLES / 10), samples.last());
    if let (Some(early), Some(late)) = (early, late) {
        println!(
            "grew by {:.1} KiB over the last nine tenths",
            crate::load::kib(late.saturating_sub(*early))
        );
    }
    if whole { Ok(()) } else { Err("not every listener heard every message once".into()) }
}
