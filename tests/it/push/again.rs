//! `chimeflow rules push`: whatever fails, it reports the true state, and when it is run again it finishes the work.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Desk, PLACE};
use crate::faults::proxy::{Fault, Spoil, Whose};
use crate::support::ProgramOutput;

/// A fault from a request on.
#[derive(Clone, Copy, Debug)]
enum PushFault {
    /// Its response is damaged.
    Once(Spoil),
    /// Its response and all later ones are damaged.
    FromThen(Spoil),
    /// Its response is lost, and then a permission is missing.
    LostThenRefused,
}

impl PushFault {
    fn at(self, at: usize) -> Vec<Fault> {
        match self {
            Self::Once(spoil) => vec![Fault { whose: Whose::Request(at), spoil }],
            Self::FromThen(spoil) => vec![Fault { whose: Whose::Since(at), spoil }],
            Self::LostThenRefused => vec![
                Fault { whose: Whose::Request(at), spoil: Spoil::Failed },
                Fault { whose: Whose::Since(at), spoil: Spoil::Refused },
            ],
        }
    }
}

impl ProgramOutput {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }
}

impl Desk {
    /// Returns AppConfig in which the rules about each of `words` were in use, one after another.
    async fn with_pushed(words: &[&str]) -> Self {
        let desk = Self::new().await;
        desk.appconfig.change(|world| world.environment.course = vec![("COMPLETE", 100.0)]);
        for word in words {
            desk.push(word).await.is(0, &[]);
        }
        desk.changes();
        desk
    }

    async fn push_json(&self, word: &str) -> ProgramOutput {
        self.run(&["push", &self.rules(word), "--to", PLACE, "--json"]).await
    }

    /// Pushes with a fault at a request, checks that its output is true, pushes once more without, and checks that this has the result of
    /// one push without faults.
    async fn survives(at: usize, fault: PushFault) {
        let about = format!("{fault:?} at request {at}");
        let desk = Self::with_pushed(&["heron"]).await;
        desk.appconfig.change(|world| {
            world.environment.course = vec![("BAKING", 100.0), ("COMPLETE", 100.0)];
        });
        desk.proxy.spoil(fault.at(at));
        let path = desk.rules("stork");
        let output = desk.proxy.run(&mut desk.command(&["push", &path, "--to", PLACE, "--json"])).await;
        desk.proxy.spoil(Vec::new());
        let changes = desk.changes();
        if let Some(output) = output {
            let code = output.status.code().unwrap();
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            let error = report["error"].as_str().unwrap_or_default();
            match fault {
                PushFault::Once(Spoil::Unavailable | Spoil::Failed) => {
                    assert_eq!((code, error), (0, ""), "{about}");
                }
                _ => assert_eq!(code == 0, error.is_empty(), "{about}: {report}"),
            }
            assert!(!error.contains("somebody else"), "{about}: {report}");
            for (change, key) in [("create 2", "created"), ("deploy 2 AppConfig.AllAtOnce", "changed")] {
                let is_so = changes.iter().any(|made| made == change);
                let is_known = !error.contains("is not known");
                assert!(report[key] == is_so || !is_known, "{about}: {changes:?} {report}");
            }
            if changes.len() == 2 && !error.contains("is not known") {
                assert_eq!(
                    (&report["version"], &report["deployment"]),
                    (&"2".into(), &2.into()),
                    "{about}: {report}"
                );
            }
        }
        desk.push("stork").await.is(0, &[]);
        let (versions, deployments) =
            desk.appconfig.change(|world| (world.versions.len(), world.environment.states()));
        assert_eq!((versions, deployments), (2, vec!["1 COMPLETE".into(), "2 COMPLETE".into()]), "{about}");
    }
}

