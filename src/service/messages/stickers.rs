//! Stickers: which there are to choose from, and which LINE takes.

use super::Messages;
use crate::line::stickers::{self, Package};
use crate::protocol::message::StickerRef;
use crate::protocol::{OperatorId, StickerPackage};
use crate::service::ServiceError;

/// How many of an operator's stickers are looked at for which packages they used last.
const LOOKED_AT: i64 = 200;

impl Messages {
    /// The packages that LINE lets accounts send of: those that the operator sent of last come
    /// first, then the others in LINE's order.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sticker_packages(
        &self,
        operator: OperatorId,
    ) -> Result<Vec<StickerPackage>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let sent = reader.conn().packages_sent_of(operator, LOOKED_AT).await?;
        let mut packages: Vec<&Package> = stickers::packages().iter().collect();
        packages.sort_by_key(|package| {
            let last = sent.iter().position(|id| *id == package.package_id);
            last.unwrap_or(sent.len())
        });
        let shown = packages.into_iter().map(|package| StickerPackage {
            package_id: package.package_id.clone(),
            title: package.title.clone(),
            animated: package.animated,
            sticker_ids: package.sticker_ids().collect(),
        });
        Ok(shown.collect())
    }
}

/// Whether LINE takes the sticker from an account.
///
/// # Errors
/// [`ServiceError::Validation`] when it does not.
pub(super) fn check(sticker: &StickerRef) -> Result<(), ServiceError> {
    if stickers::is_sendable(&sticker.package_id, &sticker.sticker_id) {
        return Ok(());
    }
    Err(ServiceError::Validation(
        "LINE does not let accounts send this sticker: choose one of sticker_packages.".into(),
    ))
}
