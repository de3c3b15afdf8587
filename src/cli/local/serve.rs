//! Runs the service until it is interrupted.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tokio::sync::mpsc;

use super::programs::{LINES, Programs};
use super::rules::Rules;
use crate::cli::Exit;
use crate::cli::output::{errln, outln};
use crate::detect::Detectors;
use crate::local::{
    Endpoint, Joining, Keys, LocalChime, Options, Origin, Quota, Redaction, Runner, SecondCallback,
};

#[derive(clap::Args)]
pub(super) struct ServeArgs {
    /// Where to listen: an address and a port, or only a port; `localhost` and a port alone mean 127.0.0.1, and port 0 is a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8200", value_parser = listen)]
    listen: SocketAddr,

    /// The port to listen on, at 127.0.0.1
    #[arg(long, value_name = "PORT", conflicts_with = "listen")]
    port: Option<u16>,

    #[command(flatten)]
    pub service: Service,
}

/// The configuration of the service.
#[derive(clap::Args)]
pub(super) struct Service {
    /// The rules file of the embedded processor, read again whenever it is saved; without it, the rules that come with Chimeflow
    #[arg(long, value_name = "FILE", conflicts_with_all = ["processor", "lambda_endpoint"])]
    rules: Option<PathBuf>,

    /// Keep everything in this folder, which only your user can read; without it, in memory only
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// Begin with the state that `chimeflow local export` wrote to this file, unless the data folder has one
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,

    /// Whether to verify signatures
    #[arg(long, value_enum, default_value_t = Auth::None)]
    auth: Auth,

    /// The keys that `--auth strict` accepts, and the users of each
    #[arg(long, value_name = "KEYS.toml", required_if_eq("auth", "strict"))]
    keys: Option<PathBuf>,

    /// Invoke functions at this URL, for example where `cargo lambda watch` listens; its path, if any, names the function
    #[arg(long, value_name = "URL", value_parser = Endpoint::parse)]
    lambda_endpoint: Option<Endpoint>,

    #[command(flatten)]
    programs: Programs,

    /// Accept web pages of this origin, such as `https://chat.example`, and requests for its host; those of this machine are always accepted
    #[arg(long, value_name = "ORIGIN", value_parser = Origin::parse)]
    origin: Vec<Origin>,

    /// Change a quota of a new AWS account, such as processors-of-a-flow=3; `chimeflow local quotas` lists them
    #[arg(long, value_name = "NAME=NUMBER", value_parser = Quota::parse)]
    quota: Vec<Quota>,

    /// What `RedactChannelMessage` removes, which AWS documents in two ways; all, unless the data folder says otherwise
    #[arg(long, value_enum)]
    redaction: Option<Redacted>,

    /// The response to a callback for which no message waits; forbidden, unless the data folder says otherwise
    #[arg(long, value_enum)]
    second_callback: Option<Second>,

    /// Who may join a public channel without an invitation, which AWS documents in several ways; public, unless the data folder says otherwise
    #[arg(long, value_enum)]
    joining: Option<Join>,
}

/// What a redaction takes away: AWS's documents disagree.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Redacted {
    /// Content, metadata, attributes and notification: what the newer documents say
    All,
    /// The content only: what the older documents say
    Content,
}

/// What a second callback is answered: all of these were observed on AWS.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Second {
    /// 403, as AWS responds most of the time
    Forbidden,
    /// 400 `Unable to complete processing of non-pending message`
    NonPending,
    /// 409, when two callbacks meet
    Conflict,
}

/// Who may join a public channel: AWS's documents and its demo disagree.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Join {
    /// Everybody in the app instance, as AWS's chat demo expects
    Public,
    /// Everybody in the app instance, if the channel is unrestricted
    Unrestricted,
    /// Nobody, as the table of roles says
    Never,
}

/// Whether signatures are verified.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Auth {
    /// Accept every client as the user that it names
    None,
    /// Accept only requests that are signed with a known key and name a user of that key
    Strict,
}

/// A running service, with the tasks that accompany it.
pub(super) struct RunningService {
    pub chime: LocalChime,
    rules: Option<Rules>,
    lines: mpsc::Receiver<String>,
    notices: mpsc::UnboundedReceiver<String>,
}

pub(super) fn run(args: &ServeArgs, detectors: &Detectors) -> anyhow::Result<Exit> {
    super::client::runtime()?.block_on(async {
        // Wait for signals before functions start, because functions must not outlive this process.
        let mut interrupts = crate::signals::Interrupts::listen()?;
        let listen = args.port.map_or(args.listen, at_port);
        let mut running = args.service.start(listen, detectors).await?;
        announce(&running.chime);
        tokio::select! {
            () = running.attend() => {}
            interrupted = interrupts.next() => interrupted?,
        }
        Ok(Exit::Fine)
    })
}

/// Parses an address to listen at. `localhost` means the IPv4 loopback interface, which every client tries: clients that only use IPv4
/// would not find a service at `[::1]`.
fn listen(text: &str) -> Result<SocketAddr, String> {
    let expected =
        || "expected a port such as 8931, or an address such as localhost:8931, [::1]:8931 or 0.0.0.0:8931";
    if let Ok(port) = text.strip_prefix("localhost:").unwrap_or(text).parse() {
        return Ok(at_port(port));
    }
    text.parse().map_err(|_| match text.strip_prefix("http://") {
        Some(address) => format!("{}; leave out `http://` of `{address}`", expected()),
        None => expected().to_owned(),
    })
}

