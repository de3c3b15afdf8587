//! The messages, and the order in which they are delivered.

use chimeflow_core::state::{Entry, Log, LogRequest, Plan, Recording};

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// Its sender, by number.
    pub(crate) sender: usize,
    pub(crate) entry: Entry,
}

/// A rule: more than eight messages of a sender in ten seconds.
pub(crate) const FLOOD: usize = 8;
pub(crate) const FLOOD_WITHIN: i64 = 10_000;

/// Another rule, for every other sender: one delivered message in three seconds.
pub(crate) const SLOW: usize = 1;
pub(crate) const SLOW_WITHIN: i64 = 3_000;

const START: i64 = 1_790_000_000_000;
const SENDERS: usize = 400;

/// When items expire, in seconds since 1970.
const EXPIRES: i64 = START / 1000 + 10 * 86_400;

/// The number of senders who flood.
const FLOODERS: usize = 12;

impl Event {
    /// Returns whether both rules apply to its sender.
    pub(crate) fn is_slowed(&self) -> bool {
        self.sender % 2 == 1
    }

    /// Returns the requests that record it for its rules.
    pub(crate) fn plan(&self) -> Plan {
        Plan::new(format!("s#{}", self.sender), EXPIRES, self.requests())
    }

    fn requests(&self) -> Vec<LogRequest> {
        let request = |log, recording| LogRequest { log, recording, entry: self.entry.clone() };
        let flood = Log::of_all("flood/10s".to_owned(), FLOOD_WITHIN);
        let mut requests = vec![request(flood, Recording::Every { max: FLOOD })];
        if self.is_slowed() {
            let slow = Log::of_accepted("slow/3s".to_owned(), SLOW_WITHIN);
            requests.push(request(slow, Recording::Accepted { max: SLOW }));
        }
        requests
    }
}

/// Makes `number` events, by their times.
pub(crate) fn make(number: usize) -> Vec<Event> {
    let mut random = Random(41);
    let mut next: Vec<i64> = (0..SENDERS).map(|_| START + random.below(20_000)).collect();
    let mut bursts = vec![0_i64; SENDERS];
    let mut events = Vec::with_capacity(number);
    while events.len() < number {
        let sender = (0..SENDERS).min_by_key(|sender| next[*sender]).unwrap_or_default();
        let id = format!("{:05x}", events.len());
        events.push(Event { sender, entry: Entry { at: next[sender], id } });
        let floods = sender < FLOODERS;
        if bursts[sender] == 0 && random.below(if floods { 10 } else { 40 }) == 0 {
            bursts[sender] = 3 + random.below(if floods { 600 } else { 12 });
        }
        next[sender] += if bursts[sender] > 0 {
            bursts[sender] -= 1;
            random.below(if floods { 100 } else { 1_500 })
        } else {
            random.below(20_000)
        };
    }
    events.sort_by(|one, other| one.entry.cmp(&other.entry));
    events
}

/// Returns the events by their numbers in the order of their deliveries: each one to three times, within two seconds of when it was sent,
/// and again within a minute.
pub(crate) fn deliver(events: &[Event]) -> Vec<usize> {
    let mut random = Random(43);
    let mut deliveries = Vec::new();
    for (number, event) in events.iter().enumerate() {
        deliveries.push((event.entry.at + random.below(2_000), number));
        for _ in 0..(random.below(10) - 5).clamp(0, 2) {
            deliveries.push((event.entry.at + random.below(60_000), number));
        }
    }
    deliveries.sort_unstable();
    deliveries.into_iter().map(|(_, number)| number).collect()
}

/// A generator with a fixed seed: xorshift64*.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: i64) -> i64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        i64::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap_or(0) % limit
    }
}
