//! A stand-in for Amazon Chime SDK messaging and identity, on this machine, for real AWS clients.
//!
//! ```text
//!  request ──model: route, bind──> Call ──operations──> State ──┬──> answer ──model: check──> response
//!                                                                └──> effects: events to sessions, invocations of functions
//!  time, what became of an invocation ──────────────────> State ──┘
//! ```
//!
//! `State` is all that the service knows: plain data, changed only by *commands* (a request that was let in, the
//! passing of time, the end of an invocation). A command carries its time, and ids are drawn from a seed in the state, so the same
//! commands make the same state: a journal is the list of them, and a test needs neither sockets nor sleep. What has to happen
//! outside comes back as *effects*, in order.
//!
//! What may be asked and answered is the services' own model, as data: `model`.

mod api;
mod arn;
mod auth;
mod clock;
mod command;
pub(crate) mod duration;
mod faults;
mod folder;
mod functions;
mod ids;
mod journal;
mod json;
mod model;
mod operations;
mod pagination;
mod prefetch;
mod query;
mod rates;
mod refusal;
mod server;
mod service;
mod sessions;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod time;
mod unknowns;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub use self::auth::Keys;
use self::command::Command;
pub use self::faults::{CloseCode, Fault, Planned, Probability};
pub use self::functions::Endpoint;
use self::functions::{Embedded, Functions, Program};
use self::server::Door;
use self::service::Service;
use self::settings::Settings;
pub use self::state::Quota;
pub use self::unknowns::{Redaction, SecondCallback};
use crate::detect::Detectors;
pub use crate::loopback::Origin;
use crate::loopback::{Access, Certificate, Launch};
use crate::pipeline::Pipeline;
use crate::rules::{self, Source};

/// The local service, running. It ends when this is dropped.
///
/// ```no_run
/// # async fn example() -> std::io::Result<()> {
/// let chime = chimeflow::local::LocalChime::start().await?;
/// // Point any AWS client at it: `AWS_ENDPOINT_URL`, `--endpoint-url`, `endpoint_url(…)`.
/// println!("{}", chime.endpoint());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct LocalChime {
    address: SocketAddr,
    service: Arc<Service>,
    functions: Arc<Functions>,
    certificate: Certificate,
    /// What serves it.
    tasks: JoinSet<()>,
}

/// How the local service is started.
#[derive(Debug)]
pub struct Options {
    /// Where it listens. Port 0 is a free one.
    pub listen: SocketAddr,
    /// What plays the functions of channel flows.
    pub functions: Play,
    /// The keys that requests have to be signed with; nobody looks at signatures when there are none.
    pub keys: Option<Keys>,
    /// The folder that the state is kept in; in memory only when there is none.
    pub data: Option<PathBuf>,
    /// What ids are drawn from: the same seed and the same requests make the same ids.
    pub seed: u64,
    /// Quotas that are others than a new AWS account has.
    pub quotas: Vec<Quota>,
    /// What a redaction takes away; what the data folder says when there is nothing.
    pub redaction: Option<Redaction>,
    /// What a second callback is answered; what the data folder says when there is nothing.
    pub second_callback: Option<SecondCallback>,
    /// Web pages of these origins are let in, as those of this machine are.
    pub origins: Vec<Origin>,
    /// Where lines go that somebody should read, such as which page was refused; nowhere when there is nothing.
    pub notices: Option<mpsc::UnboundedSender<String>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            functions: Play::default(),
            keys: None,
            data: None,
            seed: 0,
            quotas: Vec::new(),
            redaction: None,
            second_callback: None,
            origins: Vec::new(),
            notices: None,
        }
    }
}

/// What plays the functions of channel flows.
#[derive(Debug)]
pub enum Play {
    /// The processor, in this very program, with these rules; those that come with Chimeflow when there are none.
    Embedded(Option<Arc<Pipeline>>),
    /// A program that speaks Lambda's Runtime API, and where the lines go that it writes.
    Program(Launch, mpsc::UnboundedSender<String>),
    /// Something that speaks Lambda's Invoke API.
    Endpoint(Endpoint),
}

impl Default for Play {
    fn default() -> Self {
        Self::Embedded(None)
    }
}