#[tokio::test]
async fn a_push_may_fail_at_any_request() {
    let desk = Desk::with_pushed(&["heron"]).await;
    desk.proxy.spoil(Vec::new());
    desk.push("stork").await.is(0, &[]);
    let requests = desk.proxy.seen().len();
    let mut working = tokio::task::JoinSet::new();
    // One more, because alarms are watched for a while.
    for at in 1..=requests + 1 {
        for fault in [
            PushFault::Once(Spoil::KilledBefore),
            PushFault::Once(Spoil::KilledAfter),
            PushFault::Once(Spoil::Failed),
            PushFault::Once(Spoil::Unavailable),
            PushFault::Once(Spoil::EmptyAfter),
            PushFault::FromThen(Spoil::Refused),
            PushFault::LostThenRefused,
        ] {
            working.spawn(Desk::survives(at, fault));
        }
    }
    while let Some(worked) = working.join_next().await {
        worked.unwrap();
    }
}

#[tokio::test]
async fn somebody_else_who_pushes_meanwhile_is_told() {
    let desk = Desk::with_pushed(&["heron"]).await;
    desk.appconfig.change(|world| world.pushed_by_another = Some("version = 1\n".to_owned()));
    desk.push("stork").await.is(2, &["somebody else pushed at the same time"]);
    // They stored the right content.
    let path = desk.rules("goose");
    let text = std::fs::read_to_string(&path).unwrap();
    desk.changes();
    desk.appconfig.change(|world| world.pushed_by_another = Some(text));
    let report = desk.push_json("goose").await.json();
    assert_eq!((&report["version"], &report["created"]), (&"3".into(), &false.into()), "{report}");
    assert_eq!(desk.changes(), ["deploy 3 AppConfig.AllAtOnce"]);
}

#[tokio::test]
async fn a_push_after_a_rollback_is_as_fast_as_the_push_before_it() {
    let desk = Desk::with_pushed(&["heron"]).await;
    let path = desk.rules("stork");
    desk.run(&["push", &path, "--to", PLACE, "--strategy", "Slow"]).await.is(0, &[]);
    desk.appconfig.change(|world| world.environment.is_long_ago = true);
    desk.run(&["rollback", PLACE]).await.is(0, &["deployment 3 goes back to version 1"]);
    desk.changes();
    desk.push("goose").await.is(0, &["version 3 is in use"]);
    assert_eq!(desk.changes(), ["create 3", "deploy 3 slow123"]);
}

#[tokio::test]
async fn a_version_in_use_that_is_gone_or_no_text_is_told_and_mended_by_a_push() {
    for (is_deleted, says) in [(true, "was deleted"), (false, "is not UTF-8 text")] {
        for count in [1, 2] {
            let desk = Desk::with_pushed(&["stork", "heron"][2 - count..]).await;
            desk.appconfig.change(|world| {
                let flawed = if is_deleted { &mut world.deleted } else { &mut world.garbled };
                flawed.insert(count);
            });
            let report = format!("version {count} {says}");
            desk.run(&["status", PLACE]).await.is(1, &[&format!("version {count} is in use"), &report]);
            let status = desk.run(&["status", PLACE, "--json"]).await;
            status.is(1, &[]);
            assert_eq!(status.json()["flaw"], says);
            desk.run(&["pull", PLACE]).await.is(2, &[&format!("version {count}, which is in use, {says}")]);
            let next = count + 1;
            desk.push("heron").await.is(
                0,
                &[&format!("version {count}, which is in use, {says}"), &format!("version {next} is in use")],
            );
            assert_eq!(
                desk.changes(),
                [format!("create {next}"), format!("deploy {next} AppConfig.AllAtOnce")]
            );
            desk.run(&["status", PLACE]).await.is(0, &[]);
        }
    }
}

