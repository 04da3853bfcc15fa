//! By when customers are to be answered and cases to be done, in a time that the tests let pass.

use sala::clock;
use sala::protocol::Timestamp;
use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, a_chat, called, invalid, refused};
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::session::Session;
use crate::harness::ws_client::WsClient;
use crate::harness::{TestApp, both_databases, in_time_on_both};

const MINUTE: i64 = 60_000;

fn saving(section: &str, version: i64, value: &Value) -> Value {
    json!({ "section": section, "version": version, "value": value })
}

/// Five minutes for the first answer, ten for the next, four hours for the case.
async fn set_targets(by: &Session) {
    let value = json!({
        "first_response_s": 300, "next_response_s": 600, "resolution_s": 14_400,
        "within_hours": true,
    });
    let saved = called(by, "save_settings", saving("targets", 0, &value)).await;
    assert_eq!(saved, json!({ "version": 1, "value": value }));
}

/// A chat as its list shows it.
async fn chat(by: &Session, tab: &str, customer: &Customer) -> Value {
    let list = called(by, "conversations", json!({ "tab": tab })).await;
    let chats = list["conversations"].as_array().expect("chats");
    let found = chats.iter().find(|chat| chat["room"] == customer.room());
    found.unwrap_or_else(|| panic!("{list}")).clone()
}

fn moment(value: &Value) -> i64 {
    let text = value.as_str().unwrap_or_else(|| panic!("{value}"));
    text.parse::<Timestamp>().expect("a time").0
}

/// Milliseconds from a moment of a chat to when a target passes.
fn left(chat: &Value, since: &Value, target: &str) -> i64 {
    moment(&chat["targets"][target]) - moment(since)
}

async fn answers(app: &TestApp, by: &Session, customer: &Customer) {
    let message = app.text(customer, "Anything else?");
    called(by, "send_message", json!({ "message": message })).await;
}

/// Waits until the consoles are told, by what is no more than that, which have passed.
async fn breach(console: &mut WsClient, customer: &Customer, targets: &Value) {
    let room = customer.room();
    let is_it = |frame: &Value| {
        frame["type"] == "conversation_update"
            && frame["payload"]["room"] == room
            && frame["payload"]["complete"] == true
            && frame["payload"]["conversation"]["targets"]["breached"] == *targets
    };
    console.expect(is_it).await;
}

async fn breaches(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM audit WHERE action = $1 AND operator_id IS NULL";
    number(&app.state.db, sql, "target.breach").await
}

