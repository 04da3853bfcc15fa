//! The server's key for push services, and the devices that are told while no console is open.

use sqlx::FromRow;
use uuid::Uuid;

use super::logins::{LoginDevice, LoginId};
use super::{Conn, DbError, alert_settings, on_db};
use crate::protocol::alerts::AlertSettings;
use crate::protocol::{OperatorId, Role, Timestamp};

/// A device that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct PushDeviceId(pub Uuid);

/// A device to be kept.
#[derive(Clone, Debug)]
pub struct NewPushDevice {
    /// Whose.
    pub operator: OperatorId,
    /// It ends with this log-in.
    pub login: LoginId,
    /// Where its push service is.
    pub endpoint: String,
    /// Its key.
    pub p256dh: String,
    /// Its word.
    pub auth: String,
    /// What it calls itself.
    pub device: String,
    /// Its time zone, as browsers tell it.
    pub zone: String,
}

/// What its operator sees of a device.
#[derive(Clone, Debug, FromRow)]
pub struct OwnPushDevice {
    /// Which.
    pub id: PushDeviceId,
    /// The log-in that it belongs to.
    pub login_id: LoginId,
    /// What it calls itself.
    pub device: String,
    /// By what one recognises it.
    #[sqlx(flatten)]
    pub login: LoginDevice,
    /// When its push service last took something.
    pub last_success_at: Option<Timestamp>,
    /// When it last did not.
    pub last_error_at: Option<Timestamp>,
    /// Why: a status or a word.
    pub last_error: Option<String>,
}

/// A device and what its operator wants to be told of.
#[derive(Clone, Debug)]
pub struct PushTarget {
    /// Which.
    pub device: PushDeviceId,
    /// Whose.
    pub operator: OperatorId,
    /// What they may do.
    pub role: Role,
    /// With which log-in.
    pub login: LoginId,
    /// Its time zone, as browsers tell it.
    pub zone: String,
    /// Of the operator.
    pub settings: AlertSettings,
}

#[derive(FromRow)]
struct TargetRow {
    id: PushDeviceId,
    operator_id: OperatorId,
    role: Role,
    login_id: LoginId,
    zone: String,
    value: Option<String>,
}

impl Conn<'_> {
    /// The server's key, encrypted, and its public half.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_key(&mut self) -> Result<Option<(Vec<u8>, String)>, DbError> {
        const SQL: &str = "SELECT secret, public_key FROM push_key WHERE id = 1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_optional(c).await?))
    }

    /// Keeps the server's key where there is none yet: of two nodes that start together both use the
    /// same one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_push_key(
        &mut self,
        secret: &[u8],
        public: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO push_key (id, secret, public_key, created_at) \
             VALUES (1, $1, $2, $3) ON CONFLICT (id) DO NOTHING";
        on_db!(self, c => {
            sqlx::query(SQL).bind(secret).bind(public).bind(now).execute(c).await?;
        });
        Ok(())
    }

    /// Keeps the same key, encrypted anew.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_push_key_sealed(&mut self, secret: &[u8]) -> Result<(), DbError> {
        const SQL: &str = "UPDATE push_key SET secret = $1 WHERE id = 1";
        on_db!(self, c => { sqlx::query(SQL).bind(secret).execute(c).await?; });
        Ok(())
    }

    /// Keeps a device. One that is known by its address is this operator's and this log-in's now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_push_device(
        &mut self,
        id: PushDeviceId,
        new: &NewPushDevice,
        now: Timestamp,
    ) -> Result<PushDeviceId, DbError> {
        const SQL: &str = "INSERT INTO push_devices (id, operator_id, login_id, endpoint, p256dh, \
             auth, device, zone, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (endpoint) DO UPDATE SET operator_id = excluded.operator_id, \
             login_id = excluded.login_id, p256dh = excluded.p256dh, auth = excluded.auth, \
             device = excluded.device, zone = excluded.zone RETURNING id";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(id)
                .bind(new.operator)
                .bind(new.login)
                .bind(&new.endpoint)
                .bind(&new.p256dh)
                .bind(&new.auth)
                .bind(&new.device)
                .bind(&new.zone)
                .bind(now)
                .fetch_one(c)
                .await?
        }))
    }

    /// Forgets what was queued for a device that is another operator's now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_pushes_of(&mut self, device: PushDeviceId) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM push_outbox WHERE device_id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(device).execute(c).await?; });
        Ok(())
    }

    /// Whose the device of this address is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_device_at(
        &mut self,
        endpoint: &str,
    ) -> Result<Option<(PushDeviceId, OperatorId)>, DbError> {
        const SQL: &str = "SELECT id, operator_id FROM push_devices WHERE endpoint = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(endpoint).fetch_optional(c).await?))
    }

    /// Forgets all but the newest devices of an operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_push_devices(
        &mut self,
        operator: OperatorId,
        most: u32,
    ) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM push_devices WHERE operator_id = $1 AND id NOT IN \
             (SELECT id FROM push_devices WHERE operator_id = $1 \
              ORDER BY created_at DESC, id DESC LIMIT $2)";
        on_db!(self, c => {
            sqlx::query(SQL).bind(operator).bind(i64::from(most)).execute(c).await?;
        });
        Ok(())
    }

    /// Forgets a device of an operator's own, by its address; answers whether it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_push_device_at(
        &mut self,
        operator: OperatorId,
        endpoint: &str,
    ) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM push_devices WHERE operator_id = $1 AND endpoint = $2";
        Ok(on_db!(self, c => {
            let gone = sqlx::query(SQL).bind(operator).bind(endpoint);
            gone.execute(c).await?.rows_affected() > 0
        }))
    }

    /// As [`Conn::delete_push_device_at`], by its id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_own_push_device(
        &mut self,
        operator: OperatorId,
        device: PushDeviceId,
    ) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM push_devices WHERE operator_id = $1 AND id = $2";
        Ok(on_db!(self, c => {
            let gone = sqlx::query(SQL).bind(operator).bind(device);
            gone.execute(c).await?.rows_affected() > 0
        }))
    }

    /// An operator's devices, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_devices_of(
        &mut self,
        operator: OperatorId,
    ) -> Result<Vec<OwnPushDevice>, DbError> {
        const SQL: &str = "SELECT d.id, d.login_id, d.device, l.address, l.user_agent, \
             d.last_success_at, d.last_error_at, d.last_error FROM push_devices d \
             JOIN logins l ON l.id = d.login_id WHERE d.operator_id = $1 ORDER BY d.created_at, d.id";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(operator).fetch_all(c).await?))
    }

    /// Every device of operators who may sign in, with what they want to be told of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_targets(&mut self) -> Result<Vec<PushTarget>, DbError> {
        const SQL: &str = "SELECT d.id, d.operator_id, o.role, d.login_id, d.zone, a.value \
             FROM push_devices d JOIN operators o ON o.id = d.operator_id \
             LEFT JOIN alert_settings a ON a.operator_id = d.operator_id \
             WHERE o.disabled_at IS NULL";
        let rows: Vec<TargetRow> = on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?);
        let target = |row: TargetRow| {
            let settings = row.value.map(|value| alert_settings::read(&value));
            Ok(PushTarget {
                device: row.id,
                operator: row.operator_id,
                role: row.role,
                login: row.login_id,
                zone: row.zone,
                settings: settings.transpose()?.unwrap_or_default(),
            })
        };
        rows.into_iter().map(target).collect()
    }
}