fn at_port(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Prints the service's address. Programs may parse the first line.
fn announce(chime: &LocalChime) {
    let endpoint = chime.endpoint();
    outln!("Chime SDK messaging and identity listen at {endpoint}");
    outln!("  export AWS_ENDPOINT_URL={endpoint}");
    outln!("  for https and wss, trust {}", chime.authority().display());
}

/// Raises the limit of open files, because every session needs one and shells allow only 1,024 by default. The limit stays finite, because
/// some programs close every file that they might have inherited.
#[cfg(unix)]
fn open_many_files() {
    use rustix::process::{Resource, getrlimit, setrlimit};

    const MANY: u64 = 65_536;
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|now| now >= MANY) {
        return;
    }
    limit.current = Some(limit.maximum.map_or(MANY, |most| most.min(MANY)));
    // If this is not permitted, the service only supports fewer sessions.
    let _ = setrlimit(Resource::Nofile, limit);
}

/// Does nothing: this system has no such limit.
#[cfg(not(unix))]
fn open_many_files() {}

impl Service {
    /// Starts the service.
    pub(super) async fn start(
        &self,
        listen: SocketAddr,
        detectors: &Detectors,
    ) -> anyhow::Result<RunningService> {
        open_many_files();
        let (sender, lines) = mpsc::channel(LINES);
        let (notice_sender, notices) = mpsc::unbounded_channel();
        let rules = self.rules.as_deref().map(|path| Rules::load(path, detectors)).transpose()?;
        let named = self.programs.named(&sender)?;
        let functions = match (self.programs.processor(&sender)?, &self.lambda_endpoint) {
            (Some(program), _) => program,
            (None, Some(endpoint)) => Runner::Endpoint(endpoint.clone()),
            // As on AWS, a function with another name does not exist.
            (None, None) if !named.is_empty() && rules.is_none() => Runner::Nothing,
            (None, None) => Runner::Embedded(rules.as_ref().map(Rules::pipeline)),
        };
        anyhow::ensure!(
            self.keys.is_none() || self.auth == Auth::Strict,
            "--keys has no effect without --auth strict: signatures would not be checked"
        );
        let keys = self.keys.as_deref().map(keys).transpose()?;
        let options = Options {
            listen,
            functions,
            named,
            watch: self.programs.watch()?,
            keys,
            data: self.data.clone(),
            quotas: self.quota.clone(),
            redaction: self.redaction.map(|it| match it {
                Redacted::All => Redaction::All,
                Redacted::Content => Redaction::Content,
            }),
            second_callback: self.second_callback.map(|it| match it {
                Second::Forbidden => SecondCallback::Forbidden,
                Second::NonPending => SecondCallback::NonPending,
                Second::Conflict => SecondCallback::Conflict,
            }),
            joining: self.joining.map(|it| match it {
                Join::Public => Joining::Public,
                Join::Unrestricted => Joining::Unrestricted,
                Join::Never => Joining::Never,
            }),
            origins: self.origin.clone(),
            notices: Some(notice_sender),
            ..Options::default()
        };
        let chime = LocalChime::with(options).await;
        let chime = chime.map_err(|error| match error.kind() {
            // The address, and not the folder of another service.
            ErrorKind::AddrInUse if error.raw_os_error().is_some() => anyhow::anyhow!(
                "{error}: perhaps another local service listens there, which `chimeflow local health --at http://{listen}` shows; take another port with --port"
            ),
            _ => error.into(),
        });
        let chime = chime.with_context(|| format!("could not start the local service at {listen}"))?;
        if let Some(seed) = self.seed.as_ref().filter(|_| !chime.is_empty()) {
            let seed = seed.display();
            errln!(
                "--seed has no effect: the data folder already has a state; `chimeflow local seed {seed}` replaces it"
            );
        } else if let Some(seed) = &self.seed {
            let text = crate::cli::rules_file::read(seed)?;
            chime.import(&text).map_err(anyhow::Error::msg).with_context(|| seed.display().to_string())?;
        }
        Ok(RunningService { chime, rules, lines, notices })
    }
}

fn keys(path: &Path) -> anyhow::Result<Keys> {
    let keys = Keys::parse(&crate::cli::rules_file::read(path)?).map_err(anyhow::Error::msg);
    keys.with_context(|| format!("`{}` is not a file of keys", path.display()))
}

impl RunningService {
    /// Shows the function's output and notices, and reloads saved rules, as long as the service runs.
    pub(super) async fn attend(&mut self) {
        let mut look = tokio::time::interval(std::time::Duration::from_millis(300));
        loop {
            tokio::select! {
                () = self.chime.ended() => return,
                Some(line) = self.lines.recv() => errln!("{line}"),
                Some(notice) = self.notices.recv() => errln!("{notice}"),
                _ = look.tick() => {
                    if let Some(pipeline) = self.rules.as_mut().and_then(Rules::changed) {
                        self.chime.use_rules(pipeline);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_in_every_form() {
        for (text, expected) in [
            ("8931", "127.0.0.1:8931"),
            ("0", "127.0.0.1:0"),
            ("localhost:8931", "127.0.0.1:8931"),
            ("127.0.0.1:1", "127.0.0.1:1"),
            ("[::1]:8931", "[::1]:8931"),
            ("0.0.0.0:80", "0.0.0.0:80"),
        ] {
            assert_eq!(listen(text), Ok(expected.parse().unwrap()), "{text}");
        }
        for text in [
            "",
            "localhost",
            "localhost:",
            "127.0.0.1",
            "::1",
            "99999",
            "example.com:80",
            ":8931",
            "http://localhost:1",
        ] {
            assert!(listen(text).unwrap_err().contains("localhost:8931"), "{text}");
        }
    }
}
