//! From stored messages to the body of a call. Texts go out exactly as they were written.

use crate::db::outbox::{Address, QueuedContent};
use crate::db::rows::Content;
use crate::line::message::{OutgoingBody, OutgoingMessage, PushRequest, ReplyRequest};

/// The body of the call that sends `contents` to `address`.
pub(super) fn compose(address: &Address, contents: &[QueuedContent]) -> String {
    let messages = contents.iter().map(message).collect();
    let body = match address {
        Address::Reply { token } => ReplyRequest {
            reply_token: token.clone(),
            messages,
        }
        .to_body(),
        Address::Push { to } => PushRequest {
            to: to.clone(),
            messages,
        }
        .to_body(),
    };
    String::from_utf8_lossy(&body).into_owned()
}

fn message(queued: &QueuedContent) -> OutgoingMessage {
    let content: Content = serde_json::from_str(&queued.content).unwrap_or_default();
    let quote_token = queued.quote_token.clone();
    if let Some(sticker) = content.sticker {
        return OutgoingMessage::from(OutgoingBody::Sticker {
            package_id: sticker.package_id,
            sticker_id: sticker.sticker_id,
            quote_token,
        });
    }
    OutgoingMessage::text(queued.text.clone().unwrap_or_default(), quote_token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::MessageId;
    use crate::protocol::message::MessageKind;

    fn queued(kind: MessageKind, text: Option<&str>, content: &str) -> QueuedContent {
        QueuedContent {
            message_id: MessageId::generate(),
            kind,
            text: text.map(str::to_owned),
            content: content.to_owned(),
            quote_token: None,
        }
    }

    #[test]
    fn texts_are_not_touched() {
        let written = " 1 < 2 & x\r\n<b>ครับ</b> {name} \u{200d}🍎\t ";
        let address = Address::Reply {
            token: "t".to_owned(),
        };
        let mut first = queued(MessageKind::Text, Some(written), "{}");
        first.quote_token = Some("q".to_owned());
        let body = compose(&address, &[first]);
        let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        let expected = serde_json::json!({
            "replyToken": "t",
            "messages": [{ "type": "text", "text": written, "quoteToken": "q" }],
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn stickers_are_ready() {
        let content = r#"{"sticker":{"package_id":"446","sticker_id":"1988"}}"#;
        let address = Address::Push {
            to: "U1".to_owned(),
        };
        let body = compose(&address, &[queued(MessageKind::Sticker, None, content)]);
        let sticker = r#"{"type":"sticker","packageId":"446","stickerId":"1988"}"#;
        assert_eq!(body, format!(r#"{{"to":"U1","messages":[{sticker}]}}"#));
    }
}
