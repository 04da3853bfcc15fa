//! Samples of every event and message, whole and broken.

use serde_json::json;

use super::*;

const HEAD: &str = r#""timestamp":1700000000001,"mode":"active","webhookEventId":"01E","deliveryContext":{"isRedelivery":false},"source":{"type":"user","userId":"U1"}"#;

fn parse_one(event: &str) -> Event {
    let body = format!(r#"{{"destination":"Ubot","events":[{event}]}}"#);
    let mut parsed = parse_body(body.as_bytes()).expect("a body");
    assert_eq!(parsed.events.len(), 1);
    parsed.events.remove(0).event
}

fn kind_of(rest: &str) -> EventKind {
    parse_one(&format!("{{{HEAD},{rest}}}")).kind
}

fn content_of(message: &serde_json::Value) -> MessageContent {
    match kind_of(&format!(r#""type":"message","message":{message}"#)) {
        EventKind::Message(message) => message.content,
        other => panic!("not a message: {other:?}"),
    }
}

#[test]
fn the_head_is_read() {
    let event = parse_one(
        r#"{"type":"follow","timestamp":5,"mode":"standby","webhookEventId":"01H","replyToken":"r",
            "deliveryContext":{"isRedelivery":true},"follow":{"isUnblocked":true},"new":[1],
            "source":{"type":"group","groupId":"C1","userId":"U2","new":1}}"#,
    );
    assert_eq!(event.webhook_event_id, "01H");
    assert_eq!(event.timestamp, Some(5));
    assert_eq!(event.mode, Mode::Standby);
    assert!(event.is_redelivery);
    assert_eq!(event.reply_token.as_deref(), Some("r"));
    let source = event.source.expect("a source");
    assert_eq!((source.chat_id(), source.user_id()), ("C1", Some("U2")));
    assert_eq!(event.kind, EventKind::Follow { is_unblocked: true });
}

#[test]
fn every_event_type_is_known() {
    let unsupported: Vec<_> = [
        r#""type":"message","message":{"type":"text","id":"1","text":"a","quoteToken":"q"}"#,
        r#""type":"messageEdited","message":{"type":"text","id":"1","text":"a","quoteToken":"q"}"#,
        r#""type":"unsend","unsend":{"messageId":"1"}"#,
        r#""type":"follow","follow":{"isUnblocked":false}"#,
        r#""type":"unfollow""#,
        r#""type":"join""#,
        r#""type":"leave""#,
        r#""type":"memberJoined","joined":{"members":[{"type":"user","userId":"U3"}]}"#,
        r#""type":"memberLeft","left":{"members":[{"type":"user","userId":"U3"},{"type":"user"}]}"#,
        r#""type":"postback","postback":{"data":"d","params":{"date":"2026-01-01"}}"#,
        r#""type":"videoPlayComplete","videoPlayComplete":{"trackingId":"t"}"#,
        r#""type":"beacon","beacon":{"hwid":"h","type":"enter"}"#,
        r#""type":"accountLink","link":{"result":"ok","nonce":"n"}"#,
        r#""type":"membership","membership":{"type":"joined","membershipId":3189}"#,
        r#""type":"module","module":{"type":"attached","botId":"U9","scopes":["a"]}"#,
        r#""type":"module","module":{"type":"detached","botId":"U9","reason":"bot_deleted"}"#,
        r#""type":"activated","chatControl":{"expireAt":1}"#,
        r#""type":"deactivated""#,
        r#""type":"botSuspended""#,
        r#""type":"botResumed""#,
        r#""type":"delivery","delivery":{"data":"x"}"#,
    ]
    .into_iter()
    .filter(|rest| matches!(kind_of(rest), EventKind::Unsupported { .. }))
    .collect();
    assert_eq!(unsupported, Vec::<&str>::new());
}

#[test]
fn payloads_are_read() {
    assert_eq!(
        kind_of(r#""type":"memberLeft","left":{"members":[{"userId":"U3"},{"type":"user"}]}"#),
        EventKind::MemberLeft {
            user_ids: vec!["U3".to_owned()]
        }
    );
    assert_eq!(
        kind_of(r#""type":"membership","membership":{"type":"left","membershipId":3189}"#),
        EventKind::Membership {
            action: "left".to_owned(),
            membership_id: "3189".to_owned()
        }
    );
    let EventKind::Postback { data, params } = kind_of(
        r#""type":"postback","postback":{"data":"d","params":{"date":"2026-01-01","n":1}}"#,
    ) else {
        panic!("not a postback");
    };
    assert_eq!(
        (data.as_str(), params["date"].as_str(), params["n"].as_str()),
        ("d", "2026-01-01", "1")
    );
}

#[test]
fn every_message_type_is_known() {
    assert_eq!(
        content_of(
            &json!({"type": "text", "id": "1", "text": "hi (love) @Mali",
            "emojis": [{"index": 3, "length": 6, "productId": "p", "emojiId": "e"}, "broken"],
            "mention": {"mentionees": [{"type": "user", "index": 10, "length": 5, "isSelf": true}]}})
        ),
        MessageContent::Text {
            text: "hi (love) @Mali".to_owned(),
            emojis: vec![super::super::Emoji {
                index: 3,
                length: 6,
                product_id: "p".to_owned(),
                emoji_id: "e".to_owned(),
            }],
            mentions: vec![super::super::Mention {
                target: "user".to_owned(),
                index: 10,
                length: 5,
                user_id: None,
                is_self: true,
            }],
        }
    );
    let MessageContent::Image(image) = content_of(&json!({"type": "image", "id": "1",
        "contentProvider": {"type": "external", "originalContentUrl": "https://a.example"},
        "imageSet": {"id": "s", "index": 1, "total": 2}}))
    else {
        panic!("not an image");
    };
    assert!(matches!(image.provider, ContentProvider::External { .. }));
    assert_eq!(image.image_set.map(|set| set.total), Some(Some(2)));
    assert!(matches!(
        content_of(&json!({"type": "video", "id": "1", "duration": 5,
            "contentProvider": {"type": "line"}})),
        MessageContent::Video(Media {
            duration_ms: Some(5),
            ..
        })
    ));
    assert!(matches!(
        content_of(&json!({"type": "audio", "id": "1", "contentProvider": {"type": "line"}})),
        MessageContent::Audio(Media {
            provider: ContentProvider::Line,
            ..
        })
    ));
    assert!(matches!(
        content_of(&json!({"type": "file", "id": "1", "fileName": "a.pdf", "fileSize": 7})),
        MessageContent::File { file_size: 7, .. }
    ));
    assert!(matches!(
        content_of(&json!({"type": "location", "id": "1", "latitude": 18.7, "longitude": 98.9})),
        MessageContent::Location(_)
    ));
    assert!(matches!(
        content_of(
            &json!({"type": "sticker", "id": "1", "packageId": "446", "stickerId": "1988",
            "stickerResourceType": "HOLOGRAM", "keywords": ["hi"]})
        ),
        MessageContent::Sticker(_)
    ));
}

#[test]
fn unknown_things_are_kept_as_unsupported() {
    assert_eq!(
        kind_of(r#""type":"teleport","teleport":{}"#),
        EventKind::Unsupported {
            type_name: "teleport".to_owned()
        }
    );
    assert_eq!(
        content_of(&json!({"type": "hologram", "id": "1"})),
        MessageContent::Unsupported {
            type_name: "hologram".to_owned()
        }
    );
    assert_eq!(
        content_of(&json!({"type": "text", "id": "1", "text": 5})),
        MessageContent::Unsupported {
            type_name: "text".to_owned()
        }
    );
    assert_eq!(
        kind_of(r#""type":"message","message":{"type":"text"}"#),
        EventKind::Unsupported {
            type_name: "message".to_owned()
        }
    );
    let event = parse_one(r#"{"type":"unfollow","mode":"dreaming","source":{"type":"planet"}}"#);
    assert_eq!((event.mode, event.source), (Mode::Unknown, None));
}

#[test]
fn a_broken_event_harms_neither_itself_nor_its_neighbours() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let good = format!(r#"{{{HEAD},"type":"unfollow"}}"#);
    let broken = [
        format!(
            r#"{{{HEAD},"type":"message","message":{{"type":"text","id":"1","text":{deep}}}}}"#
        ),
        format!(r#"{{{HEAD},"type":"message","message":{deep}}}"#),
        format!(r#"{{{HEAD},"type":"message","type":"message","message":{{"id":[]}}}}"#),
    ];
    for event in &broken {
        let body = format!(r#"{{"destination":"x","events":[{good},{event},{good}]}}"#);
        let parsed = parse_body(body.as_bytes()).expect("a body");
        assert_eq!(parsed.events[0].event.kind, EventKind::Unfollow);
        assert_eq!(parsed.events[2].event.kind, EventKind::Unfollow);
        let salvaged = &parsed.events[1].event;
        assert_eq!(salvaged.webhook_event_id, "01E");
        assert_eq!(salvaged.timestamp, Some(1_700_000_000_001));
        assert_eq!(
            salvaged.source,
            Some(Source::User {
                user_id: "U1".to_owned()
            })
        );
    }
    let parsed = parse_body(br#"{"destination":"x","events":[1,null,"x",[[]],{}]}"#).expect("body");
    assert_eq!(parsed.events.len(), 5);
    assert!(parsed.events.iter().all(|parsed| {
        parsed.event.kind
            == EventKind::Unsupported {
                type_name: String::new(),
            }
            && parsed.event.webhook_event_id.starts_with("sha256:")
    }));
}

#[test]
fn text_that_cannot_be_stored_is_replaced() {
    let body = br#"{"destination":"x","events":[
        {"type":"message","webhookEventId":"1","message":{"type":"text","id":"1","text":"a\u0000b\ud83d c\ud83c\udf4e"}}]}"#;
    let parsed = parse_body(body).expect("a body");
    assert!(!parsed.events[0].raw.contains("\\u0000"));
    let EventKind::Message(message) = &parsed.events[0].event.kind else {
        panic!("not a message")
    };
    let MessageContent::Text { text, .. } = &message.content else {
        panic!("not a text")
    };
    assert_eq!(text, "a\u{fffd}b\u{fffd} c🍎");
}

#[test]
fn ids_beyond_doubles_are_exact() {
    let event = parse_one(r#"{"type":"unsend","unsend":{"messageId":9007199254740993123}}"#);
    assert_eq!(
        event.kind,
        EventKind::Unsend {
            message_id: "9007199254740993123".to_owned()
        }
    );
}

#[test]
fn the_verification_is_empty_and_other_bodies_are_refused() {
    let verification = parse_body(br#"{"destination":"xxxxxxxxxx","events":[]}"#).expect("a body");
    assert_eq!(
        (verification.destination.as_str(), verification.events.len()),
        ("xxxxxxxxxx", 0)
    );
    for wrong in [
        "",
        "{",
        "[]",
        "{}",
        "null",
        r#"{"destination":"x"}"#,
        r#"{"events":{}}"#,
        "<html>",
    ] {
        assert!(parse_body(wrong.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn the_raw_event_is_kept() {
    let parsed = parse_body(br#"{"events":[ { "type" : "new" , "x" : [ 1.0 ] } ]}"#).expect("body");
    assert_eq!(
        parsed.events[0].raw,
        r#"{ "type" : "new" , "x" : [ 1.0 ] }"#
    );
}

#[test]
fn however_deep_a_card_is_the_words_in_its_place_are_there() {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let body = format!(
        r#"{{"events":[{{"type":"message","message":{{"type":"flex","id":"1","altText":"Deep","contents":{deep}}}}}]}}"#
    );
    let parsed = parse_body(body.as_bytes()).expect("a body");
    let EventKind::Message(message) = &parsed.events[0].event.kind else {
        panic!("a message");
    };
    let MessageContent::Card { form, card } = &message.content else {
        panic!("a card");
    };
    assert_eq!(*form, CardForm::Flex);
    assert_eq!((card.alt.as_deref(), card.lines.len()), (Some("Deep"), 0));
}
