//! Checks whether the environment makes clients trust the service's certificate. Clients that use plain HTTP do not need it.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use hyper::Uri;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::Check;
use super::service::{TIMEOUT, host};

/// The variables for additional authorities in Node, the AWS CLI and boto3.
const NAMES: [&str; 2] = ["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"];

/// Checks the certificate; `authority` is the file that clients have to trust, according to the service.
pub(super) async fn check(at: &Uri, authority: &str) -> Check {
    if let Err(error) = believed(at, Path::new(authority)).await {
        let message = format!("the service's certificate is not trusted: {error:#}");
        return Check::wrong("certificate", message, "start the service again");
    }
    #[expect(clippy::disallowed_methods, reason = "the environment is what this command examines")]
    let variables = NAMES.map(|name| (name, std::env::var_os(name).filter(|value| !value.is_empty())));
    for (name, file) in variables.iter().filter_map(|(name, file)| Some((name, file.as_ref()?))) {
        if let Err(error) = believed(at, Path::new(file)).await {
            let message = format!(
                "{name} names another certificate: clients do not trust https and wss of this service ({error:#})"
            );
            let advice = format!(
                "unless you want plain http only: cat \"${name}\" {authority} > all.pem; export {name}=$PWD/all.pem"
            );
            return Check::odd("certificate", message, advice);
        }
    }
    if variables[0].1.is_none() {
        let message = "valid, but Node does not trust it: `amazon-chime-sdk-js` connects by wss only";
        return Check::odd("certificate", message, format!("export NODE_EXTRA_CA_CERTS={authority}"));
    }
    Check::fine("certificate", "believed by clients that are started from here")
}

/// Connects as a client that trusts only the authorities in `file`.
async fn believed(at: &Uri, file: &Path) -> anyhow::Result<()> {
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(file);
    let certificates = certificates.with_context(|| format!("`{}` cannot be read", file.display()))?;
    for certificate in certificates {
        roots.add(certificate.with_context(|| format!("`{}` is not a PEM file", file.display()))?)?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(host(at)).await?;
    // Messaging sessions use this name.
    let name = ServerName::try_from("localhost")?;
    tokio::time::timeout(TIMEOUT, TlsConnector::from(Arc::new(config)).connect(name, stream)).await??;
    Ok(())
}
