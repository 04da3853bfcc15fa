//! One's own picture: by a call and by a form without script, who gets it, and its end.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use image::ImageFormat;
use reqwest::Response;
use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::database::{number, texts};
use crate::harness::files::{self, Field, heic, huge_photo, photo, tells_place, written};
use crate::harness::session::Session;
use crate::harness::ws_client::WsClient;
use crate::harness::{TestApp, both_databases};

const MALI: &str = "mali@example.com";
const ACCOUNT: &str = "/settings/account";

/// Chooses a picture by the call.
async fn choose(by: &Session, file: &[u8]) -> (u16, Value) {
    let picture = STANDARD.encode(file);
    by.call("save_profile", json!({ "picture": picture })).await
}

/// Chooses one that is taken; answers where it is.
async fn chosen(by: &Session, file: &[u8]) -> String {
    let (status, saved) = choose(by, file).await;
    assert_eq!(status, 200, "{saved}");
    saved["picture_url"].as_str().expect("a picture").to_owned()
}

async fn get(app: &TestApp, path: &str, cookie: &str) -> Response {
    let request = harness_client().get(app.url(path)).header("cookie", cookie);
    request.send().await.expect("an answer")
}

async fn status(app: &TestApp, path: &str, cookie: &str) -> u16 {
    get(app, path, cookie).await.status().as_u16()
}

/// Where LINE's clients find the picture that operators find there.
fn public(path: &str) -> String {
    path.replacen("/media/", "/m/", 1)
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value.map_or("", |value| value.to_str().expect("ASCII"))
}

/// Sends a form of the page, as browsers send those with a file.
async fn post(app: &TestApp, cookie: &str, fields: &[Field<'_>]) -> (u16, String) {
    let (content_type, body) = files::form(fields);
    let request = harness_client().post(app.url(ACCOUNT));
    let request = request
        .header("cookie", cookie)
        .header("content-type", content_type)
        .body(body);
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

async fn pictures(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM operator_pictures WHERE $1 = ''";
    number(&app.state.db, sql, "").await
}

both_databases!(a_picture_is_small_and_square_and_tells_nothing, |app| {
    let mali = app.log_in(MALI).await;
    let path = chosen(&mali, &photo(6, 900, 400)).await;
    let answer = get(app, &path, &mali.cookie).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "content-type"), "image/png");
    assert_eq!(header(&answer, "cache-control"), "private, no-cache");
    let etag = header(&answer, "etag").to_owned();
    let bytes = answer.bytes().await.expect("a body");
    let drawn = image::load_from_memory_with_format(&bytes, ImageFormat::Png).expect("a PNG");
    assert_eq!((drawn.width(), drawn.height()), (512, 512));
    assert!(bytes.len() < 1_000_000, "{}", bytes.len());
    assert!(!tells_place(&bytes));
    let known = harness_client()
        .get(app.url(&path))
        .header("cookie", &mali.cookie)
        .header("if-none-match", etag);
    assert_eq!(known.send().await.expect("an answer").status(), 304);
    assert_eq!(status(app, &path, "").await, 401, "for who is signed in");
    let audited = texts(
        &app.state.db,
        "SELECT details FROM audit WHERE action = $1",
        "operator.save_profile",
    )
    .await;
    assert_eq!(audited.len(), 1);
    assert!(audited[0].contains("\"picture\":true"), "{audited:?}");
});

both_databases!(lines_clients_get_it_without_a_log_in, |app| {
    let mali = app.log_in(MALI).await;
    let path = public(&chosen(&mali, &written(ImageFormat::WebP, 40, 30)).await);
    for method in [reqwest::Method::GET, reqwest::Method::HEAD] {
        let request = harness_client().request(method.clone(), app.url(&path));
        let request = request.header("accept", "image/webp,image/avif");
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{method}");
        assert_eq!(header(&answer, "content-type"), "image/png", "{method}");
        assert!(header(&answer, "cache-control").contains("no-transform"));
    }
    for nobody in [
        "/m/operators/x",
        "/m/operators/a%00b",
        "/m/operators/preview",
    ] {
        assert_eq!(status(app, nobody, "").await, 404, "{nobody}");
    }
});

both_databases!(
    another_picture_has_another_address_and_consoles_have_none,
    |app| {
        let mali = app.log_in(MALI).await;
        let mut own = WsClient::connect(app.addr, &mali.token).await;
        let first = chosen(&mali, &written(ImageFormat::Gif, 40, 30)).await;
        assert_eq!(own.settled("error").await.len(), 0, "it stays open");
        let second = chosen(&mali, &written(ImageFormat::Bmp, 30, 40)).await;
        assert_ne!(first, second);
        for old in [first.clone(), public(&first)] {
            assert_eq!(status(app, &old, &mali.cookie).await, 404, "{old}");
        }
        let (_, team) = mali.call("operators", json!({})).await;
        assert!(!team.to_string().contains("picture_url"), "{team}");
        let (status, saved) = mali.call("save_profile", json!({ "picture": "" })).await;
        assert_eq!(status, 200);
        assert_eq!(saved.get("picture_url"), None, "{saved}");
        assert_eq!(self::status(app, &public(&second), "").await, 404);
        assert_eq!(pictures(app).await, 0);
    }
);

