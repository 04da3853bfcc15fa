//! What a message holds, as the columns `kind`, `text`, `content` and `media_id` have it.

use serde::{Deserialize, Serialize};

use super::DbError;
use crate::protocol::content::{Content, Parts};
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{EventLine, Location, MessageKind, Sticker};
use crate::protocol::{MediaId, OperatorRef};

/// `messages.content`: what only some kinds have, and LINE's details, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentColumn {
    /// On stickers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sticker: Option<Sticker>,
    /// On locations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// On events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventLine>,
    /// What else LINE says.
    #[serde(default, skip_serializing_if = "LineDetails::is_empty")]
    pub line: LineDetails,
    /// Whom a note names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<OperatorRef>,
}

impl ContentColumn {
    /// As it is stored.
    ///
    /// # Errors
    /// [`DbError::Row`] for what JSON cannot say.
    pub(super) fn to_json(&self) -> Result<String, DbError> {
        serde_json::to_string(self).map_err(|error| DbError::Row {
            table: "messages",
            why: error.to_string(),
        })
    }

    /// As it was stored.
    pub(super) fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        match json {
            // Most messages.
            "{}" => Ok(Self::default()),
            json => serde_json::from_str(json),
        }
    }

    /// Along with the other columns, the message's fields.
    pub(super) fn parts<F>(
        self,
        kind: MessageKind,
        text: Option<String>,
        file: Option<F>,
    ) -> Parts<F> {
        Parts {
            kind,
            text,
            sticker: self.sticker,
            file,
            location: self.location,
            event: self.event,
        }
    }
}

/// The columns of a message's content.
pub(super) struct ContentColumns {
    pub(super) kind: MessageKind,
    pub(super) text: Option<String>,
    /// As `messages.content` has it.
    pub(super) content: String,
    pub(super) media: Option<MediaId>,
}

impl ContentColumns {
    /// Those of `content`, with what else LINE says of it and whom it names.
    ///
    /// # Errors
    /// [`DbError::Row`] for what JSON cannot say.
    pub(super) fn new(
        content: Content<MediaId>,
        line: LineDetails,
        mentions: &[OperatorRef],
    ) -> Result<Self, DbError> {
        let parts = Parts::from(content);
        let column = ContentColumn {
            sticker: parts.sticker,
            location: parts.location,
            event: parts.event,
            line,
            mentions: mentions.to_vec(),
        };
        Ok(Self {
            kind: parts.kind,
            text: parts.text,
            content: column.to_json()?,
            media: parts.file,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::content::tests::all;

    #[test]
    fn every_content_comes_through_the_columns() {
        let file = MediaId(uuid::Uuid::from_u128(7));
        for line in [
            LineDetails::default(),
            LineDetails {
                sticker_type: Some("ANIMATION".to_owned()),
                ..LineDetails::default()
            },
        ] {
            for content in all(&file) {
                let columns = ContentColumns::new(content.clone(), line.clone(), &[]);
                let columns = columns.expect("columns");
                let column = ContentColumn::from_json(&columns.content).expect("JSON");
                assert_eq!(column.line, line);
                let parts = column.parts(columns.kind, columns.text, columns.media);
                assert_eq!(Content::from(parts), content);
            }
        }
    }

    #[test]
    fn a_text_needs_no_json() {
        let content = Content::Text("hello".to_owned());
        let columns = ContentColumns::new(content, LineDetails::default(), &[]).expect("columns");
        assert_eq!(columns.content, "{}");
    }
}
