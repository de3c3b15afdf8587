//! The language of rules files, in reading order: every key, what it takes and what it means.
//!
//! The settings of a detector in `find` are declared by the detector: [`Settings::SHAPE`](crate::detect::Settings::SHAPE).

use super::action::{check_empty, check_mask, check_place};
use super::ids::{RESERVED, check_id};
use crate::detect::{DOMAIN, ENTRY, FOLD, WORD};
use crate::shape::{Alternative, Constraint, Has, Key, List, Map, Problem, Shape, Table, Text, Words};
use crate::state::DURATION;

/// The whole file.
pub(super) static FILE: Table = Table::of("a rules file", "", &[
    Key::new("version", Shape::Integer { min: 1, max: 1 }, "The version of the language.").required()
        .help("begin the file with `version = 1`, which is what this program reads; another version needs a newer `chimeflow`"),
    Key::new("defaults", Shape::Table(&DEFAULTS), "Settings of rules that do not set them themselves."),
    Key::new("message", Shape::Table(&MESSAGE), "How messages are encoded."),
    Key::new("lists", Shape::Map(&Map::of("a table of lists", Shape::Table(&LIST))), "Lists of words or domains, which rules name."),
    Key::new("people", Shape::Map(&Map::of("a table of groups", Shape::Table(&SENDERS))), "Groups of senders, for `from`."),
    Key::new("places", Shape::Map(&Map::of("a table of groups", Shape::Table(&CHANNELS))), "Groups of channels, for `in`."),
    Key::new("file", Shape::List(&List::of_tables(&INNER_FILE)), "The files that lists name, inside the rules file, so that rules are one document. `chimeflow rules bundle` writes them.").help("write the brackets twice: `[[file]]`"),
    Key::new("rule", Shape::List(&List::of_tables(&RULE)), "Rules run from top to bottom.").help("write the brackets twice: `[[rule]]`"),
    Key::new("test", Shape::List(&List::of_tables(&TEST)), "A message and its expected outcome. Without one, the message must stay unchanged.").help("write the brackets twice: `[[test]]`"),
]);

const DEFAULTS: Table = Table::of("[defaults]", "", &[
    MODE.default("`\"enforce\"`"),
    ON_ERROR.default("`\"deny\"`, or the value that the deployment sets"),
    Key::new("fold", FOLD, "How far disguises of words are decoded.").default("`\"strict\"`"),
    Key::new("mask", MASK, "The character that `mask` and `keep-last` write.").default("`\"*\"`"),
]);

const MESSAGE: Table = Table::of("[message]", "", &[
    Key::new("encoding", ENCODING, "Whether text is percent-encoded.").default("`\"auto\"`"),
    Key::new("json", Shape::List(&List::any("pointers", POINTER)), "Where the text is, for clients that send JSON as content."),
    Key::new("empty", EMPTY, "What is sent if edits leave nothing of the content.").default("`\"deny\"`"),
]);

const LIST: Table = Table::of("a list", "{ words = [\"darn\"] }", &[
    Key::new("words", Shape::List(&List::any("words", ENTRY)), "Words and phrases, signs and emoji; a `*` at an end matches more letters."),
    Key::new("allow", Shape::List(&List::any("words", WORD)), "Allow-list: a finding inside one of these words or phrases does not count."),
    Key::new("domains", Shape::List(&List::any("domains", DOMAIN)), "Domains of links; `*.` matches subdomains, and a path may follow."),
    Key::new("file", Shape::TEXT, "A file with a word on each line, relative to the folder of the rules file."),
    Key::new("fold", FOLD, "How far disguises of these words are decoded.").default("`fold` of the rule"),
])
.with(&[Constraint::any_of(
    &[Has::Filled("words"), Has::Filled("domains"), Has::Filled("allow"), Has::Key("file")],
    "this list is empty",
    "add `words`, `domains` or a `file`",
)]);

const SENDERS: Table = Table::of("a group", "{ senders = [\"user/staff-*\"] }", &[Key::new("senders", Shape::List(&PATTERNS), "Patterns over ARNs, or the ends of ARNs, of users and bots.").required()],
);

