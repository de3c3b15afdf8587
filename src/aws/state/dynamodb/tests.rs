use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::state::Item;
use aws_sdk_chimesdkmessaging::config::{Credentials, Region, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::http::HttpConnectorFuture;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::*;

/// What a table does with a request.
#[derive(Clone, Copy, Debug)]
pub(in crate::aws::state) enum Does {
    Answers(u16, &'static str),
    Hangs,
    Breaks,
}

/// A table that does one thing after the other, and then the last one for ever.
#[derive(Clone, Debug)]
pub(in crate::aws::state) struct Table(Arc<(Vec<Does>, AtomicUsize)>);

impl HttpConnector for Table {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (does, calls) = &*self.0;
        let call = calls.fetch_add(1, Ordering::Relaxed);
        let headers: BTreeSet<_> = request.headers().iter().map(|(name, _)| name.to_owned()).collect();
        for header in ["authorization", "content-type", "user-agent", "x-amz-date", "x-amz-target"] {
            assert!(headers.contains(header), "{header}");
        }
        assert_eq!(request.uri(), "http://127.0.0.1:8000/");
        let does = does[call.min(does.len() - 1)];
        HttpConnectorFuture::new(async move {
            match does {
                Does::Answers(status, body) => {
                    Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body)))
                }
                Does::Hangs => std::future::pending().await,
                Does::Breaks => Err(ConnectorError::io("broken".into())),
            }
        })
    }
}

const PATIENCE_OF_TESTS: Duration = Duration::from_millis(20);

pub(in crate::aws::state) fn table(does: &[Does]) -> (Table, DynamoDb) {
    paused(does, PAUSE)
}

fn paused(does: &[Does], pause: Duration) -> (Table, DynamoDb) {
    let table = Table(Arc::new((does.to_vec(), AtomicUsize::new(0))));
    let credentials = Credentials::new("id", "secret", None, None, "test");
    let config = SdkConfig::builder()
        .region(Region::new("eu-central-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build();
    let sdk = Sdk { config, http: SharedHttpConnector::new(table.clone()) };
    let dynamodb = DynamoDb::with(
        &sdk,
        "table".to_owned(),
        Some("http://127.0.0.1:8000".to_owned()),
        PATIENCE_OF_TESTS,
        pause,
    );
    (table, dynamodb)
}

fn update() -> Update {
    Update::of("k", 1)
}

pub(in crate::aws::state) const DONE: Does = Does::Answers(200, "{}");
pub(in crate::aws::state) const DENIED: Does = Does::Answers(400, r#"{"__type":"x#AccessDeniedException"}"#);
const BUSY: Does = Does::Answers(400, r#"{"__type":"x#ThrottlingException"}"#);
const DOWN: Does = Does::Answers(503, "");

#[tokio::test]
async fn an_update_has_two_attempts_if_another_one_can_help() {
    let done = || Ok(Updated::Applied(Item::new()));
    let cases: [(&[Does], Result<Updated, Failure>, usize); 10] = [
        (&[DONE], done(), 1),
        (&[Does::Hangs, DONE], done(), 2),
        (&[Does::Breaks, DONE], done(), 2),
        (&[BUSY, DONE], done(), 2),
        (&[DOWN, DONE], done(), 2),
        (&[Does::Hangs], Err(Failure::Timeout), 2),
        (&[DOWN], Err(Failure::Failed(503)), 2),
        (&[BUSY, DOWN], Err(Failure::Failed(503)), 2),
        (&[Does::Breaks], Err(Failure::Connection), 2),
        (&[DENIED], Err(Failure::NotAllowed), 1),
    ];
    for (does, expected, calls) in cases {
        let (table, dynamodb) = table(does);
        assert_eq!(dynamodb.update(&update(), Duration::from_secs(1)).await, expected, "{does:?}");
        assert_eq!(table.0.1.load(Ordering::Relaxed), calls, "{does:?}");
    }
}

#[tokio::test]
async fn no_attempt_begins_when_the_time_is_up() {
    for (limit, calls) in [(0, 0), (5, 1), (1_000, 2)] {
        let (table, dynamodb) = table(&[Does::Hangs]);
        let ended = dynamodb.update(&update(), Duration::from_millis(limit)).await;
        assert_eq!(ended, Err(Failure::Timeout));
        assert_eq!(table.0.1.load(Ordering::Relaxed), calls, "{limit} ms");
    }
}

#[tokio::test]
async fn nobody_waits_for_a_table_that_is_down() {
    let (table, dynamodb) = table(&[Does::Hangs]);
    for _ in 0..3 {
        assert_eq!(dynamodb.update(&update(), Duration::from_secs(1)).await, Err(Failure::Timeout));
    }
    let calls = table.0.1.load(Ordering::Relaxed);
    assert_eq!(calls, 5);
    for _ in 0..1_000 {
        assert_eq!(dynamodb.update(&update(), Duration::from_secs(1)).await, Err(Failure::Timeout));
    }
    assert_eq!(table.0.1.load(Ordering::Relaxed), calls);
}

#[tokio::test]
async fn a_table_that_is_back_is_used_again() {
    let mut does = vec![Does::Breaks; 20];
    does.push(DONE);
    // Each update probes.
    let (table, dynamodb) = paused(&does, Duration::ZERO);
    let mut answered = 0;
    for _ in 0..1_000 {
        answered += usize::from(dynamodb.update(&update(), Duration::from_secs(1)).await.is_ok());
        tokio::task::yield_now().await;
    }
    assert!(answered > 900, "{answered}");
    assert!(table.0.1.load(Ordering::Relaxed) > 900);
}

#[test]
fn each_partition_has_its_endpoints() {
    let config = |fips, dual| SdkConfig::builder().use_fips(fips).use_dual_stack(dual).build();
    let cases = [
        ("eu-central-1", false, false, "https://dynamodb.eu-central-1.amazonaws.com"),
        ("us-east-1", true, false, "https://dynamodb-fips.us-east-1.amazonaws.com"),
        ("us-east-1", false, true, "https://dynamodb.us-east-1.api.aws"),
        ("cn-north-1", false, false, "https://dynamodb.cn-north-1.amazonaws.com.cn"),
    ];
    for (region, fips, dual, expected) in cases {
        assert_eq!(endpoint_of(region, &config(fips, dual)), expected);
    }
}
