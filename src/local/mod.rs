//! A local service that emulates Amazon Chime SDK messaging and identity for real AWS clients.
//!
//! ```text
//!  request ──model: route, bind──> Call ──operations──> State ──┬──> result ──model: check──> response
//!                                                                └──> effects: events to sessions, invocations of functions
//!  time, results of invocations ────────────────────────> State ──┘
//! ```
//!
//! `State` is everything that the service knows. It is plain data and changes only through *commands*: an accepted request, the passing of
//! time, or the end of an invocation. A command carries its time, and ids are generated from a seed in the state, so the same commands
//! always produce the same state. A journal is therefore a list of commands, and a test needs neither sockets nor sleeps. Whatever has to
//! happen outside the state is returned as *effects*, in order.
//!
//! `model` holds AWS's own service models, as data: they define the valid requests and responses.

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

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub use self::auth::Keys;
use self::command::Command;
pub use self::faults::{CloseCode, Fault, Planned, Probability};
use self::functions::{Beside, Embedded, Functions, Limits, Others, Program, Start};
pub use self::functions::{Endpoint, FunctionName};
use self::journal::Journal;
use self::model::Model;
use self::server::AccessCheck;
use self::service::Service;
use self::settings::Settings;
pub use self::state::Quota;
pub use self::unknowns::{Joining, Redaction, SecondCallback};
use crate::detect::Detectors;
pub use crate::loopback::Origin;
use crate::loopback::{Access, Certificate, Launch};
use crate::pipeline::Pipeline;
use crate::rules::{self, Source};

/// A running local service. It stops when this value is dropped.
///
/// ```no_run
/// # async fn example() -> std::io::Result<()> {
/// let chime = chimeflow::local::LocalChime::start().await?;
/// // Configure any AWS client with it: `AWS_ENDPOINT_URL`, `--endpoint-url`, `endpoint_url(…)`.
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
    /// The tasks that serve requests.
    tasks: JoinSet<()>,
}

/// Options for starting the local service.
#[derive(Debug)]
pub struct Options {
    /// The address to listen on. Port 0 selects a free port.
    pub listen: SocketAddr,
    /// What runs the functions of channel flows, except those in `named`.
    pub functions: Runner,
    /// Programs that act as the function of one name.
    pub named: Vec<Named>,
    /// Files and folders whose change restarts the programs, in addition to the programs themselves and the files among their arguments.
    pub watch: Vec<PathBuf>,
    /// The keys that requests must be signed with. Without keys, signatures are not checked.
    pub keys: Option<Keys>,
    /// The folder in which the state is stored. Without one, the state is only in memory.
    pub data: Option<PathBuf>,
    /// The seed for ids: the same seed and the same requests produce the same ids.
    pub seed: u64,
    /// Quotas that differ from those of a new AWS account.
    pub quotas: Vec<Quota>,
    /// What a redaction removes. The default is the setting stored in the data folder.
    pub redaction: Option<Redaction>,
    /// How the service responds to a second callback. The default is the setting stored in the data folder.
    pub second_callback: Option<SecondCallback>,
    /// Who may join a public channel without an invitation. The default is the setting stored in the data folder.
    pub joining: Option<Joining>,
    /// The origins whose web pages may send requests, in addition to pages from this machine.
    pub origins: Vec<Origin>,
    /// The channel for notices that a person should read, such as which page was refused. Without one, notices are discarded.
    pub notices: Option<mpsc::UnboundedSender<String>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            functions: Runner::default(),
            named: Vec::new(),
            watch: Vec::new(),
            keys: None,
            data: None,
            seed: 0,
            quotas: Vec::new(),
            redaction: None,
            second_callback: None,
            joining: None,
            origins: Vec::new(),
            notices: None,
        }
    }
}

/// What runs the functions of channel flows.
#[derive(Debug)]
pub enum Runner {
    /// The built-in processor, in this process, with these rules or, without any, with Chimeflow's default rules.
    Embedded(Option<Arc<Pipeline>>),
    /// A program that uses Lambda's Runtime API, and the channel that receives the lines it writes.
    Program(Launch, mpsc::Sender<String>),
    /// An endpoint that implements Lambda's Invoke API.
    Endpoint(Endpoint),
    /// Nothing: only the functions in [`Options::named`] exist.
    Nothing,
}

/// A program that acts as the function of one name.
#[derive(Debug)]
pub struct Named {
    /// The name in the function's ARN.
    pub name: FunctionName,
    /// The program, which uses Lambda's Runtime API.
    pub launch: Launch,
    /// The channel that receives the lines it writes.
    pub lines: mpsc::Sender<String>,
}

impl Default for Runner {
    fn default() -> Self {
        Self::Embedded(None)
    }
}

impl Runner {
    async fn start(self, service: &Arc<Service>, address: SocketAddr, watch: &Beside) -> io::Result<Others> {
        Ok(match self {
            Self::Embedded(pipeline) => {
                let pipeline = pipeline.map_or_else(embedded_rules, Ok)?;
                Others::Embedded(Embedded::new(service.clone(), pipeline))
            }
            Self::Program(launch, lines) => {
                let (env, watch) = (function_env(address, None), watch.clone());
                Others::Program(
                    Program::start(Start { launch, env, watch, lines, limits: Limits::default() }).await?,
                )
            }
            Self::Endpoint(endpoint) => Others::Endpoint(endpoint),
            Self::Nothing => Others::Nothing,
        })
    }
}

impl Named {
    async fn start(self, address: SocketAddr, watch: &Beside) -> io::Result<(FunctionName, Program)> {
        let Self { name, launch, lines } = self;
        let (env, watch) = (function_env(address, Some(&name)), watch.clone());
        Ok((name, Program::start(Start { launch, env, watch, lines, limits: Limits::default() }).await?))
    }
}

