//! Files that other users of the machine cannot read, and the folders that contain them.
//!
//! They are created with private permissions, so that nobody can open them before the permissions are set. Files of an earlier version, or
//! created manually, become private when they are used again. The permissions of a folder that also contains other files are left
//! unchanged, because somebody chose them; the files in it are private nevertheless.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// The result of making a folder private.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FolderPrivacy {
    /// It was private before, or is new.
    Private,
    /// Other users could read its files before, and no longer can.
    Tightened,
    /// Other users can see the names of its files, but not read them, for this reason.
    Listed(String),
    /// Other users can read its files, for this reason.
    Open(String),
}

/// Makes sure that the folder exists and is private, and that the files in `ours` are private.
///
/// # Errors
/// If it cannot be created, or one of the files belongs to another user.
pub(crate) fn folder(folder: &Path, ours: &[&str]) -> io::Result<FolderPrivacy> {
    if let Some(parent) = folder.parent().filter(|_| !folder.exists()) {
        fs::create_dir_all(parent)?;
    }
    match mode::create_folder(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => return made.map(|()| FolderPrivacy::Private),
    }
    let mut made = FolderPrivacy::Private;
    for path in ours.iter().map(|name| folder.join(name)) {
        let Some(found) = found(&path)?.filter(|found| found.is_file() && mode::is_open(found)) else {
            continue;
        };
        match close(&path, &found) {
            Ok(()) => made = FolderPrivacy::Tightened,
            Err(error) => return Ok(FolderPrivacy::Open(error.to_string())),
        }
    }
    let found = fs::metadata(folder)?;
    if !mode::is_open(&found) {
        return Ok(made);
    }
    if let Some(why) = somebody_elses(folder, &found, ours)? {
        return Ok(FolderPrivacy::Listed(why));
    }
    Ok(close(folder, &found)
        .map_or_else(|error| FolderPrivacy::Open(error.to_string()), |()| FolderPrivacy::Tightened))
}

/// Creates a private folder, whatever the umask.
///
/// # Errors
/// If the path already exists, or the folder cannot be created.
pub(crate) fn new_folder(folder: &Path) -> io::Result<()> {
    mode::create_folder(folder)
}

/// Returns why a folder that other users can read must keep its permissions, if there is a reason.
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

/// Removes all permissions of other users.
fn close(path: &Path, found: &Metadata) -> io::Result<()> {
    mode::close(path, found)?;
    if mode::is_open(&fs::metadata(path)?) {
        return Err(io::Error::other("the file system keeps no permissions"));
    }
    Ok(())
}

/// Creates a private file, and replaces any existing one.
///
/// # Errors
/// If it cannot be created.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => mode::private(OpenOptions::new().write(true)).create_new(true).open(path),
    }
}

/// Opens a private file for reading and appending, and creates it if there is none.
///
/// # Errors
/// If it cannot be opened, or belongs to another user.
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

/// Opens a private file for reading, if there is one.
///
/// # Errors
/// If it cannot be opened, or belongs to another user.
pub(crate) fn open(path: &Path) -> io::Result<Option<File>> {
    if found(path)?.is_none() {
        return Ok(None);
    }
    own(path, mode::private(OpenOptions::new().read(true)).open(path)?).map(Some)
}

/// Returns the metadata of `path`, which must belong to this user: another owner could read what is written there, or could have chosen
/// what is read.
fn found(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Ok(found) if found.is_symlink() => Err(refused(path, "is a symbolic link")),
        Ok(found) if !mode::is_own(&found) => Err(refused(path, "belongs to another user")),
        found => found.map(Some),
    }
}

/// Returns `file`, unless the file at its path was replaced by another user's since it was checked.
fn own(path: &Path, file: File) -> io::Result<File> {
    if mode::is_own(&file.metadata()?) { Ok(file) } else { Err(refused(path, "belongs to another user")) }
}

fn refused(path: &Path, why: &str) -> io::Error {
    let why = format!("{} {why}: remove it, or keep everything in another folder", path.display());
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}

/// Permissions on systems with bits for the owner, a group, and everybody else.
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
    /// The sticky bit of a folder: only a file's owner may remove it, as in folders for temporary files.
    const SHARED: u32 = 0o1000;

    pub(super) fn create_folder(path: &Path) -> io::Result<()> {
        fs::DirBuilder::new().mode(FOLDER).create(path)
    }

    /// Creates new files for their owner only, and follows no symbolic link.
    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(FILE).custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
    }

    pub(super) fn is_open(found: &Metadata) -> bool {
        found.mode() & OTHERS != 0
    }

    pub(super) fn is_shared(found: &Metadata) -> bool {
        found.mode() & SHARED != 0
    }

    /// Removes all permissions of other users, and adds none for the owner.
    pub(super) fn close(path: &Path, found: &Metadata) -> io::Result<()> {
        let most = Permissions::from_mode(found.mode() & if found.is_dir() { FOLDER } else { FILE });
        if found.is_dir() {
            return fs::set_permissions(path, most);
        }
        // Through a handle, because another user may have put a link at the path.
        private(OpenOptions::new().read(true)).open(path)?.set_permissions(most)
    }

    /// Returns whether it belongs to this user. For root, files of other users do not count, because their owners would control what
    /// root reads and writes.
    pub(super) fn is_own(found: &Metadata) -> bool {
        found.uid() == rustix::process::geteuid().as_raw()
    }
}

/// On systems where permissions are lists that new files inherit from their folder, whoever chose the folder determines them.
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
