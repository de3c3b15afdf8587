//! `chimeflow redrive` with a queue, Lambda and an endpoint that are emulated: a record leaves the queue only when its message is answered,
//! and whatever fails, the run reports the true state.

pub(crate) mod world;

use std::time::Duration;

use serde_json::json;

use self::world::{Endpoint, FUNCTION, World};
use crate::faults::proxy::Spoil;
use crate::support::{Folder, RULES, in_time};

/// For all requests.
const ALWAYS: usize = usize::MAX;

/// Redrives three records with local rules, of messages in three channels. Returns the exit code, everything that was printed, how many
/// records are left, and how many callbacks were made.
async fn by_rules(endpoint: Endpoint) -> (i32, String, usize, usize) {
    let world = World::new().await;
    world.state.lock().unwrap().endpoint = endpoint;
    for number in 0..3 {
        world.put(number, number, None);
    }
    let folder = Folder::new();
    let rules = folder.0.join("rules.toml");
    std::fs::write(&rules, RULES).unwrap();
    let run = world.redrive(&["--rules", rules.to_str().unwrap()]).await;
    let callbacks = world.state.lock().unwrap().callbacks;
    (run.code, format!("{}{}", run.out, run.err), world.left(), callbacks)
}

#[tokio::test]
async fn a_record_whose_message_was_answered_is_deleted() {
    let (code, said, left, callbacks) = by_rules(Endpoint::Service).await;
    assert_eq!((code, left, callbacks), (0, 0, 3), "{said}");
}

/// Without the state of the function, nothing is counted, which is printed before the first message.
#[tokio::test]
async fn rules_that_count_use_the_state_that_the_environment_names() {
    let rules = "version = 1\n[[rule]]\nid = \"flood\"\nfind = { rate = { max = 1, within = \"10m\" } }\ndo = \"deny\"\non-error = \"pass\"\n";
    for (state, says) in
        [(None, "3 answered (3 unchanged)"), (Some("memory"), "3 answered (2 denied, 1 unchanged)")]
    {
        let world = World::new().await;
        // From the last minutes, because memory drops what no message counts any more.
        for number in 55..58 {
            world.put(number, 0, None);
        }
        let folder = Folder::new();
        let path = folder.0.join("rules.toml");
        std::fs::write(&path, rules).unwrap();
        let mut command = world.command(&["--rules", path.to_str().unwrap()]);
        command.envs(state.map(|state| ("CHIMEFLOW_STATE", state)));
        let output = in_time(command.output()).await.unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(out.contains(says), "{state:?}: {out}{err}");
        let is_told =
            err.contains("warning: without CHIMEFLOW_STATE, no rule that counts can judge a message");
        assert_eq!(is_told, state.is_none(), "{err}");
    }
}

