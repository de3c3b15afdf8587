//! [`Alarms`]: the template's alarms, evaluated every minute as `CloudWatch` does.

use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;

use super::Failure;
use super::cloudwatch::{Metric, Minute};

/// The alarms, and their state so far.
pub(crate) struct Alarms {
    all: Vec<Alarm>,
    /// The names of the alarms that roll a deployment back.
    roll_back: Vec<String>,
}

struct Alarm {
    definition: Definition,
    /// The values of the last periods, newest last; `None` for a period without values.
    periods: VecDeque<Option<f64>>,
    /// The values in the current period: of the metric, and of the metric that it is a share of.
    values: (Vec<f64>, Vec<f64>),
    on: bool,
    /// The minutes from which and until which it was on.
    went_off: Vec<(u32, Option<u32>)>,
}

/// The parts of the template that the day needs.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Template {
    alarms: Vec<Definition>,
    roll_back: Vec<String>,
}

/// An alarm, as `tests/clients/test_day.py` takes it from the template.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Definition {
    name: String,
    metric: MetricName,
    /// What the metric counts a share of: then the alarm concerns the percentage.
    among: Option<ShareOf>,
    statistic: String,
    period: u32,
    evaluation_periods: usize,
    datapoints_to_alarm: usize,
    threshold: f64,
    comparison_operator: String,
    treat_missing_data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ShareOf {
    metric: MetricName,
    /// The minimum value of `metric`: below it, the share counts as 0.
    at_least: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct MetricName {
    namespace: String,
    metric_name: String,
    dimensions: BTreeMap<String, String>,
}

/// An alarm that must go off according to the story, and the minutes between which it may do so.
pub(crate) struct Expected {
    pub(crate) name: &'static str,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

impl Alarms {
    pub(crate) fn read(json: &str) -> Result<Self, Failure> {
        let Template { alarms, roll_back } = serde_json::from_str(json)?;
        let alarm = |definition: Definition| {
            if !definition.period.is_multiple_of(60) {
                return Err(format!(
                    "{}: a period of {} seconds is no whole minute",
                    definition.name, definition.period
                ));
            }
            Ok(Alarm {
                definition,
                periods: VecDeque::new(),
                values: <_>::default(),
                on: false,
                went_off: Vec::new(),
            })
        };
        Ok(Self { all: alarms.into_iter().map(alarm).collect::<Result<_, _>>()?, roll_back })
    }

    /// Evaluates the alarms on what was measured in a minute.
    pub(crate) fn look(&mut self, minute: u32, measured: &Minute) {
        for alarm in &mut self.all {
            alarm.look(minute, measured);
        }
    }

    /// Returns whether an alarm is on that rolls a deployment back.
    pub(crate) fn roll_back(&self) -> bool {
        self.all.iter().any(|alarm| alarm.on && self.roll_back.contains(&alarm.definition.name))
    }

    /// Prints when alarms went off, and returns whether that is as expected.
    pub(crate) fn account(&self, expected: &[Expected]) -> bool {
        let mut fine = true;
        for Alarm { definition, went_off, .. } in &self.all {
            for (began, ended) in went_off {
                let due =
                    expected.iter().any(|it| it.name == definition.name && (it.from..=it.to).contains(began));
                fine &= due;
                let ended = ended.map_or("the end".to_owned(), clock);
                println!(
                    "   alarm  {} {} to {ended}{}",
                    definition.name,
                    clock(*began),
                    if due { "" } else { "  WRONG: nothing was the matter" }
                );
            }
        }
        for Expected { name, from, to } in expected {
            let rang = self.all.iter().filter(|alarm| alarm.definition.name == *name);
            if !rang.flat_map(|alarm| &alarm.went_off).any(|(began, _)| (from..=to).contains(&began)) {
                println!("   WRONG  {name} did not go off between {} and {}", clock(*from), clock(*to));
                fine = false;
            }
        }
        fine
    }
}

impl Alarm {
    fn look(&mut self, minute: u32, measured: &Minute) {
        let Self { definition, values: (part, whole), .. } = self;
        part.extend(definition.metric.values(measured));
        if let Some(among) = &definition.among {
            whole.extend(among.metric.values(measured));
        }
        if !(minute + 1).is_multiple_of(definition.period / 60) {
            return;
        }
        let value = match &definition.among {
            None => statistic(&definition.statistic, part),
            Some(among) => statistic(&definition.statistic, whole).map(|whole| {
                let part = statistic(&definition.statistic, part).unwrap_or_default();
                if whole >= among.at_least { 100.0 * part / whole } else { 0.0 }
            }),
        };
        part.clear();
        whole.clear();
        self.periods.push_back(value);
        if self.periods.len() > self.definition.evaluation_periods {
            self.periods.pop_front();
        }
        let breaching = self.periods.iter().filter(|value| self.breaches(**value)).count();
        let on = breaching >= self.definition.datapoints_to_alarm;
        match (self.on, on) {
            (false, true) => self.went_off.push((minute, None)),
            (true, false) => {
                self.went_off.last_mut().into_iter().for_each(|(_, ended)| *ended = Some(minute));
            }
            _ => {}
        }
        self.on = on;
    }

    fn breaches(&self, value: Option<f64>) -> bool {
        let Definition { threshold, comparison_operator, treat_missing_data, .. } = &self.definition;
        let Some(value) = value else { return treat_missing_data == "breaching" };
        match &**comparison_operator {
            "GreaterThanThreshold" => value > *threshold,
            "GreaterThanOrEqualToThreshold" => value >= *threshold,
            "LessThanThreshold" => value < *threshold,
            _ => value <= *threshold,
        }
    }
}

impl MetricName {
    fn values<'a>(&self, measured: &'a Minute) -> impl Iterator<Item = f64> + 'a {
        let metric: Metric = (self.namespace.clone(), self.metric_name.clone(), self.dimensions.clone());
        measured.get(&metric).into_iter().flatten().copied()
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "minutes hold thousands of values"
)]
fn statistic(name: &str, values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (least, most) = (*values.first()?, *values.last()?);
    Some(match name {
        "Sum" => values.iter().sum(),
        "Minimum" => least,
        "Maximum" => most,
        "SampleCount" => values.len() as f64,
        "Average" => values.iter().sum::<f64>() / values.len() as f64,
        percentile => {
            let share =
                percentile.strip_prefix('p').and_then(|share| share.parse::<f64>().ok()).unwrap_or(100.0);
            let at = (values.len() as f64 * share / 100.0).ceil() as usize;
            values[at.clamp(1, values.len()) - 1]
        }
    })
}

/// A minute of the day as a clock shows it.
pub(crate) fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