const CHANNELS: Table = Table::of("a group", "{ channels = [\"channel/kids-*\"] }", &[Key::new("channels", Shape::List(&PATTERNS), "Patterns over ARNs, or the ends of ARNs, of channels.").required()],
);

const INNER_FILE: Table = Table::of("a file", "", &[
    Key::new("name", Shape::TEXT, "What a list's `file` calls it.").required(),
    Key::new("text", Shape::TEXT, "The content of the file.").required(),
]);

const RULE: Table = Table::of("a rule", "", &[
    Key::new("id", ID, "Its name in logs, traces and conditions: letters, digits, `-` and `_`, a letter first.").required(),
    Key::new("why", Shape::TEXT, "The reason for it, for people."),
    Key::new("from", SCOPE, "Whose messages it applies to: groups of `people`, or patterns over ARNs.").default("everybody's"),
    Key::new("in", SCOPE, "Which channels it applies to: groups of `places`, or patterns over ARNs.").default("all"),
    Key::new("on", Shape::List(&List::of("fields", PLACE)), "Where it looks: `content`, `push-title`, `push-body`, `metadata`, `attributes`, or a place in JSON metadata such as `metadata:/a/b`.").default("what people read: content and push notification"),
    Key::new("find", Shape::Map(&FIND), "What it finds: [detectors](detectors.md) and their settings. All of them must find something."),
    Key::new("when", Shape::Text(&Text { what: "a condition", ..Text::ANY }), "What rules above it must have found: rule ids, tags, `score >= 3`, `and`, `or`, `not`, parentheses."),
    Key::new("do", ACTION, "Its action on what it finds, or on the message."),
    Key::new("points", POINTS, "The points that it adds to the score, or a table of points by kind or severity of its findings, or `each` for every finding.").default("0"),
    Key::new("strikes", Shape::Integer { min: 1, max: 100 }, "How many strikes it records for the sender of a message in which it finds something. The detector `strikes` counts them.").default("none"),
    Key::new("tag", Shape::List(&List::of("names", ID)), "Names that it shares with other rules, for `when`."),
    MODE.default("`mode` of `[defaults]`"),
    Key::new("severity", Shape::Words(&Words::of("severity", || &["low", "medium", "high", "critical"])), "How serious its findings are, for the log."),
    ON_ERROR.default("`on-error` of `[defaults]`"),
    Key::new("hit", Shape::List(&List::any("texts", Shape::TEXT)), "Texts in which it must find something."),
    Key::new("miss", Shape::List(&List::any("texts", Shape::TEXT)), "Texts in which it must find nothing."),
])
.with(&[
    Constraint::any_of(
        &[Has::Key("find"), Has::Key("from"), Has::Key("in"), Has::Key("when")],
        "{} is about every message",
        "say what it finds (`find`), whose messages it is about (`from`, `in`) or when it counts (`when`)",
    ),
    Constraint::any_of(&[Has::Key("do"), Has::Filled("points"), Has::Key("tag"), Has::Key("strikes")], "{} does nothing", "add `do`, `points`, `strikes` or a `tag`"),
    Constraint {
        when: &[Has::Choice("do", EDITS)],
        needs: &[Has::Key("find")],
        says: "{} edits what it finds, and has no `find`",
        help: "without `find` it may deny, pass or annotate",
    },
    Constraint::never(
        &[Has::Choice("do", EDITS), Has::Only("find", "json")],
        "{} edits what it finds, and `json` finds no text",
        "it may deny, pass or annotate; to edit a text in metadata, look for it `on = [\"metadata:/…\"]`",
    ),
    Constraint::never(&[Has::Filled("hit"), Has::Choice("find", COUNTING)], "`hit` is about a text alone, and {} counts messages", "use a [[test]] with `after`"),
    Constraint::never(&[Has::Filled("miss"), Has::Choice("find", COUNTING)], "`miss` is about a text alone, and {} counts messages", "use a [[test]] with `after`"),
    Constraint {
        when: &[Has::Filled("hit")],
        needs: &[Has::Key("find")],
        says: "`hit` contains texts in which `find` must find something, and {} has no `find`",
        help: "use a [[test]]",
    },
    Constraint {
        when: &[Has::Filled("miss")],
        needs: &[Has::Key("find")],
        says: "`miss` contains texts in which `find` must find nothing, and {} has no `find`",
        help: "use a [[test]]",
    },
]);