/// Returns the variables by which a program finds the service at this address, and the variable with its function's name.
fn function_env(mut address: SocketAddr, name: Option<&FunctionName>) -> Vec<(&'static str, String)> {
    // If the service listens on every address, programs on this machine use the loopback address.
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    let endpoint = format!("http://{address}");
    let mut env = vec![
        // A client may address every AWS service here; the service refuses what it does not emulate.
        ("AWS_ENDPOINT_URL", endpoint.clone()),
        ("AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", endpoint.clone()),
        ("AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY", endpoint),
        ("NO_PROXY", "127.0.0.1,localhost,::1".to_owned()),
    ];
    if let Ok(folder) = std::env::current_dir() {
        env.push(("LAMBDA_TASK_ROOT", folder.display().to_string()));
    }
    if let Some(name) = name {
        env.push(("AWS_LAMBDA_FUNCTION_NAME", name.to_string()));
        env.push(("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{name}")));
    }
    env
}

/// How often the service checks whether anything is due. It never waits for anything shorter than a second.
const TICK: Duration = Duration::from_millis(200);

impl LocalChime {
    /// Starts a service in memory, on a free port of the loopback interface, with Chimeflow's default rules.
    ///
    /// # Errors
    /// If no port can be opened, or the folder for the certificate cannot be created.
    pub async fn start() -> io::Result<Self> {
        Self::with(Options::default()).await
    }

    /// Starts a service.
    ///
    /// # Errors
    /// If the address is in use, if another service uses the data folder or its contents cannot be read, or if the program that acts as the
    /// processor cannot be started.
    pub async fn with(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        // Clients receive the path of the certificate, and they may run in any directory.
        let data = options.data.map(std::path::absolute).transpose()?;
        let certificate = match data.as_deref() {
            Some(data) => {
                if let (Some(notice), Some(notices)) = (folder::prepare(data)?, &options.notices) {
                    // The receiver may have been dropped.
                    let _ = notices.send(notice);
                }
                Certificate::kept_in(&folder::of_certificate(data))
                    .map_err(|error| folder::placed(data, error))?
            }
            None => Certificate::new()?,
        };
        let Options { seed, quotas, redaction, second_callback, joining, .. } = options;
        let settings = Settings { seed, quotas, redaction, second_callback, joining };
        let (service, due) = Service::open(settings, data.as_deref()).map_err(|error| match &data {
            Some(data) => folder::placed(data, error),
            None => error,
        })?;
        service.is_trusted_by(certificate.authority());
        // Browsers and certificates refer to this machine as `localhost`.
        service.listens_at(if address.ip().is_loopback() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        });
        let watch = Beside { paths: options.watch, except: data };
        let others = options.functions.start(&service, address, &watch).await?;
        let mut named = BTreeMap::new();
        for function in options.named {
            let (name, program) = function.start(address, &watch).await?;
            named.insert(name, program);
        }
        let functions = Arc::new(Functions { named, others });
        let mut tasks = JoinSet::new();
        tasks.spawn(functions.clone().run(service.clone(), due));
        tasks.spawn(tick(service.clone()));
        let tls = certificate.acceptor()?;
        let beyond_loopback = !address.ip().to_canonical().is_loopback();
        let access = AccessCheck::new(Access::new(options.origins, beyond_loopback), options.notices);
        tasks.spawn(server::serve(service.clone(), functions.clone(), options.keys, access, listener, tls));
        Ok(Self { address, service, functions, certificate, tasks })
    }

    /// Returns the endpoint for AWS clients of both services, such as `http://127.0.0.1:8200`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the address that the service listens on, with the actual port even if a free one was requested.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the absolute path of the PEM file with the certificate authority that clients of `https` and `wss` have to trust. The file
    /// is in the data folder; without a data folder, it is removed when this value is dropped.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.certificate.authority()
    }

    /// Advances the service's clock by `time`. Everything that is due by then happens now.
    pub fn advance(&self, time: Duration) {
        // An error means that the data folder cannot be written to, which clients learn from every request.
        let _ = self.service.advance(time);
    }

    /// Plans a fault: a [`Fault`] happens once and with certainty, a [`Planned`] one as often and with the probability that it specifies.
    pub fn plan(&self, planned: impl Into<Planned>) {
        // An error only means that the plan could not be saved for a restart; the fault is planned nevertheless.
        let _ = self.service.add_fault(planned.into());
    }

    /// Returns whether nothing was created yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.service.is_empty()
    }

    /// Replaces the state with one that another service exported.
    ///
    /// # Errors
    /// If `json` is not an exported state.
    pub(crate) fn import(&self, json: &str) -> Result<(), String> {
        let state = serde_json::from_str(json).map_err(|error| format!("that is not JSON: {error}"))?;
        self.service.replace(Some(state))
    }

    /// Uses other rules from now on, if the processor is embedded.
    pub(crate) fn use_rules(&self, pipeline: Arc<Pipeline>) {
        if let Others::Embedded(embedded) = &self.functions.others {
            embedded.replace(pipeline);
        }
    }

    /// Waits until the service ends by itself, which happens only if the operating system closes its port.
    pub async fn ended(&mut self) {
        let _ = self.tasks.join_next().await;
    }
}

/// Reads the state in a data folder as a start would, without changing it.
///
/// # Errors
/// If the service could not start with it; the error names the damaged file.
pub(crate) fn read_data(folder: &Path) -> io::Result<()> {
    Journal::look(folder, &Model::load())
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
        service.send_late();
    }
}
