//! Checks whether the AWS CLI on the PATH is new enough to take the endpoint from the environment.

use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use super::Check;

/// How long the AWS CLI may take to print its version: it is a large Python program.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The first versions that read `AWS_ENDPOINT_URL`.
const FIRST: [[u32; 3]; 2] = [[1, 29, 0], [2, 13, 0]];

/// Checks the `aws` on this PATH, if there is one.
pub(super) async fn check(path: Option<&str>) -> Check {
    // Without a PATH, shells search default folders.
    let Some(path) = path else { return none() };
    let mut aws = Command::new("aws");
    aws.arg("--version").env("PATH", path).stdin(Stdio::null()).kill_on_drop(true);
    match tokio::time::timeout(TIMEOUT, aws.output()).await {
        Ok(Ok(output)) => judged(&String::from_utf8_lossy(&[output.stdout, output.stderr].concat())),
        Ok(Err(_)) => none(),
        Err(_) => {
            let message = format!("`aws --version` did not end within {} s", TIMEOUT.as_secs());
            Check::odd("aws", message, "look at `which aws`")
        }
    }
}

fn none() -> Check {
    Check::fine("aws", "there is no AWS CLI on the PATH")
}

/// Interprets the output of `aws --version`, such as `aws-cli/2.9.19 Python/3.11.2 …`.
fn judged(output: &str) -> Check {
    let Some(version) = output.split_whitespace().find_map(version) else {
        return Check::odd("aws", "the `aws` on the PATH does not say its version", "look at `which aws`");
    };
    let [major, minor, patch] = version;
    let shown = format!("{major}.{minor}.{patch}");
    let first = if major < 2 { FIRST[0] } else { FIRST[1] };
    if version >= first {
        return Check::fine("aws", format!("{shown} reads AWS_ENDPOINT_URL"));
    }
    Check::odd(
        "aws",
        format!("{shown} ignores AWS_ENDPOINT_URL: its calls go to AWS"),
        format!(
            "update it to {}, or pass --endpoint-url with every call",
            FIRST.map(|[major, minor, patch]| format!("{major}.{minor}.{patch}")).join(" or ")
        ),
    )
}

fn version(word: &str) -> Option<[u32; 3]> {
    let mut parts = word.strip_prefix("aws-cli/")?.split('.').map(|part| part.parse().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    #[test]
    fn versions_that_ignore_the_endpoint_are_found() {
        for (output, is_old) in [
            ("aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 source/x86_64.debian.12 prompt/off", true),
            ("aws-cli/2.12.7 Python/3.11.4 Darwin/22.5.0 exe/x86_64 prompt/off", true),
            ("aws-cli/2.13.0 Python/3.11.4 Linux/5.15 exe/x86_64", false),
            ("aws-cli/2.31.1 Python/3.13.7", false),
            ("aws-cli/1.22.34 Python/3.10.12 Linux/5.15 botocore/1.23.34", true),
            ("aws-cli/1.29.0 Python/3.11.4 Linux/5.15 botocore/1.31.0", false),
            ("aws-cli/1.46.2 md/Botocore#1.44.2", false),
        ] {
            let check = judged(output);
            assert_eq!(check.status == Status::Odd, is_old, "{output}");
            assert_eq!(check.advice.is_some_and(|advice| advice.contains("2.13.0")), is_old, "{output}");
        }
        assert!(judged("aws: command not known").status == Status::Odd);
    }
}
