//! The simulator behaves as LINE does, over real HTTP.

use std::time::{Duration, Instant};

use sala::line::LineError;
use sala::line::message::{OutgoingMessage, PushRequest, ReplyRequest};
use sala::simulator::{NewCustomer, Utterance};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::line_contract::Stage;

fn reply(token: &str) -> ReplyRequest {
    let messages = vec![OutgoingMessage::text("answer", None)];
    ReplyRequest {
        reply_token: token.to_owned(),
        messages,
    }
}

fn push(to: &str) -> PushRequest {
    PushRequest {
        to: to.to_owned(),
        messages: vec![OutgoingMessage::text("news", None)],
    }
}

fn kinds(inbox: &Value) -> Vec<&str> {
    let entries = inbox.as_array().expect("a list");
    entries
        .iter()
        .map(|entry| entry["kind"].as_str().expect("a kind"))
        .collect()
}

#[tokio::test]
async fn a_reply_token_works_once() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    let token = stage.reply_token(&user).await;
    stage
        .line
        .reply(&reply(&token))
        .await
        .expect("the first time");
    let second = stage.line.reply(&reply(&token)).await;
    assert!(matches!(second, Err(LineError::InvalidReplyToken(_))));
    let inbox = stage.inbox(&user).await;
    let expected = json!([{"kind": "reply", "messages": [{"type": "text", "text": "answer"}]}]);
    assert_eq!(inbox, expected);
}

#[tokio::test]
async fn a_reply_token_expires() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    let token = stage.reply_token(&user).await;
    stage
        .control("/settings", json!({"reply_token_seconds": 0}))
        .await;
    let late = stage.line.reply(&reply(&token)).await;
    assert!(matches!(late, Err(LineError::InvalidReplyToken(_))));
    stage
        .control("/settings", json!({"reply_token_seconds": 60}))
        .await;
    stage
        .line
        .reply(&reply(&token))
        .await
        .expect("the token is still unused");
}

#[tokio::test]
async fn tokens_of_raw_events_work_too() {
    let stage = Stage::set().await;
    let stranger = format!("U{}", "7".repeat(32));
    let event = json!({"type": "message", "webhookEventId": "01", "timestamp": 1, "mode": "active",
        "deliveryContext": {"isRedelivery": false}, "replyToken": "raw-token",
        "source": {"type": "user", "userId": stranger},
        "message": {"type": "text", "id": "1", "text": "hi"}});
    stage.control("/events", json!({"events": [event]})).await;
    stage
        .line
        .reply(&reply("raw-token"))
        .await
        .expect("a reply");
    stage
        .line
        .push(&push(&stranger), Uuid::new_v4())
        .await
        .expect("a push");
    assert_eq!(
        stage.line.profile(&stranger).await.expect("an answer"),
        None
    );
    assert_eq!(kinds(&stage.inbox(&stranger).await), ["reply", "push"]);
}

#[tokio::test]
async fn a_malformed_user_id_is_refused_in_lines_words() {
    let stage = Stage::set().await;
    for malformed in [
        "U0",
        "c4af498062901a2b3c4d5e6f708192a3b",
        "U4AF498062901A2B3C4D5E6F708192A3B",
    ] {
        let answer = stage.line.profile(malformed).await;
        let Err(LineError::Refused(refusal)) = answer else {
            panic!("{malformed}: {answer:?}");
        };
        assert_eq!(refusal.status, 400);
        assert_eq!(
            refusal.message,
            "The value for the 'userId' parameter is invalid"
        );
    }
}

#[tokio::test]
async fn a_retry_key_is_taken_once() {
    let stage = Stage::set().await;
    let (user, key) = (stage.customer("a").await, Uuid::new_v4());
    let first = stage.line.push(&push(&user), key).await.expect("a push");
    let again = stage
        .line
        .push(&push(&user), key)
        .await
        .expect("taken before");
    assert_eq!(first.ids, again.ids);
    let inbox = stage.inbox(&user).await;
    assert_eq!(kinds(&inbox), ["push"]);
    assert_eq!(inbox[0]["retry_key"], key.to_string());
}

#[tokio::test]
async fn a_refused_push_does_not_use_its_key_up() {
    let stage = Stage::set().await;
    let (user, key) = (stage.customer("a").await, Uuid::new_v4());
    stage
        .control(
            "/faults",
            json!({"next": 1, "status": 429, "reason": "rate"}),
        )
        .await;
    let limited = stage.line.push(&push(&user), key).await;
    assert!(matches!(limited, Err(LineError::RateLimited(_))));
    let taken = stage.line.push(&push(&user), key).await.expect("a push");
    assert_eq!(taken.accepted_request_id, None);
}

