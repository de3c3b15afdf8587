use crate::detect::Detectors;
use crate::rules::{Source, parse};

const WORD: &str = "find = { words = [\"x\"] }\nhit = [\"x\"]\n";

/// Returns the warnings about a file with `head` and these rules, given as pairs of the id and the lines after it.
#[track_caller]
fn warnings(head: &str, rules: &[(&str, &str)]) -> Vec<String> {
    let rules =
        rules.iter().map(|(id, rest)| format!("[[rule]]\nid = \"{id}\"\n{}\n", rest.replace("WORD", WORD)));
    let text = format!("version = 1\n{head}\n{}", rules.collect::<String>());
    let source = Source { read_file: &|_| Ok("x".to_owned()), ..Source::alone("rules.toml", &text) };
    let file = parse(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
    file.warnings.diagnostics.into_iter().map(|warning| warning.message).collect()
}

const GROUPS: &str =
    "[people.staff]\nsenders = [\"*/user/staff-*\"]\n[places.kids]\nchannels = [\"channel/kids-*\"]\n";

#[test]
fn rules_that_no_message_reaches_are_told() {
    for (ender, rule, dead) in [
        ("from = \"*/user/a-*\"\ndo = \"pass\"", "from = \"user/a-b-*\"\ndo = \"deny\"", true),
        ("from = \"*\"\ndo = \"pass\"", "WORD\ndo = \"deny\"", true),
        ("in = \"**\"\ndo = \"deny\"", "in = \"channel/a\"\ndo = \"pass\"", true),
        ("from = \"*\"\ndo = \"pass\"", "from = { except = \"user/b\" }\ndo = \"deny\"", true),
        ("from = { except = \"user/a\" }\ndo = \"pass\"", "from = \"user/b\"\ndo = \"deny\"", true),
        ("from = { except = \"user/a\" }\ndo = \"pass\"", "from = \"user/a\"\ndo = \"deny\"", false),
        (
            "from = { except = \"user/a\" }\ndo = \"pass\"",
            "from = { except = \"user/*\" }\ndo = \"deny\"",
            true,
        ),
        (
            "from = { except = \"user/*\" }\ndo = \"pass\"",
            "from = { except = \"user/a\" }\ndo = \"deny\"",
            false,
        ),
        ("from = \"user/a\"\ndo = \"pass\"", "from = \"user/*\"\ndo = \"deny\"", false),
        ("from = \"user/a\"\ndo = \"pass\"", "WORD\ndo = \"deny\"", false),
        ("from = \"*\"\nmode = \"shadow\"\ndo = \"pass\"", "WORD\ndo = \"deny\"", false),
        ("from = \"*\"\ndo = \"pass\"", "WORD\ndo = \"deny\"\nmode = \"shadow\"", false),
        ("from = \"*\"\nwhen = \"score > 2\"\ndo = \"pass\"", "WORD\ndo = \"deny\"", false),
        ("from = \"*\"\npoints = 1", "WORD\ndo = \"deny\"", false),
        ("WORD\ndo = \"deny\"", "find = { words = [ 'x' ] }\nhit = [\"x\"]\ndo = \"mask\"", true),
        ("WORD\ndo = \"deny\"", "hit = [\"x\"]\ndo = \"mask\"\n[rule.find]\nwords = [\"x\"]", true),
        // The two sections differ, although they begin alike.
        (
            "hit = [\"x\"]\ndo = \"deny\"\n[rule.find]\nwords = [\"x\"]",
            "hit = [\"y\"]\ndo = \"mask\"\n[rule.find]\nwords = [\"y\"]",
            false,
        ),
        ("WORD\ndo = \"deny\"", "WORD\ndo = \"mask\"\non = [\"metadata\"]", false),
        ("WORD\ndo = \"deny\"", "when = \"ender\"\ndo = \"mask\"\nWORD", true),
        ("do = \"mask\"\nWORD", "from = { except = \"*\" }\ndo = \"deny\"", true),
    ] {
        let messages = warnings("", &[("ender", ender), ("rule", rule)]);
        assert_eq!(
            messages.contains(&"rule `rule` can never fire".to_owned()),
            dead,
            "{ender}\n{rule}\n{messages:?}"
        );
    }
}

#[test]
fn rules_that_see_what_others_left_are_told() {
    for (edits, denies, late) in [
        ("", "", true),
        ("from = \"staff\"", "", true),
        ("from = \"staff\"", "in = \"kids\"", true),
        ("in = \"kids\"", "in = \"kids\"", true),
        ("in = { except = \"kids\" }", "in = \"kids\"", false),
        ("in = \"kids\"", "in = { except = \"kids\" }", false),
        ("in = { except = \"kids\" }", "in = \"channel/kids-7\"", false),
        ("in = { except = \"channel/adults-*\" }", "in = \"kids\"", true),
        ("in = \"channel/adults-*\"", "in = \"kids\"", false),
        ("from = \"user/a\"", "from = [\"user/b\", \"user/c-*\"]", false),
        ("from = \"user/a\"", "from = [\"user/b\", \"user/a*\"]", true),
        ("in = \"kids\"", "when = \"not edits\"", false),
        ("tag = \"soft\"", "when = \"score < 3 and not soft\"", false),
        ("tag = \"soft\"", "when = \"not (edits and score > 3)\"", true),
        ("mode = \"shadow\"", "", false),
        ("", "mode = \"shadow\"", false),
        ("on = [\"metadata\"]", "", false),
    ] {
        let rules = [
            ("edits", &*format!("WORD\ndo = \"mask\"\n{edits}")),
            ("denies", &format!("WORD\ndo = \"deny\"\n{denies}")),
        ];
        let used = format!("{GROUPS}[[test]]\nsay = \"\"\n");
        let messages = warnings(&used, &rules);
        let expected = "rule `denies` sees the text only as `edits` left it".to_owned();
        assert_eq!(messages.contains(&expected), late, "{edits}\n{denies}\n{messages:?}");
    }
}

#[test]
fn what_is_legal_and_probably_wrong_is_told() {
    let denies = |rest: &str| format!("WORD\ndo = \"deny\"\n{rest}");
    let does = |action: &str| format!("WORD\ndo = {action}");
    let finds = |find: &str, rest: &str| format!("find = {{ {find} }}\nhit = [\"x\"]\n{rest}");
    let list = |file: &str| (format!("[lists.a]\nfile = {file}\n"), finds("words = \"a\"", "do = \"mask\""));
    for ((head, rule), expected) in [
        ((String::new(), denies("tag = \"other\"")), Some("tag `other` is called like a rule")),
        ((String::new(), denies("tag = [\"x\", \"other\"]")), Some("tag `other` is called like a rule")),
        ((String::new(), denies("tag = \"others\"")), None),
        ((String::new(), denies("points = { word = 1, wrod = 2 }")), Some("of the kind `wrod`")),
        ((String::new(), denies("points = { word = 1, severe = 2 }")), None),
        ((String::new(), finds("pii = [\"email\"]", "points = { phone = 1 }")), Some("of the kind `phone`")),
        ((String::new(), finds("pii = \"all\"", "points = { phone = 1 }")), None),
        ((String::new(), finds("profanity = \"work\"", "points = { sexual = 1, mild = 0 }")), None),
        ((String::new(), finds("secrets = \"all\"", "points = { github = 1 }")), None),
        ((String::new(), finds("regex = \"\\bx\\b\"", "do = \"mask\"")), Some("is a backspace")),
        ((String::new(), finds("regex = ['y', \"\\bx\\b\"]", "do = \"mask\"")), Some("is a backspace")),
        ((String::new(), finds("regex = '(?-u:\\b)x'", "do = \"mask\"")), None),
        ((String::new(), does("{ replace = \"[{kind}]\" }")), None),
        ((String::new(), does("{ replace = \"[{word}]\" }")), Some("`{word}` is not a placeholder")),
        ((String::new(), does("{ replace = \"{{kind}}\" }")), Some("`{{kind}}` is not a placeholder")),
        ((String::new(), does("{ replace = \"{Kind}\" }")), Some("`{Kind}` is not a placeholder")),
        (
            (String::new(), does("{ annotate = { metadata = { a = [\"{kind}\"] } } }")),
            Some("`{kind}` is not"),
        ),
        ((String::new(), "find = { words = [\"x\"] }\nhit = \"x\"\ndo = \"mask\"".to_owned()), None),
        (
            (String::new(), "find = { words = [\"x\"] }\nhit = []\ndo = \"mask\"".to_owned()),
            Some("does not show"),
        ),
        (list("\"../a.txt\""), Some("`../a.txt` is outside")),
        (list("\"/etc/a.txt\""), Some("`/etc/a.txt` is outside")),
        (list("\"lists/a.txt\""), None),
    ] {
        let other = ("other", "from = \"user/none\"\npoints = 1");
        let messages: Vec<_> = warnings(&head, &[("rule", &rule), other]);
        match expected {
            Some(expected) => assert!(
                messages.iter().any(|messages| messages.contains(expected)),
                "{head}{rule}\n{messages:?}"
            ),
            None => assert_eq!(messages, Vec::<String>::new(), "{head}{rule}"),
        }
    }
}

#[test]
fn warnings_stand_under_what_they_are_about() {
    let text = "version = 1\n[[rule]]\nid = \"a\"\ntag = [\n  \"b\",\n  \"a\",\n]\nhit = [\"x\"]\n[rule.find]\nwords = [\"x\"]\n[rule.points]\nwrod = 2\n[rule.do]\nreplace = \"{word}\"\n";
    let file = parse(&Source::alone("rules.toml", text), &Detectors::builtin()).unwrap();
    let lines = file.warnings.diagnostics.iter().map(|warning| {
        let at = warning.span.clone().unwrap().start;
        text[at..].lines().next().unwrap()
    });
    assert_eq!(lines.collect::<Vec<_>>(), ["\"a\",", "wrod = 2", "\"{word}\""]);
}

#[test]
fn rules_that_count_and_nobody_tries_or_hears_of_are_told() {
    const RATE: &str = "find = { rate = { max = 3, within = '5s' } }\ndo = 'deny'\n";
    const DECIDED: &str = "find = { rate = { max = 3, within = '5s' } }\ndo = 'deny'\non-error = 'pass'\n";
    const STRIKES: &str = "find = { strikes = { min = 3, within = '1h' } }\ndo = 'deny'\non-error = 'pass'\n";
    let denied = "test = [{ say = 'x', after = { times = 3 }, denied = 'rule' }]";
    let by = "test = [{ say = 'x', after = { times = 3 }, by = ['rule'] }]";
    let untested = "no [[test]] covers rule `rule`".to_owned();
    let denies_without_store = "while the store does not answer, rule `rule` denies all messages".to_owned();
    assert_eq!(warnings("", &[("rule", RATE)]), [untested.clone(), denies_without_store.clone()]);
    assert_eq!(warnings(denied, &[("rule", DECIDED)]), [""; 0]);
    assert_eq!(warnings(by, &[("rule", &RATE.replace("'deny'", "'deny'\nmode = 'shadow'"))]), [""; 0]);
    assert_eq!(warnings(by, &[("rule", &RATE.replace("'deny'", "'deny'\non-error = 'deny'"))]), [""; 0]);
    assert_eq!(warnings(denied, &[("other", "WORD\ndo = 'deny'"), ("rule", RATE)]), [denies_without_store]);

    let tested = "test = [{ say = 'y', by = ['muted', 'rule'] }]";
    let gives = DECIDED.to_owned() + "strikes = 1";
    assert_eq!(warnings(tested, &[("muted", STRIKES), ("rule", &gives)]), [""; 0]);
    let muted = "test = [{ say = 'y', by = ['muted'] }]";
    assert_eq!(
        warnings(muted, &[("muted", STRIKES)]),
        ["rule `muted` counts strikes, but no rule has the key `strikes`"]
    );
    assert_eq!(
        warnings(by, &[("rule", &gives)]),
        ["rule `rule` has the key `strikes`, but no rule counts strikes"]
    );

    let staff = "from = '*/user/staff-*'\ndo = 'pass'";
    assert_eq!(warnings(denied, &[("staff", staff), ("rule", DECIDED)]), [""; 0]);
    assert_eq!(
        warnings(denied, &[("rule", DECIDED), ("staff", staff)]),
        ["rule `rule` counts the messages of these senders before they pass"]
    );
}

#[test]
fn settings_of_rules_that_count_and_mean_nothing_are_told() {
    let list = "[lists.ours]\n";
    let duplicate = |rest: &str| format!("duplicate = {{ more-than = 2, within = '5m', {rest} }}");
    let rate = |rest: &str| format!("rate = {{ {rest} }}");
    for (lists, find, expected) in [
        (String::new(), duplicate("by = 'link', like = 'same'"), Some("`like` is about texts")),
        (String::new(), duplicate("by = ['link'], min = 20"), Some("`min` is about texts")),
        (String::new(), duplicate("by = ['link', 'text'], min = 20"), None),
        (String::new(), duplicate("by = 'text', like = 'same', min = 5"), None),
        (
            list.to_owned() + "domains = ['a.com']",
            duplicate("allow = 'ours'"),
            Some("`ours` has only domains"),
        ),
        (list.to_owned() + "domains = ['a.com']", duplicate("allow = 'ours', by = 'link'"), None),
        (
            list.to_owned() + "words = ['good morning']",
            duplicate("allow = 'ours', by = 'link'"),
            Some("`ours` has only words"),
        ),
        (list.to_owned() + "file = 'list.txt'", duplicate("allow = 'ours'"), None),
        (
            list.to_owned() + "words = ['good morning']",
            duplicate("allow = 'ours', by = ['link', 'text']"),
            None,
        ),
        (
            list.to_owned() + "allow = ['a']",
            duplicate("allow = 'ours'"),
            Some("only an allow-list for words"),
        ),
        (String::new(), rate("max = 20, within = '2s'"), Some("more than 20 messages in 2s")),
        (String::new(), rate("max = 19, within = '2s'"), None),
        (String::new(), rate("max = 20, within = '2s', of = 'channel'"), None),
        (
            String::new(),
            "duplicate = { more-than = 20, within = '2s', like = 'same' }".to_owned(),
            Some("can never fire"),
        ),
        (String::new(), "duplicate = { senders = 31, within = '2s' }".to_owned(), None),
    ] {
        let test = "test = [{ say = 'x', after = { times = 3 }, denied = 'rule' }]\n";
        let rule = format!("find = {{ {find} }}\ndo = 'deny'\non-error = 'pass'");
        let found = warnings(&format!("{test}{lists}"), &[("rule", &rule)]);
        match expected {
            Some(expected) => {
                assert!(found.len() == 1 && found[0].contains(expected), "{find}: {found:?}");
            }
            None => assert_eq!(found, [""; 0], "{find}"),
        }
    }
}

#[test]
fn slow_mode_that_delivers_is_told() {
    let test = "test = [{ say = 'x', after = { times = 3 }, by = ['rule'] }]";
    let slow = "find = { links = 'all', rate = { max = 1, within = '5s', counts = 'delivered' } }\non-error = 'pass'\n";
    let messages = |action: &str| warnings(test, &[("rule", &format!("{slow}{action}"))]);
    let wrong = ["what rule `rule` finds is delivered, and does not count as delivered"];
    assert_eq!(messages("do = 'mask'"), wrong);
    assert_eq!(messages("tag = 'fast'"), wrong);
    assert_eq!(messages("do = 'deny'"), [""; 0]);
    assert_eq!(messages("do = 'deny'\nmode = 'shadow'"), [""; 0]);
}

#[test]
fn steps_of_a_ladder_that_hide_others_are_told() {
    let rule = |find: &str| format!("find = {{ {find} }}\ndo = 'deny'\non-error = 'pass'\n");
    let strikes = |min: u32, within: &str, mute: &str| {
        let mute = if mute.is_empty() { String::new() } else { format!(", mute = '{mute}'") };
        rule(&format!("strikes = {{ min = {min}, within = '{within}'{mute} }}"))
    };
    let rate = |rest: &str| rule(&format!("rate = {{ {rest} }}"));
    let tests = "test = [{ say = 'x', by = ['first', 'second', 'flood'] }]";
    let gives = rate("max = 3, within = '5s'") + "strikes = 1\n";
    let never = vec!["rule `second` can never fire".to_owned()];
    for (first, second, is_hidden) in [
        // The second finds nothing that the first does not.
        (strikes(3, "1h", ""), strikes(6, "1h", ""), true),
        (strikes(3, "1d", ""), strikes(3, "1h", ""), true),
        (strikes(3, "1h", "1d"), strikes(6, "1h", "1h"), true),
        (strikes(3, "1h", "1h"), strikes(6, "1h", ""), true),
        // Strikes are too old once the first mute ends.
        (strikes(3, "1d", "1d"), strikes(6, "1d", "7d"), true),
        // As they should be.
        (strikes(6, "1d", "1d"), strikes(3, "1h", "10m"), false),
        (strikes(3, "1h", "10m"), strikes(6, "1d", "1d"), false),
        (strikes(6, "1h", "10m"), strikes(3, "1h", "10m"), false),
        (rate("max = 3, within = '10s'"), rate("max = 6, within = '10s'"), true),
        (rate("max = 3, within = '10s', of = 'sender-anywhere'"), rate("max = 6, within = '5s'"), true),
        (rate("max = 3, within = '10s'"), rate("max = 6, within = '10s', of = 'sender-anywhere'"), false),
        (rate("max = 3, within = '5s'"), rate("max = 6, within = '10s'"), false),
        (rate("max = 6, within = '10s'"), rate("max = 3, within = '5s'"), false),
        (rate("max = 3, within = '10s'"), rate("max = 6, within = '10s', edits = true"), false),
        (rate("max = 3, within = '10s'") + "from = 'user/a'", rate("max = 6, within = '10s'"), false),
        (rate("max = 3, within = '10s'") + "mode = 'shadow'", rate("max = 6, within = '10s'"), false),
    ] {
        let messages = warnings(tests, &[("first", &first), ("second", &second), ("flood", &gives)]);
        let messages: Vec<_> =
            messages.into_iter().filter(|messages| messages.contains("`second`")).collect();
        assert_eq!(messages, if is_hidden { never.clone() } else { Vec::new() }, "{first}{second}");
    }
    let gives_itself = strikes(3, "1h", "") + "strikes = 1";
    let messages = warnings("test = [{ say = 'x', by = ['first'] }]", &[("first", &gives_itself)]);
    assert_eq!(messages, ["rule `first` can never fire: only rules that find strikes give any"]);
    let tests = "test = [{ say = 'x', by = ['first', 'flood'] }]";
    assert_eq!(warnings(tests, &[("first", &gives_itself), ("flood", &gives)]), [""; 0]);
}
