//! Devices: which are taken, whose they are, and when they end.

use serde_json::json;

use super::{MALI, SOMCHAI, attends, called, subscribe, told, wait_until};
use crate::harness::customer::harness_client;
use crate::harness::database::number;
use crate::harness::push_service::PushService;
use crate::harness::{TestApp, both_databases};

async fn devices_of(app: &TestApp, email: &str) -> i64 {
    let sql = "SELECT count(*) FROM push_devices d JOIN operators o ON o.id = d.operator_id \
         WHERE o.email = $1";
    number(&app.state.db, sql, email).await
}

both_databases!(the_key_is_one_and_stays, |app| {
    let mali = app.log_in(MALI).await;
    let key = called(&mali, "push_key", json!({})).await;
    let text = key["public_key"].as_str().expect("a text");
    assert_eq!(text.len(), 87);
    assert!(text.starts_with('B'), "a whole point");
    assert_eq!(called(&mali, "push_key", json!({})).await, key);
    let plain = "SELECT count(*) FROM push_key WHERE public_key = $1";
    assert_eq!(number(&app.state.db, plain, text).await, 1);
});

both_databases!(strangers_have_no_devices, |app| {
    for call in [
        "push_key",
        "push_subscribe",
        "push_unsubscribe",
        "push_test",
        "attend",
    ] {
        let answer = harness_client()
            .post(app.url(&format!("/api/{call}")))
            .json(&json!({}))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 401, "{call}");
    }
});

both_databases!(no_push_goes_into_our_own_network, |app| {
    let service = PushService::start().await;
    let mali = app.log_in(MALI).await;
    let good = service.browser().subscription();
    for endpoint in [
        "http://10.0.0.1/push",
        "https://10.0.0.1/push",
        "https://192.168.1.1/push",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/push",
        "https://push.internal/x",
        "http://push.example.com/x",
        "nonsense",
    ] {
        let mut wrong = good.clone();
        wrong["endpoint"] = json!(endpoint);
        let (status, answer) = mali.call("push_subscribe", wrong).await;
        assert_eq!(
            (status, &answer["field"]),
            (400, &json!("endpoint")),
            "{endpoint}"
        );
    }
    for keys in [
        json!({ "p256dh": "AAAA", "auth": good["keys"]["auth"] }),
        json!({ "p256dh": good["keys"]["p256dh"], "auth": "AAAA" }),
    ] {
        let mut wrong = good.clone();
        wrong["keys"] = keys;
        let (status, answer) = mali.call("push_subscribe", wrong).await;
        assert_eq!((status, &answer["field"]), (400, &json!("keys")));
    }
    assert_eq!(devices_of(app, MALI).await, 0);
});

both_databases!(
    a_browser_belongs_to_who_signed_in_last_and_ends_with_the_log_in,
    |app| {
        let service = PushService::start().await;
        let (mali, browser) = told(app, MALI, &service).await;
        subscribe(&mali, &browser).await;
        assert_eq!(devices_of(app, MALI).await, 1, "said again");
        let somchai = app.log_in(SOMCHAI).await;
        subscribe(&somchai, &browser).await;
        assert_eq!(
            (devices_of(app, MALI).await, devices_of(app, SOMCHAI).await),
            (0, 1)
        );
        called(
            &mali,
            "push_unsubscribe",
            json!({ "endpoint": browser.endpoint }),
        )
        .await;
        assert_eq!(devices_of(app, SOMCHAI).await, 1, "another one's");
        called(&somchai, "logout", json!({})).await;
        assert_eq!(devices_of(app, SOMCHAI).await, 0);
        let operator = app.operator_id(SOMCHAI).await.parse().expect("an id");
        // The roll is read again with the next look.
        subscribe(&mali, &browser).await;
        wait_until(async || !app.state.push.reaches(operator)).await;
        called(
            &mali,
            "push_unsubscribe",
            json!({ "endpoint": browser.endpoint }),
        )
        .await;
        assert_eq!(devices_of(app, MALI).await, 0);
    }
);

both_databases!(a_test_reaches_all_devices_whoever_looks, |app| {
    let service = PushService::start().await;
    let (mali, mut first) = told(app, MALI, &service).await;
    let mut second = service.browser();
    subscribe(&mali, &second).await;
    attends(&mali, 1, true).await;
    let told = called(&mali, "push_test", json!({})).await;
    assert_eq!(told, json!({ "devices": 2 }));
    for browser in [&mut first, &mut second] {
        assert_eq!(browser.pushed().await.notice["kind"], "test");
    }
    let page: String = harness_client()
        .get(app.url("/settings/account"))
        .header("cookie", &mali.cookie)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a page");
    assert_eq!(page.matches("data-push=").count(), 5);
    assert!(page.contains("Devices with push"), "{page}");
});

both_databases!(only_ones_own_are_turned_off_on_the_page, |app| {
    let service = PushService::start().await;
    let (mali, _browser) = told(app, MALI, &service).await;
    let somchai = app.log_in(SOMCHAI).await;
    let ids = "SELECT CAST(count(*) AS TEXT) FROM push_devices WHERE auth <> $1";
    assert_eq!(
        crate::harness::database::texts(&app.state.db, ids, "").await,
        ["1"]
    );
    let id = id_on_page(app, &mali.cookie).await;
    let post = async |cookie: &str| {
        let form = [("form", "push_off"), ("id", id.as_str())];
        let answer = harness_client()
            .post(app.url("/settings/account"))
            .header("cookie", cookie)
            .header("origin", app.url(""))
            .form(&form)
            .send()
            .await
            .expect("an answer");
        answer.status().as_u16()
    };
    assert_eq!(post(&somchai.cookie).await, 404);
    assert_eq!(devices_of(app, MALI).await, 1);
    assert_eq!(post(&mali.cookie).await, 303);
    assert_eq!(devices_of(app, MALI).await, 0);
});

async fn id_on_page(app: &TestApp, cookie: &str) -> String {
    let page: String = harness_client()
        .get(app.url("/settings/account"))
        .header("cookie", cookie)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a page");
    let (_, rest) = page.split_once("value=\"push_off\"").expect("a device");
    let (_, rest) = rest.split_once("name=\"id\" value=\"").expect("its id");
    rest.split('"').next().expect("a value").to_owned()
}

both_databases!(
    the_service_worker_is_asked_for_each_time_and_keeps_nothing,
    |app| {
        let get = async |path: &str| {
            let answer = harness_client().get(app.url(path)).send().await;
            answer.expect("an answer")
        };
        let answer = get("/sw.js").await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["cache-control"], "no-cache");
        assert_eq!(
            answer.headers()["content-type"],
            "text/javascript; charset=utf-8"
        );
        let script = answer.text().await.expect("a script");
        assert!(!script.contains("caches"), "it keeps nothing");
        assert_eq!(get("/favicon/3.svg").await.status(), 200);
        for wrong in [
            "/favicon/0.svg",
            "/favicon/100.svg",
            "/favicon/x",
            "/favicon/3",
        ] {
            assert_eq!(get(wrong).await.status(), 404, "{wrong}");
        }
    }
);