in_time_on_both!(each_clock_runs_as_long_as_it_should, |app, time| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    set_targets(&admin).await;
    let customer = a_chat(app, "Nok").await;
    let room = json!({ "room": customer.room() });
    let waits = chat(&mali, "waiting", &customer).await;
    let opened = waits["session"]["opened_at"].clone();
    assert_eq!(left(&waits, &opened, "first_response_due"), 5 * MINUTE);
    assert_eq!(
        left(&waits, &opened, "response_amber_at"),
        5 * MINUTE * 3 / 4
    );
    assert_eq!(left(&waits, &opened, "resolution_due"), 240 * MINUTE);
    assert_eq!(waits["targets"]["breached"], json!([]));
    called(&mali, "claim_session", room.clone()).await;
    time.pass(MINUTE);
    // A note is no answer.
    let note = json!({
        "room": customer.room(), "client_id": app.client_id(), "note": "vip",
    });
    called(&mali, "send_message", json!({ "message": note })).await;
    let claimed = chat(&mali, "mine", &customer).await;
    assert_eq!(left(&claimed, &opened, "first_response_due"), 5 * MINUTE);
    answers(app, &mali, &customer).await;
    let answered = chat(&mali, "mine", &customer).await;
    let targets = answered["targets"].as_object().expect("targets");
    let keys: Vec<_> = targets.keys().map(String::as_str).collect();
    assert_eq!(keys, ["breached", "resolution_amber_at", "resolution_due"]);
    time.pass(30 * MINUTE);
    let message = customer.writes("and this").await;
    customer.writes("hello?").await;
    let asks = chat(&mali, "mine", &customer).await;
    let since = asks["waiting_since"].clone();
    assert_eq!(left(&asks, &since, "next_response_due"), 10 * MINUTE);
    // What is taken back waits no longer.
    time.pass(MINUTE);
    customer.act(&format!("unsend/{message}"), json!({})).await;
    let asks = chat(&mali, "mine", &customer).await;
    assert!(moment(&asks["waiting_since"]) > moment(&since));
    let since = asks["waiting_since"].clone();
    assert_eq!(left(&asks, &since, "next_response_due"), 10 * MINUTE);
    // Put off for an hour: all clocks stand still meanwhile.
    let before = asks["targets"]["resolution_due"].clone();
    let until = clock::now().plus_ms(60 * MINUTE);
    let snooze = json!({ "room": customer.room(), "until": until });
    called(&mali, "snooze", snooze).await;
    time.pass(20 * MINUTE);
    called(&mali, "unsnooze", room.clone()).await;
    let back = chat(&mali, "mine", &customer).await;
    let more = moment(&back["targets"]["resolution_due"]) - moment(&before);
    assert!((20 * MINUTE..21 * MINUTE).contains(&more), "{more}");
    let more = left(&back, &since, "next_response_due") - 10 * MINUTE;
    assert!((20 * MINUTE..21 * MINUTE).contains(&more), "{more}");
    // A close ends them all, and what an operator opens again waits for nobody.
    called(&mali, "close_session", room.clone()).await;
    let closed = chat(&mali, "closed", &customer).await;
    assert_eq!(closed.get("targets"), None);
    called(&mali, "claim_session", room).await;
    let again = chat(&mali, "mine", &customer).await;
    let opened = again["session"]["opened_at"].clone();
    assert_eq!(left(&again, &opened, "resolution_due"), 240 * MINUTE);
    assert_eq!(again["targets"].get("first_response_due"), None);
    assert_eq!(breaches(app).await, 0);
});

in_time_on_both!(what_is_late_is_told_once, |app, time| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    set_targets(&admin).await;
    let customer = a_chat(app, "Nok").await;
    let overdue = json!({ "tab": "waiting", "filter": { "overdue": true } });
    let none = called(&mali, "conversations", overdue.clone()).await;
    assert_eq!(none["conversations"], json!([]));
    let mut console = app.console(ADMIN).await;
    time.pass(5 * MINUTE);
    breach(&mut console, &customer, &json!(["first_response"])).await;
    assert_eq!(breaches(app).await, 1);
    // Past five minutes, and not the ten after which whoever waits without a target is late.
    let late = called(&mali, "conversations", overdue).await;
    assert_eq!(late["conversations"][0]["room"], customer.room());
    let room = json!({ "room": customer.room() });
    called(&mali, "claim_session", room.clone()).await;
    answers(app, &mali, &customer).await;
    customer.writes("and this").await;
    time.pass(10 * MINUTE);
    breach(&mut console, &customer, &json!(["next_response"])).await;
    answers(app, &mali, &customer).await;
    time.pass(240 * MINUTE);
    breach(&mut console, &customer, &json!(["resolution"])).await;
    assert_eq!(breaches(app).await, 3);
    called(&mali, "close_session", room).await;
    let closed = chat(&mali, "closed", &customer).await;
    assert_eq!(closed.get("targets"), None);
    let left = "SELECT count(*) FROM timers WHERE kind = $1";
    assert_eq!(number(&app.state.db, left, "target").await, 0);
});

fn week(spans: &Value) -> Value {
    json!({ "default": {
        "week": {
            "mon": spans, "tue": spans, "wed": spans, "thu": spans, "fri": spans,
            "sat": [], "sun": [],
        },
        "holidays": [],
    }})
}

fn team(zone: &str) -> Value {
    json!({
        "name": "", "language": "en", "time_zone": zone, "first_day": "mon",
        "buddhist_year": false,
    })
}

/// Lets time pass up to this moment.
fn pass_to(time: &clock::Shift, moment: &str) {
    let then: Timestamp = moment.parse().expect("a time");
    time.pass(then.since(clock::now()));
}

