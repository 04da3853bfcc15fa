//! How operators want to be told of what happens.

use serde_json::json;

use super::ServiceError;
use super::auth::SignedIn;
use super::change::{settings_of, telling};
use super::error::Fault;
use crate::clock;
use crate::db::{Audit, Db};
use crate::protocol::OperatorId;
use crate::protocol::alerts::{AlertSettings, VOLUME_MAX};
use crate::protocol::fault::Reason;
use crate::realtime::Hub;

/// Reads and saves what operators have chosen; cheap to clone.
#[derive(Clone)]
pub struct Alerts {
    db: Db,
    hub: Hub,
}

impl Alerts {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub }
    }

    /// What an operator has chosen.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read(&self, operator: OperatorId) -> Result<AlertSettings, ServiceError> {
        let mut reader = self.db.reader().await?;
        Ok(reader.conn().alert_settings(operator).await?)
    }

    /// Saves one's own; one's consoles hear of it.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for a volume over [`VOLUME_MAX`] and for quiet hours that end when
    /// they begin.
    pub async fn save(
        &self,
        who: &SignedIn,
        settings: AlertSettings,
    ) -> Result<AlertSettings, ServiceError> {
        check(&settings)?;
        let (by, now, hub) = (who.operator.id, clock::now(), self.hub.clone());
        let kept = settings.clone();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        conn.save_alert_settings(by, &kept, now).await?;
                        let audit = Audit {
                            operator: Some(by),
                            action: "operator.save_alerts",
                            conversation: None,
                            details: json!(kept),
                        };
                        Ok::<_, ServiceError>(conn.insert_audit(now, &audit).await?)
                    })
                },
                move |()| ((), telling(hub, vec![settings_of(by, "alerts")])),
            )
            .await?;
        self.hub.alerts_changed();
        Ok(settings)
    }
}

fn check(settings: &AlertSettings) -> Result<(), Fault> {
    if settings.volume > VOLUME_MAX {
        let sentence = "The volume is 0 to 100 percent.";
        return Err(Fault::new("volume", Reason::Unknown, sentence));
    }
    if settings.quiet.is_some_and(|quiet| quiet.from == quiet.to) {
        let sentence = "Quiet hours end at another time than they begin.";
        return Err(Fault::new("quiet", Reason::Unknown, sentence));
    }
    Ok(())
}
