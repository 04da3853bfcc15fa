//! Whether LINE accounts are open at present, for consoles.

use super::TeamSettings;
use crate::clock;
use crate::protocol::hours::AccountOpening;
use crate::service::ServiceError;

impl TeamSettings {
    /// Of each LINE account whether it is open now, and until when that is so.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn opening(&self) -> Result<Vec<AccountOpening>, ServiceError> {
        let accounts = self.db.reader().await?.conn().channels().await?;
        let now = clock::now();
        let opening = |name: String| {
            let calendar = self.known.calendar(&name);
            let open = calendar.open_at(now);
            let until = if open {
                calendar.next_closing(now)
            } else {
                calendar.next_opening(now)
            };
            AccountOpening {
                channel: name,
                open,
                until,
            }
        };
        Ok(accounts.into_iter().map(|row| opening(row.name)).collect())
    }
}