in_time_on_both!(only_open_hours_count_also_on_a_leap_day, |app, time| {
    // Monday, 17:58 in Tokyo.
    pass_to(time, "2028-02-28T08:58:00.000Z");
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    let span = json!([{ "from": "09:00", "to": "18:00" }]);
    called(&admin, "save_settings", saving("hours", 0, &week(&span))).await;
    let zone = saving("team", 0, &team("Asia/Tokyo"));
    called(&admin, "save_settings", zone).await;
    set_targets(&admin).await;
    let customer = a_chat(app, "Nok").await;
    let waits = chat(&mali, "waiting", &customer).await;
    let since = moment(&waits["waiting_since"]);
    // The rest of five minutes is left for Tuesday the 29th.
    let six: Timestamp = "2028-02-28T09:00:00.000Z".parse().expect("a time");
    let nine: Timestamp = "2028-02-29T00:00:00.000Z".parse().expect("a time");
    let rest = 5 * MINUTE - (six.0 - since);
    assert_eq!(
        moment(&waits["targets"]["first_response_due"]),
        nine.0 + rest
    );
    let mut console = app.console(ADMIN).await;
    // All night long nobody is late.
    time.pass(14 * 60 * MINUTE);
    let other = a_chat(app, "Ploy").await;
    assert_eq!(breaches(app).await, 0);
    let opening = called(&mali, "opening", json!({})).await;
    let closed = json!([{ "channel": "default", "open": false, "until": nine }]);
    assert_eq!(opening, closed);
    pass_to(time, "2028-02-29T00:04:59.000Z");
    breach(&mut console, &customer, &json!(["first_response"])).await;
    pass_to(time, "2028-02-29T00:05:01.000Z");
    breach(&mut console, &other, &json!(["first_response"])).await;
    assert_eq!(breaches(app).await, 2);
});

in_time_on_both!(
    another_rule_or_other_hours_move_what_is_open_and_consoles_are_told,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        let customer = a_chat(app, "Nok").await;
        let waits = chat(&mali, "waiting", &customer).await;
        assert_eq!(waits.get("targets"), None);
        time.pass(20 * MINUTE);
        let mut console = app.console(MALI).await;
        set_targets(&admin).await;
        // What only the rule has made late is told to nobody.
        breach(&mut console, &customer, &json!(["first_response"])).await;
        let longer = json!({ "first_response_s": 3_600, "within_hours": true });
        called(&admin, "save_settings", saving("targets", 1, &longer)).await;
        breach(&mut console, &customer, &json!([])).await;
        let waits = chat(&mali, "waiting", &customer).await;
        let since = waits["waiting_since"].clone();
        assert_eq!(left(&waits, &since, "first_response_due"), 60 * MINUTE);
        // It never opens, so nothing is due.
        called(
            &admin,
            "save_settings",
            saving("hours", 0, &week(&json!([]))),
        )
        .await;
        let room = customer.room();
        let is_free = |frame: &Value| {
            frame["type"] == "conversation_update"
                && frame["payload"]["room"] == room
                && frame["payload"]["conversation"].get("targets").is_none()
        };
        console.expect(is_free).await;
        let span = json!([{ "from": "00:00", "to": "00:00" }]);
        let every_day = json!({ "default": { "week": {
            "mon": span, "tue": span, "wed": span, "thu": span, "fri": span, "sat": span,
            "sun": span,
        }, "holidays": [] }});
        called(&admin, "save_settings", saving("hours", 1, &every_day)).await;
        breach(&mut console, &customer, &json!([])).await;
        assert_eq!(breaches(app).await, 0);
    }
);

both_databases!(a_target_is_refused_by_its_field, |app| {
    let admin = app.log_in(ADMIN).await;
    for (value, field) in [
        (json!({ "first_response_s": 0 }), "first_response_s"),
        (json!({ "next_response_s": 31_622_401 }), "next_response_s"),
        (json!({ "resolution_s": -1 }), "value"),
        (json!({ "first": 1 }), "value"),
    ] {
        let refused = refused(&admin, "save_settings", saving("targets", 0, &value)).await;
        assert_eq!(refused, invalid(field), "{value}");
    }
    let off = called(&admin, "settings", json!({ "section": "targets" })).await;
    assert_eq!(
        off,
        json!({ "version": 0, "value": { "within_hours": true } })
    );
});
