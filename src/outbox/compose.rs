//! From stored messages to the body of a call. Texts go out exactly as they were written.

use std::sync::Arc;

use serde_json::json;

use super::policy::Route;
use super::words::Words;
use crate::db::outbox::{QueuedContent, QueuedFile};
use crate::line::message::{OutgoingBody, OutgoingMessage, PushRequest, ReplyRequest};
use crate::protocol::Content;
use crate::service::rating;

/// Where files in messages lead to: to this server, by the address that LINE's clients know.
#[derive(Clone, Debug)]
pub struct Links {
    origin: Arc<str>,
    are_fetched: bool,
}

impl Links {
    /// To the server at this origin, such as `https://chat.example.com`; whether LINE's clients
    /// fetch from it at all.
    pub fn new(origin: &str, are_fetched: bool) -> Self {
        Self {
            origin: origin.into(),
            are_fetched,
        }
    }

    /// Whether LINE's clients would fetch an operator's picture. Files are refused before they are
    /// queued where they would not.
    pub(super) fn are_fetched(&self) -> bool {
        self.are_fetched
    }

    fn face(&self, name: &str) -> String {
        format!("{}/m/operators/{name}", self.origin)
    }

    fn whole(&self, file: &QueuedFile) -> String {
        format!("{}/m/{}", self.origin, file.token)
    }

    fn small(&self, file: &QueuedFile) -> String {
        format!("{}/m/{}/preview", self.origin, file.token)
    }
}

/// The body of the call that sends `contents` on `route`.
pub(super) fn compose(route: &Route, contents: &[QueuedContent], links: &Links) -> String {
    let messages = contents.iter().map(|queued| message(queued, links));
    let messages = messages.collect();
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

fn message(queued: &QueuedContent, links: &Links) -> OutgoingMessage {
    if let (Some((session, language)), Content::Flex(Some(question))) =
        (queued.survey, &queued.content)
    {
        return OutgoingMessage::from(OutgoingBody::Flex {
            alt_text: question.clone(),
            contents: rating::bubble(question, session, language),
        });
    }
    let quote_token = queued.quote_token.clone();
    let body = match &queued.content {
        Content::Text(text) => OutgoingBody::Text {
            text: text.clone(),
            quote_token,
        },
        Content::Sticker { sticker, .. } => OutgoingBody::Sticker {
            package_id: sticker.package_id.clone(),
            sticker_id: sticker.sticker_id.clone(),
            quote_token,
        },
        Content::Image(file) => OutgoingBody::Image {
            original_content_url: links.whole(file),
            preview_image_url: links.small(file),
        },
        Content::Video(file) => OutgoingBody::Video {
            original_content_url: links.whole(file),
            preview_image_url: links.small(file),
        },
        Content::Audio(file) => OutgoingBody::Audio {
            original_content_url: links.whole(file),
            duration: file.duration_ms,
        },
        Content::File(file) => linked(file, queued.language.as_deref(), links),
        // None of these is queued.
        Content::Flex(text)
        | Content::Template(text)
        | Content::Unsupported { text, .. }
        | Content::Event { text, .. }
        | Content::Rest { text, .. } => OutgoingBody::Text {
            text: text.clone().unwrap_or_default(),
            quote_token,
        },
        Content::Location(_) => OutgoingBody::Text {
            text: String::new(),
            quote_token,
        },
    };
    let message = OutgoingMessage::from(body);
    match &queued.sender {
        Some(sender) => {
            let picture = sender.picture.as_deref();
            message.with_sender(&sender.name, picture.map(|name| links.face(name)))
        }
        None => message,
    }
}

/// A bubble with a button, since LINE has no file message for accounts.
fn linked(file: &QueuedFile, language: Option<&str>, links: &Links) -> OutgoingBody {
    let words = Words::of(language);
    let size = words.size(file.size);
    let texts = [
        json!({
            "type": "text", "text": file.name, "weight": "bold", "wrap": true, "maxLines": 4,
        }),
        json!({ "type": "text", "text": size, "size": "sm", "color": "#6B7280" }),
    ];
    let action = json!({ "type": "uri", "label": words.download(), "uri": links.whole(file) });
    let button = json!({ "type": "button", "style": "link", "height": "sm", "action": action });
    OutgoingBody::Flex {
        // What lists show; within what LINE takes, since names have 240 bytes.
        alt_text: format!("{} ({size})", file.name),
        contents: json!({
            "type": "bubble",
            "body": {
                "type": "box", "layout": "vertical", "spacing": "sm", "contents": texts,
            },
            "footer": { "type": "box", "layout": "vertical", "contents": [button] },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::outbox::ReplyToken;
    use crate::protocol::MessageId;
    use crate::protocol::message::Sticker;

    fn links() -> Links {
        Links::new("https://sala.example", true)
    }

    fn queued(content: Content<QueuedFile>) -> QueuedContent {
        QueuedContent {
            message_id: MessageId::generate(),
            content,
            language: Some("ja".to_owned()),
            quote_token: None,
            sender: None,
            may_cost: true,
            survey: None,
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
        let body = compose(&route, &[first], &links());
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
        let body = compose(&route, &[queued(content)], &links());
        let sticker = r#"{"type":"sticker","packageId":"446","stickerId":"1988"}"#;
        assert_eq!(body, format!(r#"{{"to":"U1","messages":[{sticker}]}}"#));
    }

    #[test]
    fn files_are_fetched_from_us() {
        let file = QueuedFile {
            token: "tok".to_owned(),
            name: "見積書.pdf".to_owned(),
            size: 3_200_000,
            duration_ms: 1_500,
        };
        let route = Route::Push {
            to: "U1".to_owned(),
        };
        let contents = [
            Content::Image(file.clone()),
            Content::Video(file.clone()),
            Content::Audio(file.clone()),
            Content::File(file),
        ];
        let contents = contents.map(queued);
        let body = compose(&route, &contents, &links());
        let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        let [whole, small] = [
            "https://sala.example/m/tok",
            "https://sala.example/m/tok/preview",
        ];
        let shown = |kind: &str| json!({ "type": kind, "originalContentUrl": whole, "previewImageUrl": small });
        let messages = &body["messages"];
        assert_eq!(messages[0], shown("image"));
        assert_eq!(messages[1], shown("video"));
        let sound = json!({ "type": "audio", "originalContentUrl": whole, "duration": 1_500 });
        assert_eq!(messages[2], sound);
        assert_eq!(messages[3]["type"], "flex");
        assert_eq!(messages[3]["altText"], "見積書.pdf (3.2MB)");
        let button = &messages[3]["contents"]["footer"]["contents"][0];
        assert_eq!(button["action"]["uri"], whole);
        assert_eq!(button["action"]["label"], "ダウンロード");
    }
}
