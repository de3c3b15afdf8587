//! [`Contender`]: a function that is measured.

use std::path::{Path, PathBuf};

use chimeflow::loopback::Launch;

use crate::Failure;

/// A function that is measured.
#[derive(Debug)]
pub(crate) struct Contender {
    pub name: &'static str,
    /// Whether it filters anything.
    pub filters: bool,
    /// How to start it.
    pub launch: Launch,
    /// The variable for the file of certificates that it trusts, and the file with those that it would have on Lambda. `None` if its
    /// runtime contains its own.
    pub roots: Option<(&'static str, PathBuf)>,
}

/// The folder of this package.
pub(crate) const HOME: &str = env!("CARGO_MANIFEST_DIR");

/// The name of our function, which the others are compared with.
pub(crate) const OURS: &str = "Chimeflow";

impl Contender {
    /// Returns all of them, ours first.
    ///
    /// # Errors
    /// If the other functions are not installed.
    pub(crate) fn all(processor: &Path) -> Result<Vec<Self>, Failure> {
        let installed = Path::new(HOME).join("target/processors");
        let Some(roots) = certificates(&installed) else {
            return Err(
                "the functions to compare with are not installed: run bench/processors/functions/install"
                    .into(),
            );
        };
        let python = |name, filters, module: &str| {
            let args = ["-m", "awslambdaric", &format!("{module}.handler")].map(Into::into).to_vec();
            let env = [("PYTHONPATH", path(&installed, "functions"))];
            let launch = Launch { program: installed.join("python/bin/python"), args, env: owned(env) };
            Self { name, filters, launch, roots: Some(("AWS_CA_BUNDLE", roots.clone())) }
        };
        let node = |name, bundle: &str| {
            let client = path(&installed, "node_modules/aws-lambda-ric/bin/index.mjs");
            // The client accepts only paths relative to the folder in which it is started, which is that of this package.
            let handler = format!("target/processors/functions/{bundle}.handler");
            let env = [("AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1", "true".into())];
            let args = vec![client.into(), handler.into()];
            let launch = Launch { program: "node".into(), args, env: owned(env) };
            Self { name, filters: true, launch, roots: None }
        };
        let ours = Launch { program: processor.to_owned(), ..Launch::default() };
        Ok(vec![
            Self { name: OURS, filters: true, launch: ours, roots: Some(("SSL_CERT_FILE", roots.clone())) },
            node("Node, bad-words", "bad-words"),
            node("Node, obscenity", "obscenity"),
            python("Python, better-profanity", true, "with_better_profanity"),
            python("Python, boto3 alone", false, "boto3_alone"),
        ])
    }
}

/// Returns the root certificates of boto3: as many as there are on Lambda's Linux.
fn certificates(installed: &Path) -> Option<PathBuf> {
    let versions = installed.join("python/lib").read_dir().ok()?;
    let roots = versions.map(|version| Some(version.ok()?.path().join("site-packages/botocore/cacert.pem")));
    roots.flatten().find(|roots| roots.exists())
}

fn path(folder: &Path, file: &str) -> String {
    folder.join(file).display().to_string()
}

fn owned<const N: usize>(env: [(&str, String); N]) -> Vec<(String, String)> {
    env.map(|(name, value)| (name.to_owned(), value)).to_vec()
}
