//! Who came in, and who was turned away.

use super::counter::Family;
use super::labels::labels;
use super::text::Text;

labels! {
    /// What a try to sign in came to.
    pub enum LoginResult {
        /// Signed in.
        Ok = "ok",
        /// Something was wrong.
        Failed = "failed",
        /// Refused without being looked at: too many have failed.
        Locked = "locked",
    }
}

labels! {
    /// What used its tries up.
    pub enum Lock {
        /// An account.
        Account = "account",
        /// An address.
        Address = "address",
        /// A device on which the account was signed in before.
        Device = "device",
    }
}

labels! {
    /// Why a request was turned away before anything looked at it.
    pub enum Refusal {
        /// It is for a host that is not served here.
        Host = "host",
        /// Another site's page sent it.
        Origin = "origin",
        /// Its body is of a type that is not read there.
        ContentType = "content_type",
        /// Too fast.
        Rate = "rate",
    }
}

static LOGINS: Family<{ LoginResult::LABELS.len() }> = Family::new(LoginResult::LABELS);
static LOCKS: Family<{ Lock::LABELS.len() }> = Family::new(Lock::LABELS);
static REFUSALS: Family<{ Refusal::LABELS.len() }> = Family::new(Refusal::LABELS);

/// Somebody tried to sign in.
pub fn login(result: LoginResult) {
    LOGINS.inc(result.label());
}

/// Something was locked.
pub fn locked(what: Lock) {
    LOCKS.inc(what.label());
}

/// A request was turned away.
pub fn refused(why: Refusal) {
    REFUSALS.inc(why.label());
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
