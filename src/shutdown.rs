//! The end: one token that everyone hears, set by SIGINT or SIGTERM.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// A token that is cancelled by the first SIGINT or SIGTERM. A second one ends the process as if
/// nobody listened, for people in a hurry.
///
/// # Errors
/// When the system lets us listen for no signals.
pub fn on_signal() -> std::io::Result<CancellationToken> {
    let token = CancellationToken::new();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let cancelled = token.clone();
    // Lives as long as the process; there is nothing to await or abort.
    tokio::spawn(async move {
        for wait in [false, true] {
            let status = tokio::select! {
                _ = interrupt.recv() => 130,
                _ = terminate.recv() => 143,
            };
            if wait {
                std::process::exit(status);
            }
            cancelled.cancel();
        }
    });
    Ok(token)
}
