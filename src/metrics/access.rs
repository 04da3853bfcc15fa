//! Who came in, and who was turned away.

use super::counter::Family;
use super::text::Text;

/// What a try to sign in came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginResult {
    /// Signed in.
    Ok,
    /// Something was wrong.
    Failed,
    /// Refused without being looked at: too many have failed.
    Locked,
}

/// What used its tries up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// An account.
    Account,
    /// An address.
    Address,
    /// A device on which the account was signed in before.
    Device,
}

/// Why a request was turned away before anything looked at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is for a host that is not served here.
    Host,
    /// Another site's page sent it.
    Origin,
    /// Its body is of a type that is not read there.
    ContentType,
    /// Too fast.
    Rate,
}

static LOGINS: Family<3> = Family::new(["ok", "failed", "locked"]);
static LOCKS: Family<3> = Family::new(["account", "address", "device"]);
static REFUSALS: Family<4> = Family::new(["host", "origin", "content_type", "rate"]);

/// Somebody tried to sign in.
pub fn login(result: LoginResult) {
    LOGINS.inc(result as usize);
}

/// Something was locked.
pub fn locked(what: Lock) {
    LOCKS.inc(what as usize);
}

/// A request was turned away.
pub fn refused(why: Refusal) {
    REFUSALS.inc(why as usize);
}

pub(super) fn write(text: &mut Text) {
    text.counter(
        "sala_logins_total",
        "Tries to sign in, by what they came to.",
        &LOGINS.labelled("result"),
    );
    text.counter(
        "sala_login_locks_total",
        "Locks after ten failed tries in five minutes, by what was locked.",
        &LOCKS.labelled("of"),
    );
    text.counter(
        "sala_requests_refused_total",
        "Requests that were turned away at the door, by reason.",
        &REFUSALS.labelled("reason"),
    );
}
