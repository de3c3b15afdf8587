//! `chimeflow rules rollback`: from the last push to what was good before it, however often it is run and wherever it was killed.

use super::environment::PROFILE;
use super::{Desk, PLACE};
use crate::faults::proxy::{Fault, Spoil, Whose};

const AT_ONCE: &str = "AppConfig.AllAtOnce";

impl Desk {
    /// Returns AppConfig with versions 1, 2 and so on, all of which were in use one after another.
    async fn with_versions(count: usize) -> Self {
        let desk = Self::new().await;
        for version in 1..=count {
            desk.appconfig.change(|world| world.versions.push(format!("version = {version}\n")));
            desk.deploy(version, &["COMPLETE"]);
        }
        desk
    }

    /// Deploys `version` as in the console. From now on deployments go through these states.
    fn deploy(&self, version: usize, course: &[&'static str]) {
        self.appconfig.change(|world| {
            world.environment.course = course.iter().map(|state| (*state, 50.0)).collect();
            world.environment.start(version, AT_ONCE, Some("Friday"), PROFILE).unwrap();
        });
    }

    /// Returns which version is in use, and what happened to every deployment.
    fn state(&self) -> (Option<usize>, Vec<String>) {
        self.appconfig.change(|world| (world.environment.in_use, world.environment.states()))
    }

    #[track_caller]
    fn is(&self, in_use: usize, deployments: &[&str]) {
        let (version, states) = self.state();
        assert_eq!(
            (version, states.iter().map(String::as_str).collect()),
            (Some(in_use), deployments.to_vec())
        );
    }

    async fn roll_back(&self, code: i32, says: &[&str]) {
        self.run(&["rollback", PLACE]).await.is(code, says);
    }
}

#[tokio::test]
async fn run_again_it_changes_nothing() {
    let desk = Desk::with_versions(3).await;
    desk.roll_back(0, &["version 3 was reverted", "version 2 is in use"]).await;
    for _ in 0..3 {
        desk.roll_back(0, &["nothing to take back: version 2 is in use"]).await;
    }
    desk.is(2, &["1 COMPLETE", "2 COMPLETE", "3 REVERTED"]);
    desk.run(&["status", PLACE]).await.is(0, &["version 2 is in use", "version 3 was reverted"]);
    assert_eq!(desk.changes(), ["stop 3"]);

    // Whatever is deployed next is a push, and is taken back by a deployment where a revert might go elsewhere.
    desk.deploy(3, &["COMPLETE"]);
    desk.roll_back(0, &["deployment 5 goes back to version 2", "version 2 is in use"]).await;
    desk.roll_back(0, &["nothing to take back: version 2 is in use, and version 3 is taken back"]).await;
    desk.is(2, &["1 COMPLETE", "2 COMPLETE", "3 REVERTED", "3 COMPLETE", "2 COMPLETE"]);
    let printed = desk.run(&["status", PLACE, "--json"]).await;
    printed.is(0, &["chimeflow rules rollback of version 3 to 2"]);
    desk.run(&["status", PLACE]).await.is(0, &["and version 3 is taken back"]);
}

#[tokio::test]
async fn a_push_is_stopped_while_it_can_be() {
    for state in ["DEPLOYING", "BAKING", "VALIDATING"] {
        let desk = Desk::with_versions(2).await;
        desk.appconfig.change(|world| world.versions.push("version = 3".to_owned()));
        desk.deploy(3, &[state; 50]);
        let in_use =
            if state == "BAKING" { "version 3 is in use since" } else { "version 2 is in use since" };
        desk.run(&["status", PLACE]).await.is(0, &[in_use]);
        desk.roll_back(0, &["version 3 was rolled back", "version 2 is in use"]).await;
        desk.roll_back(0, &["nothing to take back: version 2 is in use"]).await;
        desk.is(2, &["1 COMPLETE", "2 COMPLETE", "3 ROLLED_BACK"]);
        assert_eq!(desk.changes(), ["stop 3"], "{state}");
    }
}

#[tokio::test]
async fn what_alarms_have_taken_back_is_taken_back() {
    let desk = Desk::with_versions(2).await;
    desk.appconfig.change(|world| world.versions.push("version = 3".to_owned()));
    desk.deploy(3, &["ROLLING_BACK", "ROLLED_BACK"]);
    desk.roll_back(0, &["is being rolled back", "version 3 was rolled back", "version 2 is in use"]).await;
    desk.roll_back(0, &["nothing to take back: version 2 is in use"]).await;
    desk.run(&["status", PLACE])
        .await
        .is(0, &["version 2 is in use", "version 3 was rolled back", "alarm processor-errors went off"]);
    assert!(desk.changes().is_empty());
}

#[tokio::test]
async fn a_rollback_under_way_is_followed_and_one_that_failed_is_done_again() {
    let desk = Desk::with_versions(3).await;
    desk.appconfig.change(|world| {
        world.environment.is_long_ago = true;
        world.environment.course =
            ["DEPLOYING", "BAKING", "BAKING", "ROLLING_BACK", "ROLLED_BACK"].map(|it| (it, 1.0)).into();
    });
    desk.run(&["rollback", PLACE, "--no-wait"]).await.is(0, &["on its way, as deployment 4"]);
    desk.run(&["status", PLACE]).await.is(0, &["version 2 has reached 1 %, and version 3 is taken back"]);
    desk.roll_back(
        1,
        &["version 2 was rolled back", "alarm processor-errors went off", "version 3 is in use"],
    )
    .await;
    desk.appconfig.change(|world| world.environment.course = vec![("COMPLETE", 100.0)]);
    desk.roll_back(0, &["version 2 is in use"]).await;
    desk.is(2, &["1 COMPLETE", "2 COMPLETE", "3 COMPLETE", "2 ROLLED_BACK", "2 COMPLETE"]);
}

#[tokio::test]
async fn there_may_be_nothing_to_go_back_to() {
    let desk = Desk::new().await;
    desk.roll_back(0, &["nothing to take back: nothing is in use"]).await;
    desk.push("heron").await.is(0, &[]);
    desk.roll_back(2, &["there is nothing to go back to", "before version 1"]).await;
    desk.is(1, &["1 COMPLETE"]);
    // A first push that is on its way is stopped, all the same.
    let desk = Desk::new().await;
    desk.appconfig.change(|world| world.versions.push("version = 1".to_owned()));
    desk.deploy(1, &["BAKING"; 50]);
    desk.roll_back(0, &["version 1 was rolled back", "nothing is in use"]).await;
}

#[tokio::test]
async fn a_deployment_of_another_profile_is_in_the_way_of_a_deployment() {
    let desk = Desk::with_versions(3).await;
    desk.appconfig.change(|world| {
        world.environment.is_long_ago = true;
        world.environment.course = vec![("BAKING", 100.0); 50];
        world.environment.start(1, AT_ONCE, None, "mnop012").unwrap();
    });
    desk.roll_back(2, &["deployment 4 of another profile is under way"]).await;
    assert!(desk.changes().is_empty());
}

#[tokio::test]
async fn pushes_are_not_described_as_rollbacks() {
    let desk = Desk::new().await;
    let path = desk.rules("heron");
    let like = "chimeflow rules rollback of version 3 to 2";
    desk.run(&["push", &path, "--to", PLACE, "--description", like])
        .await
        .is(2, &["expected another beginning"]);
    assert!(desk.changes().is_empty());
}

/// The state before a rollback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scene {
    Complete,
    LongAgo,
    Baking,
    RollingBack,
}

