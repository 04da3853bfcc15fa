//! The files of a SQLite database: itself, what is beside it, and who has it open.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, fcntl_lock};
use rustix::io::Errno;

use super::DbError;
use crate::secrets::private;

/// What SQLite keeps beside a database: the newest changes, an index of them, and what it needs
/// to undo a change that broke off.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Names in a data folder that are Sala's, apart from the database's own.
const OURS: [&str; 1] = ["secret.key"];

/// A database's files, whether they are there or not.
#[derive(Clone, Debug)]
pub struct Files {
    database: PathBuf,
}

/// Keeps everybody else out of a database until it is dropped.
#[derive(Debug)]
pub struct Hold {
    _locked: Vec<File>,
}

impl Files {
    /// Of the database at `path`.
    pub fn of(path: &Path) -> Self {
        Self {
            database: path.to_owned(),
        }
    }

    /// The database itself.
    pub fn database(&self) -> &Path {
        &self.database
    }

    /// The file whose name ends in `ending` after the database's.
    pub fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.database.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    }

    /// The write-ahead log.
    pub fn log(&self) -> PathBuf {
        self.beside("-wal")
    }

    fn all(&self) -> [PathBuf; 4] {
        let [wal, shm, journal] = BESIDE.map(|ending| self.beside(ending));
        [self.database.clone(), wal, shm, journal]
    }

    /// Those that are there, the database first.
    pub fn present(&self) -> Vec<PathBuf> {
        self.all()
            .into_iter()
            .filter(|path| is_there(path))
            .collect()
    }

    /// What holds changes that are not in the database's own file.
    pub fn unmerged(&self) -> Option<PathBuf> {
        let holds = |path: &PathBuf| fs::metadata(path).is_ok_and(|found| found.len() > 0);
        [self.log(), self.beside("-journal")]
            .into_iter()
            .find(|path| holds(path))
    }

    /// Makes folder and file where they may be made, and closes both to others.
    ///
    /// # Errors
    /// When there is no database and none is to be made, or when something of another is left.
    pub(super) fn prepare(&self, may_make: bool) -> Result<(), DbError> {
        let failed = |error: io::Error| DbError::Sql(error.into());
        let folder = self.database.parent().unwrap_or(Path::new(""));
        if !is_there(&self.database) {
            if !may_make {
                return Err(DbError::Absent(self.database.display().to_string()));
            }
            // SQLite would delete it, and the changes that are in it.
            if let Some(left) = self.unmerged() {
                return Err(DbError::LeftOver {
                    database: self.database.display().to_string(),
                    left: left.display().to_string(),
                });
            }
            private::make_folder(folder).map_err(failed)?;
            make_private(&self.database).map_err(failed)?;
        }
        self.close_to_others(folder);
        Ok(())
    }

    /// The folder too, unless it is somebody else's as well.
    fn close_to_others(&self, folder: &Path) {
        let name = self.database.file_name().unwrap_or_default();
        let Ok(entries) = fs::read_dir(if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        }) else {
            return;
        };
        let mut is_ours_alone = !folder.as_os_str().is_empty();
        for entry in entries.flatten() {
            let found = entry.file_name();
            let is_of_database = found
                .as_encoded_bytes()
                .starts_with(name.as_encoded_bytes());
            if is_of_database {
                private::close_to_others(&entry.path(), private::FILE);
            }
            let is_ours = OURS.iter().any(|ours| {
                let ours = ours.as_bytes();
                found.as_encoded_bytes().starts_with(ours)
            });
            is_ours_alone &= is_of_database || is_ours;
        }
        if is_ours_alone {
            private::close_to_others(folder, private::FOLDER);
        }
    }

    /// Keeps others out of the database, whatever state it is in; nothing when somebody has it
    /// open. A process that has it open through SQLite must not ask: it would lose its own locks.
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub fn hold(&self) -> io::Result<Option<Hold>> {
        let mut locked = Vec::new();
        // In the mode with a log, SQLite locks the database as long as it is open; and its index,
        // which tells even when the database was moved away under its user.
        for path in [self.database.clone(), self.beside("-shm")] {
            let file = match OpenOptions::new().read(true).write(true).open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => locked.push(file),
                Err(Errno::AGAIN | Errno::ACCESS) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Some(Hold { _locked: locked }))
    }

    /// Moves all of them aside together, and answers where the database is now: `sala.db.bak`,
    /// or `sala.db.bak2` and so on when that is taken.
    ///
    /// # Errors
    /// When one cannot be moved.
    pub fn move_aside(&self) -> io::Result<PathBuf> {
        let aside = self.free_name();
        // The database first: what is left of it alone is recognised by the next start.
        for (from, to) in self.all().iter().zip(aside.all()) {
            if is_there(from) {
                fs::rename(from, &to)?;
                private::close_to_others(&to, private::FILE);
            }
        }
        Ok(aside.database)
    }

    fn free_name(&self) -> Self {
        let names = (1..).map(|number| match number {
            1 => self.beside(".bak"),
            number => self.beside(&format!(".bak{number}")),
        });
        let mut free = names
            .map(|name| Self::of(&name))
            .filter(|files| files.present().is_empty());
        free.next()
            .unwrap_or_else(|| Self::of(&self.beside(".bak")))
    }

    /// Removes all of them. SQLite puts its own away when the last connection goes, which may be at
    /// this very moment: one that goes by itself was never there.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn remove(&self) -> io::Result<()> {
        self.all()
            .iter()
            .try_for_each(|path| match fs::remove_file(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                removed => removed,
            })
    }
}

/// A new empty file that only its owner may open.
///
/// # Errors
/// When it cannot be made, as when there is one.
pub fn make_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(private::FILE)
        .open(path)
}

fn is_there(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound)
}
