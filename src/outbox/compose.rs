//! From stored messages to the body of a call. Texts go out exactly as they were written.

use super::policy::Route;
use crate::db::outbox::QueuedContent;
use crate::line::message::{OutgoingBody, OutgoingMessage, PushRequest, ReplyRequest};
use crate::protocol::Content;

/// The body of the call that sends `contents` on `route`.
pub(super) fn compose(route: &Route, contents: &[QueuedContent]) -> String {
    let messages = contents.iter().map(message).collect();
    let body = match route {
        Route::Reply(reply) => ReplyRequest {
            reply_token: reply.token.clone(),
            messages,
        }
        .to_body(),
        Route::Push { to } => PushRequest {
            to: to.clone(),
            messages,
        }
        .to_body(),
    };
    String::from_utf8_lossy(&body).into_owned()
}

fn message(queued: &QueuedContent) -> OutgoingMessage {
    let quote_token = queued.quote_token.clone();
    let text = match queued.content.clone() {
        Content::Text(text) => text,
        Content::Sticker { sticker, .. } => {
            return OutgoingMessage::from(OutgoingBody::Sticker {
                package_id: sticker.package_id,
                sticker_id: sticker.sticker_id,
                quote_token,
            });
        }
        // None of these is queued yet.
        Content::Flex(text)
        | Content::Template(text)
        | Content::Unsupported { text, .. }
        | Content::Event { text, .. }
        | Content::Rest { text, .. } => text.unwrap_or_default(),
        Content::Image(_)
        | Content::Video(_)
        | Content::Audio(_)
        | Content::File(_)
        | Content::Location(_) => String::new(),
    };
    OutgoingMessage::text(text, quote_token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::outbox::ReplyToken;
    use crate::protocol::message::Sticker;
    use crate::protocol::{MediaId, MessageId};

    fn queued(content: Content<MediaId>) -> QueuedContent {
        QueuedContent {
            message_id: MessageId::generate(),
            content,
            quote_token: None,
        }
    }

    #[test]
    fn texts_are_not_touched() {
        let written = " 1 < 2 & x\r\n<b>ครับ</b> {name} \u{200d}🍎\t ";
        let route = Route::Reply(ReplyToken {
            id: uuid::Uuid::nil(),
            token: "t".to_owned(),
        });
        let mut first = queued(Content::Text(written.to_owned()));
        first.quote_token = Some("q".to_owned());
        let body = compose(&route, &[first]);
        let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        let expected = serde_json::json!({
            "replyToken": "t",
            "messages": [{ "type": "text", "text": written, "quoteToken": "q" }],
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn stickers_are_ready() {
        let sticker = Sticker {
            package_id: "446".to_owned(),
            sticker_id: "1988".to_owned(),
            keywords: Vec::new(),
        };
        let content = Content::Sticker {
            sticker,
            text: None,
        };
        let route = Route::Push {
            to: "U1".to_owned(),
        };
        let body = compose(&route, &[queued(content)]);
        let sticker = r#"{"type":"sticker","packageId":"446","stickerId":"1988"}"#;
        assert_eq!(body, format!(r#"{{"to":"U1","messages":[{sticker}]}}"#));
    }
}