impl Scene {
    async fn set(self) -> Desk {
        let desk = Desk::with_versions(2).await;
        desk.appconfig.change(|world| world.versions.push("version = 3".to_owned()));
        let course: &[&str] = match self {
            Self::Complete | Self::LongAgo => &["COMPLETE"],
            Self::Baking => &["BAKING"; 50],
            Self::RollingBack => &["ROLLING_BACK", "ROLLED_BACK"],
        };
        desk.deploy(3, course);
        desk.appconfig.change(|world| {
            world.environment.is_long_ago = self == Self::LongAgo;
            world.environment.course = vec![("BAKING", 100.0), ("COMPLETE", 100.0)];
        });
        desk.proxy.spoil(Vec::new());
        desk
    }

    /// Rolls back with a damaged response, then once more without, and checks that this has the result of one run without.
    async fn survives(self, at: usize, spoil: Spoil, expected: (Option<usize>, Vec<String>)) {
        let desk = self.set().await;
        desk.proxy.spoil(vec![Fault { whose: Whose::Request(at), spoil }]);
        let output = desk.proxy.run(&mut desk.command(&["rollback", PLACE])).await;
        let is_fine = output.is_none_or(|output| output.status.success());
        assert!(is_fine && desk.proxy.seen().len() >= at, "{self:?}: {spoil:?} at request {at}");
        desk.proxy.spoil(Vec::new());
        desk.roll_back(0, &[]).await;
        assert_eq!(desk.state(), expected, "{self:?}: {spoil:?} at request {at}");
    }
}

/// The number of requests that find the resources, and change nothing.
const LOOKING: usize = 3;

#[tokio::test]
async fn it_may_be_killed_at_any_request() {
    let mut working = tokio::task::JoinSet::new();
    for scene in [Scene::Complete, Scene::LongAgo, Scene::Baking, Scene::RollingBack] {
        let desk = scene.set().await;
        desk.roll_back(0, &[]).await;
        let (expected, requests) = (desk.state(), desk.proxy.seen().len());
        assert!(requests > LOOKING + 2, "{scene:?}: {requests}");
        for at in LOOKING + 1..=requests {
            for spoil in [Spoil::KilledBefore, Spoil::KilledAfter, Spoil::Failed, Spoil::Unavailable] {
                // A client retries by itself after a failure, except for what must not be carried out twice.
                if matches!(spoil, Spoil::KilledBefore | Spoil::KilledAfter) || scene == Scene::LongAgo {
                    working.spawn(scene.survives(at, spoil, expected.clone()));
                }
            }
        }
    }
    while let Some(worked) = working.join_next().await {
        worked.unwrap();
    }
}
