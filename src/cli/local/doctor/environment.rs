//! Checks whether the environment directs AWS clients to the service.

use std::path::Path;

use hyper::Uri;

use super::Check;
use super::service::host;

const NAMES: [&str; 2] = ["AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", "AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY"];

/// Returns the checks of the environment; `env` returns the value of a variable.
pub(super) fn checks(at: &Uri, env: impl Fn(&str) -> Option<String>) -> Vec<Check> {
    vec![endpoints(at, &env), region(&env), credentials(&env), proxy(at, &env)]
}

fn endpoints(at: &Uri, env: &impl Fn(&str) -> Option<String>) -> Check {
    let fix = format!("eval \"$(chimeflow local env --at {})\"", at.to_string().trim_end_matches('/'));
    if env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        let message = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set: AWS clients ignore every AWS_ENDPOINT_URL";
        return Check::wrong("endpoints", message, "unset AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    }
    for name in NAMES {
        let Some((source, url)) =
            [name, "AWS_ENDPOINT_URL"].into_iter().find_map(|name| Some((name, env(name)?)))
        else {
            return Check::wrong(
                "endpoints",
                format!("neither {name} nor AWS_ENDPOINT_URL is set: AWS clients go to AWS"),
                fix,
            );
        };
        if !url.parse::<Uri>().is_ok_and(|url| same(&url, at)) {
            return Check::wrong(
                "endpoints",
                format!("{source} is {url}, which is not the service at {at}"),
                fix,
            );
        }
    }
    Check::fine("endpoints", "AWS clients that read the environment go to the service")
}

/// Returns whether two addresses refer to the same port of the same machine.
fn same(one: &Uri, other: &Uri) -> bool {
    let local = |uri: &Uri| ["localhost", "127.0.0.1", "[::1]"].contains(&uri.host().unwrap_or_default());
    let port =
        |uri: &Uri| uri.port_u16().or_else(|| Some(if uri.scheme_str()? == "https" { 443 } else { 80 }));
    port(one) == port(other) && (one.host() == other.host() || local(one) && local(other))
}

fn region(env: &impl Fn(&str) -> Option<String>) -> Check {
    let fix = "export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1";
    match (env("AWS_REGION"), env("AWS_DEFAULT_REGION")) {
        (Some(one), Some(other)) if one == other => Check::fine("region", one),
        (Some(one), Some(other)) => Check::odd(
            "region",
            format!(
                "AWS_REGION is {one}, AWS_DEFAULT_REGION is {other}: some clients read the one, some the other"
            ),
            fix,
        ),
        (Some(one), None) => Check::odd(
            "region",
            format!("AWS_REGION is {one}; the AWS CLI and boto3 read AWS_DEFAULT_REGION"),
            fix,
        ),
        (None, Some(one)) => Check::odd(
            "region",
            format!("AWS_DEFAULT_REGION is {one}; the SDKs for Rust and JavaScript read AWS_REGION"),
            fix,
        ),
        (None, None) => Check::odd(
            "region",
            "neither AWS_REGION nor AWS_DEFAULT_REGION is set: clients take the Region from a profile, or fail",
            fix,
        ),
    }
}

fn credentials(env: &impl Fn(&str) -> Option<String>) -> Check {
    let fix = "export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local";
    if env("AWS_ACCESS_KEY_ID").is_some() && env("AWS_SECRET_ACCESS_KEY").is_some() {
        return Check::fine(
            "credentials",
            "found in the environment; the service accepts any credentials, unless it runs with --auth strict",
        );
    }
    if let Some(profile) = env("AWS_PROFILE") {
        let message =
            format!("from the profile {profile}: requests to the local service are signed with your own key");
        return Check::odd("credentials", message, format!("{fix} avoids that"));
    }
    let file =
        env("AWS_SHARED_CREDENTIALS_FILE").or_else(|| Some(format!("{}/.aws/credentials", env("HOME")?)));
    if file.is_some_and(|file| Path::new(&file).exists()) {
        return Check::odd(
            "credentials",
            "from your credentials file: requests to the local service are signed with your own key",
            format!("{fix} avoids that"),
        );
    }
    Check::wrong("credentials", "not found: AWS clients cannot sign requests, so they send none", fix)
}

fn proxy(at: &Uri, env: &impl Fn(&str) -> Option<String>) -> Check {
    let either = |name: &str| env(name).or_else(|| env(&name.to_lowercase()));
    let Some(proxy) = either("HTTP_PROXY").or_else(|| either("ALL_PROXY")) else {
        return Check::fine("proxy", "none is set");
    };
    let (host, port) = (at.host().unwrap_or_default(), host(at));
    let excepted = either("NO_PROXY")
        .is_some_and(|all| all.split(',').map(str::trim).any(|one| one == "*" || one == host || one == port));
    if excepted {
        return Check::fine("proxy", format!("NO_PROXY contains {host}"));
    }
    let message =
        format!("requests to {host} may go to the proxy {proxy}, which does not reach this machine");
    Check::wrong("proxy", message, format!("export NO_PROXY={host},localhost"))
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    /// Returns the results of the checks for these variables, in order.
    fn looks(variables: &[(&str, &str)]) -> Vec<(&'static str, &'static str)> {
        let env =
            |name: &str| variables.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned());
        let checks = checks(&Uri::from_static("http://127.0.0.1:8200"), env);
        checks
            .iter()
            .filter(|check| check.status != Status::Fine)
            .map(|check| (check.about, check.status.word()))
            .collect()
    }

    const GOOD: [(&str, &str); 5] = [
        ("AWS_ENDPOINT_URL", "http://localhost:8200/"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "local"),
        ("AWS_SECRET_ACCESS_KEY", "local"),
    ];

    fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        looks(&[more, &GOOD[..]].concat())
    }

    #[test]
    fn an_environment_that_leads_to_the_service_is_fine() {
        assert_eq!(with(&[]), []);
        assert_eq!(with(&[("HTTP_PROXY", "http://proxy:3128"), ("no_proxy", "localhost, 127.0.0.1")]), []);
        assert_eq!(with(&[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false")]), []);
    }

    #[test]
    fn what_leads_elsewhere_is_found() {
        assert_eq!(looks(&[]), [("endpoints", "wrong"), ("region", "odd"), ("credentials", "wrong")]);
        for wrong in [
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
            ("AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY", "http://127.0.0.1:8201"),
            ("AWS_ENDPOINT_URL", "https://messaging-chime.us-east-1.amazonaws.com"),
            ("AWS_ENDPOINT_URL", "not an address"),
        ] {
            assert_eq!(with(&[wrong]), [("endpoints", "wrong")], "{wrong:?}");
        }
        assert_eq!(with(&[("AWS_REGION", "eu-central-1")]), [("region", "odd")]);
        assert_eq!(with(&[("http_proxy", "http://proxy:3128")]), [("proxy", "wrong")]);
    }
}
