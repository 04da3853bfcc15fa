//! What customers see of operators: their names on answers, and that they have read.

use serde_json::json;

use super::Channels;
use crate::clock;
use crate::db::Audit;
use crate::protocol::{ChannelName, Role};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;

const NO_CHANNEL: &str = "There is no such channel.";

/// What customers on a channel see of operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Their names on answers.
    pub show_sender: bool,
    /// That they have read.
    pub mark_as_read: bool,
}

impl Channels {
    /// Says what customers see of operators; for administrators. Tokens of a channel whose
    /// customers are to see nothing are forgotten.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`], or the store fails.
    pub async fn save_answers(
        &self,
        who: &SignedIn,
        name: &ChannelName,
        answers: Answers,
    ) -> Result<(), ServiceError> {
        who.at_least(Role::Admin)?;
        let (operator, at) = (who.operator.id, clock::now());
        let called = name.as_str().to_owned();
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    let Answers {
                        show_sender,
                        mark_as_read,
                    } = answers;
                    let channel = conn
                        .set_channel_answers(&called, show_sender, mark_as_read)
                        .await?
                        .ok_or(ServiceError::NotFound(NO_CHANNEL))?;
                    if !mark_as_read {
                        conn.forget_read_tokens(channel).await?;
                    }
                    let audit = Audit {
                        operator: Some(operator),
                        action: "channel.answers",
                        conversation: None,
                        details: json!({
                            "channel": called, "show_sender": show_sender,
                            "mark_as_read": mark_as_read,
                        }),
                    };
                    Ok(conn.insert_audit(at, &audit).await?)
                })
            })
            .await?;
        // The next webhook is to find it so.
        self.recent().remove(name);
        Ok(())
    }
}
