//! What the instructions of a cold start are used for.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use crate::Failure;
use crate::callgrind::{self, Function, Profile, Setup};
use crate::instructions::WARM;
use crate::table::Section;

/// The number of functions that are listed.
const FUNCTIONS: usize = 15;

/// The purposes of the crates in the function.
const CRATES: [(&str, &[&str]); 5] = [
    (CRYPTOGRAPHY, &["aws_lc_rs", "aws_lc_sys", "sha2", "hmac", "digest"]),
    ("TLS: the protocol (rustls)", &["rustls", "webpki", "tokio_rustls", "hyper_rustls", "rustls_pki_types"]),
    (
        "the AWS SDK",
        &[
            "aws_config",
            "aws_credential_types",
            "aws_runtime",
            "aws_sdk_chimesdkmessaging",
            "aws_sigv4",
            "aws_smithy_*",
            "aws_types",
        ],
    ),
    (
        "HTTP and Lambda's runtime",
        &[
            "bytes",
            "futures_*",
            "http",
            "http_body*",
            "httparse",
            "hyper",
            "hyper_util",
            "lambda_runtime*",
            "mio",
            "tokio*",
            "tower*",
            "tracing*",
            "url",
            "want",
        ],
    ),
    (
        "rules and their detectors",
        &[
            "aho_corasick",
            "chimeflow",
            "decancer",
            "memchr",
            "processor",
            "regex*",
            "serde*",
            "toml*",
            "unicode_*",
            "winnow",
        ],
    ),
];
const CRYPTOGRAPHY: &str = "cryptography (aws-lc)";

/// Formats a count in millions.
#[expect(clippy::cast_precision_loss, reason = "a count for people to read")]
pub(super) fn millions(instructions: u64) -> String {
    format!("{:.2}", instructions as f64 / 1_000_000.0)
}

/// Returns the tables of a cold start of `processor`, which must contain the names of its functions, and of later messages.
pub(super) async fn sections(processor: &Path) -> Result<[Section; 2], Failure> {
    let cold = callgrind::run(processor, Setup::Embedded, 1).await?;
    let all = callgrind::run(processor, Setup::Embedded, 1 + WARM).await?;
    let (cold_areas, all_areas) = (areas(&cold), areas(&all));
    let warm = |all: u64, cold: u64| all.saturating_sub(cold) / WARM as u64;
    let warm_total = warm(all.total, cold.total);

    let head = ["", "cold, millions", "share", "each message after, thousands", "share"];
    let mut by_area = Section::new("areas", "Where instructions go, by area", &head);
    for (area, cost) in descending(cold_areas) {
        let after = warm(all_areas.get(area).copied().unwrap_or_default(), cost);
        let [cost_share, after_share] = [share(cost, cold.total), share(after, warm_total)];
        by_area.row([area.to_owned(), millions(cost), cost_share, (after / 1000).to_string(), after_share]);
    }
    let head = ["function", "cold, millions", "share"];
    let mut by_function = Section::new("functions", "Where a cold start goes, by function", &head);
    for (function, cost) in descending(cold.own).into_iter().take(FUNCTIONS) {
        by_function.row([format!("`{}`", function.name), millions(cost), share(cost, cold.total)]);
    }
    Ok([by_area, by_function])
}

fn areas(profile: &Profile) -> BTreeMap<&'static str, u64> {
    let mut areas = BTreeMap::new();
    for (function, cost) in &profile.own {
        *areas.entry(area(function)).or_default() += cost;
    }
    areas
}

/// Returns the purpose of `function`.
fn area(function: &Function) -> &'static str {
    let library = function.object.rsplit('/').next().unwrap_or_default();
    if library.starts_with("ld-") {
        return "starting the process (dynamic linker)";
    }
    if library.starts_with("lib") {
        return "memory and copying (libc)";
    }
    // A C function of ours is aws-lc's. In the name of a method, `<crate::Type as crate::Trait>::name`, the type is most specific.
    let Some((path, _)) = function.name.split_once("::") else { return CRYPTOGRAPHY };
    let name = path.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let is = |pattern: &&str| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *pattern,
    };
    match CRATES.iter().find(|(_, crates)| crates.iter().any(is)) {
        Some((area, _)) => area,
        None if ["alloc", "core", "std", "hashbrown"].contains(&name) => "the standard library",
        None => "other",
    }
}

/// Sorts by cost, the highest first, and then by name, so that the order is stable.
fn descending<T: Ord>(costs: impl IntoIterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    let mut costs: Vec<_> = costs.into_iter().collect();
    costs.sort_by(|(a, cost_a), (b, cost_b)| Reverse(cost_a).cmp(&Reverse(cost_b)).then(a.cmp(b)));
    costs
}

#[expect(clippy::cast_precision_loss, reason = "a share for people to read")]
fn share(cost: u64, of: u64) -> String {
    format!("{:.1} %", 100.0 * cost as f64 / of as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_one_area() {
        let check = |name: &str, object: &str, expected: &str| {
            assert_eq!(area(&Function { name: name.into(), object: object.into() }), expected, "{name}");
        };
        check(
            "_dl_relocate_object",
            "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
            "starting the process (dynamic linker)",
        );
        check("malloc", "/usr/lib/x86_64-linux-gnu/libc.so.6", "memory and copying (libc)");
        check("aws_lc_0_47_0_sha3_keccak_f1600", "/x/processor", CRYPTOGRAPHY);
        check("0x0000000000b723a8", "/x/processor", CRYPTOGRAPHY);
        check("sha2::sha256::soft::unroll::compress", "/x/processor", CRYPTOGRAPHY);
        check(
            "<rustls::conn::ConnectionCore<Data> as x::Y>::read",
            "/x/processor",
            "TLS: the protocol (rustls)",
        );
        check("aws_smithy_json::deserialize::JsonTokenIterator::read_string", "/x/processor", "the AWS SDK");
        check(
            "<http_body_util::full::Full<D> as http_body::Body>::poll_frame",
            "/x/processor",
            "HTTP and Lambda's runtime",
        );
        check(
            "<&mut chimeflow::text::Text as core::fmt::Debug>::fmt",
            "/x/processor",
            "rules and their detectors",
        );
        check(
            "<core::pin::Pin<P> as core::future::future::Future>::poll",
            "/x/processor",
            "the standard library",
        );
        check("jiff::tz::parse", "/x/processor", "other");
    }
}
