//! Everything that the client asks LINE, and what the simulator answers.

use sala::line::LineError;
use sala::line::client::{ContentAnswer, Quota, Transcoding};
use sala::line::message::{OutgoingBody, OutgoingMessage, PushRequest, ReplyRequest};
use serde_json::json;
use uuid::Uuid;

use super::Stage;
use super::openapi::Spec;

fn every_kind_of_message() -> Vec<OutgoingMessage> {
    let url = |name: &str| format!("https://sala.example/m/{name}");
    vec![
        OutgoingMessage::text("สวัสดีค่ะ {name} 🍎", None)
            .with_sender("มะลิ", Some("https://sala.example/m/operators/n".to_owned())),
        OutgoingBody::Sticker {
            package_id: "446".to_owned(),
            sticker_id: "1988".to_owned(),
            quote_token: None,
        }
        .into(),
        OutgoingBody::Image {
            original_content_url: url("a"),
            preview_image_url: url("b"),
        }
        .into(),
        OutgoingBody::Video {
            original_content_url: url("c"),
            preview_image_url: url("d"),
        }
        .into(),
        OutgoingBody::Audio {
            original_content_url: url("e"),
            duration: 1_000,
        }
        .into(),
    ]
}

fn check_all(stage: &Stage, at_least: usize) {
    let (spec, exchanges) = (Spec::messaging(), stage.take_exchanges());
    assert!(exchanges.len() >= at_least, "{} calls", exchanges.len());
    for call in exchanges {
        let name = format!("{} {}", call.method, call.path);
        spec.check_request(&call)
            .unwrap_or_else(|error| panic!("request {name}: {error}"));
        spec.check_response(&call)
            .unwrap_or_else(|error| panic!("answer {} to {name}: {error}", call.status));
    }
}

#[tokio::test]
async fn sends_are_as_line_describes_them() {
    let stage = Stage::set().await;
    let user = stage.customer("ณัฐธิดา").await;
    let token = stage.reply_token(&user).await;
    let event = stage.last_event();
    let messages = every_kind_of_message();
    let sent = stage
        .line
        .reply(&ReplyRequest {
            reply_token: token,
            messages,
        })
        .await;
    let sent = sent.expect("a reply");
    assert_eq!(sent.ids.len(), 5);
    let quotable: Vec<_> = sent.quote_tokens.iter().map(Option::is_some).collect();
    assert_eq!(quotable, [true, true, true, true, false]);
    assert!(sent.request_id.is_some());

    let quote = event["message"]["quoteToken"].as_str().map(str::to_owned);
    let messages = vec![OutgoingMessage::text("ตอบ", quote)];
    let request = PushRequest {
        to: user.clone(),
        messages,
    };
    let key = Uuid::new_v4();
    let first = stage.line.push(&request, key).await.expect("a push");
    let again = stage
        .line
        .push(&request, key)
        .await
        .expect("accepted before");
    assert_eq!(first.ids, again.ids);
    assert_eq!(again.accepted_request_id, first.request_id);
    check_all(&stage, 3);
}

#[tokio::test]
async fn refusals_are_as_line_describes_them() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    let reply = |token: &str, messages| ReplyRequest {
        reply_token: token.to_owned(),
        messages,
    };
    let text = || vec![OutgoingMessage::text("a", None)];
    let refused = stage
        .line
        .reply(&reply("nonsense", text()))
        .await
        .expect_err("refused");
    assert!(
        matches!(refused, LineError::InvalidReplyToken(_)),
        "{refused}"
    );
    assert!(refused.request_id().is_some());

    let stranger = PushRequest {
        to: format!("U{}", "0".repeat(32)),
        messages: text(),
    };
    let refused = stage
        .line
        .push(&stranger, Uuid::new_v4())
        .await
        .expect_err("refused");
    assert_eq!(
        refused.to_string(),
        "LINE refused the call: 400 Failed to send messages"
    );

    let empty = PushRequest {
        to: user.clone(),
        messages: vec![OutgoingMessage::text("", None)],
    };
    let refused = stage
        .line
        .push(&empty, Uuid::new_v4())
        .await
        .expect_err("refused");
    assert!(
        refused
            .to_string()
            .ends_with("messages[0].text: May not be empty"),
        "{refused}"
    );

    stage.control("/settings", json!({"quota": 0})).await;
    let request = PushRequest {
        to: user,
        messages: text(),
    };
    let refused = stage
        .line
        .push(&request, Uuid::new_v4())
        .await
        .expect_err("refused");
    assert!(matches!(refused, LineError::MonthlyLimit(_)), "{refused}");
    assert!(stage.line.loading_start("C1", 5).await.is_err());
    assert!(stage.line.mark_as_read("nonsense").await.is_err());
    check_all(&stage, 6);
}

