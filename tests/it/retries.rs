//! How the processor reacts to each response of the service: the built binary, the real SDK, a scripted service.

use std::time::Duration;

use chimeflow::loopback::Act;

use crate::support::{CHANNEL, Stage, event};

const THROTTLED: Act =
    Act::Refuse { status: 429, code: "ThrottledClientException", message: "Rate exceeded" };
const CONFLICT: Act = Act::Refuse {
    status: 409,
    code: "ConflictException",
    message: "There was a conflict processing the request. Try your request again.",
};
const CONSUMED: Act = Act::Refuse {
    status: 403,
    code: "ForbiddenException",
    message: "You do not have sufficient access to perform this action.",
};
const NO_GRANT: Act = Act::Refuse {
    status: 403,
    code: "ForbiddenException",
    message: "User: arn:aws:sts::111122223333:assumed-role/r is not authorized to perform: chime:ChannelFlowCallback",
};
const NON_PENDING: Act = Act::Refuse {
    status: 400,
    code: "BadRequestException",
    message: "Unable to complete processing of non-pending message for callback id: X, message id: Y",
};

fn refuse(status: u16, code: &'static str) -> Act {
    Act::Refuse { status, code, message: "no" }
}

/// How an invocation must end.
enum End {
    Sent,
    Duplicate,
    Error(&'static str),
}

/// Runs an invocation with the service's `acts`, and checks how it ends, and that it made one attempt for each act.
async fn check(acts: &[Act], end: End) {
    check_within(acts, end, Duration::from_secs(10)).await;
}

async fn check_within(acts: &[Act], end: End, time: Duration) {
    let mut stage = Stage::start().await;
    let ended = stage.script(acts.iter().cloned()).invoke_within(&event("hello"), time).await;
    let record = stage.record(&ended).await;
    let attempts = stage.callbacks().len();
    match end {
        End::Sent | End::Duplicate => {
            assert!(ended.result.is_ok(), "{acts:?}: {:?}", ended.result);
            assert_eq!(record["duplicate"], matches!(end, End::Duplicate), "{acts:?}");
            assert_eq!(record["attempts"], attempts, "{acts:?}");
        }
        End::Error(name) => {
            assert_eq!(ended.result.unwrap_err().error_type, name, "{acts:?}");
            assert_eq!((&record["exception_name"], &record["level"]), (&name.into(), &"ERROR".into()));
        }
    }
    assert_eq!(attempts, acts.len(), "{acts:?}");
    let callbacks = stage.callbacks();
    assert!(callbacks.iter().all(|callback| callback.body == callbacks[0].body), "{acts:?}");
}

#[tokio::test]
async fn a_reply_that_is_taken_is_sent_once() {
    check(&[Act::Take], End::Sent).await;
}

#[tokio::test]
async fn throttling_is_waited_out() {
    check(&[THROTTLED, THROTTLED, Act::Take], End::Sent).await;
}

#[tokio::test]
async fn a_failing_service_is_tried_again() {
    check(&[refuse(500, "ServiceFailureException"), Act::Take], End::Sent).await;
    check(&[refuse(503, "ServiceUnavailableException"), Act::Take], End::Sent).await;
}

#[tokio::test]
async fn a_reply_that_was_taken_though_the_service_failed_counts_as_a_duplicate() {
    check(&[Act::TakeAndFail(503), Act::Take], End::Duplicate).await;
    check(&[Act::TakeAndFail(500), CONSUMED], End::Duplicate).await;
    check(&[Act::TakeAndFail(500), refuse(400, "BadRequestException")], End::Duplicate).await;
    check(&[Act::TakeAndFail(500), CONFLICT, CONFLICT], End::Duplicate).await;
}

#[tokio::test]
async fn a_message_that_was_answered_before_counts_as_a_duplicate() {
    check(&[NON_PENDING], End::Duplicate).await;
    check(&[CONSUMED], End::Duplicate).await;
}

#[tokio::test]
async fn a_conflict_is_tried_once_more() {
    check(&[CONFLICT, Act::Take], End::Sent).await;
    check(&[CONFLICT, CONSUMED], End::Duplicate).await;
    check(&[CONFLICT, NON_PENDING], End::Duplicate).await;
    check(&[CONFLICT, CONFLICT], End::Error("Conflict")).await;
}

#[tokio::test]
async fn a_refusal_for_good_fails_at_once() {
    check(&[refuse(401, "UnauthorizedClientException")], End::Error("BadCredentials")).await;
    check(&[refuse(403, "ExpiredTokenException")], End::Error("BadCredentials")).await;
    check(&[refuse(400, "BadRequestException")], End::Error("ReplyRefused")).await;
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let stage = Stage::start().await;
    let failed = stage.script([NO_GRANT]).invoke(&event("hello")).await.result.unwrap_err();
    assert_eq!(failed.error_type, "MissingPermission");
    assert!(failed.message.contains("chime:ChannelFlowCallback") && failed.message.contains(CHANNEL));
    assert_eq!(stage.callbacks().len(), 1);
}

/// Responses with 200 that acknowledge nothing: pages, other services, half a response.
const UNREADABLE: [&str; 13] = [
    "",
    " ",
    "<!DOCTYPE html><html><body>It works!</body></html>",
    "OK",
    "{}",
    "null",
    "[]",
    "\"c9b3f3a6-8f5e-4b0e-9f57-0f3f1d5f7c11\"",
    "{\"status\": \"healthy\"}",
    "{\"CallbackId\": 7}",
    "{\"CallbackId\": \"c9b3f3a6-8f5e-4b0e-9f57-0f3f1d5f7c11",
    "{\"CallbackId\": \"ffffffff-8f5e-4b0e-9f57-0f3f1d5f7c11\"}",
    "{\"ChannelArn\": \"arn:aws:chime:us-east-1:111122223333:app-instance/house/channel/other\"}",
];

#[tokio::test]
async fn an_answer_that_acknowledges_nothing_is_none() {
    for body in UNREADABLE {
        check(&[Act::Say(200, body), Act::Take], End::Sent).await;
    }
    check(&[Act::Say(204, ""), Act::Take], End::Sent).await;
    check(&[Act::Say(202, "<html></html>"), Act::Take], End::Sent).await;
    check(&[Act::TakeAndRespond("<html></html>"), Act::Take], End::Duplicate).await;
    check(&[Act::TakeAndRespond("{}"), CONSUMED], End::Duplicate).await;
    check(&[Act::Say(200, "<html></html>"), NO_GRANT], End::Error("MissingPermission")).await;
    // A page with another status is not a response of the service either, and proves nothing about the previous one.
    check(&[Act::Say(200, "<html></html>"), Act::Say(404, "<html></html>"), Act::Take], End::Sent).await;
    check(&[Act::Say(409, ""), Act::Say(409, ""), Act::Take], End::Sent).await;
    check(&[Act::Say(403, "<html></html>"), Act::Take], End::Sent).await;
}

#[tokio::test]
async fn an_acknowledgement_may_leave_out_half_and_say_more() {
    for body in [
        "{\"CallbackId\": \"c9b3f3a6-8f5e-4b0e-9f57-0f3f1d5f7c11\"}",
        "{\"ChannelArn\": \"arn:aws:chime:us-east-1:111122223333:app-instance/house/channel/general\"}",
        "{\"CallbackId\": \"c9b3f3a6-8f5e-4b0e-9f57-0f3f1d5f7c11\", \"ChannelArn\": null, \"SubChannelId\": \"x\", \"New\": {}}",
    ] {
        check(&[Act::TakeAndRespond(body)], End::Sent).await;
    }
}

#[tokio::test]
async fn a_lost_connection_is_tried_again() {
    check(&[Act::Close, Act::Take], End::Sent).await;
    check(&[Act::Close, CONSUMED], End::Duplicate).await;
}

#[tokio::test]
async fn a_service_that_hangs_is_tried_again() {
    check_within(&[Act::Hang, Act::Take], End::Sent, Duration::from_secs(2)).await;
}

#[tokio::test]
async fn when_the_time_is_up_the_error_says_what_took_it() {
    let short = Duration::from_millis(700);
    let cases = [
        (Act::Hang, "NoAnswer"),
        (Act::Close, "NoAnswer"),
        (Act::Say(200, "<html></html>"), "UnreadableAnswer"),
        (Act::Say(200, ""), "UnreadableAnswer"),
        (Act::Say(301, ""), "UnreadableAnswer"),
        (THROTTLED, "Throttled"),
        (refuse(503, "ServiceUnavailableException"), "ServiceFailed"),
    ];
    for (act, name) in cases {
        let stage = Stage::start().await;
        let ended = stage.script(vec![act; 50]).invoke_within(&event("hello"), short).await;
        assert_eq!(ended.result.unwrap_err().error_type, name);
        let attempts = stage.callbacks().len();
        assert!((2..20).contains(&attempts), "{name}: {attempts} attempts");
        assert!(ended.took < Duration::from_secs(5), "{name}: {:?}", ended.took);
    }
}
