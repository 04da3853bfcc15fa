//! `sala operator`.

use super::args::{DatabaseFlags, OperatorCommand, PasswordArgs};
use super::{CliError, configure};
use crate::app::Core;
use crate::db::operators::OperatorRow;
use crate::secrets::random_password;
use crate::service::operators::NewOperator;

pub(super) async fn run(command: OperatorCommand) -> Result<(), CliError> {
    match command {
        OperatorCommand::Add {
            email,
            name,
            role,
            password,
            database,
        } => {
            let (password, made) = read(password)?;
            let core = open(database).await?;
            let name =
                name.unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
            let new = NewOperator {
                email,
                name,
                role: role.into(),
            };
            let row = core.operators.add(new, &password, None).await?;
            say!("Added {} ({}).", row.email, role_name(&row));
            show(&password, made);
            core.db.close().await;
        }
        OperatorCommand::List { database } => {
            let core = open(database).await?;
            for row in core.operators.list().await? {
                let state = row.disabled_at.map_or("active", |_| "disabled");
                say!("{}\t{}\t{}\t{state}", row.email, row.name, role_name(&row));
            }
            core.db.close().await;
        }
        OperatorCommand::ResetPassword {
            email,
            password,
            database,
        } => {
            let (password, made) = read(password)?;
            let core = open(database).await?;
            core.operators
                .reset_password(&email, &password, None)
                .await?;
            say!("{email} has a new password; all their sessions have ended.");
            show(&password, made);
            core.db.close().await;
        }
        OperatorCommand::Disable { email, database } => {
            let core = open(database).await?;
            core.operators.disable(&email, None).await?;
            say!("{email} cannot sign in any more; open connections close within seconds.");
            core.db.close().await;
        }
    }
    Ok(())
}

async fn open(database: DatabaseFlags) -> Result<Core, CliError> {
    let config = configure(|settings| database.apply(settings))?;
    Ok(Core::open_without_key(&config).await?)
}

/// The password, and whether it was made here.
fn read(args: PasswordArgs) -> Result<(String, bool), CliError> {
    if let Some(password) = args.password {
        return Ok((password, false));
    }
    if !args.password_stdin {
        return Ok((random_password(), true));
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false))
}

fn show(password: &str, made: bool) {
    if made {
        say!("Password: {password}");
    }
}

fn role_name(row: &OperatorRow) -> String {
    format!("{:?}", row.role).to_lowercase()
}
