//! Quotations: of what LINE gave a token for, in words and stickers.

use serde_json::{Value, json};

use super::{draft, on_the_phone, send, sent, stored};
use crate::harness::customer::Customer;
use crate::harness::database::texts;
use crate::harness::files::{photo, taken};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};
use crate::line_contract::check_push;
use crate::uploads::a_chat;

/// The lines of the thread of which `which` is true.
async fn lines(mali: &Session, of: &Customer, which: impl Fn(&Value) -> bool) -> Vec<Value> {
    let (status, page) = mali.call("thread", json!({ "room": of.room() })).await;
    assert_eq!(status, 200, "{page}");
    let lines = page["messages"].as_array().expect("lines");
    lines.iter().filter(|line| which(line)).cloned().collect()
}

/// The newest line of this kind.
async fn newest(mali: &Session, of: &Customer, kind: &str) -> Value {
    let lines = lines(mali, of, |line| line["kind"] == kind).await;
    lines.last().expect("a line")["id"].clone()
}

async fn token_of(app: &TestApp, message: &Value) -> Value {
    // Ids are written differently by the two databases, so the text has to do.
    let sql = "SELECT quote_token FROM messages WHERE text = $1 AND quote_token IS NOT NULL";
    let text = message["text"].as_str().expect("a text");
    let found = texts(&app.state.db, sql, text).await;
    assert_eq!(found.len(), 1, "{text}");
    json!(found[0])
}

both_databases!(what_is_quoted_is_kept_and_told_to_line, |app| {
    let (customer, mali) = a_chat(app).await;
    let mut quoted = Vec::new();
    for kind in ["text", "sticker", "image", "video"] {
        let mut message = json!({ "type": kind });
        match kind {
            "text" => message["text"] = json!("which size?"),
            "sticker" => {
                message["packageId"] = json!("446");
                message["stickerId"] = json!("1988");
            }
            _ => {}
        }
        customer.sends(message).await;
        quoted.push(newest(&mali, &customer, kind).await);
    }
    for id in &quoted {
        let answer = json!({ "text": "this one", "quote_message_id": id });
        let answer = sent(app, &mali, &customer, answer).await;
        assert_eq!(answer["quote_message_id"], *id);
    }
    let sticker = json!({ "package_id": "446", "sticker_id": "1989" });
    let answer = json!({ "sticker": sticker, "quote_message_id": quoted[0] });
    sent(app, &mali, &customer, answer).await;
    app.outbox_empty().await;
    // What we sent can be quoted too, once LINE has it.
    let own = sent(app, &mali, &customer, json!({ "text": "size M" })).await;
    app.outbox_empty().await;
    let answer = json!({ "text": "as I said", "quote_message_id": own["id"] });
    sent(app, &mali, &customer, answer).await;
    app.outbox_empty().await;

    let phone = on_the_phone(&customer).await;
    phone.iter().for_each(check_push);
    assert_eq!(phone.len(), 7);
    let tokens: Vec<&Value> = phone.iter().map(|message| &message["quoteToken"]).collect();
    let asked = json!({ "text": "which size?" });
    assert_eq!(*tokens[0], token_of(app, &asked).await);
    assert_eq!(tokens[4], tokens[0]);
    assert!(tokens[1..4].iter().all(|token| token.is_string()));
    assert_eq!(*tokens[5], Value::Null);
    assert_eq!(*tokens[6], token_of(app, &own).await);
    let read = lines(&mali, &customer, |line| {
        line["quote_message_id"].is_string()
    })
    .await;
    assert_eq!(read.len(), 6);
});

both_databases!(what_line_does_not_let_us_quote_is_refused, |app| {
    let (customer, mali) = a_chat(app).await;
    let (stranger, _) = a_chat(app).await;
    let hello = newest(&mali, &customer, "text").await;
    let mut not_quotable = vec![
        newest(&mali, &stranger, "text").await,
        newest(&mali, &customer, "event").await,
        json!(app.client_id()),
    ];
    customer.sends(json!({ "type": "audio" })).await;
    not_quotable.push(newest(&mali, &customer, "audio").await);
    let place = json!({ "type": "location", "title": "Shop", "address": "Silom 1",
        "latitude": 13.7, "longitude": 100.5 });
    customer.sends(place).await;
    not_quotable.push(newest(&mali, &customer, "location").await);
    let taken_back = customer.writes("never mind").await;
    not_quotable.push(newest(&mali, &customer, "text").await);
    let unsend = format!("unsend/{taken_back}");
    customer.act(&unsend, json!({})).await;
    let note = sent(app, &mali, &customer, json!({ "note": "regular" })).await;
    not_quotable.push(note["id"].clone());
    app.fault(json!({ "status": 400 })).await;
    let failed = sent(app, &mali, &customer, json!({ "text": "refused" })).await;
    app.outbox_empty().await;
    not_quotable.push(failed["id"].clone());

    let before = stored(app).await;
    let mut socket = app.console("mali@example.com").await;
    for id in &not_quotable {
        let fields = json!({ "text": "this", "quote_message_id": id });
        let (status, answer) = send(app, &mali, &customer, fields.clone()).await;
        assert_eq!(
            (status, &answer["code"]),
            (400, &json!("not_quotable")),
            "{id}"
        );
        let asked = draft(app, &customer, &fields);
        let refused = socket.ask("send_message", asked.clone()).await;
        assert_eq!(refused["payload"]["code"], "not_quotable", "{refused}");
        assert_eq!(refused["payload"]["client_id"], asked["client_id"]);
    }
    // A file quotes nothing, and waits on for a message that does not.
    let file = taken(
        mali.upload(&customer.room(), "a.jpg", &photo(1, 60, 40))
            .await,
    );
    let fields = json!({ "media_id": file["media_id"], "quote_message_id": hello });
    let (status, answer) = send(app, &mali, &customer, fields).await;
    assert_eq!((status, &answer["code"]), (400, &json!("not_quotable")));
    assert_eq!(stored(app).await, before);
    sent(
        app,
        &mali,
        &customer,
        json!({ "media_id": file["media_id"] }),
    )
    .await;
});

both_databases!(notes_quote_any_line_of_their_chat, |app| {
    let (customer, mali) = a_chat(app).await;
    let (stranger, _) = a_chat(app).await;
    let note = sent(app, &mali, &customer, json!({ "note": "regular" })).await;
    let fields = json!({ "note": "indeed", "quote_message_id": note["id"] });
    let again = sent(app, &mali, &customer, fields).await;
    assert_eq!(again["quote_message_id"], note["id"]);
    let theirs = newest(&mali, &stranger, "text").await;
    let fields = json!({ "note": "this", "quote_message_id": theirs });
    let (status, answer) = send(app, &mali, &customer, fields).await;
    assert_eq!((status, &answer["code"]), (400, &json!("not_quotable")));
});