#[tokio::test]
async fn quota_counts_recipients_of_pushes() {
    let stage = Stage::set().await;
    let (a, b) = (stage.customer("a").await, stage.customer("b").await);
    let (_, group) = stage
        .control("/groups", json!({"name": "g", "members": [a, b]}))
        .await;
    let group = group["group_id"].as_str().expect("an id");
    stage.control("/settings", json!({"quota": 3})).await;
    stage
        .line
        .push(&push(group), Uuid::new_v4())
        .await
        .expect("two of three");
    stage
        .line
        .push(&push(&a), Uuid::new_v4())
        .await
        .expect("three of three");
    let over = stage.line.push(&push(&a), Uuid::new_v4()).await;
    assert!(matches!(over, Err(LineError::MonthlyLimit(_))));
    let token = stage.reply_token(&a).await;
    stage
        .line
        .reply(&reply(&token))
        .await
        .expect("replies are free");
    assert_eq!(stage.line.quota_consumption().await.expect("an answer"), 3);
}

#[tokio::test]
async fn who_blocks_gets_nothing_and_line_says_nothing_of_it() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    stage
        .control(&format!("/customers/{user}/block"), json!({}))
        .await;
    assert_eq!(stage.last_event()["type"], "unfollow");
    stage
        .line
        .push(&push(&user), Uuid::new_v4())
        .await
        .expect("taken all the same");
    assert_eq!(stage.inbox(&user).await, json!([]));
    assert_eq!(stage.line.profile(&user).await.expect("an answer"), None);
    assert_eq!(stage.line.quota_consumption().await.expect("an answer"), 0);
    stage
        .control(&format!("/customers/{user}/unblock"), json!({}))
        .await;
    assert_eq!(stage.last_event()["follow"], json!({"isUnblocked": true}));
    stage
        .line
        .push(&push(&user), Uuid::new_v4())
        .await
        .expect("a push");
    assert_eq!(kinds(&stage.inbox(&user).await), ["push"]);
}

#[tokio::test]
async fn faults_end_the_next_sends_and_no_more() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    stage
        .control("/faults", json!({"next": 2, "status": 500}))
        .await;
    for _ in 0..2 {
        let failed = stage.line.push(&push(&user), Uuid::new_v4()).await;
        assert!(matches!(failed, Err(LineError::Server(_))));
    }
    assert_eq!(stage.inbox(&user).await, json!([]));
    stage
        .line
        .push(&push(&user), Uuid::new_v4())
        .await
        .expect("a push");
    for (reason, monthly) in [("monthly", true), ("rate", false)] {
        stage
            .control(
                "/faults",
                json!({"next": 1, "status": 429, "reason": reason}),
            )
            .await;
        let limited = stage
            .line
            .push(&push(&user), Uuid::new_v4())
            .await
            .expect_err("limited");
        assert_eq!(matches!(limited, LineError::MonthlyLimit(_)), monthly);
    }
}

#[tokio::test]
async fn an_accepted_fault_is_found_again_by_its_key() {
    let stage = Stage::set().await;
    let (user, key) = (stage.customer("a").await, Uuid::new_v4());
    stage
        .control(
            "/faults",
            json!({"next": 1, "status": 500, "accepted": true}),
        )
        .await;
    let failed = stage
        .line
        .push(&push(&user), key)
        .await
        .expect_err("an error");
    assert!(failed.is_ambiguous());
    let again = stage
        .line
        .push(&push(&user), key)
        .await
        .expect("taken before");
    assert!(again.accepted_request_id.is_some());
    assert_eq!(kinds(&stage.inbox(&user).await), ["push"]);

    let token = stage.reply_token(&user).await;
    stage
        .control("/faults", json!({"next": 1, "cut": true, "accepted": true}))
        .await;
    let cut = stage
        .line
        .reply(&reply(&token))
        .await
        .expect_err("an error");
    assert!(matches!(cut, LineError::Interrupted(_)), "{cut}");
    let again = stage.line.reply(&reply(&token)).await;
    assert!(matches!(again, Err(LineError::InvalidReplyToken(_))));
    assert_eq!(kinds(&stage.inbox(&user).await), ["push", "reply"]);
}

#[tokio::test]
async fn a_cut_closes_the_connection_without_a_byte() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let stage = Stage::set().await;
    stage
        .control("/faults", json!({"next": 1, "cut": true}))
        .await;
    let address = stage.base.trim_start_matches("http://");
    let mut socket = tokio::net::TcpStream::connect(address)
        .await
        .expect("a connection");
    let request = "POST /_sim/line/v2/bot/message/push HTTP/1.1\r\nhost: line\r\n\
        authorization: Bearer demo-token\r\ncontent-length: 2\r\n\r\n{}";
    socket.write_all(request.as_bytes()).await.expect("written");
    let mut answer = Vec::new();
    let end = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut answer)).await;
    // Closed or reset: either way nothing was said.
    let _ = end.expect("the connection ends");
    assert_eq!(answer, b"");
}