#[tokio::test]
async fn a_wrong_token_is_refused_everywhere() {
    let stage = Stage::set().await;
    let client = sala::line::LineClient::new(
        &format!("{}/_sim/line", stage.base),
        &format!("{}/_sim/line-data", stage.base),
    );
    let stranger = client.expect("a client").channel("wrong");
    let user = stage.customer("a").await;
    assert!(matches!(
        stranger.bot_info().await,
        Err(LineError::Unauthorized(_))
    ));
    assert!(matches!(
        stranger.profile(&user).await,
        Err(LineError::Unauthorized(_))
    ));
    assert!(matches!(
        stranger.content("1").await,
        Err(LineError::Unauthorized(_))
    ));
    check_all(&stage, 3);
}

#[tokio::test]
async fn reads_are_as_line_describes_them() {
    let stage = Stage::set().await;
    let (line, user) = (&stage.line, stage.customer("田中").await);
    let (_, group) = stage
        .control("/groups", json!({"name": "g", "members": [user]}))
        .await;
    let group = group["group_id"].as_str().expect("an id");

    let profile = line
        .profile(&user)
        .await
        .expect("an answer")
        .expect("a profile");
    assert_eq!(
        (profile.display_name.as_str(), profile.language.as_deref()),
        ("田中", Some("th"))
    );
    let picture = stage
        .http
        .get(profile.picture_url.expect("a picture"))
        .send()
        .await;
    assert_eq!(
        picture.expect("an answer").headers()["content-type"],
        "image/svg+xml"
    );
    let stranger = format!("U{}", "0".repeat(32));
    assert_eq!(line.profile(&stranger).await.expect("an answer"), None);
    let summary = line
        .group_summary(group)
        .await
        .expect("an answer")
        .expect("a summary");
    assert_eq!(summary.group_name, "g");
    assert_eq!(line.group_summary("C0").await.expect("an answer"), None);
    assert!(
        line.group_member_profile(group, &user)
            .await
            .expect("an answer")
            .is_some()
    );
    assert!(
        line.room_member_profile("R0", &user)
            .await
            .expect("an answer")
            .is_none()
    );
    assert_eq!(
        line.group_member_count(group).await.expect("an answer"),
        Some(1)
    );
    let info = line.bot_info().await.expect("an answer");
    assert_eq!(info.user_id.len(), 33);

    assert_eq!(line.quota().await.expect("an answer"), Quota::Unlimited);
    stage.control("/settings", json!({"quota": 200})).await;
    assert_eq!(line.quota().await.expect("an answer"), Quota::Limited(200));
    assert_eq!(line.quota_consumption().await.expect("an answer"), 0);

    stage.reply_token(&user).await;
    let event = stage.last_event();
    let token = event["message"]["markAsReadToken"]
        .as_str()
        .expect("a token");
    line.mark_as_read(token).await.expect("an answer");
    line.loading_start(&user, 17).await.expect("an answer");

    let endpoint = line
        .webhook_endpoint()
        .await
        .expect("an answer")
        .expect("an endpoint");
    assert!(endpoint.active);
    let test = line.test_webhook(None).await.expect("an answer");
    assert!(test.success);
    assert_eq!(
        stage.webhooks().last().expect("a webhook").json()["events"],
        json!([])
    );
    check_all(&stage, 15);
}

#[tokio::test]
async fn content_is_fetched_as_line_describes_it() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    let (image, _) = stage
        .say(&user, json!({"message": {"type": "image"}}))
        .await;
    let ContentAnswer::Ready(content) = stage.line.content(&image).await.expect("an answer") else {
        panic!("no picture");
    };
    assert_eq!(content.content_type.as_deref(), Some("image/png"));
    let bytes: Vec<_> = futures_util::TryStreamExt::try_collect(content.into_stream())
        .await
        .expect("the whole picture");
    assert!(bytes.concat().starts_with(b"\x89PNG"));
    let preview = stage.line.content_preview(&image).await.expect("an answer");
    assert!(matches!(preview, ContentAnswer::Ready(_)));

    let film = json!({"message": {"type": "video"},
        "content": {"base64": "AAAA", "type": "video/mp4", "preparing_ms": 3_600_000}});
    let (film, _) = stage.say(&user, film).await;
    let answer = stage.line.content(&film).await.expect("an answer");
    assert!(matches!(answer, ContentAnswer::Preparing));
    let transcoding = stage
        .line
        .content_transcoding(&film)
        .await
        .expect("an answer");
    assert_eq!(transcoding, Transcoding::Processing);

    stage
        .control(&format!("/customers/{user}/unsend/{image}"), json!({}))
        .await;
    let answer = stage.line.content(&image).await.expect("an answer");
    assert!(matches!(answer, ContentAnswer::Gone));
    let answer = stage.line.content("1").await.expect("an answer");
    assert!(matches!(answer, ContentAnswer::NotFound));
    check_all(&stage, 6);
}
