//! What the documentation says holds: every rules file in it loads and passes its own checks.

use std::path::Path;

use chimeflow::detect::Detectors;
use chimeflow::rules::{self, Source};

/// The fenced blocks of `language` in a page of Markdown.
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

/// What the program prints with `args`.
fn printed(args: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_chimeflow")).args(args).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
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
fn the_schema_that_ships_is_current() {
    let schema = include_str!("../../rules/rules.schema.json");
    assert!(schema == printed(&["schema"]), "chimeflow schema > rules/rules.schema.json");
}
