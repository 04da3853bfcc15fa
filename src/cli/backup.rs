//! `sala backup`.

use std::fs::{self, File};
use std::path::PathBuf;

use super::args::{BackupArgs, DatabaseFlags};
use super::{CliError, configure};
use crate::config::DatabaseUrl;
use crate::db::{DbError, backup, files};

pub(super) async fn back_up(args: BackupArgs) -> Result<(), CliError> {
    let database = sqlite_file(args.database)?;
    if !database.exists() {
        let absent = DbError::Absent(database.display().to_string());
        return Err(CliError::Refused(absent.to_string()));
    }
    let file = &args.file;
    // Empty and private from the start: SQLite fills an empty file, and it holds what customers
    // wrote.
    files::make_private(file)
        .map_err(|error| CliError::Refused(format!("cannot make {}: {error}", file.display())))?;
    if let Err(error) = backup::copy(&database, file).await {
        let _ = fs::remove_file(file);
        let shown = database.display();
        return Err(CliError::Refused(format!("cannot copy {shown}: {error}")));
    }
    File::open(file)?.sync_all()?;
    say!("Copied {} to {}.", database.display(), file.display());
    let key = database.with_file_name("secret.key");
    if key.exists() {
        say!(
            "Keep {} too: the channels' credentials cannot be read without it.",
            key.display()
        );
    }
    Ok(())
}

/// The SQLite database that the settings name.
pub(super) fn sqlite_file(flags: DatabaseFlags) -> Result<PathBuf, CliError> {
    match configure(|settings| flags.apply(settings))?.database {
        DatabaseUrl::Sqlite(path) => Ok(path),
        DatabaseUrl::Postgres(_) => Err(CliError::Refused(
            "this is for SQLite; use pg_dump and pg_restore for a PostgreSQL database".to_owned(),
        )),
    }
}
