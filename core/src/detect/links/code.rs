//! Decides which names with a dot are expressions in program code, or files in a folder.

use super::sentences;

/// Returns whether `name` and `tld` are an object and one of its members: `log.info`.
pub(super) fn is_member(name: &str, tld: &str) -> bool {
    MEMBERS.contains(&tld) && OBJECTS.contains(&name)
}

/// Returns whether `name` and `tld` are a file of test data, such as `test19.in`, or the template of a build file.
pub(super) fn is_input(name: &str, tld: &str) -> bool {
    const STEMS: [&str; 9] = ["case", "data", "example", "file", "in", "input", "sample", "test", "testcase"];
    const BUILDS: [&str; 6] = ["configure", "config", "makefile", "meson", "setup", "cmakelists"];
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_']);
    tld == "in" && stem.len() < name.len() && STEMS.contains(&stem)
        || matches!(tld, "ac" | "am" | "in") && BUILDS.contains(&name)
}

/// Returns whether `host`, although it ends like a program's source file, is a site: one that programmers know, or one that the text
/// `before` it tells the reader to visit.
pub(super) fn is_site(before: &str, host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let Some((name, tld)) = lower.split_once('.') else { return false };
    SITES.contains(&&*lower)
        || matches!(tld, "rs" | "sh" | "md" | "py" | "so")
            && sentences::is_pointed_at(before)
            && !FILES.contains(&name)
}

/// Returns whether `host` is an application of macOS: `Steam.app`.
pub(super) fn is_application(host: &str) -> bool {
    let name = host.strip_suffix(".app").filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
    name.is_some_and(|name| APPLICATIONS.contains(&&*name.to_ascii_lowercase()))
}

/// Sites whose names end like source files of programs.
const SITES: &[&str] = &[
    "brew.sh",
    "bun.sh",
    "crates.rs",
    "docs.rs",
    "esm.sh",
    "lobste.rs",
    "ntfy.sh",
    "ohmyz.sh",
    "rocket.rs",
    "rustup.rs",
    "rustup.sh",
    "serde.rs",
    "starship.rs",
    "surge.sh",
    "tokio.rs",
    "transfer.sh",
];

/// Names of source files of programs, without their extension.
const FILES: &[&str] = &[
    "build",
    "changelog",
    "config",
    "configure",
    "contributing",
    "index",
    "init",
    "install",
    "lib",
    "license",
    "main",
    "mod",
    "notes",
    "readme",
    "run",
    "setup",
    "start",
    "test",
    "tests",
    "todo",
    "update",
    "utils",
];

/// Names of applications of macOS.
const APPLICATIONS: &[&str] = &[
    "automator",
    "blender",
    "calendar",
    "chrome",
    "code",
    "contacts",
    "discord",
    "docker",
    "excel",
    "finder",
    "firefox",
    "garageband",
    "gimp",
    "imovie",
    "inkscape",
    "iterm",
    "itunes",
    "keynote",
    "mail",
    "maps",
    "messages",
    "music",
    "notes",
    "numbers",
    "obs",
    "outlook",
    "pages",
    "photos",
    "preview",
    "safari",
    "slack",
    "spotify",
    "steam",
    "teams",
    "telegram",
    "terminal",
    "textedit",
    "tor",
    "vlc",
    "whatsapp",
    "word",
    "xcode",
    "zoom",
];

/// Returns whether a host of `tld` after `before` is a file in a folder, such as `src/x/main.pl`. A slash may also separate two sites, so
/// top-level domains that are hardly ever file extensions do not count.
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
    "dataframe",
    "db",
    "df",
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
