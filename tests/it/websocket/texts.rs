//! Texts that look empty, and characters that no database should hold.

use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::{TestApp, both_databases};

/// One of each family: zero-width, joiner, blank letters, soft hyphen, direction controls.
const UNSEEN: [&str; 9] = [
    "\u{200b}",
    "\u{2060}\u{feff}",
    "\u{3164}",
    "\u{2800}",
    "\u{200d}",
    "\u{ad}",
    "\u{202e}\u{2069}",
    "\u{e0041}",
    " \u{a0}\u{3000}\n",
];

const NO_NUL: &str = "Text may not hold the character U+0000; leave it out.";

both_databases!(what_cannot_be_seen_is_not_sent, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    for unseen in UNSEEN {
        let refused = mali.ask("send_message", app.text(&customer, unseen)).await;
        assert_eq!(
            refused["payload"]["code"],
            "validation_error",
            "{}",
            unseen.escape_unicode()
        );
        let note = json!({ "room": room, "client_id": app.client_id(), "note": unseen });
        let refused = mali.ask("send_message", note).await;
        assert_eq!(refused["payload"]["code"], "validation_error");
    }
    // Beside what can be seen they are the writer's own affair.
    let family = "👩\u{200d}👧 \u{200b}";
    mali.ask("send_message", app.text(&customer, family)).await;
    // A remark of nothing is none.
    let closed = mali
        .ask("close_session", json!({ "room": room, "note": "\u{200b}" }))
        .await;
    assert_eq!(closed["payload"]["message"]["event"].get("note"), None);
    app.outbox_empty().await;
    assert_eq!(customer.texts().await, [family]);
});

both_databases!(u0000_is_refused_wherever_an_operator_writes, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    let message = |part: Value| {
        let mut message = json!({ "room": room, "client_id": app.client_id() });
        for (name, value) in part.as_object().expect("an object") {
            message[name] = value.clone();
        }
        message
    };
    let sticker = json!({ "package_id": "4\0", "sticker_id": "1" });
    for part in [
        json!({ "text": "a\0b" }),
        json!({ "note": "a\0b" }),
        json!({ "sticker": sticker }),
    ] {
        let asked = message(part);
        let refused = mali.ask("send_message", asked.clone()).await;
        assert_eq!(refused["payload"]["code"], "validation_error", "{refused}");
        assert_eq!(refused["payload"]["client_id"], asked["client_id"]);
    }
    for (kind, payload) in [
        ("close_session", json!({ "room": room, "note": "a\0b" })),
        (
            "transfer_session",
            json!({ "room": room, "to_queue": true, "note": "a\0b" }),
        ),
        ("join_room", json!({ "room": "conversation:U\0" })),
    ] {
        let refused = mali.ask(kind, payload).await;
        assert_eq!(refused["payload"]["code"], "validation_error", "{refused}");
        assert_eq!(refused["payload"]["message"], NO_NUL);
    }
    let session = app.log_in("mali@example.com").await;
    for (name, arguments) in [
        (
            "login",
            json!({ "email": "a\0@example.com", "password": "x" }),
        ),
        (
            "login",
            json!({ "email": "a@example.com", "password": "x\0" }),
        ),
        (
            "send_message",
            json!({ "message": message(json!({ "text": "a\0b" })) }),
        ),
        ("close_session", json!({ "room": room, "note": "a\0b" })),
        ("transfer_session", json!({ "room": room, "note": "a\0b" })),
        ("thread", json!({ "room": room, "\0": 1 })),
    ] {
        let (status, answer) = session.call(name, arguments).await;
        assert_eq!(status, 400, "{name}: {answer}");
        assert_eq!(answer["code"], "validation_error", "{name}: {answer}");
        assert_eq!(answer["message"], NO_NUL, "{name}: {answer}");
    }
    without_script(app).await;
    assert_eq!(customer.texts().await, Vec::<String>::new());
});

/// The form that is sent without script says what it says of any wrong address.
async fn without_script(app: &TestApp) {
    let request = harness_client().post(app.url("/login"));
    let answer = request
        .header("content-type", "application/x-www-form-urlencoded")
        .body("email=mali%00%40example.com&password=x")
        .send()
        .await
        .expect("an answer");
    let end = answer.url().as_str().to_owned();
    let said = answer
        .headers()
        .get("location")
        .map_or(end, |location| location.to_str().expect("ASCII").to_owned());
    assert!(said.contains("error=not_authenticated"), "{said}");
}

both_databases!(
    a_name_that_cannot_be_seen_is_the_stand_in_and_none_turns_its_neighbours,
    |app| {
        let mut console = app.console("mali@example.com").await;
        for (name, shown) in [
            ("\u{200b}\u{3164}\u{2060}", None),
            ("\u{202e}gnp.ilaM\u{2069}", Some("gnp.ilaM")),
            ("נטע", Some("נטע")),
        ] {
            let customer = app.customer(name).await;
            customer.writes("hello").await;
            let stand_in = format!("LINE user …{}", &customer.id[customer.id.len() - 4..]);
            let expected = shown.unwrap_or(&stand_in);
            let sql = "SELECT display_name FROM contacts WHERE line_user_id = $1 \
                 AND profile_fetched_at IS NOT NULL";
            let stored = loop {
                let found = crate::harness::database::texts(&app.state.db, sql, &customer.id).await;
                if let Some(name) = found.into_iter().next() {
                    break name;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            };
            assert_eq!(stored, expected);
            let snapshot = console.join(&customer.room()).await;
            let contact = &snapshot["conversation"]["contact"];
            assert_eq!(contact["display_name"], expected);
        }
    }
);
