//! Devices: one log-in each, and a way in when strangers have locked the account.

use reqwest::header::SET_COOKIE;
use sala::db::logins::{LoginDevice, LoginId, NewLogin};
use sala::db::{Db, DbError};
use sala::protocol::Timestamp;
use sala::secrets::token_hash;
use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::database::{Database, texts};
use crate::harness::session::PASSWORD;
use crate::harness::{TestApp, both_databases};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// One try to sign in with these cookies: its status, and the cookies that it sets.
async fn sign_in(app: &TestApp, email: &str, password: &str, cookies: &str) -> (u16, String) {
    let answer = harness_client()
        .post(app.url("/api/login"))
        .header("cookie", cookies)
        .json(&json!({ "email": email, "password": password }))
        .send()
        .await
        .expect("an answer");
    let set = answer.headers().get_all(SET_COOKIE).into_iter();
    let set = set.map(|cookie| cookie.to_str().expect("ASCII").split(';').next());
    let set: Vec<_> = set.map(|pair| pair.expect("a pair").to_owned()).collect();
    (answer.status().as_u16(), set.join("; "))
}

async fn is_signed_in(app: &TestApp, cookies: &str) -> bool {
    let answer = harness_client()
        .post(app.url("/api/operators"))
        .header("cookie", cookies)
        .json(&json!({}))
        .send()
        .await
        .expect("an answer");
    answer.status() == 200
}

both_databases!(
    strangers_lock_the_account_but_not_the_device_that_was_let_in,
    |app| {
        const MALI: &str = "mali@example.com";
        let (status, mine) = sign_in(app, MALI, PASSWORD, "").await;
        assert_eq!(status, 200);
        assert!(mine.contains("sala_device_"), "{mine}");
        assert!(!mine.contains("mali"), "{mine}");
        for _ in 0..10 {
            assert_eq!(sign_in(app, MALI, "wrong", "").await.0, 401);
        }
        assert_eq!(sign_in(app, MALI, PASSWORD, "").await.0, 429);
        let forged = mine.replace("sala_device_", "sala_device_x");
        assert_eq!(
            sign_in(app, MALI, PASSWORD, &forged).await.0,
            200,
            "its name means nothing"
        );
        let forged = mine.replace('.', ".x");
        assert_eq!(sign_in(app, MALI, PASSWORD, &forged).await.0, 429);
        let other = "admin@example.com";
        assert_eq!(
            sign_in(app, other, PASSWORD, &mine).await.0,
            429,
            "not its account"
        );
        assert_eq!(sign_in(app, MALI, PASSWORD, &mine).await.0, 200);
        for _ in 0..10 {
            assert_eq!(sign_in(app, MALI, "wrong", &mine).await.0, 401);
        }
        assert_eq!(
            sign_in(app, MALI, PASSWORD, &mine).await.0,
            429,
            "it has ten tries, too"
        );
    }
);

both_databases!(
    failures_and_locks_are_audited_without_what_was_typed,
    |app| {
        for n in 0..10 {
            let typed = if n < 5 {
                "mali@example.com"
            } else {
                "my-secret-password"
            };
            assert_eq!(sign_in(app, typed, "wrong", "").await.0, 401);
        }
        assert_eq!(sign_in(app, "mali@example.com", "wrong", "").await.0, 429);
        let sql = "SELECT details FROM audit WHERE action = $1 ORDER BY at, id";
        let failed = texts(&app.state.db, sql, "operator.login_failed").await;
        assert_eq!(failed.len(), 10, "{failed:?}");
        for details in &failed {
            assert!(
                !details.contains("mali") && !details.contains("secret"),
                "{details}"
            );
            let details: Value = serde_json::from_str(details).expect("JSON");
            assert_eq!(details["address"], "127.0.0.1");
        }
        let last: Value = serde_json::from_str(&failed[9]).expect("JSON");
        assert_eq!(last["locked"], json!(["address"]));
        let known = "SELECT a.action FROM audit a JOIN operators o ON o.id = a.operator_id \
         WHERE a.action = 'operator.login_failed' AND o.email = $1";
        assert_eq!(
            texts(&app.state.db, known, "mali@example.com").await.len(),
            5
        );
    }
);

