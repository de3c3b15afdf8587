//! Several functions, each with its own program, and the environment variables of programs.

use std::path::Path;

use chimeflow::local::{LocalChime, Named, Options, Runner};
use chimeflow::loopback::Launch;
use serde_json::{Value, json};
use tokio::sync::mpsc::channel;

use super::broken::{Broken, write};
use super::client::{Chat, Client, FUNCTION, encoded};

/// The ARN of a function.
fn arn(name: &str) -> String {
    FUNCTION.replace("chimeflow", name)
}

/// A function that prints its name and the ARN by which it is invoked, and hangs.
const NAMES_ITSELF: &str = "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}
    printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3
    while read -r line; do
        case $line in lambda-runtime-invoked-function-arn:*) echo \"$AWS_LAMBDA_FUNCTION_NAME is ${line#*: }\";; esac
    done <&3";

#[tokio::test]
async fn a_function_knows_its_name_and_the_arn_by_which_it_is_invoked() {
    for (arn, name) in [(arn("presence"), "presence"), (arn("presence:live"), "presence")] {
        let mut broken = Broken::with(NAMES_ITSELF, &arn, |launch, lines, _| Options {
            functions: Runner::Nothing,
            named: vec![Named { name: name.parse().unwrap(), launch, lines }],
            ..Options::default()
        })
        .await;
        broken.say("hello").await;
        assert_eq!(broken.line(" is ").await.trim_end(), format!("{name} is {arn}"));
    }
    // One program runs functions of every name, and has the name that deployments give it.
    let mut broken = Broken::with(NAMES_ITSELF, &arn("other"), |launch, lines, _| Options {
        functions: Runner::Program(launch, lines),
        ..Options::default()
    })
    .await;
    broken.say("hello").await;
    assert_eq!(broken.line(" is ").await.trim_end(), format!("chimeflow is {}", arn("other")));
}

#[tokio::test]
async fn a_function_that_was_given_no_program_does_not_exist_unless_something_runs_all_others() {
    for (others, step) in [(Runner::Nothing, "stopped"), (Runner::default(), "delivered")] {
        let mut broken = Broken::with("exec $P", FUNCTION, |launch, lines, _| Options {
            functions: others,
            named: vec![Named { name: "presence".parse().unwrap(), launch, lines }],
            ..Options::default()
        })
        .await;
        let id = broken.say("hello").await;
        broken.steps(&id, step, 1).await;
        let ended = broken.steps(&id, "invocation ended", 1).await.pop().unwrap().to_string();
        assert_eq!(ended.contains("Function not found") && ended.contains("presence"), step == "stopped");
    }
}

#[tokio::test]
async fn lambda_knows_no_function_that_does_not_exist() {
    let broken = Broken::with("exec $P", FUNCTION, |launch, lines, _| Options {
        functions: Runner::Nothing,
        named: vec![Named { name: "presence".parse().unwrap(), launch, lines }],
        ..Options::default()
    })
    .await;
    let permission = json!({ "StatementId": "a", "Action": "lambda:InvokeFunction", "Principal": "messaging.chime.amazonaws.com" });
    let calls = [
        ("GET", "2015-03-31", "", Value::Null),
        ("GET", "2015-03-31", "/configuration", Value::Null),
        ("GET", "2015-03-31", "/policy", Value::Null),
        ("POST", "2015-03-31", "/policy", permission),
        ("GET", "2019-09-25", "/event-invoke-config", Value::Null),
        ("POST", "2015-03-31", "/invocations", json!({})),
    ];
    for (method, version, rest, body) in calls {
        for (name, exists) in [
            ("presence", true),
            (&*arn("presence:live"), true),
            ("chimeflow", false),
            (&*arn("presenc"), false),
        ] {
            let path = format!("/{version}/functions/{}{rest}", encoded(name));
            if exists && rest == "/invocations" {
                continue;
            }
            let response = broken.client.send(method, &path, "", &body).await.unwrap();
            assert_eq!(response.status == 404, !exists, "{method} {path}: {}", response.status);
        }
    }
}

