//! Bringing the channels' credentials under the current key.

use super::{Channels, place};
use crate::clock;
use crate::db::channels::ChannelRow;
use crate::db::{Audit, Conn};
use crate::secrets::Keys;
use crate::service::ServiceError;

impl Channels {
    /// Encrypts with the current key what is encrypted with the other one: all of it, or none.
    /// Answers of how many channels.
    ///
    /// # Errors
    /// When the store fails or any credentials cannot be decrypted.
    pub async fn rekey(&self) -> Result<usize, ServiceError> {
        let (keys, at) = (self.keys.clone(), clock::now());
        self.db
            .write(move |mut conn| {
                Box::pin(async move {
                    let changed = seal_all(&mut conn, &keys).await?;
                    if changed > 0 {
                        let audit = Audit {
                            operator: None,
                            action: "channel.rekey",
                            conversation: None,
                            details: serde_json::json!({ "channels": changed }),
                        };
                        conn.insert_audit(at, &audit).await?;
                    }
                    Ok(changed)
                })
            })
            .await
    }
}

async fn seal_all(conn: &mut Conn<'_>, keys: &Keys) -> Result<usize, ServiceError> {
    let mut changed = 0;
    for row in conn.channels().await? {
        let secret = sealed(keys, &row, "secret", &row.secret)?;
        let token = sealed(keys, &row, "access_token", &row.access_token)?;
        if secret != row.secret || token != row.access_token {
            conn.set_channel_sealed(row.id, &secret, &token).await?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// The same, encrypted with the current key.
fn sealed(
    keys: &Keys,
    row: &ChannelRow,
    what: &str,
    bytes: &[u8],
) -> Result<Vec<u8>, ServiceError> {
    let place = place(row.id, what);
    if keys.is_current(&place, bytes) {
        return Ok(bytes.to_vec());
    }
    let plain = keys.decrypt(&place, bytes).map_err(|error| {
        ServiceError::Internal(format!("the {what} of channel {} {error}", row.name))
    })?;
    Ok(keys.encrypt(&place, plain.expose()))
}