#[tokio::test]
async fn a_delay_alone_only_delays() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    stage
        .control("/faults", json!({"next": 1, "delay_ms": 300}))
        .await;
    let start = Instant::now();
    stage
        .line
        .push(&push(&user), Uuid::new_v4())
        .await
        .expect("a push");
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_connection_that_nobody_takes_was_never_sent() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = sala::line::LineClient::new(&base, &base)
        .expect("a client")
        .channel("t");
    let failed = client
        .push(&push("U1"), Uuid::new_v4())
        .await
        .expect_err("nobody there");
    assert!(matches!(failed, LineError::NotSent(_)), "{failed}");
    assert!(!failed.is_ambiguous());
}

#[tokio::test]
async fn unanswered_webhooks_come_again_when_redelivery_is_on() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    stage
        .control("/settings", json!({"redelivery": true}))
        .await;
    stage.answer_webhooks_with(&[500, 503]);
    let text = json!({"message": {"type": "text", "text": "hi"}});
    let (_, status) = stage.say(&user, text).await;
    assert_eq!(status, 500);
    let all_here = async {
        while stage.webhooks().len() < 3 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), all_here)
        .await
        .expect("redelivered");
    let events: Vec<_> = stage
        .webhooks()
        .iter()
        .map(|webhook| webhook.json()["events"][0].clone())
        .collect();
    for (event, again) in events.iter().zip([false, true, true]) {
        assert_eq!(event["deliveryContext"]["isRedelivery"], again);
        assert_eq!(event["webhookEventId"], events[0]["webhookEventId"]);
        assert_eq!(event["replyToken"], events[0]["replyToken"]);
    }
}

#[tokio::test]
async fn a_program_seeds_customers_who_wrote_earlier() {
    let stage = Stage::set().await;
    let customer = NewCustomer {
        display_name: "Chanon W.".to_owned(),
        ..NewCustomer::default()
    };
    let user = stage.simulator.add_customer(customer);
    let message = json!({"type": "text", "text": "hi"});
    let message = message.as_object().cloned().expect("an object");
    let what = Utterance {
        message,
        at: Some(1_700_000_000_000),
        ..Utterance::default()
    };
    let delivered = stage.simulator.say(&user, what).await.expect("a customer");
    assert_eq!(delivered.webhook_status, 200);
    assert_eq!(stage.last_event()["timestamp"], 1_700_000_000_000_i64);
    assert_eq!(
        stage.simulator.repeat_webhook().await.expect("a webhook"),
        200
    );
    assert_eq!(stage.last_event()["deliveryContext"]["isRedelivery"], true);
}

#[tokio::test]
async fn other_sites_pages_change_nothing() {
    let stage = Stage::set().await;
    let url = format!("{}/_sim/customers", stage.base);
    let body = json!({"display_name": "x"}).to_string();
    let foreign = stage
        .http
        .post(&url)
        .header("origin", "https://evil.example")
        .body(body.clone());
    assert_eq!(foreign.send().await.expect("an answer").status(), 403);
    let own = stage
        .http
        .post(&url)
        .header("origin", &stage.base)
        .body(body);
    assert_eq!(own.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn nonsense_is_refused() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    for (path, body, status) in [
        ("/customers".to_owned(), json!({}), 400),
        ("/customers".to_owned(), json!({"display_name": " "}), 400),
        (
            "/customers/U0/messages".to_owned(),
            json!({"message": {"type": "text"}}),
            404,
        ),
        (
            format!("/customers/{user}/messages"),
            json!({"message": {"text": "a"}}),
            400,
        ),
        (format!("/customers/{user}/unsend/1"), json!({}), 404),
        (
            "/groups".to_owned(),
            json!({"name": "g", "members": ["U0"]}),
            404,
        ),
        ("/settings".to_owned(), json!({"chat_mode": "party"}), 400),
        ("/faults".to_owned(), json!({"next": 1, "status": 5}), 400),
    ] {
        let (answer, _) = stage.control(&path, body).await;
        assert_eq!(answer.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn the_phone_hears_of_everything_live() {
    use futures_util::StreamExt as _;
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    let stream = stage
        .http
        .get(format!("{}/_sim/stream", stage.base))
        .send()
        .await;
    let mut stream = stream.expect("a stream").bytes_stream();
    stage.reply_token(&user).await;
    stage.line.loading_start(&user, 5).await.expect("an answer");
    let token = stage.reply_token(&user).await;
    stage.line.reply(&reply(&token)).await.expect("a reply");
    let mut heard = String::new();
    let all = async {
        while !(heard.contains(r#""text":"answer""#) && heard.contains(r#""seconds":5"#)) {
            let piece = stream.next().await.expect("more").expect("a piece");
            heard.push_str(&String::from_utf8_lossy(&piece));
        }
    };
    tokio::time::timeout(Duration::from_secs(5), all)
        .await
        .expect("heard in time");
}
