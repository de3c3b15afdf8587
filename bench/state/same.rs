//! Compares the table with the memory of the core: the same updates must have the same results.

use std::time::Duration;

use chimeflow_core::handler::Store;
use chimeflow_core::state::{Guard, Memory, Update};

use crate::events::Random;
use crate::{Failure, environment};

const UPDATES: i64 = 3_000;

/// The maximum time for an update.
const LIMIT: Duration = Duration::from_secs(1);

pub(crate) fn run() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = environment::open().await?;
        let (mut random, mut memory, mut refused) = (Random(47), Memory::default(), 0);
        for number in 0..UPDATES {
            let update = update(&mut random);
            let in_memory = memory.update(&update, 0);
            let in_table = store.update(&update, LIMIT).await;
            if store.taken().count > 0 {
                return Err("the table did not answer in time: try again on a machine that does less".into());
            }
            if in_table.as_ref() != Ok(&in_memory) {
                let of = format!("{update:?}\nin memory {in_memory:?}\nin the table {in_table:?}");
                return Err(format!("update {number} differs: {of}").into());
            }
            refused += usize::from(matches!(in_memory, chimeflow_core::state::Updated::Refused(_)));
        }
        println!(
            "{UPDATES} updates have the same results in the table and in memory; {refused} were refused"
        );
        Ok(())
    })
}

fn update(random: &mut Random) -> Update {
    // Names and members with characters that may break an expression or JSON.
    const NAMES: [&str; 8] = ["flood/10s.1a", "a b", "size", "#n0", "e.e", "q\"uote", "1", "x[0].y"];
    let mut of = |limit| usize::try_from(random.below(limit)).unwrap_or(0);
    let mut names = NAMES.to_vec();
    let mut name = |at: usize| names.remove(at % names.len()).to_owned();
    let (first, second) = (name(of(8)), name(of(8)));
    let member = ["m", ":v0", "\\", "0000-x"][of(4)].to_owned();
    let guard = match of(3) {
        0 => Guard::Fewer { attribute: first.clone(), than: 1 + of(4), member: member.clone() },
        1 => {
            Guard::Same { sizes: vec![(first.clone(), of(3)), (name(of(8)), of(2))], member: member.clone() }
        }
        _ => Guard::Fewer { attribute: name(of(8)), than: 1 + of(4), member: "m".to_owned() },
    };
    if of(6) == 0 {
        let deletes = vec![(first, member)];
        return Update { deletes, ..Update::of(&format!("same#{}", of(6)), 4_000_000_000) };
    }
    Update {
        key: format!("same#{}", of(6)),
        expires: 4_000_000_000,
        adds: vec![(first, member), (second, format!("{}", of(5)))],
        removes: (0..of(3)).map(|at| name(at + 3)).collect(),
        deletes: Vec::new(),
        guards: if of(8) == 0 { Vec::new() } else { vec![guard] },
    }
}
