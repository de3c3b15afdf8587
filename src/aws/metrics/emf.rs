//! [`Measures`]: metrics in the embedded metric format.

use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::{Metric, Unit};

/// Metric values, to be flattened into a line that has the members named in [`Metric::dimensions`]. Without values, nothing is serialized.
#[derive(Clone, Debug)]
pub(in crate::aws) struct Measures<'a> {
    namespace: &'a str,
    /// The time in milliseconds since 1970.
    at: i64,
    values: Vec<(&'static Metric, Value)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Value {
    Whole(u64),
    Real(f64),
}

impl<'a> Measures<'a> {
    pub(in crate::aws) fn new(namespace: &'a str, at: i64) -> Self {
        Self { namespace, at, values: Vec::new() }
    }

    /// Adds `count` as a value of `metric`.
    pub(super) fn count(mut self, metric: &'static Metric, count: u64) -> Self {
        self.values.push((metric, Value::Whole(count)));
        self
    }

    /// Adds `count` as a value of `metric`, unless it is 0.
    pub(super) fn count_any(self, metric: &'static Metric, count: u64) -> Self {
        if count == 0 { self } else { self.count(metric, count) }
    }

    /// Adds `time` as a value of `metric`, in its unit.
    pub(super) fn time(mut self, metric: &'static Metric, time: Duration) -> Self {
        let value = match metric.unit {
            Unit::Milliseconds => micros(time) / 1e3,
            Unit::Seconds | Unit::Count => time.as_secs_f64().round(),
        };
        self.values.push((metric, Value::Real(value)));
        self
    }
}

/// Returns whole microseconds: more digits would be noise, and would cost money.
fn micros(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round()
}

impl Serialize for Measures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (metric, value) in &self.values {
            match value {
                Value::Whole(value) => map.serialize_entry(metric.name, value)?,
                Value::Real(value) => map.serialize_entry(metric.name, value)?,
            }
        }
        if !self.values.is_empty() {
            map.serialize_entry("_aws", &Metadata(self))?;
        }
        map.end()
    }
}

/// The member `_aws`.
struct Metadata<'a>(&'a Measures<'a>);

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("Timestamp", &self.0.at)?;
        map.serialize_entry("CloudWatchMetrics", &Directives(self.0))?;
        map.end()
    }
}

/// One directive for all metrics with the same dimensions.
struct Directives<'a>(&'a Measures<'a>);

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Directive<'a> {
    namespace: &'a str,
    dimensions: &'a [&'a [&'a str]],
    metrics: Definitions<'a>,
}

/// The definitions of the metrics with these dimensions.
struct Definitions<'a>(&'a Measures<'a>, &'a [&'a [&'a str]]);

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Definition {
    name: &'static str,
    unit: Unit,
}

impl Serialize for Directives<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        let values = &self.0.values;
        for (position, (metric, _)) in values.iter().enumerate() {
            let dimensions = metric.dimensions;
            if values[..position].iter().any(|(earlier, _)| earlier.dimensions == dimensions) {
                continue;
            }
            let metrics = Definitions(self.0, dimensions);
            seq.serialize_element(&Directive { namespace: self.0.namespace, dimensions, metrics })?;
        }
        seq.end()
    }
}

impl Serialize for Definitions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let alike = self.0.values.iter().filter(|(metric, _)| metric.dimensions == self.1);
        serializer.collect_seq(alike.map(|(metric, _)| Definition { name: metric.name, unit: metric.unit }))
    }
}
