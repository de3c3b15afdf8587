//! [`Quota`]: the share of a core that a Lambda function of little memory gets.
//!
//! Lambda gives a function a share of a core in proportion to its memory, one whole core at 1,769 MB. Its hypervisor enforces it as Linux
//! does for control groups: so many milliseconds of every twenty, and then the processes stand still. While a function starts it has
//! two cores whatever its size, so a quota is put on when that is done.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Failure;

/// Puts a quota on a process and what it starts; a control group.
#[derive(Debug)]
pub(crate) struct Quota {
    group: PathBuf,
    version: Version,
}

#[derive(Clone, Copy, Debug)]
enum Version {
    One,
    Two,
}

/// How much memory a function has, in MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Memory(pub(crate) u32);

impl Memory {
    /// Its microseconds of every [`PERIOD`].
    fn quota(self) -> u32 {
        self.0 * PERIOD / CORE
    }

    /// Its share of a core, in percent.
    pub(crate) fn percent(self) -> f64 {
        100.0 * f64::from(self.0) / f64::from(CORE)
    }
}

/// The memory in MB that comes with a whole core.
const CORE: u32 = 1769;

/// Lambda's period, in microseconds.
const PERIOD: u32 = 20_000;

impl Quota {
    /// Makes a control group.
    ///
    /// # Errors
    /// When this machine or this user may not.
    pub(crate) fn new() -> Result<Self, Failure> {
        let name = format!("chimeflow-processors-{}", std::process::id());
        let root = Path::new("/sys/fs/cgroup");
        let (group, version) = if root.join("cgroup.controllers").exists() {
            (root.join(name), Version::Two)
        } else {
            (root.join("cpu").join(name), Version::One)
        };
        fs::create_dir(&group).map_err(|error| format!("cannot make {}: {error}", group.display()))?;
        let quota = Self { group, version };
        // Whether it has a processor quota at all shows when one is set.
        quota.lift()?;
        Ok(quota)
    }

    /// Takes in the process `id`.
    pub(crate) fn admit(&self, id: u32) -> Result<(), Failure> {
        self.write("cgroup.procs", &id.to_string())
    }

    /// From now on, its processes have what comes with `memory`.
    pub(crate) fn limit(&self, memory: Memory) -> Result<(), Failure> {
        let quota = memory.quota();
        match self.version {
            Version::One => {
                self.write("cpu.cfs_period_us", &PERIOD.to_string())?;
                self.write("cpu.cfs_quota_us", &quota.to_string())
            }
            Version::Two => self.write("cpu.max", &format!("{quota} {PERIOD}")),
        }
    }

    /// From now on, its processes have what they like.
    pub(crate) fn lift(&self) -> Result<(), Failure> {
        match self.version {
            Version::One => self.write("cpu.cfs_quota_us", "-1"),
            Version::Two => self.write("cpu.max", "max"),
        }
    }

    fn write(&self, file: &str, text: &str) -> Result<(), Failure> {
        let file = self.group.join(file);
        fs::write(&file, text).map_err(|error| format!("cannot write {}: {error}", file.display()).into())
    }
}

impl Drop for Quota {
    fn drop(&mut self) {
        // It goes when its last process has, which takes a moment after a kill.
        for _ in 0..50 {
            if fs::remove_dir(&self.group).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
