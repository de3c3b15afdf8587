//! The command-line program, by transcript: what is typed, what is printed, the exit code.
//!
//! `TRYCMD=overwrite cargo test cli` updates the transcripts.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}

#[test]
fn the_tutorial_is_true() {
    trycmd::TestCases::new().case("docs/writing-rules.md");
}

#[test]
fn what_is_said_of_imports_is_true() {
    trycmd::TestCases::new().case("docs/importing.md");
}
