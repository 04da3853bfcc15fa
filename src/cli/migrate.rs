//! `sala migrate-to`.

use std::fs;

use super::args::MigrateArgs;
use super::{CliError, configure};
use crate::config::DatabaseUrl;
use crate::db::relocate::{Moved, relocate};
use crate::secrets::KeySource;

pub(super) async fn run(args: MigrateArgs) -> Result<(), CliError> {
    let config = configure(|settings| args.database.apply(settings))?;
    let DatabaseUrl::Sqlite(file) = config.database else {
        return Err(refused(
            "DATABASE_URL names a PostgreSQL database already; the move is from SQLite",
        ));
    };
    if !file.exists() {
        return Err(refused(&format!(
            "there is no database at {}",
            file.display()
        )));
    }
    if !(args.url.starts_with("postgres://") || args.url.starts_with("postgresql://")) {
        return Err(refused(
            "the target must be postgres://<user>@<host>/<name>",
        ));
    }
    let kept = file.with_extension("db.moved");
    if kept.exists() {
        return Err(refused(&format!(
            "there is {} already, of an earlier move; put it away first",
            kept.display()
        )));
    }
    say!(
        "Moving {}. Sala must not run until this is done.",
        file.display()
    );
    let moved = relocate(&file, &args.url)
        .await
        .map_err(|error| refused(&error.to_string()))?;
    for Moved { table, rows } in moved {
        say!("{rows:>10}  {table}");
    }
    say!("Everything was moved and counted.");
    // Started again on it, Sala would send once more what waits in its outbox.
    match fs::rename(&file, &kept) {
        Ok(()) => say!("The SQLite database is now {}.", kept.display()),
        Err(error) => say!(
            "Do not start Sala on {} again; it could not be renamed ({error}).",
            file.display()
        ),
    }
    say!("Now set, for every node:");
    say!("  DATABASE_URL     the PostgreSQL address");
    match config.key {
        KeySource::File(path) => say!(
            "  SALA_SECRET_KEY  what {} holds (its first line, if the last begins with \"old:\"; \
             then SALA_SECRET_KEY_OTHER is the old one); LINE's credentials cannot be read without it",
            path.display()
        ),
        KeySource::Given(_) => say!("  SALA_SECRET_KEY  the same as until now"),
    }
    Ok(())
}

fn refused(sentence: &str) -> CliError {
    CliError::Refused(sentence.to_owned())
}
