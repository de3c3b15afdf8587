//! A function's resource policy: determines whether it permits the messaging service to invoke the function for an app instance and, if
//! not, which statements nearly do.

use serde_json::Value;

/// The principal with which the service invokes functions.
pub(super) const SERVICE: &str = "messaging.chime.amazonaws.com";
/// The principal of the old namespace. AWS's older samples use it, and it was observed to work.
const OLD_SERVICE: &str = "chime.amazonaws.com";

/// The invocation that a policy has to permit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    /// The ARN of the function, with its alias.
    pub function: &'a str,
    /// The ARN of the app instance.
    pub instance: &'a str,
    pub account: &'a str,
}

/// A policy's effect on a [`Request`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// It permits the invocation, possibly in an unusual way.
    Granted { odd: Option<String> },
    /// It does not permit the invocation. The statements that nearly do, and why they do not.
    Missing { near: Vec<String> },
    /// This statement denies it.
    Forbidden { statement: String },
}

/// Evaluates a policy. Without a policy, nothing is permitted.
pub(super) fn judge(policy: Option<&str>, visit: Request<'_>) -> Judgement {
    let policy: Value = policy.and_then(|policy| serde_json::from_str(policy).ok()).unwrap_or_default();
    let statements = list(&policy["Statement"]);
    let about_invoking =
        |statement: &&Value| list(&statement["Action"]).iter().any(|it| matches(it, "lambda:InvokeFunction"));
    let (mut granted, mut near) = (None, Vec::new());
    for statement in statements.iter().filter(about_invoking) {
        let name = statement["Sid"].as_str().unwrap_or("without a Sid").to_owned();
        let met = meets(statement, visit);
        match (statement["Effect"].as_str(), met) {
            (Some("Deny"), Ok(_)) => return Judgement::Forbidden { statement: name },
            (Some("Allow"), Ok(odd)) => {
                let odd = odd.map(|odd| format!("statement {name} {odd}"));
                // A statement without oddities is preferred.
                if granted.as_ref().is_none_or(|old: &Option<String>| old.is_some()) {
                    granted = Some(odd);
                }
            }
            (Some("Allow"), Err(Some(why))) => near.push(format!("statement {name} {why}")),
            _ => {}
        }
    }
    granted.map_or(Judgement::Missing { near }, |odd| Judgement::Granted { odd })
}

/// Returns whether a statement applies to `visit`, and what is odd about it. The error says why it does not apply, if it was probably meant
/// to.
fn meets(statement: &Value, visit: Request<'_>) -> Result<Option<String>, Option<String>> {
    let principals = match &statement["Principal"] {
        Value::Object(kinds) => list(kinds.get("Service").unwrap_or(&Value::Null)),
        other => list(other),
    };
    let principal = |name: &str| principals.iter().any(|it| it.as_str() == Some(name));
    let mut odd = None;
    if principal(OLD_SERVICE) && !principal(SERVICE) {
        odd = Some(format!("names {OLD_SERVICE}, as older samples do; documented is {SERVICE}"));
    } else if !principal(SERVICE) && !principal("*") {
        return Err(None);
    }
    let resources = list(&statement["Resource"]);
    if !resources.is_empty() && !resources.iter().any(|resource| matches(resource, visit.function)) {
        let resource = resources[0].as_str().unwrap_or_default();
        return Err(Some(format!("is for {resource}, not for {}", visit.function)));
    }
    let mut bound = false;
    for (operator, conditions) in statement["Condition"].as_object().into_iter().flatten() {
        for (key, values) in conditions.as_object().into_iter().flatten() {
            bound |= condition(operator, key, &list(values), visit)?;
        }
    }
    if !bound {
        odd = Some("lets every app instance of every account in: restrict it with a SourceArn".to_owned());
    }
    Ok(odd)
}

/// Checks a condition that restricts a statement to certain callers. The error says why it does not hold.
fn condition(
    operator: &str,
    key: &str,
    values: &[Value],
    visit: Request<'_>,
) -> Result<bool, Option<String>> {
    let actual = match key.to_ascii_lowercase().as_str() {
        "aws:sourcearn" => visit.instance,
        "aws:sourceaccount" => visit.account,
        _ => return Err(Some(format!("has a condition on {key}, which this program cannot evaluate"))),
    };
    let holds = |value: &Value| match operator.trim_end_matches("IfExists") {
        "StringEquals" | "ArnEquals" if !operator.starts_with("Arn") => value.as_str() == Some(actual),
        "StringLike" | "ArnLike" | "ArnEquals" => matches(value, actual),
        _ => false,
    };
    if values.iter().any(holds) {
        return Ok(true);
    }
    let wanted = values.first().and_then(Value::as_str).unwrap_or_default();
    if wanted.contains("appInstance/") {
        return Err(Some(format!(
            "wants {key} to be {wanted}: no ARN has `appInstance/`, it is `app-instance/` whatever older texts say"
        )));
    }
    if key.eq_ignore_ascii_case("aws:sourcearn") && wanted.starts_with(&format!("{actual}/")) {
        return Err(Some(format!(
            "wants {key} to be {wanted}, which is below the app instance and not itself"
        )));
    }
    Err(Some(format!("wants {key} to be {wanted}, and it is {actual}")))
}

