//! What the documentation says holds: every rules file in it loads and passes its own checks.

use std::path::Path;

use chimeflow::detect::Detectors;
use chimeflow_core::rules::{self, Source};

/// Returns the fenced blocks of `language` in a page of Markdown.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(&*fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_rules_file_in_the_documentation_holds() {
    let pages = [include_str!("../../README.md"), include_str!("../../docs/rules.md")];
    let files: Vec<_> = pages.iter().flat_map(|page| blocks(page, "toml")).collect();
    assert!(files.len() >= 4, "the pages have examples");
    for file in files {
        let source = Source::alone("example.toml", file);
        rules::load(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
    }
}

#[test]
fn every_recipe_of_the_cookbook_holds_and_is_free_of_warnings() {
    let page = include_str!("../../rules/README.md");
    let recipes: Vec<_> = page.split("\n## ").skip(1).collect();
    assert!(recipes.len() >= 20, "{} recipes", recipes.len());
    for recipe in recipes {
        let (name, _) = recipe.split_once('\n').unwrap();
        let [text] = blocks(recipe, "toml")[..] else { panic!("`{name}` is not one file") };
        let read_file = |name: &str| {
            std::fs::read_to_string(Path::new("rules").join(name)).map_err(|error| error.to_string())
        };
        let source = Source { name, text, read_file: &read_file };
        let file = rules::parse(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
        assert!(file.warnings.diagnostics.is_empty(), "{}", file.warnings);
        file.verified().unwrap_or_else(|report| panic!("{report}"));
    }
}

#[test]
fn the_cookbook_names_every_file_that_ships() {
    let page = include_str!("../../rules/README.md");
    for entry in std::fs::read_dir("rules").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let rules = path.extension().is_some_and(|end| end == "toml");
        assert!(!rules || page.contains(&format!("]({name})")), "{name}");
    }
}

#[test]
fn the_tutorial_shows_the_files_it_runs() {
    let page = include_str!("../../docs/writing-rules.md");
    let files = [
        include_str!("../../docs/writing-rules.in/1.toml"),
        include_str!("../../docs/writing-rules.in/2.toml"),
        include_str!("../../docs/writing-rules.in/3.toml"),
    ];
    assert_eq!(blocks(page, "toml"), files);
}

/// Returns what the program prints with `args`.
fn printed(args: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_chimeflow")).args(args).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the texts in backquotes in a page.
fn quoted(page: &str) -> impl Iterator<Item = &str> {
    page.lines().filter(|line| !line.starts_with("```")).flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn every_command_of_the_local_service_that_is_documented_is_there() {
    let page = include_str!("../../docs/local.md");
    let commands: Vec<_> = quoted(page).filter_map(|text| text.strip_prefix("chimeflow local ")).collect();
    assert!(commands.len() >= 15, "{commands:?}");
    for command in commands {
        // Words in capitals stand for something, and options are for `--help` to know.
        let words = command.split(' ').take_while(|word| !word.starts_with('-'));
        let words: Vec<_> = words.filter(|word| !word.chars().any(char::is_uppercase)).collect();
        let help = printed(&[&["local"], &words[..], &["--help"]].concat());
        let options = command.split(' ').filter(|word| word.starts_with("--"));
        options.for_each(|option| assert!(help.contains(option), "`{command}`: no {option}"));
        assert!(words.is_empty() || help.contains(&format!("local {}", words[0])), "`{command}`:\n{help}");
    }
}

#[test]
fn every_fault_is_documented() {
    let page = include_str!("../../docs/local.md");
    let documented: Vec<_> = quoted(page).map(|text| text.split(' ').next().unwrap_or_default()).collect();
    let unknown =
        serde_json::from_str::<chimeflow::local::Planned>(r#"{"fault": "none of them"}"#).unwrap_err();
    let known = unknown.to_string();
    let known: Vec<_> =
        known.split("expected one of").nth(1).unwrap().split('`').skip(1).step_by(2).collect();
    assert!(known.len() >= 15, "{known:?}");
    let help = printed(&["local", "fault", "add", "--help"]);
    for kind in known {
        assert!(documented.contains(&kind), "`{kind}` is not in docs/local.md");
        assert!(help.contains(kind), "`{kind}` is not in the help");
    }
}

#[test]
fn the_page_of_detectors_is_current() {
    let page = include_str!("../../docs/detectors.md");
    assert!(
        page == printed(&["detectors", "--markdown"]),
        "chimeflow detectors --markdown > docs/detectors.md"
    );
}

#[test]
fn the_reference_of_rules_files_is_current() {
    let page = include_str!("../../docs/rules-reference.md");
    assert!(
        page == printed(&["schema", "--markdown"]),
        "chimeflow schema --markdown > docs/rules-reference.md"
    );
}

#[test]
fn the_schema_that_ships_is_current() {
    let schema = include_str!("../../rules/rules.schema.json");
    assert!(schema == printed(&["schema"]), "chimeflow schema > rules/rules.schema.json");
}
