//! Files that nobody else on the machine may read, and folders that they are kept in.
//!
//! They are made that way, so that nobody can open them before. What was made by an earlier version, or by hand, is made so when it is used
//! again. A folder with other files in it is somebody's choice, and left as it is: the files are private there too.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// What came of making a folder private.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// It was private, or has been made now.
    Private,
    /// Others could read what is in it, and can no more.
    Tightened,
    /// Others see what its files are called, and cannot read them, for this reason.
    Listed(String),
    /// Others can read what is in it, for this reason.
    Open(String),
}

/// Makes sure that there is a private folder, and that the files in it that are `ours` are private.
///
/// # Errors
/// When there can be none, or one of the files is another user's.
pub(crate) fn folder(folder: &Path, ours: &[&str]) -> io::Result<Made> {
    if let Some(parent) = folder.parent().filter(|_| !folder.exists()) {
        fs::create_dir_all(parent)?;
    }
    match mode::create_folder(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => return made.map(|()| Made::Private),
    }
    let mut made = Made::Private;
    for path in ours.iter().map(|name| folder.join(name)) {
        let Some(found) = found(&path)?.filter(|found| found.is_file() && mode::is_open(found)) else {
            continue;
        };
        match close(&path, &found) {
            Ok(()) => made = Made::Tightened,
            Err(error) => return Ok(Made::Open(error.to_string())),
        }
    }
    let found = fs::metadata(folder)?;
    if !mode::is_open(&found) {
        return Ok(made);
    }
    if let Some(why) = somebody_elses(folder, &found, ours)? {
        return Ok(Made::Listed(why));
    }
    Ok(close(folder, &found).map_or_else(|error| Made::Open(error.to_string()), |()| Made::Tightened))
}

/// Makes a private folder where there is nothing yet, whatever the umask.
///
/// # Errors
/// When there is something already, or none can be made.
pub(crate) fn new_folder(folder: &Path) -> io::Result<()> {
    mode::create_folder(folder)
}

/// Why a folder that others may look into is not for us to close.
fn somebody_elses(folder: &Path, found: &Metadata, ours: &[&str]) -> io::Result<Option<String>> {
    if !mode::is_own(found) {
        return Ok(Some("it belongs to another user".to_owned()));
    }
    if mode::is_shared(found) {
        return Ok(Some("it is for all users to share".to_owned()));
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !ours.iter().any(|own| name == **own) {
            return Ok(Some(format!("there is more in it, such as `{}`", name.display())));
        }
    }
    Ok(None)
}

/// Takes every permission from others.
fn close(path: &Path, found: &Metadata) -> io::Result<()> {
    mode::close(path, found)?;
    if mode::is_open(&fs::metadata(path)?) {
        return Err(io::Error::other("the file system keeps no permissions"));
    }
    Ok(())
}

/// Makes a private file, in the place of any that is there.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => mode::private(OpenOptions::new().write(true)).create_new(true).open(path),
    }
}

/// Opens a private file for reading and for writing at its end; it is made when there is none.
///
/// # Errors
/// When it cannot be opened, or is another user's.
pub(crate) fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    mode::private(options.read(true).append(true));
    match options.clone().create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            found(path)?;
            own(path, options.open(path)?)
        }
        made => made,
    }
}

/// Opens a private file to read it, when there is one.
///
/// # Errors
/// When it cannot be opened, or is another user's.
pub(crate) fn open(path: &Path) -> io::Result<Option<File>> {
    if found(path)?.is_none() {
        return Ok(None);
    }
    own(path, mode::private(OpenOptions::new().read(true)).open(path)?).map(Some)
}

/// What is at `path`, which has to be the user's own: whoever else has it reads what is written there, or had it written.
fn found(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Ok(found) if found.is_symlink() => Err(refused(path, "is a symbolic link")),
        Ok(found) if !mode::is_own(&found) => Err(refused(path, "belongs to another user")),
        found => found.map(Some),
    }
}

/// `file`, unless another has come to be at its path since that was looked at.
fn own(path: &Path, file: File) -> io::Result<File> {
    if mode::is_own(&file.metadata()?) { Ok(file) } else { Err(refused(path, "belongs to another user")) }
}

fn refused(path: &Path, why: &str) -> io::Error {
    let why = format!("{} {why}: remove it, or keep everything in another folder", path.display());
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}

/// Permissions, where they are bits for the owner, a group, and everybody else.
#[cfg(unix)]
mod mode {
    use std::fs::{self, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    use rustix::fs::OFlags;

    const FOLDER: u32 = 0o700;
    const FILE: u32 = 0o600;
    const OTHERS: u32 = 0o077;
    /// Of a folder: only who made a file may remove it, which is how folders for temporary files are.
    const SHARED: u32 = 0o1000;

    pub(super) fn create_folder(path: &Path) -> io::Result<()> {
        fs::DirBuilder::new().mode(FOLDER).create(path)
    }

    /// New files are for their owner only, and no link is followed.
    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(FILE).custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
    }

    pub(super) fn is_open(found: &Metadata) -> bool {
        found.mode() & OTHERS != 0
    }

    pub(super) fn is_shared(found: &Metadata) -> bool {
        found.mode() & SHARED != 0
    }

    /// Takes everything from others, and gives the owner nothing.
    pub(super) fn close(path: &Path, found: &Metadata) -> io::Result<()> {
        let most = Permissions::from_mode(found.mode() & if found.is_dir() { FOLDER } else { FILE });
        if found.is_dir() {
            return fs::set_permissions(path, most);
        }
        // By a handle: another's link may have come to be at the path.
        private(OpenOptions::new().read(true)).open(path)?.set_permissions(most)
    }

    /// Whether it is the user's. What others made is not root's either: they would choose what root reads and writes.
    pub(super) fn is_own(found: &Metadata) -> bool {
        found.uid() == rustix::process::geteuid().as_raw()
    }
}

/// Where permissions are lists that new files take over from their folder, they are left to whoever chose the folder.
#[cfg(not(unix))]
mod mode {
    use std::fs::{self, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub(super) fn create_folder(path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(super) fn is_open(_: &Metadata) -> bool {
        false
    }

    pub(super) fn is_shared(_: &Metadata) -> bool {
        false
    }

    pub(super) fn close(_: &Path, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn is_own(_: &Metadata) -> bool {
        true
    }
}
