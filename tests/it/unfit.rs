//! Rules whose own examples fail, and rules that miss a list, are never used: they are not built in, and no command applies them.

use std::path::Path;
use std::process::{Command, Output};

use chimeflow::detect::Detectors;
use chimeflow::rules::{self, Source};

use crate::support::Folder;

/// Rules with an example and a list.
fn rules(hit: &str) -> String {
    format!(
        "version = 1\n[lists.birds]\nfile = \"lists/birds.txt\"\n[[rule]]\nid = \"birds\"\n\
         find = {{ words = \"birds\" }}\ndo = \"mask\"\nhit = [\"{hit}\"]\n"
    )
}

/// Returns a folder with `rules/default.toml`, and with the list of birds if `listed`.
fn package(rules: &str, listed: bool) -> Folder {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.0.join("rules/lists")).unwrap();
    std::fs::write(folder.0.join("rules/default.toml"), rules).unwrap();
    if listed {
        std::fs::write(folder.0.join("rules/lists/birds.txt"), "# birds\nheron\nblue tit\n").unwrap();
    }
    folder
}

/// Runs the build script of this package as cargo would if the package were in `folder`.
fn build(folder: &Path) -> Output {
    Command::new(env!("CHIMEFLOW_BUILD_SCRIPT"))
        .current_dir(folder)
        .env("OUT_DIR", folder)
        .env_remove("CHIMEFLOW_BUILD_RULES")
        .output()
        .unwrap()
}

/// Like [`build`], with custom rules: `named` is the value of `CHIMEFLOW_BUILD_RULES`.
fn build_with(folder: &Path, named: &Path) -> Output {
    let mut script = Command::new(env!("CHIMEFLOW_BUILD_SCRIPT"));
    script.current_dir(folder).env("OUT_DIR", folder).env("CHIMEFLOW_BUILD_RULES", named).output().unwrap()
}

/// Runs `chimeflow` in `folder`.
fn chimeflow(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chimeflow")).current_dir(folder).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn rules_that_are_not_fit_are_not_built_in() {
    for (hit, listed, says) in [
        ("a sparrow", true, "error: rule `birds` should find something in this\n --> rules/default.toml:8:8"),
        ("a heron", false, "error: could not read `lists/birds.txt`"),
        ("\\heron", true, "rules/default.toml:8:10"),
    ] {
        let folder = package(&rules(hit), listed);
        let built = build(&folder.0);
        let output = text(&built.stderr);
        assert!(!built.status.success(), "{hit}");
        assert!(output.contains(says), "{output}");
        assert!(!folder.0.join("rules.toml").exists(), "{hit}");
        // It is what `check` prints.
        let checked = chimeflow(&folder.0, &["check", "rules/default.toml"]);
        assert_eq!(checked.status.code(), Some(1));
        let report = text(&checked.stderr);
        assert!(output.starts_with(report.trim_end()), "{output}\n{report}");
    }
}

#[test]
fn rules_are_built_in_with_the_lists_beside_them() {
    let folder = package(&rules("a heron"), true);
    let built = build(&folder.0);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let document = std::fs::read_to_string(folder.0.join("rules.toml")).unwrap();
    let alone = Source::alone("embedded", &document);
    rules::load(&alone, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
    // A change to either starts a new build.
    for file in ["rules/default.toml", "rules/lists/birds.txt"] {
        assert!(text(&built.stdout).contains(&format!("cargo::rerun-if-changed={file}\n")), "{file}");
    }
}

#[test]
fn rules_of_ones_own_are_built_in_without_a_change_of_the_package() {
    let (package, own) = (package(&rules("a sparrow"), false), package(&rules("a heron"), true));
    for (named, succeeds, says) in [
        (own.0.join("rules/default.toml"), true, ""),
        ("".into(), false, "rules/default.toml: not fit to be built in"),
        (
            "rules/default.toml".into(),
            false,
            "rules/default.toml, the file that CHIMEFLOW_BUILD_RULES names: not fit to be built in",
        ),
        ("missing.toml".into(), false, "error: could not read `missing.toml`"),
    ] {
        let built = build_with(&package.0, &named);
        assert_eq!(built.status.success(), succeeds, "{named:?}: {}", text(&built.stderr));
        assert!(text(&built.stderr).contains(says), "{}", text(&built.stderr));
        assert!(
            text(&built.stdout).contains("cargo::rerun-if-env-changed=CHIMEFLOW_BUILD_RULES\n"),
            "{}",
            text(&built.stdout)
        );
    }
    let document = std::fs::read_to_string(package.0.join("rules.toml")).unwrap();
    assert!(document.contains("blue tit"), "the list beside the file is not in it: {document}");
}

#[test]
fn what_is_probably_a_mistake_is_a_warning_of_the_build() {
    let folder = package(&rules("a heron").replace("hit = [\"a heron\"]", ""), true);
    let built = build(&folder.0);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let says = "cargo::warning=rules/default.toml: rule `birds` does not show what it finds";
    assert!(text(&built.stdout).contains(says), "{}", text(&built.stdout));
}

#[test]
fn no_command_acts_by_rules_that_are_not_fit() {
    let folder = package(&rules("a sparrow"), true);
    std::fs::copy("events/clean.json", folder.0.join("event.json")).unwrap();
    for (arguments, code) in [
        (&["invoke", "--rules", "rules/default.toml", "event.json"][..], 1),
        (&["local", "exec", "--rules", "rules/default.toml", "--", "true"], 2),
        (&["rules", "bundle", "rules/default.toml"], 1),
    ] {
        let output = chimeflow(&folder.0, arguments);
        let printed = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{printed}");
        assert!(printed.contains("rule `birds` should find something in this"), "{arguments:?}\n{printed}");
        assert!(!printed.contains("callback"), "{arguments:?}\n{printed}");
    }
}
