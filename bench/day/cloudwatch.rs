//! [`CloudWatch`]: the metrics that Lambda measures and those that the function prints, minute by minute.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

/// The identity of a metric: namespace, name, dimensions.
pub(crate) type Metric = (String, String, BTreeMap<String, String>);

/// The values of each metric in a minute.
pub(crate) type Minute = BTreeMap<Metric, Vec<f64>>;

/// The metrics of the current minute, and the log.
#[derive(Debug, Default)]
pub(crate) struct CloudWatch {
    now: Mutex<Minute>,
    /// Why each message was denied.
    denials: Mutex<HashMap<String, String>>,
}

/// The names that the template's alarms use for its resources: their logical ids.
pub(crate) const FUNCTION: &str = "Processor";
const ALIAS: &str = "Processor:live";
const QUEUE: &str = "FailedEvents";

impl CloudWatch {
    /// Records a value that Lambda itself measures of the function.
    pub(crate) fn of_lambda(&self, name: &str, value: f64) {
        let of_function = [("FunctionName", FUNCTION)];
        let of_alias = [("FunctionName", FUNCTION), ("Resource", ALIAS)];
        self.put("AWS/Lambda", name, &of_function, value);
        self.put("AWS/Lambda", name, &of_alias, value);
    }

    /// Records a value that Lambda measures of the version that is being deployed.
    pub(crate) fn of_new_version(&self, name: &str, value: f64) {
        let dimensions = [("FunctionName", FUNCTION), ("Resource", ALIAS), ("ExecutedVersion", FUNCTION)];
        self.put("AWS/Lambda", name, &dimensions, value);
    }

    /// Records how many events the on-failure queue holds.
    pub(crate) fn queue_holds(&self, events: usize) {
        #[expect(clippy::cast_precision_loss, reason = "a queue of a day is no larger than that")]
        let events = events as f64;
        self.put("AWS/SQS", "ApproximateNumberOfMessagesVisible", &[("QueueName", QUEUE)], events);
    }

    /// Counts events that Lambda gave up on.
    #[expect(clippy::cast_precision_loss, reason = "a queue of a day is no larger than that")]
    pub(crate) fn count_dropped(&self, events: usize) {
        if events > 0 {
            self.of_lambda("AsyncEventsDropped", events as f64);
        }
    }

    /// Reads a line that the function printed: metrics are in lines in `CloudWatch`'s embedded metric format.
    pub(crate) fn read(&self, line: &str) {
        let Ok(line) = serde_json::from_str::<Value>(line) else { return };
        if let (Some(message), Some(denial)) = (line["message_id"].as_str(), line.get("denial")) {
            let mut denials = self.denials.lock().unwrap_or_else(PoisonError::into_inner);
            denials.insert(message.to_owned(), denial.to_string());
        }
        for directive in line["_aws"]["CloudWatchMetrics"].as_array().into_iter().flatten() {
            let namespace = directive["Namespace"].as_str().unwrap_or_default();
            for set in directive["Dimensions"].as_array().into_iter().flatten() {
                let names = set.as_array().into_iter().flatten().filter_map(Value::as_str);
                let dimensions: Vec<_> =
                    names.map(|name| (name, line[name].as_str().unwrap_or_default())).collect();
                for metric in directive["Metrics"].as_array().into_iter().flatten() {
                    let name = metric["Name"].as_str().unwrap_or_default();
                    let values = match &line[name] {
                        Value::Array(values) => values.iter().filter_map(Value::as_f64).collect(),
                        value => value.as_f64().into_iter().collect::<Vec<_>>(),
                    };
                    for value in values {
                        self.put(namespace, name, &dimensions, value);
                    }
                }
            }
        }
    }

    /// Returns why the message was denied, if it was.
    pub(crate) fn denial(&self, message: &str) -> Option<String> {
        self.denials.lock().unwrap_or_else(PoisonError::into_inner).get(message).cloned()
    }

    fn put(&self, namespace: &str, name: &str, dimensions: &[(&str, &str)], value: f64) {
        let dimensions = dimensions.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        let metric = (namespace.to_owned(), name.to_owned(), dimensions.collect());
        self.now().entry(metric).or_default().push(value);
    }

    /// Returns what was measured since the last call.
    pub(crate) fn minute_over(&self) -> Minute {
        std::mem::take(&mut *self.now())
    }

    fn now(&self) -> MutexGuard<'_, Minute> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
