//! What can be written after `sala`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{Name, Settings};
use crate::protocol::Role;

/// A self-hosted, real-time live-chat console for LINE Official Accounts.
///
/// Settings come from the environment and the file .env; the flags stand above both.
#[derive(Parser)]
#[command(name = "sala", version, args_conflicts_with_subcommands = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) serve: ServerFlags,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Serve the console; this is what `sala` alone does
    Serve(ServerFlags),
    /// Serve a throw-away console with sample operators, sample customers and a simulated LINE
    Demo(DemoArgs),
    /// Manage those who answer
    Operator {
        #[command(subcommand)]
        command: OperatorCommand,
    },
    /// Write a copy of the SQLite database to a file, also while Sala runs
    Backup(BackupArgs),
    /// Replace the SQLite database by a copy that `backup` made
    Restore(RestoreArgs),
    /// After `pg_restore`, before the start: end all log-ins, send nothing that may have been sent
    Restored(DatabaseFlags),
    /// Move everything from SQLite into an empty PostgreSQL database, while Sala is stopped
    MigrateTo(MigrateArgs),
    /// Exchange the secret key, also while Sala runs; the old one is accepted until `--end`
    Rekey(RekeyArgs),
    /// Say what is wrong with the settings, the database or LINE's credentials
    Check(ServerFlags),
    /// Serve a simulated LINE on its own
    Simulator(SimulatorArgs),
}

#[derive(Args, Default)]
pub(super) struct ServerFlags {
    /// Listen address (`SALA_ADDR`, default 127.0.0.1:3000)
    #[arg(long)]
    addr: Option<String>,
    /// What browsers and LINE see (`SALA_PUBLIC_URL`, by default http:// and the address)
    #[arg(long)]
    public_url: Option<String>,
    #[command(flatten)]
    database: DatabaseFlags,
    /// LINE's address for messages (`LINE_API_BASE`)
    #[arg(long)]
    line_api_base: Option<String>,
    /// LINE's address for media (`LINE_DATA_API_BASE`)
    #[arg(long)]
    line_data_api_base: Option<String>,
    /// Serves /metrics on its own address (`SALA_METRICS_ADDR`)
    #[arg(long)]
    metrics_addr: Option<String>,
    #[command(flatten)]
    log: LogFlags,
}

#[derive(Args, Default)]
pub(super) struct DatabaseFlags {
    /// `sqlite://<file>` or `postgres://…` (`DATABASE_URL`, default <sqlite://data/sala.db>)
    #[arg(long)]
    database_url: Option<String>,
}

#[derive(Args, Default)]
pub(super) struct LogFlags {
    /// Tracing filter (`SALA_LOG`, default info)
    #[arg(long)]
    log: Option<String>,
    /// text or json (`SALA_LOG_FORMAT`, default text)
    #[arg(long)]
    log_format: Option<String>,
}

#[derive(Args)]
pub(super) struct DemoArgs {
    /// Operators, but no customers
    #[arg(long)]
    pub(super) empty: bool,
    #[command(flatten)]
    pub(super) line: LineArgs,
    /// Listen address, by default 127.0.0.1:3000; `SALA_ADDR` does not count here
    #[arg(long)]
    pub(super) addr: Option<String>,
    /// What browsers see, by default http:// and the address; `SALA_PUBLIC_URL` does not count here
    #[arg(long)]
    public_url: Option<String>,
    #[command(flatten)]
    log: LogFlags,
}

#[derive(Args, Clone)]
pub(super) struct LineArgs {
    /// The simulated channel's access token
    #[arg(long, default_value = "demo-token")]
    pub(super) line_token: String,
    /// The simulated channel's secret
    #[arg(long, default_value = "demo-secret")]
    pub(super) line_secret: String,
    /// Messages that the simulated account may push in a month; no limit without
    #[arg(long = "line-quota")]
    pub(super) quota: Option<u64>,
    /// How many of them it has pushed before
    #[arg(long = "line-used", default_value_t = 0)]
    pub(super) used: u64,
}

#[derive(Args)]
pub(super) struct SimulatorArgs {
    /// Listen address
    #[arg(long, default_value = "127.0.0.1:3001")]
    pub(super) addr: SocketAddr,
    /// Where webhooks go
    #[arg(long, default_value = "http://127.0.0.1:3000/line/webhook")]
    pub(super) webhook_url: String,
    #[command(flatten)]
    pub(super) line: LineArgs,
    #[command(flatten)]
    pub(super) log: LogFlags,
}