#[tokio::test]
async fn what_nobody_answered_is_kept_and_the_reason_is_told() {
    let endpoints = [
        Endpoint::Page(200),
        Endpoint::Page(202),
        Endpoint::Page(302),
        Endpoint::Page(404),
        Endpoint::Says(200, ""),
        Endpoint::Says(200, "{}"),
        Endpoint::Says(200, r#"{"status": "ok"}"#),
        Endpoint::Says(403, r#"{"message": "Forbidden"}"#),
        Endpoint::Says(403, r#"{"Code": "Forbidden", "Message": "Forbidden"}"#),
    ];
    let all = endpoints.map(|endpoint| tokio::spawn(by_rules(endpoint)));
    for (endpoint, ran) in endpoints.iter().zip(all) {
        let (code, said, left, callbacks) = ran.await.unwrap();
        assert_eq!((code, left), (1, 3), "{endpoint:?}: {said}");
        assert!(callbacks > 3, "{endpoint:?}: it is tried again: {callbacks}");
        for says in ["UnreadableAnswer", "the response is not from Chime SDK messaging"] {
            assert!(said.contains(says), "{endpoint:?}: no {says:?} in: {said}");
        }
    }
}

#[tokio::test]
async fn a_queue_is_empty_only_if_nobody_holds_a_record() {
    let world = World::with_six().await;
    world.state.lock().unwrap().records.values_mut().for_each(|record| record.held = true);
    let held = world.redrive(&[]).await;
    held.ends(1, &["nothing was received", "others hold 6 records"]);
    assert!(!held.out.contains("empty"), "{held:?}");
    assert_eq!(world.redrive(&["--json", "--dry-run"]).await.summary()["held_by_others"], 6);

    world.spoil("GetQueueAttributes", Spoil::Refused, ALWAYS);
    let unknown = world.redrive(&[]).await;
    unknown.ends(1, &["nothing was received", "grant sqs:GetQueueAttributes"]);
    assert!(!unknown.out.contains("empty"), "{unknown:?}");

    let empty = World::new().await;
    empty.redrive(&[]).await.ends(0, &["the queue is empty"]);
}

#[tokio::test]
async fn a_record_of_a_function_that_cannot_answer_stops_only_that_functions_records() {
    for (odd, error, says) in [
        (None, "NoFunction", "use --function NAME:ALIAS"),
        (Some("gone:live"), "ResourceNotFoundException", "stopped for gone:live:"),
        (Some("other:live"), "NotChimeflow", "is it Chimeflow's processor?"),
    ] {
        let world = World::with_six().await;
        // The oldest of all, and another in the same channel.
        world.put(-2, 7, odd);
        world.put(-1, 8, odd);
        world.put(9, 7, Some(FUNCTION));
        let run = world.redrive(&[]).await;
        run.ends(1, &[error, says, "6 answered (6 unchanged)", "1 waiting"]);
        assert_eq!((world.left(), world.answered().len()), (3, 6), "{odd:?}: {run:?}");
        assert!(world.state.lock().unwrap().records.values().all(|record| !record.held));
        world.redrive(&["--function", FUNCTION]).await.ends(0, &["3 answered"]);
    }
}

#[tokio::test]
async fn after_a_failure_the_later_messages_of_the_channel_wait() {
    let world = World::with_six().await;
    world.put(6, 0, Some(FUNCTION));
    world.state.lock().unwrap().broken.insert("m3");
    let run = world.redrive(&["--json"]).await;
    run.ends(1, &[]);
    assert_eq!(run.summary()["counts"], json!({ "answered": 5, "failed": 1, "waiting": 1 }));
    assert!(!world.answered().contains(&"m6".to_owned()));
    world.redrive(&[]).await.ends(1, &["1 failed (1 Boom), 1 waiting", "--out-of-order does not wait"]);
    world.redrive(&["--out-of-order"]).await.ends(1, &["1 answered (1 unchanged), 1 failed (1 Boom)"]);
    world.state.lock().unwrap().broken.clear();
    world.redrive(&[]).await.ends(0, &["1 answered"]);
}

#[tokio::test]
async fn what_others_hold_is_waited_for_so_that_no_message_overtakes_another() {
    let world = World::with_six().await;
    let hold = |held| world.state.lock().unwrap().records.get_mut("r0").unwrap().held = held;
    hold(true);
    // It is not known to be an earlier message of a channel.
    world.redrive(&["--limit", "1", "--out-of-order"]).await.ends(1, &["others hold 1 records"]);
    let (run, ()) = tokio::join!(world.redrive(&[]), async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        hold(false);
    });
    run.ends(0, &["5 answered", "others hold 1 records, and earlier messages may be among them"]);
    let answered = world.answered();
    let place = |message: &str| answered.iter().position(|it| it == message);
    assert!(place("m0") < place("m3"), "{answered:?}");
}

#[tokio::test]
async fn what_cannot_be_let_go_is_told_by_a_dry_run_too() {
    let world = World::with_six().await;
    world.spoil("ChangeMessageVisibilityBatch", Spoil::Refused, ALWAYS);
    let run = world.redrive(&["--dry-run"]).await;
    run.ends(
        1,
        &[
            "6 can be answered",
            "6 records could not be let go",
            "not authorized to perform: x:ChangeMessageVisibilityBatch",
        ],
    );
    let next = world.redrive(&["--dry-run"]).await;
    next.ends(1, &["others hold 6 records"]);
}

#[tokio::test]
async fn work_that_is_left_is_no_success() {
    let world = World::with_six().await;
    world.redrive(&["--dry-run"]).await.ends(1, &["6 can be answered"]);
    world.redrive(&["--older-than", "57m"]).await.ends(1, &["4 answered (4 unchanged), 2 young"]);
    world
        .redrive(&["--limit", "1"])
        .await
        .ends(1, &["there may be more in the queue, and earlier messages too"]);
    world.redrive(&[]).await.ends(0, &["1 answered"]);
}

#[tokio::test]
async fn after_a_delete_that_failed_no_more_are_tried_and_the_next_run_deletes_them() {
    let world = World::with_six().await;
    world.spoil("DeleteMessage", Spoil::Refused, ALWAYS);
    let run = world.redrive(&[]).await;
    run.ends(
        2,
        &[
            "stopped: records cannot be deleted",
            "6 records of answered messages are left",
            "DeleteMessage was refused",
        ],
    );
    let deletes = world.proxy.seen().into_iter().filter(|operation| operation == "DeleteMessage");
    assert_eq!((world.left(), deletes.count()), (6, 1));
    world.proxy.spoil(Vec::new());
    world.redrive(&[]).await.ends(0, &["already decided"]);
    assert_eq!((world.left(), world.answered().len()), (0, 6));
}

#[tokio::test]
async fn a_program_reads_why_the_run_failed() {
    let world = World::with_six().await;
    world.spoil("ReceiveMessage", Spoil::Refused, ALWAYS);
    let run = world.redrive(&["--json"]).await;
    run.ends(2, &[]);
    let error = run.summary()["error"].as_str().unwrap().to_owned();
    assert!(error.starts_with("ReceiveMessage was refused: "), "{error}");
    for said in [&run.out, &run.err] {
        let is_clean = said.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}');
        assert!(is_clean, "{said:?}");
    }
    world.spoil("ReceiveMessage", Spoil::Page(403), ALWAYS);
    world.redrive(&[]).await.ends(2, &["HTTP 403, the body is text/html, 22 bytes"]);
}

#[tokio::test]
async fn a_run_whose_output_nobody_reads_does_its_work() {
    for arguments in [&[][..], &["--json"]] {
        let world = World::with_six().await;
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = in_time(world.command(arguments).stdout(writer).status()).await.unwrap();
        assert_eq!((status.code(), world.left(), world.answered().len()), (Some(0), 0, 6), "{arguments:?}");
    }
}

#[tokio::test]
async fn a_long_wait_is_told() {
    let world = World::with_six().await;
    world.spoil("Invoke", Spoil::Slow(Duration::from_secs(6)), 3);
    let run = world.redrive(&["--json"]).await;
    run.ends(0, &[]);
    let line = "waiting for Invoke: no response for 5 s; the timeout is 60 s\n";
    assert_eq!(run.err, line);
}
