//! Rules files: those that ship, and those that test the language. Each contains its own checks.

use std::path::{Path, PathBuf};

use chimeflow::detect::Detectors;
use chimeflow::pipeline::Pipeline;
use chimeflow_core::rules::{self, OnError, RulesFile, Source};

/// Loads the rules file at `path` with the lists next to it.
fn parse(path: &Path) -> RulesFile {
    let text = std::fs::read_to_string(path).unwrap();
    let read_file = |name: &str| {
        std::fs::read_to_string(path.parent().unwrap().join(name)).map_err(|error| error.to_string())
    };
    let name = path.display().to_string();
    let source = Source { name: &name, text: &text, read_file: &read_file };
    rules::parse(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"))
}

fn toml_files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    assert!(!files.is_empty(), "no rules in {folder}");
    files
}

#[test]
fn rules_that_ship_hold_and_are_free_of_warnings() {
    for path in toml_files("rules") {
        let file = parse(&path);
        assert!(
            file.checks.len() >= file.pipeline.rules.len(),
            "{}: every rule proves itself",
            path.display()
        );
        assert!(file.warnings.diagnostics.is_empty(), "{}", file.warnings);
        file.verified().unwrap_or_else(|report| panic!("{report}"));
    }
}

#[test]
fn the_language_does_what_its_examples_say() {
    let mut failures = Vec::new();
    for path in toml_files("tests/rules") {
        let file = parse(&path);
        assert!(!file.checks.is_empty(), "{}", path.display());
        failures.extend(file.verified().err().map(|report| report.to_string()));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_embedded_rules_load_alone() {
    let source = Source::alone("embedded", chimeflow::rules::DEFAULT);
    rules::load(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
}

#[test]
fn what_a_deployment_says_of_errors_counts_where_the_file_says_nothing() {
    let rules = |head: &str| {
        let silent = "[[rule]]\nid = 'silent'\nfind = { words = ['a'] }\ndo = 'mask'";
        let outspoken =
            "[[rule]]\nid = 'outspoken'\nfind = { words = ['b'] }\ndo = 'mask'\non-error = 'deny'";
        let text = format!("version = 1\n{head}\n{silent}\n{outspoken}\n");
        rules::load(&Source::alone("rules.toml", &text), &Detectors::builtin()).unwrap()
    };
    let printed = |pipeline: Pipeline| {
        let of_rules: Vec<_> = pipeline.rules.iter().map(|rule| rule.on_error).collect();
        (pipeline.on_error, of_rules)
    };
    let [deny, pass] = [OnError::Deny, OnError::Pass];
    assert_eq!(printed(rules("")), (deny, vec![deny, deny]));
    assert_eq!(printed(rules("").or_on_error(pass)), (pass, vec![pass, deny]));
    assert_eq!(printed(rules("[defaults]\non-error = 'deny'").or_on_error(pass)), (deny, vec![deny, deny]));
    assert_eq!(printed(rules("[defaults]\non-error = 'pass'").or_on_error(deny)), (pass, vec![pass, deny]));
}
