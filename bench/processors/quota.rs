//! [`Quota`]: the share of a core that a Lambda function with little memory gets.
//!
//! Lambda gives a function a share of a core in proportion to its memory, one whole core at 1,769 MB. Its hypervisor enforces it as Linux
//! does for control groups: a number of milliseconds out of every twenty, after which the processes are suspended. During its
//! start, a function has two cores whatever its size, so the quota is set after that.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Failure;

/// A control group, which limits a process and those that it starts.
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

/// The memory of a function, in MB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Memory(pub(crate) u32);

impl Memory {
    /// Returns its microseconds in every [`PERIOD`].
    fn quota(self) -> u32 {
        self.0 * PERIOD / CORE
    }

    /// Returns its share of a core, in percent.
    pub(crate) fn percent(self) -> f64 {
        100.0 * f64::from(self.0) / f64::from(CORE)
    }
}

/// The memory in MB for which a function gets a whole core.
const CORE: u32 = 1769;

/// Lambda's period, in microseconds.
const PERIOD: u32 = 20_000;

impl Quota {
    /// Creates a control group.
    ///
    /// # Errors
    /// If this machine or this user may not.
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
        // Only setting a quota shows whether the group supports one.
        quota.lift()?;
        Ok(quota)
    }

    /// Adds the process `id`.
    pub(crate) fn admit(&self, id: u32) -> Result<(), Failure> {
        self.write("cgroup.procs", &id.to_string())
    }

    /// Limits its processes to the share for `memory`.
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

    /// Removes the limit.
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
        // It can be removed once its last process has ended, which takes a moment after a kill.
        for _ in 0..50 {
            if fs::remove_dir(&self.group).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