#[tokio::test]
async fn what_is_everywhere_is_what_is_in_use() {
    for (state, in_use) in [("DEPLOYING", "heron"), ("BAKING", "stork"), ("ROLLING_BACK", "heron")] {
        let desk = Desk::with_pushed(&["heron"]).await;
        desk.appconfig.change(|world| world.environment.course = vec![(state, 60.0); 50]);
        let path = desk.rules("stork");
        desk.run(&["push", &path, "--to", PLACE, "--no-wait"]).await.is(0, &[]);
        let pulled = desk.run(&["pull", PLACE]).await;
        assert!(pulled.out.contains(in_use), "{state}: {}", pulled.out);
        let is_new = in_use == "stork";
        let status = desk.run(&["status", PLACE, &path, "--json"]).await;
        status.is(i32::from(!is_new), &[]);
        let report = status.json();
        assert_eq!(report["in_use"]["version"], if is_new { "2" } else { "1" }, "{report}");
        assert_eq!(
            (&report["under_way"]["version"], &report["under_way"]["state"]),
            (&"2".into(), &state.into())
        );
        assert_eq!(report["differs"], !is_new, "{report}");
        assert_eq!(report["file"], path);
    }
}

#[tokio::test]
async fn whatever_comes_of_a_push_is_json() {
    let desk = Desk::with_pushed(&["heron"]).await;
    let course = ["BAKING", "BAKING", "COMPLETE"].map(|state| (state, 100.0));
    desk.appconfig.change(|world| world.environment.course = course.into());
    let path = desk.rules("stork");
    desk.run(&["push", &path, "--to", PLACE, "--no-wait"]).await.is(0, &[]);
    // A push of other rules is refused.
    let printed = desk.push_json("goose").await;
    printed.is(1, &[]);
    assert!(
        printed.json()["error"].as_str().unwrap().contains("version 2 is in use everywhere"),
        "{}",
        printed.out
    );
    // A push of the same rules follows the deployment, and changes nothing.
    desk.changes();
    let joined = desk.push_json("stork").await;
    joined.is(0, &[]);
    let report = joined.json();
    assert_eq!((&report["changed"], &report["created"]), (&false.into(), &false.into()), "{report}");
    assert!(desk.changes().is_empty());

    let mut unfit = std::fs::read_to_string(desk.rules("stork")).unwrap();
    write!(unfit, "[[rule]]\nid = \"b\"\nfind = {{ wrds = [\"x\"] }}\ndo = \"deny\"\n").unwrap();
    let path = desk.write("unfit.toml", &unfit).display().to_string();
    for args in [&["push", &path, "--to", PLACE, "--json"][..], &["status", PLACE, &path, "--json"]] {
        let printed = desk.run(args).await;
        printed.is(1, &[]);
        let report = printed.json();
        assert!(report["error"].as_str().unwrap().contains("unfit.toml"), "{report}");
        assert!(report["diagnostics"].to_string().contains("wrds"), "{report}");
    }
    let printed = desk.run(&["push", "nowhere.toml", "--to", PLACE, "--json"]).await;
    printed.is(2, &[]);
    assert!(printed.json()["error"].as_str().unwrap().contains("nowhere.toml"));
}

#[tokio::test]
async fn a_deployment_that_is_rolled_back_is_an_error_in_json() {
    let desk = Desk::with_pushed(&["heron"]).await;
    let course = ["DEPLOYING", "ROLLING_BACK", "ROLLED_BACK"].map(|state| (state, 20.0));
    desk.appconfig.change(|world| world.environment.course = course.into());
    let printed = desk.push_json("stork").await;
    printed.is(1, &[]);
    let report = printed.json();
    assert_eq!(
        (&report["state"], &report["error"]),
        (&"ROLLED_BACK".into(), &"version 2 was rolled back".into())
    );
    assert!(report["reasons"][0].as_str().unwrap().contains("went off"), "{report}");
}

#[tokio::test]
async fn what_the_validator_refuses_is_json() {
    let desk = Desk::with_pushed(&["heron"]).await;
    desk.appconfig.change(|world| world.refuses_because = Some("too strict"));
    let printed = desk.push_json("stork").await;
    printed.is(1, &["too strict"]);
    let report = printed.json();
    assert_eq!(
        (&report["version"], &report["created"], &report["changed"], &report["state"]),
        (&"2".into(), &true.into(), &false.into(), &"REFUSED".into())
    );
    assert_eq!(report["reasons"][0], "too strict");
}