impl Play {
    async fn start(self, service: &Arc<Service>) -> io::Result<Functions> {
        Ok(match self {
            Self::Embedded(pipeline) => {
                let pipeline = pipeline.map_or_else(embedded_rules, Ok)?;
                Functions::Embedded(Embedded::new(service.clone(), pipeline))
            }
            Self::Program(mut launch, lines) => {
                let endpoint = format!("http://{}", service.address());
                launch.env.push(("AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING".to_owned(), endpoint));
                Functions::Program(Program::start(launch, lines).await?)
            }
            Self::Endpoint(endpoint) => Functions::Endpoint(endpoint),
        })
    }
}

/// How often the service looks whether something is due. Nothing that it waits for is shorter than a second.
const TICK: Duration = Duration::from_millis(200);

impl LocalChime {
    /// Starts a service on a free port of the loopback interface, in memory, with the rules that come with Chimeflow.
    ///
    /// # Errors
    /// When no port can be opened, or the folder for the certificate cannot be made.
    pub async fn start() -> io::Result<Self> {
        Self::with(Options::default()).await
    }

    /// Starts a service.
    ///
    /// # Errors
    /// When something else listens there, another service has the data folder or what is in it cannot be read, or the program that is to
    /// be the function cannot be started.
    pub async fn with(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        // Clients are told where the certificate is, wherever they are started.
        let data = options.data.map(std::path::absolute).transpose()?;
        let certificate = match data.as_deref() {
            Some(data) => {
                if let (Some(notice), Some(notices)) = (folder::prepare(data)?, &options.notices) {
                    // Whoever gave it may have gone.
                    let _ = notices.send(notice);
                }
                Certificate::kept_in(&folder::of_certificate(data))?
            }
            None => Certificate::new()?,
        };
        let Options { seed, quotas, redaction, second_callback, .. } = options;
        let settings = Settings { seed, quotas, redaction, second_callback };
        let (service, due) = Service::open(settings, data.as_deref())?;
        service.is_trusted_by(certificate.authority());
        // Browsers and certificates know this machine by its name.
        service.listens_at(if address.ip().is_loopback() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        });
        let functions = Arc::new(options.functions.start(&service).await?);
        let mut tasks = JoinSet::new();
        tasks.spawn(functions.clone().run(service.clone(), due));
        tasks.spawn(tick(service.clone()));
        let tls = certificate.acceptor()?;
        let beyond_loopback = !address.ip().to_canonical().is_loopback();
        let door = Door::new(Access::new(options.origins, beyond_loopback), options.notices);
        tasks.spawn(server::serve(service.clone(), functions.clone(), options.keys, door, listener, tls));
        Ok(Self { address, service, functions, certificate, tasks })
    }

    /// Returns the endpoint for AWS clients of both services, such as `http://127.0.0.1:8200`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the address that it listens at; the port is the one it got when a free one was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the absolute path of the PEM file with the authority that clients of `https` and `wss` have to trust. It is in the data folder,
    /// or else removed when this is dropped.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.certificate.authority()
    }

    /// Pushes the service's time forward by `time`: what is due by then happens now.
    pub fn advance(&self, time: Duration) {
        self.service.advance(time);
    }

    /// Makes something go wrong: a [`Fault`] once and for certain, a [`Planned`] one as often and as likely as it says.
    pub fn plan(&self, planned: impl Into<Planned>) {
        // That it could not be kept for a restart is nobody's business here: it is planned.
        let _ = self.service.add_fault(planned.into());
    }

    /// Knows what was exported elsewhere, and nothing else.
    ///
    /// # Errors
    /// When `json` is no exported state.
    pub(crate) fn import(&self, json: &str) -> Result<(), String> {
        let state = serde_json::from_str(json).map_err(|error| format!("that is no JSON: {error}"))?;
        self.service.replace(Some(state))
    }

    /// Uses other rules from now on, when the processor is embedded.
    pub(crate) fn use_rules(&self, pipeline: Arc<Pipeline>) {
        if let Functions::Embedded(embedded) = &*self.functions {
            embedded.replace(pipeline);
        }
    }

    /// Waits until the service ends by itself, which it does only when the machine takes its port away.
    pub async fn ended(&mut self) {
        let _ = self.tasks.join_next().await;
    }
}

fn embedded_rules() -> io::Result<Arc<Pipeline>> {
    let file = rules::parse(&Source::alone("embedded", rules::DEFAULT), &Detectors::builtin());
    file.map(|file| Arc::new(file.pipeline)).map_err(|report| io::Error::other(report.to_string()))
}

async fn tick(service: Arc<Service>) {
    let mut ticks = tokio::time::interval(TICK);
    loop {
        ticks.tick().await;
        let _ = service.carry_out(Command::Tick);
        service.tell_late();
    }
}