both_databases!(what_is_no_picture_leaves_the_one_before, |app| {
    let mali = app.log_in(MALI).await;
    let before = chosen(&mali, &photo(1, 64, 64)).await;
    let whole = written(ImageFormat::Png, 400, 300);
    let mut heavy = photo(1, 64, 64);
    heavy.resize((5 << 20) + 1, 0);
    for (file, reason) in [
        (b"<svg onload=alert(1)>".to_vec(), "malformed"),
        (whole[..whole.len() / 2].to_vec(), "malformed"),
        (heic(), "malformed"),
        (b"II*\0\x08\0\0\0".to_vec(), "malformed"),
        (huge_photo(20_000, 20_000), "too_large"),
        (heavy, "too_large"),
    ] {
        let (status, refused) = choose(&mali, &file).await;
        assert_eq!(
            (status, &refused["field"]),
            (400, &json!("picture")),
            "{refused}"
        );
        assert_eq!(refused["reason"], reason, "{:?}", &file[..8]);
    }
    let (status, refused) = mali
        .call("save_profile", json!({ "picture": "a, b" }))
        .await;
    assert_eq!((status, &refused["reason"]), (400, &json!("malformed")));
    let open = STANDARD_NO_PAD.encode(photo(1, 65, 64));
    let (status, _) = mali
        .call("save_profile", json!({ "picture": open, "name": "" }))
        .await;
    assert_eq!(status, 400, "nothing is saved of it");
    assert_eq!(self::status(app, &before, &mali.cookie).await, 200);
    assert_eq!(pictures(app).await, 1);
});

both_databases!(of_two_pictures_at_once_one_is_left, |app| {
    let mali = app.log_in(MALI).await;
    let (one, other) = (photo(1, 64, 64), photo(1, 65, 64));
    let (first, second) = tokio::join!(choose(&mali, &one), choose(&mali, &other));
    assert_eq!((first.0, second.0), (200, 200));
    assert_eq!(pictures(app).await, 1);
    let (_, saved) = mali.call("save_profile", json!({})).await;
    let path = saved["picture_url"].as_str().expect("a picture");
    assert_eq!(status(app, path, &mali.cookie).await, 200);
});

both_databases!(a_form_brings_a_picture_without_script, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let bytes = photo(1, 80, 64);
    let profile = |file: Field<'static>| {
        [
            ("form", None, &b"profile"[..]),
            ("name", None, "มะลิ".as_bytes()),
            file,
        ]
    };
    // Nothing chosen is what browsers send as an empty file without a name.
    let (status, page) = post(app, &mali, &profile(("picture", Some(""), b""))).await;
    assert_eq!(status, 303, "{page}");
    assert_eq!(pictures(app).await, 0);
    let fields = [
        ("form", None, &b"profile"[..]),
        ("name", None, "มะลิ".as_bytes()),
        ("picture", Some("me.txt"), &bytes[..]),
    ];
    let (status, page) = post(app, &mali, &fields).await;
    assert_eq!(status, 303, "{page}");
    assert_eq!(pictures(app).await, 1);
    let page = get(app, ACCOUNT, &mali).await.text().await.expect("a page");
    assert!(page.contains("/media/operators/"), "{page}");
    assert!(page.contains("value=\"มะลิ\""), "{page}");
    for (name, file, words) in [
        (
            "me.jpg",
            b"<script>alert(1)</script>".to_vec(),
            "not a picture that Sala can read",
        ),
        ("me.png", Vec::new(), "not a picture that Sala can read"),
        ("me.jpg", vec![0xff; 6 << 20], "more than 5 MB"),
    ] {
        let fields = [
            ("form", None, &b"profile"[..]),
            ("name", None, "มาลี".as_bytes()),
            ("picture", Some(name), &file[..]),
        ];
        let (status, page) = post(app, &mali, &fields).await;
        assert_eq!(status, 400, "{page}");
        assert!(page.contains(words), "{page}");
        assert!(page.contains("value=\"มาลี\""), "what was typed stays");
        assert!(page.contains("href=\"#profile-picture\""), "{page}");
    }
    assert_eq!(pictures(app).await, 1, "the one before");
    let (status, _) = post(app, &mali, &[("form", None, b"no_picture")]).await;
    assert_eq!(status, 303);
    assert_eq!(pictures(app).await, 0);
});

both_databases!(a_form_in_parts_is_bounded_as_others_are, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let long = vec![b'a'; 70 * 1024];
    let (status, _) = post(
        app,
        &mali,
        &[("form", None, b"profile"), ("name", None, &long)],
    )
    .await;
    assert_eq!(status, 413);
    // What says that it is larger than any form is read to its end, or a browser would see no answer.
    let larger = vec![b'a'; 65 << 20];
    let too_large = [
        ("form", None, &b"profile"[..]),
        ("picture", Some("a.jpg"), &larger),
    ];
    assert_eq!(post(app, &mali, &too_large).await.0, 413);
    let many = vec![("name", None, &b"a"[..]); 65];
    assert_eq!(post(app, &mali, &many).await.0, 413);
    let (status, page) = post(
        app,
        &mali,
        &[("form", None, b"profile"), ("name", None, b"a\0b")],
    )
    .await;
    assert_eq!(status, 400, "{page}");
    let (status, _) = post(app, "", &[("form", None, b"no_picture")]).await;
    assert_eq!(status, 303, "to the log-in");
});