both_databases!(a_new_log_in_on_a_device_ends_the_one_before, |app| {
    let (_, first) = sign_in(app, "mali@example.com", PASSWORD, "").await;
    let (_, elsewhere) = sign_in(app, "mali@example.com", PASSWORD, "").await;
    let (_, second) = sign_in(app, "mali@example.com", PASSWORD, &first).await;
    assert!(!is_signed_in(app, &first).await, "replaced");
    assert!(is_signed_in(app, &second).await);
    assert!(is_signed_in(app, &elsewhere).await, "another device");
    let (_, colleague) = sign_in(app, "somchai@example.com", PASSWORD, &second).await;
    assert!(!is_signed_in(app, &second).await, "whoever had it");
    let (status, _) = sign_in(app, "mali@example.com", "wrong", &colleague).await;
    assert_eq!(status, 401);
    assert!(
        is_signed_in(app, &colleague).await,
        "a failure ends nothing"
    );
});

/// A log-in that began and was last used so long ago.
async fn old_login(app: &TestApp, token: &'static str, began_ms: i64, used_ms: i64) {
    let operator = app.operator_id("mali@example.com").await;
    let operator = operator.parse().expect("an id");
    let now = sala::clock::now();
    let ago = move |ms: i64| Timestamp(now.0 - ms);
    let login = NewLogin {
        id: LoginId::generate(),
        token_hash: token_hash(token),
        operator: sala::protocol::OperatorId(operator),
        created_at: ago(began_ms),
        expires_at: ago(-30 * DAY_MS),
        device: LoginDevice::default(),
    };
    let db: &Db = &app.state.db;
    db.write::<_, DbError, _>(move |mut conn| {
        Box::pin(async move {
            conn.insert_login(&login).await?;
            let id = login.id;
            conn.extend_login(id, ago(used_ms), login.expires_at).await
        })
    })
    .await
    .expect("stored");
}

both_databases!(
    a_log_in_ends_after_thirty_days_and_after_seven_idle_ones,
    |app| {
        old_login(app, "used", 29 * DAY_MS, 6 * DAY_MS).await;
        old_login(app, "idle", 8 * DAY_MS, 7 * DAY_MS + 1).await;
        old_login(app, "old", 30 * DAY_MS + 1, 60_000).await;
        assert!(is_signed_in(app, "sala_session=used").await);
        assert!(!is_signed_in(app, "sala_session=idle").await);
        assert!(!is_signed_in(app, "sala_session=old").await);
        assert!(is_signed_in(app, "sala_session=used").await);
        let sql = "SELECT CASE WHEN count(*) = 2 THEN 'two' ELSE 'other' END FROM logins \
         WHERE expires_at > created_at + 2592000000 AND '' = $1";
        assert_eq!(
            texts(&app.state.db, sql, "").await,
            ["two"],
            "its use moved the end in"
        );
    }
);

#[tokio::test]
async fn an_office_that_wants_less_gets_less() {
    let settings = [
        ("SALA_SESSION_MAX_DAYS", "3"),
        ("SALA_SESSION_IDLE_DAYS", "1"),
    ];
    let app = TestApp::start(Database::Sqlite, &settings).await;
    old_login(&app, "used", 2 * DAY_MS, DAY_MS - 60_000).await;
    old_login(&app, "idle", 2 * DAY_MS, DAY_MS + 1).await;
    old_login(&app, "old", 3 * DAY_MS + 1, 60_000).await;
    assert!(is_signed_in(&app, "sala_session=used").await);
    assert!(!is_signed_in(&app, "sala_session=idle").await);
    assert!(!is_signed_in(&app, "sala_session=old").await);
    app.stop().await;
}

#[tokio::test]
async fn under_https_cookies_are_of_this_very_host() {
    let public = [("SALA_PUBLIC_URL", "https://chat.example.com")];
    let app = TestApp::start(Database::Sqlite, &public).await;
    let (_, cookies) = sign_in(&app, "mali@example.com", PASSWORD, "").await;
    assert!(cookies.starts_with("__Host-sala_session="), "{cookies}");
    assert!(cookies.contains("; __Host-sala_device_"), "{cookies}");
    assert!(is_signed_in(&app, &cookies).await);
    let other = cookies.replace("__Host-", "");
    assert!(!is_signed_in(&app, &other).await);
    app.stop().await;
}
