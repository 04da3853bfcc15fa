//! Customers' files over HTTP.

use serde_json::{Value, json};

use crate::harness::customer::{Customer, harness_client};
use crate::harness::{TestApp, both_databases};

/// A customer sends a file of this name with these bytes.
async fn upload(app: &TestApp, customer: &Customer, name: &str, bytes: &'static [u8]) {
    let url = app.url(&format!("/_sim/customers/{}/uploads", customer.id));
    let request = harness_client()
        .post(url)
        .query(&[("kind", "file"), ("name", name)])
        .header("content-type", "text/plain")
        .body(bytes);
    let answer = request.send().await.expect("the simulator answers");
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(answer["webhook_status"], 200, "{answer}");
}

// What went wrong before, 14: media were served without a log-in, and files of one name overwrote
// each other.
both_databases!(
    files_of_one_name_stay_apart_and_only_operators_get_them,
    |app| {
        const NAME: &str = "../photo.txt";
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let session = app.log_in("mali@example.com").await;
        let mut mali = app.console("mali@example.com").await;
        mali.join(&customer.room()).await;
        let http = harness_client();
        let mut urls = Vec::new();
        for bytes in [b"first".as_slice(), b"second"] {
            upload(app, &customer, NAME, bytes).await;
            let ready = mali
                .expect(|frame| frame["payload"]["message"]["media"]["state"] == "ready")
                .await;
            let media = &ready["payload"]["message"]["media"];
            assert_eq!(
                media["name"],
                json!("photo.txt"),
                "its last part, for showing"
            );
            urls.push(app.url(media["url"].as_str().expect("an address")));
        }
        for (url, bytes) in urls.iter().zip(["first", "second"]) {
            let stranger = http.get(url).send().await.expect("an answer");
            assert_eq!(stranger.status(), 401);
            let operator = http.get(url).header("cookie", &session.cookie).send();
            let operator = operator.await.expect("an answer");
            assert_eq!(operator.status(), 200);
            let shown = operator.headers()["content-disposition"].to_str();
            assert!(shown.expect("ASCII").starts_with("attachment"));
            let cache = operator.headers()["cache-control"].clone();
            assert_eq!(cache, "private, no-cache", "asked about each time");
            let etag = operator.headers()["etag"].clone();
            assert_eq!(operator.text().await.expect("a body"), bytes);
            let again = http.get(url).header("if-none-match", &etag);
            let again = again.header("cookie", &session.cookie).send();
            let again = again.await.expect("an answer");
            assert_eq!(again.status(), 304);
            assert_eq!(again.headers()["cache-control"], "private, no-cache");
        }
        session.log_out().await;
        for url in &urls {
            let again = http.get(url).header("if-none-match", "*");
            let again = again.header("cookie", &session.cookie).send();
            assert_eq!(
                again.await.expect("an answer").status(),
                401,
                "after log-out"
            );
        }
    }
);
