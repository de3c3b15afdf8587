//! [`Extension`]: `AppConfig`'s extension for Lambda, as the function sees it: rules on a port of loopback.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::routing::get;
use chimeflow::local::LocalChime;
use tokio::net::TcpListener;

use super::Failure;

/// An emulated extension.
pub(crate) struct Extension {
    address: SocketAddr,
    served: Arc<Mutex<Configuration>>,
}

/// What the extension serves.
#[derive(Clone, Debug)]
struct Configuration {
    version: u32,
    rules: String,
    down: bool,
}

/// The rules of the day.
pub(crate) const RULES: &str = include_str!("rules.toml");

const PATH: &str = "/applications/day/environments/live/configurations/rules";

impl Extension {
    pub(crate) async fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let rules = RULES.to_owned();
        let served = Arc::new(Mutex::new(Configuration { version: 1, rules, down: false }));
        let router = Router::new().route(PATH, get(answer)).with_state(served.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, served })
    }

    /// Returns the environment variables of a function that takes its rules from here and calls back to `chime`.
    pub(crate) fn environment(&self, chime: &LocalChime) -> Vec<(String, String)> {
        [
            ("CHIMEFLOW_RULES", "appconfig:day/live/rules".to_owned()),
            ("AWS_APPCONFIG_EXTENSION_HTTP_PORT", self.address.port().to_string()),
            ("AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", chime.endpoint()),
            // A minute of this day passes in a fraction of a second.
            ("CHIMEFLOW_RULES_MAX_AGE", "0".to_owned()),
            ("POWERTOOLS_SERVICE_NAME", "chimeflow".to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    /// Serves these rules from now on, as after a deployment of `AppConfig`.
    pub(crate) fn serve(&self, rules: impl Into<String>) {
        let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        served.version += 1;
        served.rules = rules.into();
    }

    /// Sets whether it fails.
    pub(crate) fn set_down(&self, down: bool) {
        self.served.lock().unwrap_or_else(PoisonError::into_inner).down = down;
    }
}

async fn answer(State(served): State<Arc<Mutex<Configuration>>>) -> (StatusCode, HeaderMap, String) {
    let Configuration { version, rules, down } =
        served.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut headers = HeaderMap::new();
    if down {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let body = r#"{"Message":"InternalServerError: service unavailable"}"#;
        return (StatusCode::INTERNAL_SERVER_ERROR, headers, body.to_owned());
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/toml"));
    headers.insert("configuration-version", HeaderValue::from(version));
    (StatusCode::OK, headers, rules)
}
