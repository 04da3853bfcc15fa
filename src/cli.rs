//! The command line: one program, many roles.

/// Prints a line. `println!` would panic when nobody reads any more.
macro_rules! say {
    ($($line:tt)*) => { crate::telemetry::print(format_args!($($line)*)) };
}

mod args;
mod backup;
mod check;
mod demo;
mod migrate;
mod operator;
mod rekey;
mod restore;
mod serve;
mod simulator;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use crate::app::StartError;
use crate::config::{Config, ConfigError, Settings};
use crate::service::ServiceError;
use crate::simulator::SimulatorError;
use crate::telemetry;
use args::{Cli, Command};

/// How long tasks that nobody waits for any more may take to end.
const LEFTOVERS: Duration = Duration::from_millis(250);

/// Why a command ends without success. Its text is all that people see.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error("{0}")]
    Config(#[from] ConfigError),
    #[error("{0}")]
    Start(#[from] StartError),
    #[error("{0}")]
    Simulator(#[from] SimulatorError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A sentence.
    #[error("{0}")]
    Refused(String),
}

impl From<ServiceError> for CliError {
    fn from(error: ServiceError) -> Self {
        Self::Start(error.into())
    }
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    let ended = runtime.block_on(run(cli));
    // Whatever blocks a thread, such as asking for an address, may not hold up the end.
    runtime.shutdown_timeout(LEFTOVERS);
    telemetry::end();
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &CliError) -> ExitCode {
    telemetry::complain(format!("sala: {error}"));
    ExitCode::FAILURE
}

async fn run(cli: Cli) -> Result<(), CliError> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(flags) => serve::run(flags).await,
        Command::Demo(args) => Box::pin(demo::run(args)).await,
        Command::Operator { command } => operator::run(command).await,
        Command::Backup(args) => backup::back_up(args).await,
        Command::Restore(args) => restore::restore(args).await,
        Command::Restored(flags) => restore::restored(flags).await,
        Command::MigrateTo(args) => migrate::run(args).await,
        Command::Rekey(args) => rekey::run(args).await,
        Command::Check(flags) => check::run(flags).await,
        Command::Simulator(args) => simulator::run(args).await,
    }
}

/// The settings of the process with a command's flags above them; starts the log.
fn configure(apply: impl FnOnce(&mut Settings)) -> Result<Config, CliError> {
    let mut settings = Settings::from_process()?;
    apply(&mut settings);
    let config = Config::load(&settings)?;
    telemetry::init(&config.log);
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    Ok(config)
}