#[tokio::test]
async fn functions_of_two_names_run_two_programs() {
    let folder = crate::support::Folder::new();
    let (lines, _shown) = channel(1_000);
    let named = |name: &str, word: &str| {
        let rules = folder.0.join(format!("{name}.toml"));
        let text =
            format!("version = 1\n[[rule]]\nid = \"a\"\nfind = {{ words = [\"{word}\"] }}\ndo = \"mask\"\n");
        std::fs::write(&rules, text).unwrap();
        let rules = format!("file:{}", rules.display());
        let launch = crate::support::processor(&[("CHIMEFLOW_RULES", &rules)]);
        Named { name: name.parse().unwrap(), launch, lines: lines.clone() }
    };
    let options = Options {
        functions: Runner::Nothing,
        named: vec![named("birds", "heron"), named("fish", "trout")],
        ..Options::default()
    };
    let chime = LocalChime::with(options).await.unwrap();
    let client = Client::new(chime.address());
    let chat = client.moderated_chat().await;
    for (name, expected) in [("birds", "***** and trout"), ("fish", "heron and *****")] {
        let processors = json!([{
            "Name": name, "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": { "Lambda": { "ResourceArn": arn(name), "InvocationType": "ASYNC" } },
        }]);
        let flow = format!("/channel-flows/{}", encoded(&chat.flow));
        client.get("PUT", &flow, "", json!({ "Name": name, "Processors": processors })).await;
        let path = format!("{}/messages", chat.path());
        let sent = client.get("POST", &path, chat.bob(), Chat::message("heron and trout", name)).await;
        let path = format!("{path}/{}", sent["MessageId"].as_str().unwrap());
        let read = crate::support::in_time(async {
            loop {
                let read = client.get("GET", &path, chat.bob(), Value::Null).await;
                if read["ChannelMessage"]["Status"]["Value"] == "SENT" {
                    return read;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        });
        assert_eq!(read.await["ChannelMessage"]["Content"], expected);
    }
}

#[tokio::test]
async fn an_edited_file_of_a_function_starts_it_again() {
    let script = "cat \"${0%/*}/more/words.txt\"; exec $P";
    let save = |folder: &Path, text: &str| {
        std::fs::create_dir_all(folder.join("more")).unwrap();
        std::fs::write(folder.join("more/words.txt"), text).unwrap();
    };
    let mut broken = Broken::with(script, FUNCTION, |launch, lines, folder| {
        save(folder, "first\n");
        let watch = vec![folder.join("more")];
        Options { functions: Runner::Program(launch, lines), watch, ..Options::default() }
    })
    .await;
    broken.line("first").await;
    let id = broken.say("hello").await;
    broken.steps(&id, "delivered", 1).await;
    save(&broken.folder.0, "the second\n");
    let line = broken.line("was saved").await;
    assert!(line.contains("words.txt"), "{line}");
    broken.line("the second").await;
    let id = broken.say("hello again").await;
    broken.steps(&id, "delivered", 1).await;
}

/// A function that prints some of its variables, and dies.
const SAYS: &str = "echo \"$AWS_ENDPOINT_URL, $AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING, $HTTPS_PROXY, $AWS_LAMBDA_RUNTIME_API, $MINE\"";

#[tokio::test]
async fn a_function_finds_every_service_here_unless_it_is_told_another_place() {
    for (set, found) in [(None, None), (Some("http://127.0.0.1:4566"), Some("http://127.0.0.1:4566"))] {
        let mut broken = Broken::with(SAYS, FUNCTION, |launch, lines, _| {
            let set = set.map(|url| ("AWS_ENDPOINT_URL".to_owned(), url.to_owned()));
            let env = set.into_iter().chain([("MINE".to_owned(), "a b".to_owned())]).collect();
            Options { functions: Runner::Program(Launch { env, ..launch }, lines), ..Options::default() }
        })
        .await;
        let line = broken.line(", ").await;
        let words: Vec<_> = line.split(", ").collect();
        let here = broken.chime.endpoint();
        assert_eq!((words[0], words[1], words[4]), (found.unwrap_or(&here), &*here, "a b"), "{line}");
        assert_eq!(words[2], format!("http://{}", words[3]), "{line}");
    }
}

#[tokio::test]
async fn a_function_that_looks_for_the_internet_is_told_that_it_is_kept_from_it() {
    let script = "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}
        printf 'CONNECT sts.amazonaws.com:443 HTTP/1.1\\r\\nHost: sts.amazonaws.com:443\\r\\n\\r\\n' >&3
        read -r line <&3; echo \"$line\"; sleep 60";
    let mut broken = Broken::start(script).await;
    let (mut refused, mut is_printed) = (false, false);
    while !(refused && is_printed) {
        let line = broken.line("").await;
        refused |= line.contains("403");
        is_printed |= line.contains("was kept from sts.amazonaws.com:443");
    }
}

#[tokio::test]
async fn the_trace_of_a_message_says_what_the_function_wrote_before_it_failed() {
    let script = "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}
        printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3
        head -c 20 <&3 >/dev/null
        echo starting; echo 'a bug' >&2; exit 4";
    let mut broken = Broken::start(script).await;
    let id = broken.say("hello").await;
    let ended = broken.steps(&id, "invocation ended", 1).await.pop().unwrap();
    let failed = &ended["detail"]["Failed"];
    assert_eq!(failed["message"], "the function ended (exit status: 4)");
    let mut output: Vec<_> =
        failed["output"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    // It wrote them to two streams.
    output.sort_unstable();
    assert_eq!(output, ["(ended: exit status: 4)", "a bug", "starting"]);
    // The on-failure destination receives the same record as on AWS.
    let records = broken.client.get("GET", "/_local/events", "", Value::Null).await;
    assert!(!records.to_string().contains("a bug"));
}

#[tokio::test]
async fn a_function_that_ends_without_handling_events_is_started_again_less_and_less_often() {
    let script = "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}
        printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3
        sleep 2.2";
    let mut broken = Broken::start(script).await;
    for (number, after) in [(1, ""), (2, " in 1 s"), (3, " in 2 s")] {
        let line = broken.line("ended").await;
        assert!(line.ends_with(&format!("is started again{after}")), "{number}: {line}");
    }
    // After an edit, the start is retried at once.
    write(&broken.program, "exec $P");
    let id = broken.say("hello").await;
    broken.steps(&id, "delivered", 1).await;
}