/// The detectors that count over time.
const COUNTING: &[&str] = &["rate", "duplicate", "newcomer", "strikes"];

/// Each detector declares its own settings.
const FIND: Map = Map { such_as: "{ words = [\"darn\"] }", least: 1, ..Map::of("a table of detectors and their settings", Shape::Any) };

const ACTION: Shape = Shape::Alternatives(&[
    Alternative::under(
        "plainly",
        Shape::Words(&Words::of("action", || &["deny", "pass", "mask", "strip"])),
    ),
    Alternative::of(Shape::Table(&Table {
        is_choice: true,
        ..Table::of(
            "`do`",
            "{ replace = \"[{kind}]\" }",
            &[
                Key::new("mask", MASK, "Replaces each character of a finding by this one."),
                Key::new("replace", Shape::TEXT, "Replaces a finding by this text. `{kind}` becomes the kind of the finding."),
                Key::new("keep-last", Shape::COUNT, "Masks all but the last letters and digits, of which this many stay readable."),
                Key::new("annotate", Shape::Table(&ANNOTATION), "Adds to the metadata, and leaves the text unchanged."),
            ],
        )
    })),
]);

const ANNOTATION: Table = Table::of("`annotate`", "{ metadata = { flag = \"phone\" } }", &[Key::new("metadata", Shape::Map(&Map { such_as: "{ flag = \"phone\" }", ..Map::of("a table", Shape::Json) }), "The members to add.").required()],
);

/// The actions that change the findings.
const EDITS: &[&str] = &["mask", "strip", "replace", "keep-last"];

const TEST: Table = Table::of("a test", "", &[
    Key::new("say", Shape::TEXT, "The content of the message.").required(),
    Key::new("from", Shape::TEXT, "ARN of the sender, or the end of it."),
    Key::new("in", Shape::TEXT, "ARN of the channel, or the end of it."),
    Key::new("metadata", Shape::TEXT, "Metadata of the message."),
    Key::new("push-title", Shape::TEXT, "Title of its push notification."),
    Key::new("push-body", Shape::TEXT, "Body of its push notification."),
    Key::new("encoding", ENCODING, "`percent` sends `say` percent-encoded.").default("`\"auto\"`"),
    Key::new("gets", Shape::TEXT, "What people receive instead."),
    Key::new("gets-metadata", Shape::TEXT, "The metadata that they receive instead."),
    Key::new("gets-push-title", Shape::TEXT, "The push title that they receive instead."),
    Key::new("gets-push-body", Shape::TEXT, "The push body that they receive instead."),
    Key::new("after", Shape::List(&List::of("messages", Shape::Table(&AFTER))), "What was sent before it, for rules that count over time: the rules judge these messages first, in the order of their times."),
    Key::new("denied", Shape::TEXT, "The rule that denies it."),
    Key::new("by", Shape::List(&List::any("rules", Shape::TEXT)), "The rules that find something, in order, including those in shadow mode."),
])
.with(&[
    gets_nothing(&[Has::Key("denied"), Has::Key("gets")]),
    gets_nothing(&[Has::Key("denied"), Has::Key("gets-metadata")]),
    gets_nothing(&[Has::Key("denied"), Has::Key("gets-push-title")]),
    gets_nothing(&[Has::Key("denied"), Has::Key("gets-push-body")]),
]);

const AFTER: Table = Table::of("a message before the test", "{ times = 8, ago = \"3s\" }", &[
    Key::new("say", Shape::TEXT, "Its content.").default("that of the test"),
    Key::new("from", Shape::TEXT, "ARN of its sender, or the end of it.").default("that of the test"),
    Key::new("in", Shape::TEXT, "ARN of its channel, or the end of it.").default("that of the test"),
    Key::new("ago", DURATION, "How long before the test it is sent for the first time.").default("so long that the last is sent before the test"),
    Key::new("times", Shape::Integer { min: 1, max: 1000 }, "How often it is sent.").default("`1`"),
    Key::new("every", DURATION, "The time from one to the next; less if there is not enough time before the test.").default("`\"1s\"`"),
    Key::new("senders", Shape::Integer { min: 1, max: 1000 }, "How many senders send it one after another, each `times` times. Each is called `from` with a number.").default("only `from`"),
]);

