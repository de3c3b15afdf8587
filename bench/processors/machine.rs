//! The machine, and the versions of the programs.

use std::process::Command;

use crate::Failure;
use crate::contender::HOME;
use crate::table::Section;

/// Returns the table of the machine and the versions.
pub(crate) fn section() -> Result<Section, Failure> {
    let mut section = Section::new("machine", "What was measured, on what", &["", ""]);
    let mut row = |name: &str, value: String| section.row([name.to_owned(), value]);
    row("processor", cpu());
    row("cores", std::thread::available_parallelism()?.to_string());
    row("Linux", file("/proc/sys/kernel/osrelease"));
    row("load of the machine before", file("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned());
    row("Chimeflow", env!("CARGO_PKG_VERSION").to_owned());
    row("Rust", version_of("rustc", &["--version"]));
    row("Node", version_of("node", &["--version"]));
    row("Python", version_of("target/processors/python/bin/python", &["--version"]));
    for (name, version) in pinned()? {
        row(&name, version);
    }
    Ok(section)
}

/// Returns the packages of the other functions, with their pinned versions.
fn pinned() -> Result<Vec<(String, String)>, Failure> {
    let package: serde_json::Value = serde_json::from_str(include_str!("functions/package.json"))?;
    let node = package["dependencies"].as_object().into_iter().flatten();
    let node = node.map(|(name, version)| (name.clone(), version.as_str().unwrap_or_default().to_owned()));
    let python = include_str!("functions/requirements.txt").lines().filter_map(|line| line.split_once("=="));
    Ok(node.chain(python.map(|(name, version)| (name.to_owned(), version.to_owned()))).collect())
}

fn cpu() -> String {
    let cpus = file("/proc/cpuinfo");
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.to_owned())
}

fn file(path: &str) -> String {
    std::fs::read_to_string(path).map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned())
}

fn version_of(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).current_dir(HOME).args(args).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let words = text.split_whitespace();
    words
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or("unknown")
        .to_owned()
}
