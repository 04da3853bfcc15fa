//! The end: one token that everyone hears, set by SIGINT or SIGTERM.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Listens for signals as long as it lives.
#[derive(Debug)]
pub struct Signals {
    token: CancellationToken,
    /// Owns the one listening task, which ends with it.
    _listening: JoinSet<()>,
}

impl Signals {
    /// Cancelled by the first signal.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }
}

/// Listens for SIGINT and SIGTERM: the first cancels the token, a second one ends the process as
/// if nobody listened, for people in a hurry.
///
/// # Errors
/// When the system lets us listen for no signals.
pub fn on_signal() -> std::io::Result<Signals> {
    let token = CancellationToken::new();
    let interrupt = signal(SignalKind::interrupt())?;
    let terminate = signal(SignalKind::terminate())?;
    let mut listening = JoinSet::new();
    listening.spawn(listen(interrupt, terminate, token.clone()));
    Ok(Signals {
        token,
        _listening: listening,
    })
}

async fn listen(mut interrupt: Signal, mut terminate: Signal, token: CancellationToken) {
    for again in [false, true] {
        let status = tokio::select! {
            _ = interrupt.recv() => 130,
            _ = terminate.recv() => 143,
        };
        if again {
            std::process::exit(status);
        }
        token.cancel();
    }
}
