//! The shared budget of rules.

use super::*;
use crate::detect::Budget;

/// Spends this amount and finds nothing.
struct Spender(u64);

impl Detector for Spender {
    fn find(&self, _: &View, cx: &mut Context<'_>, _: &mut Found) -> Result<(), Exhausted> {
        cx.budget.spend(self.0)
    }
}

#[test]
fn all_rules_together_spend_no_more_than_a_message_may_cost() {
    let most = Budget::RULE.left();
    let fails = |rules: Vec<Rule>| -> Vec<bool> {
        let outcome = pipeline(rules).run(say("a"));
        outcome.trace.iter().map(|step| step.result == StepResult::Failed(Failure::Budget)).collect()
    };
    let spender = |units| rule("it", Spender(units), Action::Mask('*'));
    let pass = |units| Rule { on_error: OnError::Pass, ..spender(units) };
    let shadow = |units| Rule { mode: Mode::Shadow, ..spender(units) };
    assert_eq!(fails(vec![spender(most), spender(most), spender(most)]), [false, false, true]);
    assert_eq!(
        fails(vec![spender(most), spender(most), spender(most / 2), spender(1)]),
        [false, false, false, true]
    );
    // A failed attempt to spend costs nothing, so the rest is available to other rules.
    assert_eq!(fails(vec![pass(most + 1), spender(most), spender(most)]), [true, false, false]);
    // Rules in shadow mode take nothing from rules in enforce mode.
    let watched = vec![shadow(most), shadow(most), shadow(most), spender(most), spender(most)];
    assert_eq!(fails(watched), [false, false, true, false, false]);
}