const fn gets_nothing(both: &'static [Has]) -> Constraint {
    Constraint::never(both, "nobody receives a denied message", "remove `denied`, or what people receive")
}

const MODE: Key = Key::new("mode", Shape::Words(&Words::of("mode", || &["enforce", "shadow"])), "In shadow mode a rule runs and is counted, but changes nothing.");

const ON_ERROR: Key = Key::new("on-error", Shape::Words(&Words::of("way", || &["deny", "pass"])), "What happens to a message that a rule cannot judge.");

const ENCODING: Shape = Shape::Words(&Words::of("encoding", || &["auto", "plain", "percent"]));

const POINTS: Shape = Shape::Alternatives(&[
    Alternative::under("any", NUMBER_OF_POINTS),
    Alternative::under(
        "by-kind",
        Shape::Map(&Map {
            such_as: "{ email = 2, phone = 1 }",
            least: 1,
            keys: &[
                Key::new("each", NUMBER_OF_POINTS, "The points for each finding, in the field with most of them.").default("0"),
                Key::new("at-most", Shape::Integer { min: 1, max: MANY_POINTS }, "The most points that the rule adds."),
            ],
            constraints: &[Constraint::never(&[Has::Key("at-most"), Has::OneKey], "`at-most` limits points, but the table has no other key", "add `each = 1`")],
            ..Map::of("a table of points by kind or severity", NUMBER_OF_POINTS)
        }),
    ),
]);

/// Larger numbers in one rule are typing errors; the bounds also keep sums far from overflow.
const NUMBER_OF_POINTS: Shape = Shape::Integer { min: -MANY_POINTS, max: MANY_POINTS };

const MANY_POINTS: i64 = 1_000_000;

const ID: Shape = Shape::Text(&Text { what: "a name", check: check_id, pattern: "^[A-Za-z][A-Za-z0-9_-]*$", never: &RESERVED });

/// Some senders or channels, or all others.
const SCOPE: Shape = Shape::Alternatives(&[
    Alternative::under("names", Shape::List(&NAMES)),
    Alternative::of(Shape::Table(&Table::of(
        "this table",
        "{ except = \"staff\" }",
        &[Key::new("except", Shape::List(&NAMES), "Everybody and everything except these.").required()],
    ))),
]);

const NAMES: List = List::of("names", Shape::Text(&NAME));
const PATTERNS: List = List::of("patterns", Shape::Text(&PATTERN));

const PLACE: Shape = Shape::Text(&Text {
    what: "a field such as \"content\"",
    check: check_place,
    pattern: "^(content|push-title|push-body|metadata|attributes)$|^metadata:/",
    never: &[],
});

const POINTER: Shape = Shape::Text(&Text { what: "a JSON pointer such as \"/text\"", check: check_pointer, pattern: "^/", never: &[] });

const MASK: Shape = Shape::Text(&Text { what: "one printable ASCII character", check: check_mask, pattern: "^[!-~]$", never: &[] });

const EMPTY: Shape = Shape::Text(&Text { what: "\"deny\" or a text to send instead", check: check_empty, pattern: "\\S", never: &[] });

const NAME: Text = not_blank("the name of a group");
const PATTERN: Text = not_blank("a pattern over ARNs");

/// Returns a text that must not be blank.
const fn not_blank(what: &'static str) -> Text { Text { what, check: check_not_blank, pattern: "\\S", never: &[] } }

fn check_not_blank(text: &str) -> Result<(), Problem> {
    let problem = || Problem::new("an empty text matches nobody");
    if text.trim().is_empty() { Err(problem()) } else { Ok(()) }
}

fn check_pointer(text: &str) -> Result<(), Problem> {
    let problem = || Problem::new("a JSON pointer begins with `/`, as in `/text`");
    if text.starts_with('/') { Ok(()) } else { Err(problem()) }
}
