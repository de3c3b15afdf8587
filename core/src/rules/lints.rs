//! What is allowed in a rules file and probably a mistake.

use std::ops::Range;

use super::report::Diagnostic;
use crate::rule::Group;
use crate::rule::{Action, Mode, Rule};

/// Where the parts of a rule stand in the file, and what only the file tells.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub id: Range<usize>,
    /// The settings of its detectors, as written.
    pub find: Option<(Range<usize>, String)>,
    pub action: Option<Range<usize>>,
    pub when: Option<Range<usize>>,
    /// How many `hit`s it has.
    pub hits: usize,
}

/// A rule and where it stands.
type Both<'r> = (&'r Rule, &'r Written);

/// Looks over all rules.
pub(super) fn lint(rules: &[Rule], written: &[Written]) -> Vec<Diagnostic> {
    let both: Vec<Both<'_>> = rules.iter().zip(written).collect();
    let mut warnings = Vec::new();
    for (position, rule) in both.iter().enumerate() {
        let earlier = &both[..position];
        warnings.extend(never_fires(*rule, earlier));
        warnings.extend(unproven(*rule));
        warnings.extend(outgrows(*rule));
        warnings.extend(too_late(*rule, earlier));
    }
    warnings
}

/// A rule that no message reaches.
fn never_fires((rule, written): Both<'_>, earlier: &[Both<'_>]) -> Option<Diagnostic> {
    if rule.mode == Mode::Shadow {
        return None;
    }
    let ends = |other: &Rule| {
        other.mode == Mode::Enforce && matches!(other.action, Some(Action::Deny | Action::Pass))
    };
    for (other, other_written) in earlier.iter().filter(|(other, _)| ends(other)) {
        let warn = |why: String| {
            let message = format!("rule `{}` can never fire", rule.id);
            Some(Diagnostic::warning(written.id.clone(), message).help(why))
        };
        let wider = covers(other.scope.from.as_ref(), rule.scope.from.as_ref())
            && covers(other.scope.channels.as_ref(), rule.scope.channels.as_ref());
        if wider && other.when.is_none() && other.find.is_empty() {
            return warn(format!("`{}` ends every message that this rule is about", other.id));
        }
        let same_find = |a: &Written, b: &Written| match (&a.find, &b.find) {
            (Some((_, a)), Some((_, b))) => a == b,
            _ => false,
        };
        let places = rule.on.iter().all(|place| other.on.contains(place));
        if wider && other.when.is_none() && places && same_find(written, other_written) {
            return warn(format!("`{}` finds the same and ends the message", other.id));
        }
    }
    let needs = rule.when.as_ref().and_then(|when| {
        let needed = when.needs();
        earlier.iter().enumerate().find(|(at, (other, _))| needed.contains(at) && ends(other))
    });
    needs.map(|(_, (other, _))| {
        let message = format!("rule `{}` can never fire", rule.id);
        let help = format!("it waits for `{}`, which ends the message when it finds something", other.id);
        Diagnostic::warning(written.when.clone().unwrap_or(written.id.clone()), message).help(help)
    })
}

/// Whether `wide` holds everybody that `narrow` holds, as far as their names tell.
fn covers(wide: Option<&Group>, narrow: Option<&Group>) -> bool {
    match (wide, narrow) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wide), Some(narrow)) => {
            wide.except == narrow.except
                && if wide.except {
                    wide.names.iter().all(|name| narrow.names.contains(name))
                } else {
                    narrow.names.iter().all(|name| wide.names.contains(name))
                }
        }
    }
}

/// A rule that does not say what it finds.
fn unproven((rule, written): Both<'_>) -> Option<Diagnostic> {
    let (find, _) = written.find.as_ref().filter(|_| written.hits == 0)?;
    let message = format!("rule `{}` does not show what it finds", rule.id);
    let help = "give it examples: `hit = [\"…\"]`, and near misses: `miss = [\"…\"]`".to_owned();
    Some(Diagnostic::warning(find.clone(), message).help(help))
}

/// Longer replacements than this can make a message that is full of findings outgrow its limit.
const LONG: usize = 40;

/// A replacement that can make a message outgrow its limit.
fn outgrows((rule, written): Both<'_>) -> Option<Diagnostic> {
    let Some(Action::Replace(with)) = &rule.action else { return None };
    let long = with.len() > LONG;
    let message = format!("the replacement takes {} bytes, so an edit can outgrow 4,096", with.len());
    let help = "what was found is masked instead when that happens".to_owned();
    long.then(|| Diagnostic::warning(written.action.clone(), message).help(help))
}

/// A rule that denies, and so must see what was sent, after one that edits it.
fn too_late((rule, written): Both<'_>, earlier: &[Both<'_>]) -> Option<Diagnostic> {
    if rule.action != Some(Action::Deny) || rule.find.is_empty() || rule.mode == Mode::Shadow {
        return None;
    }
    let edits = |other: &Rule| {
        let action = matches!(
            other.action,
            Some(Action::Mask(_) | Action::Strip | Action::Replace(_) | Action::KeepLast(..))
        );
        action && other.mode == Mode::Enforce && other.on.iter().any(|place| rule.on.contains(place))
    };
    let (other, _) = earlier.iter().find(|(other, _)| edits(other))?;
    let message = format!("rule `{}` sees the text only as `{}` left it", rule.id, other.id);
    let help =
        "an edit may hide what should be denied: put rules that deny before rules that edit".to_owned();
    Some(Diagnostic::warning(written.id.clone(), message).help(help))
}
