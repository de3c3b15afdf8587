//! `links`: finds links, with and without a scheme, including obfuscated ones.

mod bare;
mod clear;
mod domains;
pub(super) mod host;
mod kind;
mod scan;
mod tail;

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use self::clear::ClearText;
use self::domains::{Domain, Domains};
pub(super) use self::kind::KINDS;
use self::scan::Link;
use super::kinds::ReadKinds;
use super::schemas::{self, table, texts};
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::View;

/// Settings of `links`: the kinds of links to find, and the domains to which or except to which they lead.
#[derive(Debug)]
pub(super) struct Links {
    kinds: Vec<&'static str>,
    hosts: Wanted,
}

/// The domains to which links are found.
#[derive(Debug)]
enum Wanted {
    All,
    Only(Named),
    Except(Named),
}

/// Domains in the settings: the name of a list, or the domains themselves.
#[derive(Debug)]
enum Named {
    List(String),
    Own(Vec<Domain>),
}

impl Settings for Links {
    const NAME: &'static str = "links";
    const SUMMARY: &'static str = "links with and without a scheme, through `hxxp` and `[.]`; all, those of some `kinds`, `only` those to some domains, or all `except` those";
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
    ];

    fn schema() -> Value {
        let kinds = schemas::kinds(KINDS);
        let table = table([("kinds", kinds.clone()), ("only", texts()), ("except", texts())]);
        json!({ "oneOf": [kinds, table] })
    }

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let (domains, wanted) = match self.hosts {
            Wanted::All => (Domains::default(), false),
            Wanted::Only(named) => (named.resolve(rulebook)?, true),
            Wanted::Except(named) => (named.resolve(rulebook)?, false),
        };
        Ok(Box::new(Finder { kinds: self.kinds, domains, wanted }))
    }
}

impl Named {
    fn resolve(self, rulebook: &Rulebook) -> Result<Domains, Problem> {
        match self {
            Self::Own(domains) => Ok(domains.into_iter().collect()),
            Self::List(name) => {
                let written = &rulebook.lists.get(&name)?.domains;
                if written.is_empty() {
                    return Err(Problem::new(format!("list `{name}` has no `domains`")));
                }
                written.iter().map(|domain| Domain::parse(domain).map_err(Problem::new)).collect()
            }
        }
    }
}

/// Finds links of the given kinds, either only to the given domains or to all others.
struct Finder {
    kinds: Vec<&'static str>,
    domains: Domains,
    /// Whether links to these domains are found, or links to all others.
    wanted: bool,
}

impl Detector for Finder {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let clear = ClearText::of(text.typed());
        for link in scan::links(clear.text()) {
            if !self.is_selected(clear.text(), &link) {
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
}

impl Finder {
    /// Returns whether `link` leads to a selected domain. A link that programs interpret differently leads to each of its hosts.
    fn is_selected(&self, text: &str, link: &Link) -> bool {
        let mut hosts = std::iter::once(&link.host).chain(&link.other_host);
        hosts.any(|host| self.domains.contains(&text[host.clone()]) == self.wanted)
    }
}

impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        const KEYS: &[&str] = &["kinds", "only", "except"];

        impl<'de> Visitor<'de> for Reader {
            type Value = Links;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "\"all\", a list of kinds such as `[\"shortener\"]`, `{ except = … }` or `{ only = … }` with the name of a list \
                     or a list of domains",
                )
            }

            fn visit_str<E: de::Error>(self, kind: &str) -> Result<Links, E> {
                Ok(Links { kinds: ReadKinds(KINDS).visit_str(kind)?, hosts: Wanted::All })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Links, A::Error> {
                Ok(Links { kinds: ReadKinds(KINDS).visit_seq(seq)?, hosts: Wanted::All })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Links, A::Error> {
                let mut links = Links { kinds: KINDS.to_vec(), hosts: Wanted::All };
                while let Some(key) = map.next_key::<String>()? {
                    if key == "kinds" {
                        links.kinds = map.next_value_seed(ReadKinds(KINDS))?;
                        continue;
                    }
                    let hosts = match key.as_str() {
                        "only" => Wanted::Only(map.next_value()?),
                        "except" => Wanted::Except(map.next_value()?),
                        _ => return Err(de::Error::unknown_field(&key, KEYS)),
                    };
                    if !matches!(std::mem::replace(&mut links.hosts, hosts), Wanted::All) {
                        return Err(de::Error::custom("expected either `only` or `except`, not both"));
                    }
                }
                Ok(links)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Named;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "the name of a list or a list of domains such as `[\"example.com\", \"*.example.org\"]`",
                )
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Named, E> {
                Ok(Named::List(name.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Named, A::Error> {
                let mut domains = Vec::new();
                while let Some(domain) = seq.next_element()? {
                    domains.push(domain);
                }
                if domains.is_empty() {
                    return Err(de::Error::custom("this lists no domain"));
                }
                Ok(Named::Own(domains))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
