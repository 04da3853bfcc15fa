//! Which stickers an operator sent.

use super::content::ContentColumn;
use super::{Conn, DbError, on_db};
use crate::protocol::OperatorId;

impl Conn<'_> {
    /// LINE's ids of the packages of the stickers that the operator sent last, one for each of
    /// `limit` messages, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn packages_sent_of(
        &mut self,
        operator: OperatorId,
        limit: i64,
    ) -> Result<Vec<String>, DbError> {
        const SQL: &str = "SELECT content FROM messages WHERE sender_id = $1 \
             AND kind = 'sticker' AND direction = 'out' ORDER BY created_at DESC, id DESC LIMIT $2";
        let sender = operator.to_string();
        let contents: Vec<String> = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(sender).bind(limit).fetch_all(c).await?
        });
        let contents = contents.iter().map(|json| ContentColumn::from_json(json));
        let stickers = contents.filter_map(|column| column.ok()?.sticker);
        Ok(stickers.map(|sticker| sticker.package_id).collect())
    }
}
