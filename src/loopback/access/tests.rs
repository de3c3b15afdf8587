//! The heads of requests, and whether they are accepted.

use super::*;

/// Returns the verdict on the request with a head such as `GET / HTTP/1.1 | host: localhost`.
fn judged(access: &Access, head: &str) -> Result<(), Refusal> {
    let mut parts = head.split(" | ");
    let line: Vec<_> = parts.next().unwrap().split(' ').collect();
    let [_, target, version] = line[..] else { panic!("{head}: no request line") };
    let version = if version == "HTTP/1.0" { Version::HTTP_10 } else { Version::HTTP_11 };
    let mut headers = HeaderMap::new();
    for part in parts {
        let (name, value) = part.split_once(": ").unwrap_or((part.trim_end_matches(':'), ""));
        headers
            .append(HeaderName::try_from(name).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    access.judge(version, &target.parse().unwrap(), &headers)
}

/// Checks requests that `access` accepts, or refuses with an error that contains these words.
fn check(access: &Access, heads: &[(&str, &str)]) {
    for (head, expected) in heads {
        match (judged(access, head), *expected) {
            (Ok(()), "in") => {}
            (Err(refusal), expected) if refusal.to_string().contains(expected) => {}
            (judged, _) => panic!("{head}: {judged:?}, and not {expected:?}"),
        }
    }
}

/// Checks requests without an origin for these hosts.
fn hosts(access: &Access, hosts: &[(&str, &str)]) {
    for (host, expected) in hosts {
        check(access, &[(&format!("POST /x HTTP/1.1 | host: {host}"), expected)]);
    }
}

/// Checks requests from pages of these origins.
fn origins(access: &Access, host: &str, origins: &[(&str, &str)]) {
    for (origin, expected) in origins {
        let head = format!("POST /_local/reset HTTP/1.1 | host: {host} | origin: {origin}");
        check(access, &[(&head, expected)]);
    }
}

fn access(origins: &[&str], beyond_loopback: bool) -> Access {
    Access::new(origins.iter().map(|text| Origin::parse(text).unwrap()).collect(), beyond_loopback)
}

const NOT_A_HOST: &str = "is not a host";
const OTHER: &str = "this service is not";
const PAGE: &str = "pages of the origin";

/// What is added for hosts of other AWS services.
const OTHER_SERVICE: &str = "another AWS service";

#[test]
fn hosts_of_other_aws_services_are_named_as_such() {
    let refusal_of = |host: &str, more: &str| {
        let head = format!("POST / HTTP/1.1 | host: {host}{more}");
        judged(&Access::default(), &head).unwrap_err()
    };
    for host in
        ["sts.amazonaws.com", "cognito-idp.us-east-1.amazonaws.com:443", "b.s3.eu-west-1.amazonaws.com"]
    {
        let refusal = refusal_of(host, "");
        assert!(
            refusal.to_string().contains(OTHER_SERVICE) && refusal.origin().is_none(),
            "{host}: {refusal}"
        );
        let refusal = refusal_of(host, " | origin: http://localhost:3000");
        assert!(refusal.to_string().contains(OTHER_SERVICE), "{host}: {refusal}");
        let refusal = refusal_of(host, " | origin: https://evil.example");
        assert!(refusal.to_string().starts_with(PAGE), "{host}: {refusal}");
    }
    for host in
        ["sts.amazonaws.com:8200", "sts.amazonaws.com.evil.example", "amazonaws.com", "evilamazonaws.com"]
    {
        let refusal = refusal_of(host, "").to_string();
        assert!(refusal.starts_with(OTHER) && !refusal.contains(OTHER_SERVICE), "{host}: {refusal}");
    }
}

#[test]
fn hosts_are_those_of_loopback_and_of_aws() {
    let default = Access::default();
    hosts(
        &default,
        &[
            ("localhost", "in"),
            ("localhost:8200", "in"),
            ("LocalHost:8200", "in"),
            ("localhost.:8200", "in"),
            ("localhost:", "in"),
            ("chat.localhost:3000", "in"),
            ("a.b.LOCALHOST", "in"),
            ("127.0.0.1", "in"),
            ("127.0.0.1:8200", "in"),
            ("127.0.0.1.:8200", "in"),
            ("127.255.1.2:1", "in"),
            ("[::1]:8200", "in"),
            ("[::1]", "in"),
            ("[0:0:0:0:0:0:0:1]:80", "in"),
            ("[::ffff:127.0.0.1]:80", "in"),
            ("[::FFFF:7f00:1]", "in"),
            // Browsers interpret these as 127.0.0.1.
            ("127.1:8200", "in"),
            ("2130706433", "in"),
            ("0x7f000001", "in"),
            ("0X7F.1", "in"),
            ("0177.0.0.01", "in"),
            // But not these.
            ("0127.0.0.1", OTHER),
            ("128.0.0.1", OTHER),
            ("0.0.0.0:8200", OTHER),
            ("0", OTHER),
            ("10.0.2.2:8200", OTHER),
            ("192.168.1.5", OTHER),
            ("[::]:8200", OTHER),
            ("[::2]", OTHER),
            ("[::ffff:10.0.0.1]", OTHER),
            ("evil.example", OTHER),
            ("evil.example:8200", OTHER),
            ("localhost.evil.example", OTHER),
            ("127.0.0.1.evil.example", OTHER),
            ("127.0.0.1.nip.io", OTHER),
            ("notlocalhost", OTHER),
            ("localhost.localdomain", OTHER),
            ("host.docker.internal:8200", OTHER),
            ("devbox", OTHER),
            // Neither browsers nor well-behaved clients send these.
            ("", NOT_A_HOST),
            (":8200", NOT_A_HOST),
            (".", NOT_A_HOST),
            ("localhost..", NOT_A_HOST),
            ("user@localhost", NOT_A_HOST),
            ("localhost:80@evil.example", NOT_A_HOST),
            ("localhost@evil.example", NOT_A_HOST),
            ("localhost, evil.example", NOT_A_HOST),
            ("localhost evil.example", NOT_A_HOST),
            ("localhost/x", NOT_A_HOST),
            ("http://localhost", NOT_A_HOST),
            ("localhost:8200:8200", NOT_A_HOST),
            ("localhost:+80", NOT_A_HOST),
            ("localhost:99999", NOT_A_HOST),
            ("localhost:x", NOT_A_HOST),
            ("127.0.0.1.5", NOT_A_HOST),
            ("127.0.0.256", NOT_A_HOST),
            ("127.0.0.09", NOT_A_HOST),
            ("127..1", NOT_A_HOST),
            ("256.1", NOT_A_HOST),
            ("1.2.3.4.5", NOT_A_HOST),
            ("localhost.1", NOT_A_HOST),
            ("4294967296", NOT_A_HOST),
            ("::1", NOT_A_HOST),
            ("[::1", NOT_A_HOST),
            ("[::1]x", NOT_A_HOST),
            ("[::1%25lo]", NOT_A_HOST),
            ("[127.0.0.1]", NOT_A_HOST),
            ("%6cocalhost", NOT_A_HOST),
            ("löcalhost", NOT_A_HOST),
            // Hosts that AWS clients use when their requests are redirected to this machine.
            ("messaging-chime.us-east-1.amazonaws.com", "in"),
            ("identity-chime.eu-central-1.amazonaws.com", "in"),
            ("Messaging-Chime.us-east-1.AmazonAWS.com.", "in"),
            ("messaging-chime-fips.us-east-1.amazonaws.com", "in"),
            ("messaging-chime.us-east-1.api.aws", "in"),
            ("messaging-chime.us-east-1.amazonaws.com:443", "in"),
            ("lambda.us-east-1.amazonaws.com", "in"),
            ("lambda.cn-north-1.amazonaws.com.cn", "in"),
            ("node001.ue1.ws-messaging.chime.aws", "in"),
            // With this service's own port, the page's host name must have been made to resolve to this machine.
            ("messaging-chime.us-east-1.amazonaws.com:8200", OTHER),
            ("node001.ue1.ws-messaging.chime.aws:8200", OTHER),
            // Anybody can obtain one of these names, or the service is not emulated here.
            ("s3.us-east-1.amazonaws.com", OTHER),
            ("x.execute-api.us-east-1.amazonaws.com", OTHER),
            ("messaging-chime.amazonaws.com", OTHER),
            ("messaging-chime.us-east-1.amazonaws.com.evil.example", OTHER),
            ("messaging-chime.us-east-1.s3.amazonaws.com", OTHER),
            ("evil-messaging-chime.us-east-1.amazonaws.com", OTHER),
            ("ws-messaging.chime.aws", OTHER),
        ],
    );
}

#[test]
fn a_request_has_one_host() {
    let count = "expected one Host header";
    check(
        &Access::default(),
        &[
            ("GET / HTTP/1.0", "in"),
            ("GET / HTTP/1.0 | host: localhost", "in"),
            ("GET / HTTP/1.0 | host: evil.example", OTHER),
            ("GET /_local/state HTTP/1.0 | origin: https://evil.example", PAGE),
            ("GET / HTTP/1.1", count),
            ("GET / HTTP/1.1 | host: localhost | host: localhost", count),
            ("GET / HTTP/1.1 | host: localhost | host: evil.example", count),
            ("GET / HTTP/1.0 | host: localhost | host: localhost", count),
            // A host in the request target has precedence over the header.
            ("GET http://localhost:8200/ HTTP/1.1 | host: localhost:8200", "in"),
            ("GET http://localhost/ HTTP/1.1 | host: evil.example", "in"),
            ("GET http://evil.example/ HTTP/1.1 | host: localhost", OTHER),
            ("GET http://user@localhost/ HTTP/1.1 | host: localhost", NOT_A_HOST),
            ("GET http://localhost/ HTTP/1.1", count),
            ("GET http://localhost/ HTTP/1.1 | host: localhost | host: localhost", count),
            ("GET http://localhost/ HTTP/1.0", "in"),
            ("CONNECT evil.example:443 HTTP/1.1 | host: localhost", OTHER),
            ("OPTIONS * HTTP/1.1 | host: localhost", "in"),
            ("GET //evil.example/ HTTP/1.1 | host: localhost", "in"),
        ],
    );
}

#[test]
fn pages_are_those_of_this_machine() {
    for host in ["127.0.0.1:8200", "localhost", "messaging-chime.us-east-1.amazonaws.com"] {
        origins(
            &Access::default(),
            host,
            &[
                ("http://localhost:3000", "in"),
                ("https://localhost:3000", "in"),
                ("http://localhost", "in"),
                ("http://chat.localhost:5173", "in"),
                ("http://127.0.0.1:8200", "in"),
                ("http://127.1.2.3", "in"),
                ("http://[::1]:3000", "in"),
                ("null", PAGE),
                ("", PAGE),
                ("*", PAGE),
                ("localhost:3000", PAGE),
                ("https://evil.example", PAGE),
                ("http://evil.example:8200", PAGE),
                ("http://localhost.evil.example", PAGE),
                ("http://evil.example/localhost", PAGE),
                ("http://localhost:3000/", PAGE),
                ("http://localhost:3000 http://evil.example", PAGE),
                ("https://evil.example, http://localhost:3000", PAGE),
                ("http://localhost@evil.example", PAGE),
                ("http://192.168.1.5:3000", PAGE),
                ("http://0.0.0.0:3000", PAGE),
                ("file://", PAGE),
                ("file://localhost", PAGE),
                ("capacitor://localhost", PAGE),
                ("chrome-extension://localhost", PAGE),
                ("ws://localhost:3000", PAGE),
                ("://localhost", PAGE),
                ("1http://localhost", PAGE),
                ("http://lócalhost", PAGE),
                ("http://messaging-chime.us-east-1.amazonaws.com:8200", PAGE),
                ("https://s3.us-east-1.amazonaws.com", PAGE),
            ],
        );
    }
    let aws = "messaging-chime.us-east-1.amazonaws.com";
    check(
        &Access::default(),
        &[
            (
                "GET / HTTP/1.1 | host: localhost | origin: http://localhost | origin: http://localhost",
                "one Origin",
            ),
            ("GET / HTTP/1.1 | host: localhost | origin: http://localhost | origin: null", "one Origin"),
            // A request from an unaccepted origin is refused, whatever its other headers are.
            (
                "GET / HTTP/1.1 | host: localhost | origin: https://evil.example | sec-fetch-site: same-origin",
                PAGE,
            ),
            ("GET / HTTP/1.1 | host: localhost | origin: null | referer: http://localhost:3000/", PAGE),
        ],
    );
    // The page that the service itself serves is accepted at every address of the service.
    origins(&Access::default(), aws, &[(&format!("https://{aws}"), "in"), ("https://evil.example", PAGE)]);
}

#[test]
fn pages_that_do_not_say_where_they_are_from_are_those_of_the_service_or_of_this_machine() {
    let site = "a page of another site";
    check(
        &Access::default(),
        &[
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-site: none", "in"),
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-site: same-origin", "in"),
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-mode: cors", "in"),
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-site: cross-site", site),
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-site: same-site", site),
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-site: other", site),
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-site: none | sec-fetch-site: cross-site", site),
            (
                "GET /x HTTP/1.1 | host: localhost | sec-fetch-site: cross-site | referer: https://evil.example/localhost",
                site,
            ),
            ("GET /x HTTP/1.1 | host: localhost | sec-fetch-site: cross-site | referer: nonsense", site),
            (
                "GET /x HTTP/1.1 | host: localhost | sec-fetch-site: same-site | referer: http://localhost:3000",
                "in",
            ),
            (
                "GET /x HTTP/1.1 | host: localhost | sec-fetch-site: same-site | referer: http://localhost:3000/a/b?c#d",
                "in",
            ),
            (
                "GET /x HTTP/1.1 | host: 127.0.0.1:8200 | sec-fetch-site: cross-site | referer: http://localhost:3000/",
                "in",
            ),
            (
                "GET /x HTTP/1.1 | host: 127.0.0.1:8200 | sec-fetch-site: cross-site | origin: http://localhost:3000",
                "in",
            ),
            // A user follows a link to the page.
            (
                "GET / HTTP/1.1 | host: localhost | sec-fetch-site: cross-site | sec-fetch-mode: navigate | sec-fetch-dest: document",
                "in",
            ),
            (
                "GET / HTTP/1.1 | host: localhost | sec-fetch-site: cross-site | sec-fetch-mode: navigate | sec-fetch-dest: iframe",
                site,
            ),
            (
                "GET / HTTP/1.1 | host: localhost | sec-fetch-site: cross-site | sec-fetch-mode: no-cors | sec-fetch-dest: image",
                site,
            ),
            (
                "GET /_local/state HTTP/1.1 | host: localhost | sec-fetch-site: cross-site | sec-fetch-mode: navigate | sec-fetch-dest: document",
                site,
            ),
            (
                "POST / HTTP/1.1 | host: localhost | origin: https://evil.example | sec-fetch-site: cross-site | sec-fetch-mode: navigate | sec-fetch-dest: document",
                PAGE,
            ),
            (
                "GET / HTTP/1.1 | host: evil.example | sec-fetch-site: cross-site | sec-fetch-mode: navigate | sec-fetch-dest: document",
                OTHER,
            ),
        ],
    );
}

#[test]
fn origins_that_somebody_names_are_let_in_and_their_hosts_are_this_machine() {
    let named = access(&["https://chat.example", "http://DevBox:8200/", "capacitor://localhost"], false);
    origins(
        &named,
        "localhost:8200",
        &[
            ("https://chat.example", "in"),
            ("https://chat.example:443", "in"),
            ("http://devbox:8200", "in"),
            ("capacitor://localhost", "in"),
            ("http://localhost:3000", "in"),
            ("http://chat.example", PAGE),
            ("https://chat.example:8443", PAGE),
            ("https://a.chat.example", PAGE),
            ("http://devbox:3000", PAGE),
            ("ionic://localhost", PAGE),
            ("null", PAGE),
        ],
    );
    hosts(
        &named,
        &[
            ("devbox:8200", "in"),
            ("chat.example", "in"),
            ("chat.example:443", "in"),
            ("devbox", OTHER),
            ("devbox:3000", OTHER),
            ("chat.example:8200", OTHER),
        ],
    );
    check(
        &named,
        &[(
            "GET /x HTTP/1.1 | host: localhost | sec-fetch-site: cross-site | referer: https://chat.example/a",
            "in",
        )],
    );
}

#[test]
fn beyond_loopback_a_service_has_addresses_and_names_in_its_network() {
    let open = access(&[], true);
    hosts(
        &open,
        &[
            ("192.168.1.5:8200", "in"),
            ("0.0.0.0:8200", "in"),
            ("[fe80::1]:8200", "in"),
            ("chimeflow:8200", "in"),
            ("my_service", "in"),
            ("localhost:8200", "in"),
            ("evil.example:8200", OTHER),
            ("user@chimeflow", NOT_A_HOST),
        ],
    );
    let own = "192.168.1.5:8200";
    origins(
        &open,
        own,
        &[
            ("http://192.168.1.5:8200", "in"),
            ("https://192.168.1.5:8200", "in"),
            ("http://192.168.1.5:3000", PAGE),
            ("http://192.168.1.5", PAGE),
            ("http://chimeflow:8200", PAGE),
            ("https://evil.example", PAGE),
        ],
    );
    origins(&open, "192.168.1.5", &[("http://192.168.1.5", "in"), ("http://192.168.1.5:81", PAGE)]);
}

#[test]
fn a_refusal_says_what_would_be_let_in() {
    let advice = |head: &str| {
        let refusal = judged(&Access::default(), head).unwrap_err();
        (refusal.status(), refusal.origin().map(|origin| origin.to_string()))
    };
    let named = |origin: &str| Some(origin.to_owned());
    for (head, expected) in [
        ("GET / HTTP/1.1 | host: DevBox:8200", (403, named("http://devbox:8200"))),
        ("GET / HTTP/1.1 | host: [fe80::1]:8200", (403, named("http://[fe80::1]:8200"))),
        ("GET / HTTP/1.1 | host: devbox:80", (403, named("http://devbox"))),
        (
            "GET / HTTP/1.1 | host: localhost | origin: https://chat.example",
            (403, named("https://chat.example")),
        ),
        ("GET / HTTP/1.1 | host: localhost | origin: null", (403, None)),
        ("GET / HTTP/1.1 | host: localhost | sec-fetch-site: cross-site", (403, None)),
        ("GET / HTTP/1.1 | host: a@b", (400, None)),
        ("GET / HTTP/1.1", (400, None)),
    ] {
        assert_eq!(advice(head), expected, "{head}");
        // Following the advice in the error gets the request accepted.
        if let Some(origin) = &expected.1 {
            assert_eq!(judged(&access(&[origin], false), head), Ok(()), "{head}");
        }
    }
    let long = format!("GET / HTTP/1.1 | host: localhost | origin: \u{9b}{}", "x".repeat(1_000));
    let why = judged(&Access::default(), &long).unwrap_err().to_string();
    assert!(why.len() < 300 && why.chars().all(|c| !c.is_control()), "{why}");
}
