//! `links`: finds links, with and without a scheme, including obfuscated ones.

mod bare;
mod clear;
mod code;
pub(super) mod domains;
pub(super) mod host;
mod kind;
mod near_misses;
mod scan;
mod sentences;
mod shorteners;
mod spoken;
mod tail;

use std::ops::Range;

use serde::Deserialize;

use self::clear::ClearText;
use self::domains::{Domains, check_domain};
pub(super) use self::kind::KINDS;
use self::scan::Link;
use super::at_most::{MAX, beyond};
use super::kinds::{all_kinds, chosen, kinds};
use super::near_misses::distinct;
use super::{Context, Detector, Example, Exhausted, Found, NearMiss, Problem, Rulebook, Settings};
use crate::shape::{Alternative, Constraint, Has, Key, List, Shape, Table, Text, Words};
use crate::text::View;

/// Settings of `links`: the kinds of links to find, and the domains to which they must, or must not, lead.
#[derive(Debug, Deserialize)]
pub(super) struct Links {
    #[serde(default = "all_kinds")]
    kinds: Vec<String>,
    only: Option<Destinations>,
    except: Option<Destinations>,
    #[serde(default = "yes")]
    spoken: bool,
    #[serde(default)]
    max: usize,
}

fn yes() -> bool {
    true
}

/// The domains to which links lead: those of a named list, or those in the rule itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Destinations {
    List(String),
    Domains(Vec<String>),
}

/// Domains in a list, or the name of a list.
const DESTINATIONS: Shape = Shape::Alternatives(&[
    Alternative::under("list", Shape::Text(&Text { what: "the name of a list", ..Text::ANY })),
    Alternative::under("domains", Shape::List(&List { or_item: false, ..List::of("domains", DOMAIN) })),
]);

/// A domain, with or without its subdomains, or a path below it.
pub(crate) const DOMAIN: Shape = Shape::Text(&Text { what: "a domain", check: check_domain, ..Text::ANY });

const KIND: Shape = Shape::List(&kinds(&Words::of("kind of link", || KINDS)));

