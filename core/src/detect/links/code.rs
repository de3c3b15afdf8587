//! Decides which names with a dot are expressions in program code, or files in a folder.

/// Returns whether `name` and `tld` are an object and one of its members: `log.info`.
pub(super) fn is_member(name: &str, tld: &str) -> bool {
    MEMBERS.contains(&tld) && OBJECTS.contains(&name)
}

/// Returns whether `name` and `tld` are a file of test data, `test19.in`, or the template of a file of a build.
pub(super) fn is_input(name: &str, tld: &str) -> bool {
    const STEMS: [&str; 9] = ["case", "data", "example", "file", "in", "input", "sample", "test", "testcase"];
    const BUILDS: [&str; 6] = ["configure", "config", "makefile", "meson", "setup", "cmakelists"];
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_']);
    tld == "in" && stem.len() < name.len() && STEMS.contains(&stem)
        || matches!(tld, "ac" | "am" | "in") && BUILDS.contains(&name)
}

/// Returns whether a host of `tld` after `before` is a file in a folder: `src/x/main.pl`. Sites are also written one after the other with
/// a slash, so top-level domains that are hardly ever extensions are none.
pub(super) fn is_in_folder(before: &str, tld: &str) -> bool {
    const SITES: [&str; 18] = [
        "at", "br", "cn", "co", "com", "de", "edu", "es", "eu", "fr", "gov", "it", "jp", "net", "nl", "org",
        "ru", "uk",
    ];
    let Some(folder) = before.strip_suffix('/') else { return false };
    let is_path_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    folder.ends_with(is_path_char) && tld.is_ascii() && !SITES.contains(&tld)
}

/// Names of objects in program code.
const OBJECTS: &[&str] = &[
    "app",
    "args",
    "arr",
    "array",
    "btn",
    "button",
    "cell",
    "client",
    "cls",
    "col",
    "config",
    "console",
    "context",
    "controller",
    "ctx",
    "cursor",
    "db",
    "doc",
    "document",
    "e",
    "el",
    "elem",
    "element",
    "err",
    "error",
    "event",
    "evt",
    "exc",
    "file",
    "form",
    "fs",
    "handler",
    "http",
    "i",
    "idx",
    "img",
    "index",
    "input",
    "item",
    "iter",
    "job",
    "key",
    "list",
    "log",
    "logger",
    "logging",
    "map",
    "math",
    "message",
    "model",
    "module",
    "msg",
    "node",
    "obj",
    "object",
    "opts",
    "options",
    "os",
    "params",
    "parent",
    "parser",
    "path",
    "process",
    "props",
    "query",
    "queue",
    "re",
    "req",
    "request",
    "res",
    "resp",
    "response",
    "result",
    "row",
    "self",
    "server",
    "session",
    "set",
    "socket",
    "state",
    "std",
    "store",
    "str",
    "stream",
    "string",
    "sys",
    "table",
    "task",
    "test",
    "this",
    "thread",
    "token",
    "user",
    "util",
    "utils",
    "val",
    "value",
    "vec",
    "view",
    "window",
];

/// Top-level domains that are also names of members.
const MEMBERS: &[&str] = &[
    "call", "city", "click", "codes", "data", "date", "day", "email", "events", "group", "help", "host",
    "id", "info", "link", "map", "name", "new", "next", "now", "open", "page", "phone", "place", "play",
    "plus", "post", "prof", "read", "report", "room", "run", "save", "search", "select", "show", "site",
    "store", "style", "target", "top", "trade", "watch", "zip", "zone",
];