/// Returns a value as a list; it may be a single one.
fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.clone(),
        one => vec![one.clone()],
    }
}

/// Returns whether a pattern with `*` and `?` matches all of `text`.
fn matches(pattern: &Value, text: &str) -> bool {
    fn rest(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            ([b'*', pattern @ ..], _) => (0..=text.len()).any(|skipped| rest(pattern, &text[skipped..])),
            ([b'?', pattern @ ..], [_, text @ ..]) => rest(pattern, text),
            ([p, pattern @ ..], [t, text @ ..]) => p == t && rest(pattern, text),
            _ => false,
        }
    }
    let Some(pattern) = pattern.as_str() else { return false };
    // Adjacent stars count as one, and a policy has few, so this is fast.
    let mut short = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        if !(c == '*' && short.ends_with('*')) {
            short.push(c);
        }
    }
    rest(short.as_bytes(), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:f:live";
    const INSTANCE: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/i";

    fn judged(statements: &Value) -> Judgement {
        let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
        judge(Some(&policy), Request { function: FUNCTION, instance: INSTANCE, account: "111122223333" })
    }

    fn statement(change: &Value) -> Value {
        let mut statement = json!({
            "Sid": "chime", "Effect": "Allow", "Principal": { "Service": SERVICE },
            "Action": "lambda:InvokeFunction", "Resource": FUNCTION,
            "Condition": {
                "StringEquals": { "AWS:SourceAccount": "111122223333" },
                "ArnLike": { "AWS:SourceArn": INSTANCE },
            },
        });
        for (key, value) in change.as_object().into_iter().flatten() {
            statement[key] = value.clone();
        }
        statement
    }

    #[test]
    fn what_lets_the_service_in() {
        let plain = Judgement::Granted { odd: None };
        let like = |arn: &str| json!({ "Condition": { "ArnLike": { "aws:SourceArn": arn } } });
        for change in [
            json!({}),
            json!({ "Action": ["lambda:GetFunction", "lambda:Invoke*"] }),
            json!({ "Principal": { "Service": ["s3.amazonaws.com", SERVICE] } }),
            like("arn:aws:chime:us-east-1:111122223333:app-instance/*"),
            like("*:app-instance/?"),
        ] {
            assert_eq!(judged(&json!([statement(&change)])), plain, "{change}");
        }
        // A policy with a single statement may omit the list, and a better statement outweighs an odd one.
        assert_eq!(judged(&statement(&json!({}))), plain);
        let open = statement(&json!({ "Condition": null }));
        assert_eq!(judged(&json!([open, statement(&json!({}))])), plain);
    }

    #[test]
    fn what_is_odd() {
        let odd = |change: Value| match judged(&json!([statement(&change)])) {
            Judgement::Granted { odd: Some(odd) } => odd,
            other => panic!("{change}: {other:?}"),
        };
        assert!(odd(json!({ "Condition": null })).contains("every app instance"));
        assert!(odd(json!({ "Principal": { "Service": OLD_SERVICE } })).contains("documented is"));
    }

    #[test]
    fn what_misses() {
        let like = |arn: String| json!({ "Condition": { "ArnLike": { "AWS:SourceArn": arn } } });
        let cases = [
            (like(INSTANCE.replace("app-instance", "appInstance")), "no ARN has `appInstance/`"),
            (like(format!("{INSTANCE}/*")), "below the app instance"),
            (like(INSTANCE.replace("/i", "/other")), "and it is"),
            (json!({ "Resource": FUNCTION.replace(":live", "") }), "not for"),
            (
                json!({ "Condition": { "StringEquals": { "AWS:SourceAccount": "444455556666" } } }),
                "444455556666",
            ),
            (
                json!({ "Condition": { "Bool": { "aws:SecureTransport": "true" } } }),
                "this program cannot evaluate",
            ),
        ];
        for (change, says) in cases {
            match judged(&json!([statement(&change)])) {
                Judgement::Missing { near } => assert!(near[0].contains(says), "{change}: {near:?}"),
                other => panic!("{change}: {other:?}"),
            }
        }
        let nothing = Judgement::Missing { near: Vec::new() };
        assert_eq!(
            judged(&json!([statement(&json!({ "Principal": { "Service": "s3.amazonaws.com" } }))])),
            nothing
        );
        assert_eq!(judged(&json!([statement(&json!({ "Action": "lambda:GetFunction" }))])), nothing);
        let visit = Request { function: FUNCTION, instance: INSTANCE, account: "111122223333" };
        assert_eq!(judge(None, visit), nothing);
        assert_eq!(judge(Some("no JSON"), visit), nothing);
    }

    #[test]
    fn a_denial_beats_everything() {
        let denial = statement(&json!({ "Effect": "Deny", "Sid": "no" }));
        let forbidden = Judgement::Forbidden { statement: "no".into() };
        assert_eq!(judged(&json!([statement(&json!({})), denial])), forbidden);
    }
}
