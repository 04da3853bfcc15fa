//! Failed log-ins, locks and refusals in log, metrics and audit; never an e-mail address, since
//! people type passwords into that field.

use std::sync::{Mutex, PoisonError};

use super::failures::{Locked, Trier};
use super::{Auth, audit_with};
use crate::clock::{self, Moment};
use crate::db::DbError;
use crate::metrics::access::{self, Lock, LoginResult};
use crate::protocol::OperatorId;
use crate::service::ServiceError;

/// Failures that the audit takes in an hour. Whoever guesses from many addresses must not fill
/// the disk; log and metrics have all of them.
const AUDITED: u32 = 1_000;
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// How many failures were audited since when.
#[derive(Debug, Default)]
pub(super) struct AuditAllowance(Mutex<(Moment, u32)>);

impl AuditAllowance {
    fn take(&self, now: Moment) -> bool {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.since(used.0) >= HOUR_MS {
            *used = (now, 0);
        }
        used.1 = used.1.saturating_add(1);
        used.1 <= AUDITED
    }
}

impl Auth {
    /// Refuses whoever has used their tries up.
    pub(super) fn admit(&self, who: Trier<'_>) -> Result<(), ServiceError> {
        self.failures.check(who, clock::moment()).inspect_err(|_| {
            access::login(LoginResult::Locked);
            tracing::debug!(client.address = %who.client, "a log-in was refused unseen");
        })
    }

    /// Remembers a failure. The work is the same whether or not there is such an account.
    pub(super) async fn failed(&self, who: Trier<'_>, operator: Option<OperatorId>) {
        let (now, moment) = (clock::now(), clock::moment());
        let locked = self.failures.add(who, moment);
        access::login(LoginResult::Failed);
        let id = operator.map(|id| id.to_string()).unwrap_or_default();
        tracing::info!(client.address = %who.client, operator.id = id, "a log-in failed");
        for what in &locked {
            access::locked(match what {
                Locked::Account => Lock::Account,
                Locked::Address => Lock::Address,
                Locked::Device => Lock::Device,
            });
            tracing::warn!(
                client.address = %who.client,
                operator.id = id,
                locked = what.name(),
                "log-ins are locked for five minutes: ten have failed"
            );
        }
        if !self.audit_allowance.take(moment) {
            return;
        }
        let locked: Vec<_> = locked.into_iter().map(Locked::name).collect();
        let details = serde_json::json!({ "address": who.client, "locked": locked });
        let audit = audit_with(operator, "operator.login_failed", details);
        let written = self.db.write::<_, DbError, _>(move |mut conn| {
            Box::pin(async move { conn.insert_audit(now, &audit).await })
        });
        if let Err(error) = written.await {
            tracing::error!(%error, "a failed log-in could not be written to the audit");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_audit_takes_so_many_failures_an_hour_and_no_more() {
        let allowance = AuditAllowance::default();
        let taken = |at: i64| {
            (0..AUDITED + 7)
                .filter(|_| allowance.take(Moment(at)))
                .count()
        };
        assert_eq!(taken(5), AUDITED as usize);
        assert_eq!(taken(HOUR_MS - 1), 0);
        assert_eq!(taken(3 * HOUR_MS), AUDITED as usize);
    }
}
