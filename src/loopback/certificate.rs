//! [`Certificate`]: lets the callback endpoint speak TLS.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, Error, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256, RsaKeySize,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A certificate for `127.0.0.1`, signed by an authority made for it. Only the authority's certificate is ever on disk.
pub(crate) struct Certificate {
    folder: PathBuf,
    /// It, and what stands between it and the authority.
    chain: Vec<CertificateDer<'static>>,
    /// Its key, in DER.
    key: Vec<u8>,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Certificate {
    /// One that is quickly made.
    pub(crate) fn new() -> io::Result<Self> {
        let generate = || KeyPair::generate().map_err(io::Error::other);
        Self::signed(&generate()?, None, &generate()?)
    }

    /// One that costs a client what those of AWS's endpoints do: RSA, with an authority between it and the one that is trusted.
    pub(crate) fn like_aws() -> io::Result<Self> {
        // Such a key takes long to make, and one that is always the same costs a client no less to check.
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
        let certificate = Self { folder: new_folder()?, chain, key: key.serialize_der() };
        fs::write(certificate.authority(), root.pem())?;
        Ok(certificate)
    }

    /// The file that names the authority, for clients to trust.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.join("authority.pem")
    }

    pub(crate) fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let key = PrivateKeyDer::Pkcs8(self.key.clone().into());
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(self.chain.clone(), key))
            .map_err(io::Error::other)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The certificate of an authority, and the chain from one for `127.0.0.1` with `key` up to it, without it; `between` is the key of
/// another authority on the way.
fn sign(
    authority: &KeyPair,
    between: Option<&KeyPair>,
    key: &KeyPair,
) -> Result<(rcgen::Certificate, Vec<CertificateDer<'static>>), Error> {
    let params = authority_named("chimeflow loopback authority")?;
    let root = params.self_signed(authority)?;
    let mut issuer = Issuer::new(params, authority);
    let mut chain = Vec::new();
    if let Some(between) = between {
        let params = authority_named("chimeflow loopback authority between")?;
        chain.push(params.signed_by(between, &issuer)?.der().clone());
        issuer = Issuer::new(params, between);
    }
    let mut leaf = CertificateParams::new(vec!["127.0.0.1".to_owned(), "localhost".to_owned()])?;
    leaf.distinguished_name.push(DnType::CommonName, "127.0.0.1");
    chain.insert(0, leaf.signed_by(key, &issuer)?.der().clone());
    Ok((root, chain))
}

fn authority_named(name: &str) -> Result<CertificateParams, Error> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.distinguished_name.push(DnType::CommonName, name);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Ok(authority)
}

/// Makes a folder that nobody had before.
fn new_folder() -> io::Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let here: &Path = &std::env::temp_dir();
    loop {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = here.join(format!("chimeflow-{}-{next}", std::process::id()));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
}
