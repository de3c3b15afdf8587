//! [`Settings`]: the settings of log and metrics from the environment, under the names of Powertools and Lambda.

use serde::Serialize;

use super::Level;
use crate::aws::metrics::Metrics;

/// The settings of log and metrics.
#[derive(Debug)]
pub(super) struct Settings {
    /// The lowest level that is written.
    pub least: Level,
    /// The level of lines that contain only metrics.
    pub metrics_level: Level,
    pub service: String,
    pub function: Option<String>,
    /// The function's memory in megabytes.
    pub memory: Option<u32>,
    /// The share of omissible lines that is written; all of them if nothing.
    pub sample: Option<f64>,
    /// The metrics, unless they are disabled.
    pub metrics: Option<Metrics>,
}

/// A variable with an invalid value. Monitoring must not prevent the function from processing messages, so the variable is ignored.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Ignored {
    variable: &'static str,
    value: String,
    expected: &'static str,
}

impl Settings {
    pub(super) fn read(env: impl Fn(&str) -> Option<String>) -> (Self, Vec<Ignored>) {
        let mut reader = Reader { env, ignored: Vec::new() };
        let lambda = reader.take("AWS_LAMBDA_LOG_LEVEL", LEVELS, level).unwrap_or(Level::Info);
        let own = reader.take("POWERTOOLS_LOG_LEVEL", LEVELS, level).unwrap_or(Level::Info);
        let on = reader.take("POWERTOOLS_METRICS_DISABLED", "`true` or `false`", truth) != Some(true);
        let namespace = reader.take(
            "POWERTOOLS_METRICS_NAMESPACE",
            "at most 255 letters, digits and characters out of `.-_/#: `",
            namespace,
        );
        let function_name = reader.take("POWERTOOLS_METRICS_FUNCTION_NAME", DIMENSION, dimension);
        let settings = Self {
            // Errors are always written.
            least: lambda.max(own).min(Level::Error),
            // Lambda drops lines below its level, and metrics must not be lost with them.
            metrics_level: lambda,
            service: reader
                .take("POWERTOOLS_SERVICE_NAME", DIMENSION, dimension)
                .unwrap_or_else(|| "chimeflow".to_owned()),
            function: reader.get("AWS_LAMBDA_FUNCTION_NAME"),
            memory: reader.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").and_then(|size| size.parse().ok()),
            sample: reader.take("POWERTOOLS_LOGGER_SAMPLE_RATE", "a number from 0 to 1", share),
            metrics: on.then(|| Metrics {
                namespace: namespace.unwrap_or_else(|| "Chimeflow".to_owned()),
                function_name,
            }),
        };
        (settings, reader.ignored)
    }
}

struct Reader<E> {
    env: E,
    ignored: Vec<Ignored>,
}

impl<E: Fn(&str) -> Option<String>> Reader<E> {
    /// Returns the value of `variable`; an empty one counts as unset.
    fn get(&self, variable: &str) -> Option<String> {
        (self.env)(variable).filter(|value| !value.is_empty())
    }

    /// Parses the value of `variable` with `read`.
    fn take<T>(
        &mut self,
        variable: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(variable)?;
        let read = read(&value);
        if read.is_none() {
            self.ignored.push(Ignored { variable, value, expected });
        }
        read
    }
}

const LEVELS: &str = "one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL";
/// What `CloudWatch` accepts as the value of a dimension.
const DIMENSION: &str = "at most 1024 characters of ASCII, not all of them spaces, the first no colon";

/// Returns the lowest level that passes a filter called `name`. Levels of Lambda and Powertools below INFO are never written.
fn level(name: &str) -> Option<Level> {
    match name.to_ascii_uppercase().as_str() {
        "TRACE" | "DEBUG" | "INFO" => Some(Level::Info),
        "WARN" | "WARNING" => Some(Level::Warn),
        "ERROR" => Some(Level::Error),
        "CRITICAL" | "FATAL" => Some(Level::Fatal),
        _ => None,
    }
}

