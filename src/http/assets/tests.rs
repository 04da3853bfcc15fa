//! The routes over a small site in a temporary folder.

use axum::body::{Body, to_bytes};
use http::Request;
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;

fn site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, content).expect("a file");
    };
    write("pkg/sala.js", "script");
    write("pkg/sala.js.br", "brotli");
    write("pkg/sala.js.gz", "gzip");
    write("pkg/sala.wasm", "wasm");
    write("pkg/sala.css", "styles");
    write("favicon.svg", "<svg/>");
    write("favicon.svg.br", "packed");
    write("manifest.webmanifest", "{}");
    write(".secret", "hidden");
    folder
}

fn assets(folder: &TempDir, live: bool) -> &'static Assets {
    Box::leak(Box::new(Assets::new(
        Site::at(folder.path().to_owned()),
        live,
    )))
}

async fn get(assets: &'static Assets, uri: &str, headers: &[(&str, &str)]) -> (Response, String) {
    let mut request = Request::get(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let response = router::<()>(assets)
        .oneshot(request)
        .await
        .expect("an answer");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let text = String::from_utf8(body.to_vec()).expect("text");
    (Response::from_parts(parts, Body::empty()), text)
}

fn of<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().expect("text"))
}

#[tokio::test]
async fn files_come_with_their_type() {
    let folder = site();
    let assets = assets(&folder, false);
    for (path, kind) in [
        ("/pkg/sala.js", "text/javascript; charset=utf-8"),
        ("/pkg/sala.wasm", "application/wasm"),
        ("/pkg/sala.css", "text/css; charset=utf-8"),
        ("/favicon.svg", "image/svg+xml"),
        ("/manifest.webmanifest", "application/manifest+json"),
    ] {
        let (response, _) = get(assets, path, &[]).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(of(&response, "content-type"), kind);
        assert_eq!(of(&response, "content-encoding"), "");
    }
}

#[tokio::test]
async fn the_smallest_form_that_the_client_takes_is_sent() {
    let folder = site();
    let assets = assets(&folder, false);
    for (accept, encoding, content) in [
        ("gzip, br", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip", "gzip", "gzip"),
        ("identity", "", "script"),
    ] {
        let (response, body) = get(assets, "/pkg/sala.js", &[("accept-encoding", accept)]).await;
        assert_eq!(of(&response, "content-encoding"), encoding);
        assert_eq!(of(&response, "vary"), "accept-encoding");
        assert_eq!(
            of(&response, "content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(body, content);
    }
    let (response, body) = get(assets, "/pkg/sala.css", &[("accept-encoding", "br")]).await;
    assert_eq!(
        (of(&response, "content-encoding"), body.as_str()),
        ("", "styles")
    );
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    let folder = site();
    let assets = assets(&folder, false);
    let (first, _) = get(assets, "/pkg/sala.wasm", &[]).await;
    let etag = of(&first, "etag").to_owned();
    let (second, body) = get(assets, "/pkg/sala.wasm", &[("if-none-match", &etag)]).await;
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(body, "");

    std::fs::write(folder.path().join("pkg/sala.wasm"), "other wasm").expect("a file");
    let (third, body) = get(assets, "/pkg/sala.wasm", &[("if-none-match", &etag)]).await;
    assert_eq!(
        (third.status(), body.as_str()),
        (StatusCode::OK, "other wasm")
    );
}

#[tokio::test]
async fn only_the_version_that_is_served_is_kept_for_ever() {
    let folder = site();
    let assets_still = assets(&folder, false);
    let own = format!("/pkg/sala.js?v={}", assets_still.version);
    let (response, _) = get(assets_still, &own, &[]).await;
    assert_eq!(
        of(&response, "cache-control"),
        "public, max-age=31536000, immutable"
    );
    for uri in ["/pkg/sala.js", "/pkg/sala.js?v=", "/pkg/sala.js?v=other"] {
        let (response, _) = get(assets_still, uri, &[]).await;
        assert_eq!(of(&response, "cache-control"), "no-cache", "{uri}");
    }

    let (response, body) = get(assets(&folder, true), &own, &[("accept-encoding", "br")]).await;
    assert_eq!(of(&response, "cache-control"), "no-cache");
    assert_eq!(body, "script");
}

#[tokio::test]
async fn nothing_outside_the_site_and_nothing_hidden_is_served() {
    let folder = site();
    let assets = assets(&folder, false);
    for path in [
        "/pkg/../.secret",
        "/pkg/%2e%2e/.secret",
        "/.secret",
        "/pkg/..%2f.secret",
        "/pkg//sala.js",
        "/pkg/sala.js/",
        "/pkg/sala.js.br",
        "/favicon.svg.br",
        "/pkg",
        "/pkg/none.js",
    ] {
        let (response, _) = get(assets, path, &[]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_version_follows_the_content() {
    let folder = site();
    let first = assets(&folder, false).version.clone();
    assert_eq!(first.len(), 16);
    assert_eq!(assets(&folder, false).version, first);
    std::fs::write(folder.path().join("pkg/sala.css"), "new styles").expect("a file");
    assert_ne!(assets(&folder, false).version, first);
    let empty = TempDir::new().expect("a folder");
    assert_eq!(assets(&empty, false).version, "");
}