#[derive(Subcommand)]
pub(super) enum OperatorCommand {
    /// Add an operator
    Add {
        /// E-mail address, for signing in
        email: String,
        /// Shown to colleagues; the part before the @ if absent
        #[arg(long)]
        name: Option<String>,
        /// What they may do
        #[arg(long, value_enum, default_value = "operator")]
        role: RoleArg,
        #[command(flatten)]
        password: PasswordArgs,
        #[command(flatten)]
        database: DatabaseFlags,
    },
    /// List all operators
    List {
        #[command(flatten)]
        database: DatabaseFlags,
    },
    /// Give an operator a new password and end all their sessions
    ResetPassword {
        /// E-mail address
        email: String,
        #[command(flatten)]
        password: PasswordArgs,
        #[command(flatten)]
        database: DatabaseFlags,
    },
    /// Forbid an operator to sign in and close their connections
    Disable {
        /// E-mail address
        email: String,
        #[command(flatten)]
        database: DatabaseFlags,
    },
}

/// Without any of these a password is made and printed.
#[derive(Args)]
pub(super) struct PasswordArgs {
    /// The password; visible to others on this machine while the command runs
    #[arg(long, conflicts_with = "password_stdin")]
    pub(super) password: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub(super) password_stdin: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum RoleArg {
    Operator,
    Supervisor,
    Admin,
}

#[derive(Args)]
pub(super) struct BackupArgs {
    /// The copy; must not exist yet
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) database: DatabaseFlags,
}

#[derive(Args)]
pub(super) struct MigrateArgs {
    /// `postgres://…`; its password may be in PGPASSWORD instead
    pub(super) url: String,
    #[command(flatten)]
    pub(super) database: DatabaseFlags,
}

#[derive(Args)]
pub(super) struct RekeyArgs {
    /// Drop the old key: what it made is not accepted any more
    #[arg(long)]
    pub(super) end: bool,
    #[command(flatten)]
    pub(super) database: DatabaseFlags,
}

#[derive(Args)]
pub(super) struct RestoreArgs {
    /// The copy
    pub(super) file: PathBuf,
    /// Replace an existing database; it is kept beside the new one as .bak
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) database: DatabaseFlags,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Operator => Self::Operator,
            RoleArg::Supervisor => Self::Supervisor,
            RoleArg::Admin => Self::Admin,
        }
    }
}

impl ServerFlags {
    pub(super) fn apply(self, settings: &mut Settings) {
        set(settings, Name::Addr, self.addr);
        set(settings, Name::PublicUrl, self.public_url);
        self.database.apply(settings);
        set(settings, Name::LineApiBase, self.line_api_base);
        set(settings, Name::LineDataApiBase, self.line_data_api_base);
        set(settings, Name::MetricsAddr, self.metrics_addr);
        self.log.apply(settings);
    }
}

impl DatabaseFlags {
    pub(super) fn apply(self, settings: &mut Settings) {
        set(settings, Name::DatabaseUrl, self.database_url);
    }
}

impl LogFlags {
    pub(super) fn apply(self, settings: &mut Settings) {
        set(settings, Name::Log, self.log);
        set(settings, Name::LogFormat, self.log_format);
    }
}

impl DemoArgs {
    /// A demo must not touch anything real, nor open its well-known passwords to others, whatever
    /// the environment or a `.env` for something real names.
    pub(super) fn apply(self, settings: &mut Settings) {
        settings.keep_only(&[Name::Log, Name::LogFormat]);
        set(settings, Name::Addr, self.addr);
        set(settings, Name::PublicUrl, self.public_url);
        set(
            settings,
            Name::LineChannelAccessToken,
            Some(self.line.line_token),
        );
        set(
            settings,
            Name::LineChannelSecret,
            Some(self.line.line_secret),
        );
        self.log.apply(settings);
    }
}

fn set(settings: &mut Settings, name: Name, text: Option<String>) {
    if let Some(text) = text {
        settings.set(name, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_listens_where_its_flags_say_and_nowhere_else() {
        let settings = |words: &[&str]| {
            let named = [
                ("SALA_ADDR", "0.0.0.0:80"),
                ("SALA_PUBLIC_URL", "https://chat.example.com"),
                ("SALA_METRICS_ADDR", "0.0.0.0:9000"),
                ("DATABASE_URL", "postgres://localhost/sala"),
                ("SALA_LOG", "debug"),
            ];
            let named = named.map(|(name, text)| (name.to_owned(), text.to_owned()));
            let mut settings = Settings::from_pairs(named).expect("known settings");
            let words = ["sala", "demo"].iter().chain(words);
            let Some(Command::Demo(args)) = Cli::parse_from(words).command else {
                panic!("not the demo");
            };
            args.apply(&mut settings);
            settings
        };
        let plain = settings(&[]);
        for name in [
            Name::Addr,
            Name::PublicUrl,
            Name::MetricsAddr,
            Name::DatabaseUrl,
        ] {
            assert_eq!(plain.get(name), None, "{name:?}");
        }
        assert_eq!(plain.get(Name::Log), Some("debug"));
        let chosen = settings(&["--addr", "127.0.0.1:4000"]);
        assert_eq!(chosen.get(Name::Addr), Some("127.0.0.1:4000"));
    }
}