/// Parses a boolean as Powertools does.
fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "t" | "yes" | "y" | "on" => Some(true),
        "0" | "false" | "f" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

fn namespace(text: &str) -> Option<String> {
    let fine = |c: char| c.is_ascii_alphanumeric() || ".-_/#: ".contains(c);
    // Namespaces of AWS itself are refused.
    let taken = text.starts_with("AWS/") || text.starts_with(':');
    (text.len() <= 255 && text.chars().all(fine) && !text.trim().is_empty() && !taken)
        .then(|| text.to_owned())
}

fn dimension(text: &str) -> Option<String> {
    let fine = |c: char| c == ' ' || c.is_ascii_graphic();
    let blank = text.trim().is_empty();
    (text.len() <= 1024 && text.chars().all(fine) && !blank && !text.starts_with(':'))
        .then(|| text.to_owned())
}

fn share(text: &str) -> Option<f64> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> (Settings, Vec<Ignored>) {
        Settings::read(|variable| {
            variables.iter().find(|(name, _)| *name == variable).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let (settings, ignored) = read(&[("POWERTOOLS_SERVICE_NAME", "")]);
        assert_eq!(ignored, []);
        assert_eq!((settings.least, settings.metrics_level), (Level::Info, Level::Info));
        assert_eq!((&*settings.service, settings.sample), ("chimeflow", None));
        assert_eq!(settings.metrics.unwrap().namespace, "Chimeflow");
    }

    #[test]
    fn the_stricter_level_counts_and_metrics_pass_lambdas() {
        let check = |lambda, own, least, metrics| {
            let (settings, _) = read(&[("AWS_LAMBDA_LOG_LEVEL", lambda), ("POWERTOOLS_LOG_LEVEL", own)]);
            assert_eq!((settings.least, settings.metrics_level), (least, metrics), "{lambda} {own}");
        };
        check("INFO", "error", Level::Error, Level::Info);
        check("WARN", "DEBUG", Level::Warn, Level::Warn);
        check("FATAL", "", Level::Error, Level::Fatal);
        check("", "CRITICAL", Level::Error, Level::Info);
    }

    #[test]
    fn what_makes_no_sense_is_told_and_passed_over() {
        let long = "x".repeat(1025);
        let cases = [
            ("POWERTOOLS_LOG_LEVEL", "LOUD"),
            ("AWS_LAMBDA_LOG_LEVEL", "LOUD"),
            ("POWERTOOLS_METRICS_DISABLED", "maybe"),
            ("POWERTOOLS_METRICS_NAMESPACE", "Chät"),
            ("POWERTOOLS_METRICS_NAMESPACE", "AWS/Lambda"),
            ("POWERTOOLS_METRICS_NAMESPACE", " "),
            ("POWERTOOLS_METRICS_FUNCTION_NAME", ":x"),
            ("POWERTOOLS_SERVICE_NAME", "ünïcode"),
            ("POWERTOOLS_SERVICE_NAME", &long),
            ("POWERTOOLS_LOGGER_SAMPLE_RATE", "1.5"),
            ("POWERTOOLS_LOGGER_SAMPLE_RATE", "NaN"),
            ("POWERTOOLS_LOGGER_SAMPLE_RATE", "10%"),
        ];
        for (variable, value) in cases {
            let (settings, ignored) = read(&[(variable, value)]);
            let [Ignored { variable: name, value: what, .. }] = &*ignored else {
                panic!("{variable}={value}")
            };
            assert_eq!((*name, &**what), (variable, value));
            let metrics = settings.metrics.expect("metrics are on");
            assert_eq!((&*metrics.namespace, metrics.function_name), ("Chimeflow", None));
            assert_eq!((&*settings.service, settings.sample), ("chimeflow", None));
        }
    }

    #[test]
    fn metrics_can_be_switched_off() {
        for (value, on) in [("true", false), ("1", false), ("Yes", false), ("false", true), ("0", true)] {
            assert_eq!(read(&[("POWERTOOLS_METRICS_DISABLED", value)]).0.metrics.is_some(), on, "{value}");
        }
    }
}
