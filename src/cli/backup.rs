//! `sala backup` and `sala restore`.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::args::{BackupArgs, DatabaseFlags, RestoreArgs};
use super::{CliError, configure};
use crate::config::DatabaseUrl;
use crate::db::backup;

pub(super) async fn back_up(args: BackupArgs) -> Result<(), CliError> {
    let database = sqlite_file(args.database)?;
    if !database.exists() {
        return Err(refused(format!(
            "there is no database at {}",
            database.display()
        )));
    }
    let file = &args.file;
    // Empty and private from the start: SQLite fills an empty file, and it holds what customers
    // wrote.
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    made.map_err(|error| refused(format!("cannot make {}: {error}", file.display())))?;
    if let Err(error) = backup::copy(&database, file).await {
        let _ = fs::remove_file(file);
        return Err(refused(format!(
            "cannot copy {}: {error}",
            database.display()
        )));
    }
    File::open(file)?.sync_all()?;
    println!("Copied {} to {}.", database.display(), file.display());
    let key = database.with_file_name("secret.key");
    if key.exists() {
        println!(
            "Keep {} too: the channels' credentials cannot be read without it.",
            key.display()
        );
    }
    Ok(())
}

pub(super) async fn restore(args: RestoreArgs) -> Result<(), CliError> {
    let database = sqlite_file(args.database)?;
    let file = &args.file;
    backup::verify(file)
        .await
        .map_err(|error| refused(format!("{} is no copy of Sala's: {error}", file.display())))?;
    let kept = if database.exists() {
        if !args.force {
            let shown = database.display();
            return Err(refused(format!(
                "there is a database at {shown}; replace it with --force"
            )));
        }
        backup::close_off(&database).await.map_err(|error| {
            let shown = database.display();
            refused(format!("{shown} is in use, stop Sala first ({error})"))
        })?;
        Some(free_name(&database))
    } else {
        None
    };
    // Complete beside its place first, so that a power cut leaves the old one or the new one.
    let draft = with_ending(&database, ".restoring");
    if let Some(folder) = database
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder)?;
    }
    fs::copy(file, &draft)?;
    File::open(&draft)?.sync_all()?;
    if let Some(kept) = &kept {
        fs::rename(&database, kept)?;
    }
    fs::rename(&draft, &database)?;
    println!("Restored {} from {}.", database.display(), file.display());
    if let Some(kept) = kept {
        println!("The database that was there is now {}.", kept.display());
    }
    Ok(())
}

fn sqlite_file(flags: DatabaseFlags) -> Result<PathBuf, CliError> {
    match configure(|settings| flags.apply(settings))?.database {
        DatabaseUrl::Sqlite(path) => Ok(path),
        DatabaseUrl::Postgres(_) => Err(refused(
            "this is for SQLite; use pg_dump and pg_restore for a PostgreSQL database".to_owned(),
        )),
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// `sala.db.bak`, or `sala.db.bak2` and so on when that is taken.
fn free_name(path: &Path) -> PathBuf {
    let taken = |path: &PathBuf| !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound);
    let mut number = 1;
    loop {
        let ending = if number == 1 {
            ".bak".to_owned()
        } else {
            format!(".bak{number}")
        };
        let name = with_ending(path, &ending);
        if !taken(&name) {
            return name;
        }
        number += 1;
    }
}

fn refused(sentence: String) -> CliError {
    CliError::Refused(sentence)
}
