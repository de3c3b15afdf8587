//! What web pages may do: those of this machine may do what other clients may, those of other sites nothing.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chimeflow::local::{Endpoint, LocalChime, Options, Origin, Runner};
use chimeflow::loopback::Loopback;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::client::Client;

const EVIL: &str = "https://evil.example";

/// Returns a request of each kind that the service answers: to read, to change, to invoke, and to keep a connection open.
const REQUESTS: [(&str, &str, &str); 22] = [
    ("GET", "/", ""),
    ("GET", "/_local/health", ""),
    ("GET", "/_local/state", ""),
    ("GET", "/_local/events", ""),
    ("POST", "/_local/reset", ""),
    ("PUT", "/_local/state", "{}"),
    ("POST", "/_local/clock", r#"{"advance": "48h"}"#),
    ("POST", "/_local/faults", r#"{"fault": "failure", "times": 0}"#),
    ("DELETE", "/_local/faults", ""),
    ("POST", "/_local/creds", r#"{"user": "eve"}"#),
    ("POST", "/_local/messages/m/pass", ""),
    ("GET", "/_local/nothing", ""),
    ("POST", "/app-instances", r#"{"Name": "evil", "ClientRequestToken": "t"}"#),
    ("GET", "/app-instances", ""),
    ("GET", "/nothing", ""),
    ("POST", "/2015-03-31/functions/f/invocations", "{}"),
    ("POST", "/2015-03-31/functions/f/policy", r#"{"StatementId": "s", "Action": "a", "Principal": "p"}"#),
    ("GET", "/2015-03-31/functions/f", ""),
    ("GET", "/2019-09-25/functions/f/event-invoke-config", ""),
    ("DELETE", "/2015-03-31/functions/f", ""),
    ("GET", "/connect?sessionId=s&userArn=arn", ""),
    ("PATCH", "/_local/reset", ""),
];

/// Returns the headers that browsers always send for a page of another site, or of a name that was made to resolve to this machine.
const FOREIGN: [&str; 9] = [
    "host: evil.example",
    "host: evil.example:8200\r\norigin: http://evil.example:8200\r\nsec-fetch-site: same-origin",
    "host: localhost\r\norigin: https://evil.example",
    "host: localhost\r\norigin: null",
    "host: localhost\r\norigin: http://localhost.evil.example:3000",
    "host: localhost\r\nsec-fetch-site: cross-site",
    "host: localhost\r\nsec-fetch-site: same-site\r\nreferer: http://evil.localhost.example/",
    "host: localhost\r\nhost: evil.example",
    "x-host: none",
];

/// Returns the whole response to a request with these headers, or the beginning of it for a session.
async fn asked(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the service listens");
    let length = body.len();
    let connection = if path.starts_with("/connect") {
        "connection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="
    } else {
        // The type of a form: a page sends that without a preflight request.
        "connection: close\r\ncontent-type: text/plain"
    };
    let head =
        format!("{method} {path} HTTP/1.1\r\n{headers}\r\n{connection}\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all((head + body).as_bytes()).await.expect("it is sent");
    // A session ends with a goodbye, as nobody is called what it says.
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    read.expect("the connection ends").expect("it is read");
    String::from_utf8_lossy(&answer).to_lowercase()
}

fn status(answer: &str) -> u16 {
    answer.strip_prefix("http/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).expect("a status")
}

/// Returns whether a request was refused because of its origin, with a message that states this.
fn is_refused(answer: &str) -> bool {
    let says = ["not accepted", "this service is not", "a page of another site", "expected one host header"];
    let is = says.iter().any(|why| answer.contains(why));
    let forbids = answer.contains("x-amzn-errortype: forbiddenexception") && status(answer) == 403;
    let is_wrong = answer.contains("x-amzn-errortype: badrequestexception") && status(answer) == 400;
    assert!(!is || forbids || is_wrong, "{answer}");
    is
}

/// A server of the Invoke API, and the number of connections to it.
async fn function() -> (Runner, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
        }
    });
    (Runner::Endpoint(Endpoint::parse(&endpoint).expect("an endpoint")), count)
}

#[tokio::test]
async fn nothing_is_done_for_pages_of_other_sites() {
    let (functions, runs) = function().await;
    let chime = LocalChime::with(Options { functions, ..Options::default() }).await.expect("it starts");
    let client = Client::new(chime.address());
    client.chat().await;
    let (health, state) = known(&client).await;
    for (method, path, body) in REQUESTS {
        for headers in FOREIGN {
            let answer = asked(chime.address(), method, path, headers, body).await;
            assert!(is_refused(&answer), "{method} {path} {headers}: {answer}");
            assert!(!answer.contains("access-control-"), "{method} {path} {headers}: {answer}");
        }
    }
    assert_eq!((health, state), known(&client).await);
    assert_eq!(runs.load(Ordering::Relaxed), 0, "the function did not run");
    let policy = client.get("GET", "/2015-03-31/functions/f/policy", "", Value::Null).await;
    assert_eq!(policy["Policy"].as_str().expect("a policy").matches("Sid").count(), 1, "{policy}");
    // A connection would have been noticed.
    asked(chime.address(), "POST", "/2015-03-31/functions/f/invocations", "host: localhost", "{}").await;
    assert_eq!(runs.load(Ordering::Relaxed), 1);
}

/// Returns the health and the whole state of the service, except the time.
async fn known(client: &Client) -> (Value, Value) {
    let mut health = client.get("GET", "/_local/health", "", Value::Null).await;
    let mut state = client.get("GET", "/_local/state", "", Value::Null).await;
    for value in [&mut health, &mut state] {
        value.as_object_mut().expect("an object").remove("now");
    }
    (health, state)
}

#[tokio::test]
async fn clients_of_this_machine_are_let_in_everywhere() {
    for (method, path, body) in REQUESTS {
        let chime = LocalChime::start().await.expect("it starts");
        for (headers, origin) in [
            ("host: localhost", ""),
            ("host: 127.0.0.1:8200", ""),
            ("host: [::1]:8200\r\nsec-fetch-mode: cors", ""),
            ("host: LOCALHOST.:1", ""),
            ("host: 127.0.0.1:8200\r\nsec-fetch-site: same-origin", ""),
            ("host: 127.0.0.1:8200\r\nsec-fetch-site: none\r\nsec-fetch-mode: navigate", ""),
            ("host: 127.0.0.1:8200\r\nsec-fetch-site: cross-site", "http://localhost:3000"),
            ("host: localhost:8200\r\nsec-fetch-site: same-site", "http://localhost:3000"),
            ("host: localhost:8200", "https://localhost:8200"),
            ("host: localhost:8200", "http://[::1]:5173"),
            ("host: messaging-chime.us-east-1.amazonaws.com", ""),
            (
                "host: messaging-chime.us-east-1.amazonaws.com\r\nsec-fetch-site: cross-site",
                "http://localhost:3000",
            ),
            ("host: node001.ue1.ws-messaging.chime.aws", "http://localhost:3000"),
        ] {
            let printed =
                if origin.is_empty() { headers.to_owned() } else { format!("{headers}\r\norigin: {origin}") };
            let answer = asked(chime.address(), method, path, &printed, body).await;
            assert!(!is_refused(&answer), "{method} {path} {printed}: {answer}");
            assert_eq!(status(&answer) == 101, path.starts_with("/connect"), "{path} {printed}: {answer}");
            assert!(answer.contains("vary: origin"), "{method} {path} {printed}: {answer}");
            let named = format!("access-control-allow-origin: {origin}\r\n");
            assert_eq!(answer.contains(&named), !origin.is_empty(), "{method} {path} {printed}: {answer}");
        }
    }
}

#[tokio::test]
async fn browsers_are_told_what_pages_of_this_machine_may_send() {
    let chime = LocalChime::start().await.expect("it starts");
    let names = "amz-sdk-invocation-id,authorization,content-type,x-amz-chime-bearer,x-amz-date";
    let asks = format!(
        "access-control-request-method: POST\r\naccess-control-request-headers: {names}\r\naccess-control-request-private-network: true"
    );
    for host in ["127.0.0.1:8200", "messaging-chime.us-east-1.amazonaws.com"] {
        for path in ["/app-instances", "/_local/creds", "/2015-03-31/functions/f/invocations"] {
            let headers = format!("host: {host}\r\norigin: http://localhost:3000\r\n{asks}");
            let answer = asked(chime.address(), "OPTIONS", path, &headers, "").await;
            assert_eq!(status(&answer), 200, "{answer}");
            for told in [
                "access-control-allow-origin: http://localhost:3000",
                "access-control-allow-credentials: true",
                "access-control-allow-methods: get, post, put, delete",
                &format!("access-control-allow-headers: {names}"),
                "access-control-allow-private-network: true",
                "vary: origin",
            ] {
                assert!(answer.contains(told), "{told}: {answer}");
            }
            for origin in [EVIL, "null"] {
                let headers = format!("host: {host}\r\norigin: {origin}\r\n{asks}");
                let answer = asked(chime.address(), "OPTIONS", path, &headers, "").await;
                assert!(is_refused(&answer) && !answer.contains("access-control-"), "{answer}");
            }
        }
    }
}

#[tokio::test]
async fn who_asks_another_service_is_told_so() {
    let chime = LocalChime::start().await.expect("it starts");
    let page = "origin: http://localhost:3000\r\nsec-fetch-site: cross-site";
    let target = "x-amz-target: AWSCognitoIdentityProviderService.InitiateAuth";
    let signed = |service: &str| {
        format!(
            "authorization: AWS4-HMAC-SHA256 Credential=k/20261120/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
        )
    };
    // Everything is sent to the address of this service.
    for (method, path, headers, name) in [
        ("POST", "/", target.to_owned(), "`awscognitoidentityproviderservice`"),
        ("POST", "/", signed("sts"), "`sts`"),
        ("PUT", "/bucket/key", signed("s3"), "`s3`"),
        ("PUT", "/", "x-none: none".to_owned(), "another aws service"),
    ] {
        let headers = format!("host: localhost\r\n{headers}");
        let answer = asked(chime.address(), method, path, &headers, "{}").await;
        assert_eq!(status(&answer), 501, "{answer}");
        assert!(answer.contains(&format!("not {name}: send only theirs here")), "{answer}");
    }
    // A browser sends the requests of every AWS host here.
    for host in
        ["cognito-idp.us-east-1.amazonaws.com", "bucket.s3.eu-west-1.amazonaws.com", "sts.amazonaws.com"]
    {
        let asks = "access-control-request-method: POST\r\naccess-control-request-headers: x-amz-target";
        let headers = format!("host: {host}\r\n{page}\r\n{asks}");
        let answer = asked(chime.address(), "OPTIONS", "/", &headers, "").await;
        assert_eq!(status(&answer), 200, "{answer}");
        let answer =
            asked(chime.address(), "POST", "/", &format!("host: {host}\r\n{page}\r\n{target}"), "{}").await;
        assert!(is_refused(&answer) && answer.contains("another aws service"), "{answer}");
        assert!(answer.contains("access-control-allow-origin: http://localhost:3000\r\n"), "{answer}");
        let foreign = format!("host: {host}\r\norigin: {EVIL}");
        let answer = asked(chime.address(), "POST", "/", &foreign, "{}").await;
        assert!(is_refused(&answer) && !answer.contains("access-control-"), "{answer}");
    }
    // A method that a path does not have is named.
    let answer = asked(chime.address(), "PATCH", "/_local/reset", "host: localhost", "").await;
    assert!(status(&answer) == 405 && answer.contains("/_local/reset is not asked with patch"), "{answer}");
    let answer = asked(chime.address(), "DELETE", "/2015-03-31/functions/f", "host: localhost", "").await;
    assert_eq!(status(&answer), 501, "{answer}");
}

#[tokio::test]
async fn a_link_leads_to_the_first_page_and_no_further() {
    let chime = LocalChime::start().await.expect("it starts");
    let click = "host: localhost\r\nsec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest";
    for (path, destination, is_let_in) in
        [("/", "document", true), ("/", "iframe", false), ("/_local/state", "document", false)]
    {
        let answer = asked(chime.address(), "GET", path, &format!("{click}: {destination}"), "").await;
        assert_eq!(is_refused(&answer), !is_let_in, "{path} {destination}: {answer}");
    }
}

#[tokio::test]
async fn other_origins_are_let_in_by_name_and_who_is_refused_is_told_once() {
    let origin = Origin::parse("https://chat.example").expect("an origin");
    let (tell, mut notices) = mpsc::unbounded_channel();
    let options = Options { origins: vec![origin], notices: Some(tell), ..Options::default() };
    let chime = LocalChime::with(options).await.expect("it starts");
    let reset = async |headers: &str| asked(chime.address(), "POST", "/_local/reset", headers, "").await;
    let answer = reset("host: localhost\r\norigin: https://chat.example\r\nsec-fetch-site: cross-site").await;
    assert_eq!(status(&answer), 200, "{answer}");
    assert!(answer.contains("access-control-allow-origin: https://chat.example\r\n"), "{answer}");
    assert_eq!(status(&reset("host: chat.example").await), 200);
    assert!(notices.try_recv().is_err());
    for _ in 0..3 {
        let answer = reset("host: localhost\r\norigin: https://a.chat.example").await;
        assert!(answer.contains("`chimeflow local --origin https://a.chat.example` accepts it"), "{answer}");
    }
    let notice = notices.try_recv().expect("a notice");
    assert!(notice.contains("--origin https://a.chat.example"), "{notice}");
    assert!(notices.try_recv().is_err());
    // A page may send any text, so errors must not repeat all of it.
    for number in 0..50 {
        reset(&format!("host: {number}.example")).await;
    }
    let count = std::iter::from_fn(|| notices.try_recv().ok()).count();
    assert!((1..50).contains(&count), "{count} notices");
}

#[tokio::test]
async fn beyond_loopback_names_of_the_network_lead_here_and_those_of_the_internet_do_not() {
    let listen = SocketAddr::from(([0, 0, 0, 0], 0));
    let chime = LocalChime::with(Options { listen, ..Options::default() }).await.expect("it starts");
    let here = SocketAddr::from(([127, 0, 0, 1], chime.address().port()));
    for (headers, is_let_in) in [
        ("host: localhost:8200", true),
        ("host: chimeflow:8200", true),
        ("host: 192.168.1.5:8200", true),
        ("host: 192.168.1.5:8200\r\norigin: http://192.168.1.5:8200", true),
        ("host: 192.168.1.5:8200\r\norigin: http://192.168.1.6:8200", false),
        ("host: chimeflow:8200\r\norigin: https://evil.example", false),
        ("host: evil.example:8200", false),
    ] {
        let answer = asked(here, "POST", "/_local/reset", headers, "").await;
        assert_eq!(is_refused(&answer), !is_let_in, "{headers}: {answer}");
    }
}

#[tokio::test]
async fn no_page_plays_the_function_or_hears_its_events() {
    let loopback = Loopback::start().await.expect("it starts");
    let api = loopback.runtime_api.address();
    let (next, failed) = ("/2018-06-01/runtime/invocation/next", "/2018-06-01/runtime/init/error");
    for headers in FOREIGN {
        for (method, path) in [("GET", next), ("POST", failed)] {
            let answer = asked(api, method, path, headers, "{}").await;
            let says = answer.contains("\"errortype\":\"forbidden\"") && !answer.contains("--origin");
            assert!(says && [400, 403].contains(&status(&answer)), "{method} {headers}: {answer}");
        }
    }
    let event = json!({ "hello": 1 }).to_string();
    let deadline = chimeflow::loopback::deadline_in(Duration::from_secs(20));
    let invocation = loopback.runtime_api.invoke(event, deadline);
    let function = async {
        let mut stream = TcpStream::connect(api).await.expect("it listens");
        let request = format!("GET {next} HTTP/1.1\r\nhost: {api}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut answer = [0; 4096];
        let length = stream.read(&mut answer).await.expect("an answer");
        String::from_utf8_lossy(&answer[..length]).into_owned()
    };
    // No other client received the event.
    tokio::select! {
        answer = function => assert!(answer.contains(r#"{"hello":1}"#), "{answer}"),
        ended = invocation => panic!("{ended:?}"),
    }
}

#[test]
fn an_origin_that_everybody_has_is_none() {
    for origin in ["*", "null", "https://*.example", "chat.example"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        let output = command.args(["local", "--origin", origin]).output().expect("it runs");
        let printed = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && printed.contains(origin), "{origin}: {printed}");
    }
}
