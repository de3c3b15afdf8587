//! The embedded metric format, checked against its specification, independently of the code that writes it.
#![expect(clippy::disallowed_methods, reason = "it compares with the time")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::page::Page;

/// A metric as `CloudWatch` knows it: its name, and its dimensions with their values.
pub(super) type Series = (String, Vec<(String, String)>);

/// Checks that `line` is valid where it has metrics, and that they are those of the page.
pub(super) fn check(line: &Value, page: &Page) {
    let Some(aws) = line.get("_aws") else {
        assert!(page.metrics.keys().all(|name| line.get(name).is_none()), "values without metrics: {line}");
        assert_ne!(line["message"], "metrics", "{line}");
        return;
    };
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let at = Duration::from_millis(aws["Timestamp"].as_u64().expect("whole milliseconds"));
    assert!(now.abs_diff(at) < Duration::from_hours(1), "{line}");
    let written: jiff::Timestamp = line["timestamp"].as_str().unwrap().parse().unwrap();
    assert_eq!(
        i128::from(written.as_millisecond()),
        i128::try_from(at.as_millis()).unwrap(),
        "one line, one time"
    );

    let directives = list(&aws["CloudWatchMetrics"]);
    assert!(!directives.is_empty());
    let (mut series, mut named) = (BTreeSet::new(), BTreeSet::new());
    for directive in directives {
        let only: BTreeSet<_> = directive.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(only.into_iter().eq(["Dimensions", "Metrics", "Namespace"]), "{line}");
        let namespace = directive["Namespace"].as_str().unwrap();
        let of_namespace = |c: char| c.is_ascii_alphanumeric() || ".-_/#: ".contains(c);
        assert!((1..=255).contains(&namespace.len()) && namespace.chars().all(of_namespace), "{namespace}");
        let sets = list(&directive["Dimensions"]);
        assert!(!sets.is_empty());
        for set in sets {
            let keys: Vec<_> = list(set).iter().map(|key| key.as_str().unwrap()).collect();
            assert!((1..=30).contains(&keys.len()) && keys[0] == "service", "{line}");
            assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{line}");
            for key in keys {
                let value = line[key].as_str().unwrap_or_else(|| panic!("no dimension {key}: {line}"));
                let fine = value.chars().all(|c| c == ' ' || c.is_ascii_graphic()) && !value.starts_with(':');
                assert!((1..=1024).contains(&value.len()) && fine && !value.trim().is_empty(), "{line}");
            }
        }
        let metrics = list(&directive["Metrics"]);
        assert!((1..=100).contains(&metrics.len()));
        for metric in metrics {
            let name = metric["Name"].as_str().unwrap();
            assert!(line[name].is_number(), "{name} has no value: {line}");
            let documented = page.metrics.get(name).unwrap_or_else(|| panic!("{name} is not documented"));
            assert_eq!(metric["Unit"].as_str(), Some(&*documented.unit), "{name}");
            for set in sets {
                let keys: Vec<_> = list(set).iter().map(|key| key.as_str().unwrap().to_owned()).collect();
                // The table states this in words.
                let by_function =
                    (name, keys.last().map(String::as_str)) == ("ColdStart", Some("function_name"));
                assert!(by_function || documented.dimensions.contains(&keys), "{name} by {keys:?}");
                assert!(series.insert((namespace, name, keys)), "{name} counts twice: {line}");
            }
            named.insert(name);
        }
    }
    let values = page.metrics.keys().filter(|name| line.get(name.as_str()).is_some());
    assert!(values.map(String::as_str).eq(named), "every value is a metric: {line}");
}

/// Returns what `CloudWatch` would add up from `lines`.
pub(super) fn sums(lines: &[Value]) -> BTreeMap<Series, f64> {
    let mut sums = BTreeMap::new();
    for line in lines.iter().filter(|line| line.get("_aws").is_some()) {
        for directive in list(&line["_aws"]["CloudWatchMetrics"]) {
            for set in list(&directive["Dimensions"]) {
                let dimension = |key: &Value| {
                    let key = key.as_str().unwrap();
                    (key.to_owned(), line[key].as_str().unwrap().to_owned())
                };
                let dimensions: Vec<_> = list(set).iter().map(dimension).collect();
                for metric in list(&directive["Metrics"]) {
                    let name = metric["Name"].as_str().unwrap();
                    *sums.entry((name.to_owned(), dimensions.clone())).or_default() +=
                        line[name].as_f64().unwrap();
                }
            }
        }
    }
    sums
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}
