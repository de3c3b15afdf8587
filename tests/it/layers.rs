//! The architecture's order: no module uses a later one, and no two files use each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module, by its path: `["text", "glyphs"]`.
type Module = Vec<String>;

/// Which modules each module uses.
type Uses = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn no_module_uses_one_that_stands_after_it() {
    let order = order();
    let place = |module: &Module| {
        order
            .iter()
            .position(|name| *name == module[0])
            .unwrap_or_else(|| panic!("ARCHITECTURE.md has no place for `{}`", module[0]))
    };
    let mut upward = Vec::new();
    for (module, used) in uses() {
        upward
            .extend(used.iter().filter(|used| place(used) > place(&module)).map(|used| shown(&module, used)));
    }
    assert_eq!(upward, Vec::<String>::new(), "the order in ARCHITECTURE.md is {order:?}");
}

#[test]
fn no_two_files_use_each_other() {
    let uses = uses();
    let mut circles = Vec::new();
    for (module, used) in &uses {
        circles
            .extend(used.iter().filter(|used| reaches(&uses, used, module)).map(|used| shown(module, used)));
    }
    assert_eq!(circles, Vec::<String>::new(), "each of these is a part of a circle");
}

fn shown(module: &Module, used: &Module) -> String {
    format!("{} uses {}", module.join("::"), used.join("::"))
}

/// Returns the modules of the crate in the order of ARCHITECTURE.md: the words of the block that begins with `message`.
fn order() -> Vec<String> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let block = page
        .split("```")
        .find(|block| block.trim_start().starts_with("message <"))
        .expect("a block with the order");
    block.split(['<', '\n']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Returns whether `from` uses `to`, directly or indirectly.
fn reaches(uses: &Uses, from: &Module, to: &Module) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(module) = next.pop() {
        if module == to {
            return true;
        }
        if seen.insert(module) {
            next.extend(uses.get(module).into_iter().flatten());
        }
    }
    false
}

/// Returns what every module uses, without tests. Uses between a module and its submodules do not count.
fn uses() -> Uses {
    let mut files = BTreeMap::new();
    for folder in ["core/src", "src"] {
        collect(&root().join(folder), &mut Vec::new(), &mut files);
    }
    let modules: BTreeSet<Module> = files.keys().cloned().collect();
    let of = |(module, file): (&Module, &PathBuf)| {
        let text = fs::read_to_string(file).unwrap();
        let code: Vec<&str> =
            text.lines().take_while(|line| *line != "mod tests {").filter(|line| !is_comment(line)).collect();
        let used = paths(&code.join("\n")).into_iter().filter_map(|path| resolve(module, &path, &modules));
        (module.clone(), used.filter(|used| !used.starts_with(module) && !module.starts_with(used)).collect())
    };
    files.iter().map(of).collect()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Adds the files of the modules in `folder`, except those for tests and programs.
fn collect(folder: &Path, inside: &mut Module, files: &mut BTreeMap<Module, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let for_tests = matches!(name.as_str(), "tests" | "properties" | "reading" | "against_rustrict");
        if for_tests || inside.is_empty() && matches!(name.as_str(), "bin" | "lib") {
            continue;
        }
        if path.is_dir() {
            inside.push(name);
            collect(&path, inside, files);
            inside.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let is_folder = name == "mod";
            let module = inside.iter().cloned().chain((!is_folder).then_some(name)).collect();
            files.insert(module, path);
        }
    }
}

/// The paths in `code` that begin with `crate`, `self` or `super`, those in braces one by one.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for start in ["crate", "self", "super"] {
        for (at, _) in code.match_indices(&format!("{start}::")) {
            let is_start = !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'));
            if is_start {
                expand(&code[at..], &mut Vec::new(), &mut paths);
            }
        }
    }
    paths
}

/// Adds the paths at the beginning of `text`, each after `before`; returns the rest of the text.
fn expand<'t>(text: &'t str, before: &mut Vec<String>, paths: &mut Vec<Vec<String>>) -> &'t str {
    let depth = before.len();
    let mut rest = text.trim_start();
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        before.push(rest[..end].to_owned());
        rest = &rest[end..];
        let Some(inner) = rest.strip_prefix("::") else { break };
        rest = inner;
        if let Some(mut group) = rest.strip_prefix('{') {
            while !group.trim_start().starts_with('}') {
                group = expand(group, before, paths);
                let Some(comma) = group.find([',', '}']) else { break };
                group = group[comma..].strip_prefix(',').unwrap_or(&group[comma..]);
            }
            before.truncate(depth);
            return group.trim_start().strip_prefix('}').unwrap_or(group);
        }
    }
    paths.push(before.clone());
    before.truncate(depth);
    rest
}

/// Returns the module to which `path`, used in `module`, leads.
fn resolve(module: &Module, path: &[String], modules: &BTreeSet<Module>) -> Option<Module> {
    let mut at: Module = if path[0] == "crate" { Vec::new() } else { module.clone() };
    for name in path {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => _ = at.pop(),
            _ => {
                at.push(name.clone());
                if !modules.contains(&at) {
                    at.pop();
                    break;
                }
            }
        }
    }
    (!at.is_empty()).then_some(at)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