impl Settings for Links {
    const NAME: &'static str = "links";
    const SUMMARY: &'static str = "links with and without a scheme, also disguised (`hxxp`, `[.]`, `dot`): all, those of some `kinds`, `only` those to some domains, or all `except` those";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: r#""all""#,
            text: "see http://evil.test/x, www.example.com and t.me/x!",
            finds: &["http://evil.test/x", "www.example.com", "t.me/x"],
        },
        Example {
            settings: r#""all""#,
            text: "hxxps://evil[.]test/a and bücher。 bücher.de",
            finds: &["hxxps://evil[.]test/a", "bücher.de"],
        },
        Example {
            settings: r#""all""#,
            text: "v1.2, e.g. main.rs or Node.js. Fine.It is 10.5 percent, bob@example.com",
            finds: &[],
        },
        Example {
            settings: r#"{ except = ["example.com", "*.example.org"] }"#,
            text: "https://www.example.org/a, example.com, evil.com/example.com, example.com.evil.com",
            finds: &["evil.com/example.com", "example.com.evil.com"],
        },
        Example {
            settings: r#"{ only = ["bit.ly"] }"#,
            text: "bit.ly/x and example.com",
            finds: &["bit.ly/x"],
        },
        Example {
            settings: r#""all""#,
            text: "请看example.com吧 example.org에서 tiếngviệt.com",
            finds: &["example.com", "example.org", "tiếngviệt.com"],
        },
        Example {
            settings: r#"{ except = ["discord.gg/ours"] }"#,
            text: "discord.gg/ours, https://discord.gg/ours?event=1, discord.gg/theirs",
            finds: &["discord.gg/theirs"],
        },
        Example {
            settings: r#""all""#,
            text: "go to example dot com now, or discord dot gg slash abc; the dot com bubble",
            finds: &["example dot com", "discord dot gg slash abc"],
        },
        Example {
            settings: r#""all""#,
            text: "we won.it was great, see you there.me too, log.info, src/x/test19.in; repubblica.it and about.me/x",
            finds: &["repubblica.it", "about.me/x"],
        },
        Example { settings: r#"{ only = ["won.it"] }"#, text: "we won.it was great", finds: &["won.it"] },
        Example { settings: "{ spoken = false }", text: "go to example dot com now", finds: &[] },
        Example { settings: r#""all""#, text: "m.in. d.m.th. best.nr. 5, tel.no 5, 500 mia.kr.", finds: &[] },
        Example { settings: r#"{ except = ["bücher.de"] }"#, text: "http://xn--bcher-kva.de/a", finds: &[] },
        Example {
            settings: r#"{ except = ["example.com"] }"#,
            text: "https://example.com@evil.test http:\\\\example.com\\@evil.test 请看example.com",
            finds: &["https://example.com@evil.test", "http:\\\\example.com\\@evil.test"],
        },
        Example {
            settings: r#"{ except = ["*.example.com"] }"#,
            text: "http://evil.test%2f.example.com https://%65xample.com/x ⓔxample.com",
            finds: &["http://evil.test"],
        },
        Example {
            settings: r#"["lookalike", "ip", "shortener", "disguised"]"#,
            text: "https://pаypal.com http://2130706433/ bit.ly/x hxxp://evil[.]test https://example.com",
            finds: &["https://pаypal.com", "http://2130706433/", "bit.ly/x", "hxxp://evil[.]test"],
        },
        Example {
            settings: r#"{ kinds = ["shortener"], except = ["t.co"] }"#,
            text: "t.co/x tinyurl.com/x",
            finds: &["tinyurl.com/x"],
        },
        Example {
            settings: "{ max = 2 }",
            text: "a.example.com b.example.com/x and c.example.com",
            finds: &["c.example.com"],
        },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Alternatives(&[
        Alternative::under("kinds", KIND),
        Alternative::of(Shape::Table(&Table::of("`links`", "{ except = [\"example.com\"] }", &[
            Key::new("kinds", KIND, "Only links of these kinds.").default("`\"all\"`"),
            Key::new("only", DESTINATIONS, "Only links to these domains, or to these paths of them."),
            Key::new("except", DESTINATIONS, "All links but those to these domains, or to these paths of them, such as `discord.gg/ours`."),
            Key::new("spoken", Shape::Boolean, "Whether links that are spelled with words for their signs are found, such as `example dot com`.").default("true"),
            MAX,
        ])
        .with(&[Constraint::never(&[Has::Key("except"), Has::Key("only")], "expected either `only` or `except`, not both", "")]))),
    ]);

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let only_these = self.only.is_some();
        let domains = self.only.or(self.except).map(|named| named.resolve(rulebook)).transpose()?;
        let kinds = chosen(&self.kinds, KINDS);
        Ok(beyond(
            self.max,
            Box::new(Finder { kinds, domains: domains.unwrap_or_default(), only_these, spoken: self.spoken }),
        ))
    }
}

impl Destinations {
    fn resolve(self, rulebook: &Rulebook) -> Result<Domains, Problem> {
        match self {
            Self::Domains(domains) => Domains::parse(&domains),
            Self::List(name) => match &rulebook.lists.get(&name)?.domains[..] {
                [] => Err(Problem::new(format!("list `{name}` has no `domains`"))),
                domains => Domains::parse(domains),
            },
        }
    }
}

/// Returns `view` as a browser interprets its links, and the range and the host of each link that is not doubtful.
pub(super) fn links_of(view: &View) -> (String, Vec<(Range<usize>, String)>) {
    let clear = ClearText::of(view.typed(), false);
    let text = clear.text();
    let links = scan::links(text).into_iter().filter(|link| link.doubt.is_none() && !link.contact);
    let links = links.map(|link| (link.range, domains::canonical(&text[link.host])));
    let links = links.map(|(range, host)| (range, host.trim_start_matches("www.").to_owned())).collect();
    (text.to_owned(), links)
}

/// Finds links of the given kinds, either only to the given domains or to all others.
struct Finder {
    kinds: Vec<&'static str>,
    domains: Domains,
    /// Whether links to these domains are found, or links to all others.
    only_these: bool,
    /// Whether links that are spelled with words for signs are found.
    spoken: bool,
}

impl Detector for Finder {
    fn looks_again(&self) -> bool {
        true
    }

    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let clear = ClearText::of(text.typed(), self.spoken);
        for link in scan::links(clear.text()) {
            if self.is_doubtful(clear.text(), &link) || !self.is_selected(clear.text(), &link) {
                continue;
            }
            let range = clear.origin(link.range.clone());
            let is_obfuscated = text.text()[range.clone()] != clear.text()[link.range.clone()];
            let mut kinds = kind::kinds(clear.text(), &link, is_obfuscated);
            if let Some(kind) = kinds.find(|kind| self.kinds.contains(kind)) {
                found.push(range, kind);
            }
        }
        Ok(())
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let clear = ClearText::of(text.typed(), self.spoken);
        let (mut near, mut found) = (Vec::new(), Vec::new());
        for link in scan::links(clear.text()) {
            let range = link.range.clone();
            let is_obfuscated = text.text()[clear.origin(range.clone())] != clear.text()[range.clone()];
            let kinds: Vec<_> = kind::kinds(clear.text(), &link, is_obfuscated).collect();
            let kind = kinds.first().copied().unwrap_or("link");
            if let Some(why) = link.doubt.filter(|_| self.is_doubtful(clear.text(), &link)) {
                near.push(NearMiss { range, kind: "link", why: why.to_owned() });
            } else if !self.is_selected(clear.text(), &link) {
                near.push(NearMiss { range, kind, why: self.why_not_selected(clear.text(), &link) });
            } else if kinds.iter().any(|kind| self.kinds.contains(kind)) {
                found.push(range);
            } else {
                let why = format!("it is of kind `{kind}`, which `kinds` does not contain");
                near.push(NearMiss { range, kind, why });
            }
        }
        let others = near_misses::of(clear.text()).into_iter();
        let is_link = |range: &Range<usize>| {
            near.iter().any(|near| near.range.start <= range.start && range.end <= near.range.end)
        };
        let others: Vec<_> = others.filter(|(range, _)| !is_link(range)).collect();
        near.extend(others.into_iter().map(|(range, why)| NearMiss { range, kind: "link", why }));
        let near = distinct(near, &found).into_iter();
        near.map(|near| NearMiss { range: text.whole_graphemes(clear.origin(near.range)), ..near }).collect()
    }
}

impl Finder {
    /// Returns whether `link` is more likely something else. If the rule names its domain, it counts as a link.
    fn is_doubtful(&self, text: &str, link: &Link) -> bool {
        link.doubt.is_some() && !(self.only_these && self.domains.names(&text[link.host.clone()]))
    }

    /// Returns why `link` does not lead to a selected domain.
    fn why_not_selected(&self, text: &str, link: &Link) -> String {
        let host = &text[link.host.clone()];
        match (self.only_these, self.domains.contains(host, "")) {
            (true, _) => format!("`only` does not contain `{host}`"),
            (false, true) => format!("`except` contains `{host}`"),
            (false, false) => format!("`except` contains this path of `{host}`"),
        }
    }

    /// Returns whether `link` leads to a selected domain. A link that programs interpret differently leads to each of its hosts; a path
    /// counts only if there is no doubt about the host.
    fn is_selected(&self, text: &str, link: &Link) -> bool {
        let path = if link.other_host.is_none() { link.path(text) } else { "" };
        let mut hosts = std::iter::once(&link.host).chain(&link.other_host);
        hosts.any(|host| self.domains.contains(&text[host.clone()], path) == self.only_these)
    }
}

#[cfg(test)]
mod generated;
