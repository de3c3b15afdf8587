//! [`Certificate`]: the TLS certificate of the endpoints here.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, Error, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256, RsaKeySize,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::private;

/// A certificate for `127.0.0.1`, signed by an authority generated for it. The authority's key is not stored: it signs no other
/// certificate.
#[derive(Debug)]
pub(crate) struct Certificate {
    folder: PathBuf,
    /// Whether the folder remains after this value is dropped.
    kept: bool,
    /// The certificate and any intermediate one.
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

/// The files of a stored certificate: the authority to trust, the certificate chain, and its key.
const AUTHORITY: &str = "authority.pem";
const CHAIN: &str = "certificate.pem";
const KEY: &str = "key.pem";

impl Certificate {
    /// The files in the folder of a stored certificate, including temporary ones.
    pub(crate) const FILES: [&str; 6] =
        [AUTHORITY, CHAIN, KEY, "authority.new", "certificate.new", "key.new"];

    /// Generates a certificate with a fast algorithm. It lasts as long as this value. Only the authority's certificate is written to disk.
    pub(crate) fn new() -> io::Result<Self> {
        let generate = || KeyPair::generate().map_err(io::Error::other);
        Self::signed(&generate()?, None, &generate()?)
    }

    /// Generates a certificate that costs clients as much as those of AWS's endpoints: RSA, with an intermediate authority.
    pub(crate) fn like_aws() -> io::Result<Self> {
        // An RSA key takes long to generate, and reusing one costs a client no less to verify.
        static KEY: Mutex<Option<KeyPair>> = Mutex::new(None);
        let mut key = KEY.lock().unwrap_or_else(PoisonError::into_inner);
        let key = match &mut *key {
            Some(key) => key,
            none => {
                let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048);
                none.insert(key.map_err(io::Error::other)?)
            }
        };
        Self::signed(key, Some(key), key)
    }

    fn signed(authority: &KeyPair, between: Option<&KeyPair>, key: &KeyPair) -> io::Result<Self> {
        let (root, chain) = sign(authority, between, key).map_err(io::Error::other)?;
        let chain = chain.iter().map(|certificate| certificate.der().clone()).collect();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let certificate = Self { folder: new_folder()?, kept: false, chain, key };
        fs::write(certificate.authority(), root.pem())?;
        Ok(certificate)
    }

    /// Loads the certificate in `folder`, or generates one there if there is none. A client that trusts it once need not do so again.
    ///
    /// # Errors
    /// If the files in the folder are invalid, or none can be written there.
    pub(crate) fn kept_in(folder: &Path) -> io::Result<Self> {
        if !folder.join(KEY).exists() {
            private::folder(folder, &Self::FILES)?;
            let authority = KeyPair::generate().map_err(io::Error::other)?;
            let key = KeyPair::generate().map_err(io::Error::other)?;
            let (root, chain) = sign(&authority, None, &key).map_err(io::Error::other)?;
            write(&folder.join(AUTHORITY), &root.pem())?;
            write(&folder.join(CHAIN), &chain[0].pem())?;
            // The key is written last: its presence means that all files are complete.
            write(&folder.join(KEY), &key.serialize_pem())?;
        }
        let damaged = |name: &'static str| {
            move |error| {
                let why =
                    format!("{} is damaged: {error}; remove it for a new one", folder.join(name).display());
                io::Error::new(io::ErrorKind::InvalidData, why)
            }
        };
        let chain = vec![CertificateDer::from_pem_file(folder.join(CHAIN)).map_err(damaged(CHAIN))?];
        let key = PrivateKeyDer::from_pem_file(folder.join(KEY)).map_err(damaged(KEY))?;
        Ok(Self { folder: folder.to_owned(), kept: true, chain, key })
    }

    /// Returns the path of the file with the authority, for clients to trust.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.join(AUTHORITY)
    }

    pub(crate) fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| {
                config.with_no_client_auth().with_single_cert(self.chain.clone(), self.key.clone_key())
            })
            .map_err(io::Error::other)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Writes a file that no other user can read.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    private::create(&new)?.write_all(text.as_bytes())?;
    fs::rename(new, path)
}

/// Signs a certificate for `127.0.0.1` with `key`. Returns the authority's certificate, and the chain from the new one up to it, without
/// it; `between` is the key of an intermediate authority.
fn sign(
    authority: &KeyPair,
    between: Option<&KeyPair>,
    key: &KeyPair,
) -> Result<(rcgen::Certificate, Vec<rcgen::Certificate>), Error> {
    let params = authority_named("chimeflow loopback authority")?;
    let root = params.self_signed(authority)?;
    let mut issuer = Issuer::new(params, authority);
    let mut chain = Vec::new();
    if let Some(between) = between {
        let params = authority_named("chimeflow loopback authority between")?;
        chain.push(params.signed_by(between, &issuer)?);
        issuer = Issuer::new(params, between);
    }
    let mut leaf = CertificateParams::new(vec!["127.0.0.1".to_owned(), "localhost".to_owned()])?;
    leaf.distinguished_name.push(DnType::CommonName, "127.0.0.1");
    chain.insert(0, leaf.signed_by(key, &issuer)?);
    Ok((root, chain))
}

fn authority_named(name: &str) -> Result<CertificateParams, Error> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.distinguished_name.push(DnType::CommonName, name);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Ok(authority)
}

/// Creates a folder with a new name.
fn new_folder() -> io::Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let here: &Path = &std::env::temp_dir();
    loop {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = here.join(format!("chimeflow-{}-{next}", std::process::id()));
        match private::new_folder(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_certificate_is_the_same_again() {
        let folder = new_folder().unwrap();
        let first = Certificate::kept_in(&folder).unwrap();
        let trusted = fs::read(first.authority()).unwrap();
        let (chain, key) = (first.chain.clone(), first.key.secret_der().to_vec());
        drop(first);
        let again = Certificate::kept_in(&folder).unwrap();
        assert_eq!((again.chain.clone(), again.key.secret_der()), (chain, &*key));
        assert_eq!(fs::read(again.authority()).unwrap(), trusted);
        again.acceptor().unwrap();
        fs::write(folder.join(CHAIN), "nonsense").unwrap();
        let error = Certificate::kept_in(&folder).unwrap_err().to_string();
        assert!(error.contains(CHAIN), "{error}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn one_that_is_not_kept_leaves_nothing() {
        let certificate = Certificate::new().unwrap();
        let authority = certificate.authority();
        assert!(authority.exists());
        // Clients trust its contents, so no other user may write there.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(authority.parent().unwrap()).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
        drop(certificate);
        assert!(!authority.parent().unwrap().exists());
    }
}
