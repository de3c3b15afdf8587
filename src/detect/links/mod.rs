//! `links`: everything people click, and what they take apart so that a filter does not see it.

mod domains;
pub(super) mod host;
mod scan;
mod tail;

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use self::domains::{Domain, Domains};
use super::refang::Refanged;
use super::schemas::{table, texts};
use super::typed::Typed;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::View;

/// Settings of `links`: all of them, those to some domains, or all but those.
#[derive(Debug)]
pub(super) struct Links(Wanted);

/// Which links are found.
#[derive(Debug)]
enum Wanted {
    All,
    Only(Named),
    Except(Named),
}

/// Domains as written: the name of a list, or the domains themselves.
#[derive(Debug)]
enum Named {
    List(String),
    Own(Vec<Domain>),
}

impl Settings for Links {
    const NAME: &'static str = "links";
    const SUMMARY: &'static str = "links with and without a scheme, through `hxxp` and `[.]`; all, `only` those to some domains, or all `except` those";
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
    ];

    fn schema() -> Value {
        json!({ "oneOf": [{ "const": "all" }, table([("only", texts()), ("except", texts())])] })
    }

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(match self.0 {
            Wanted::All => Finder { domains: Domains::default(), wanted: false },
            Wanted::Only(named) => Finder { domains: named.resolve(rulebook)?, wanted: true },
            Wanted::Except(named) => Finder { domains: named.resolve(rulebook)?, wanted: false },
        }))
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

/// Finds links whose domain is, or is not, among some.
struct Finder {
    domains: Domains,
    /// Whether links to these domains are found, or all others.
    wanted: bool,
}

impl Detector for Finder {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = Typed::of(text.text());
        let refanged = Refanged::of(typed.text());
        let clear = refanged.as_ref().map_or(typed.text(), |refanged| &refanged.text);
        for link in scan::links(clear) {
            if self.domains.hold(&clear[link.host.clone()]) == self.wanted {
                let range = refanged.as_ref().map_or(link.range.clone(), |r| r.origin(link.range));
                found.push(typed.origin(range), "link");
            }
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        const KEYS: &[&str] = &["only", "except"];

        impl<'de> Visitor<'de> for Reader {
            type Value = Links;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "\"all\", `{ except = … }` or `{ only = … }` with the name of a list or a list of domains",
                )
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Links, E> {
                if word == "all" { Ok(Links(Wanted::All)) } else { Err(E::unknown_variant(word, &["all"])) }
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Links, A::Error> {
                let mut links = Wanted::All;
                while let Some(key) = map.next_key::<String>()? {
                    if !matches!(links, Wanted::All) {
                        return Err(de::Error::custom("expected either `only` or `except`, not both"));
                    }
                    links = match key.as_str() {
                        "only" => Wanted::Only(map.next_value()?),
                        "except" => Wanted::Except(map.next_value()?),
                        _ => return Err(de::Error::unknown_field(&key, KEYS)),
                    };
                }
                Ok(Links(links))
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
