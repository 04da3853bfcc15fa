//! `GET /sw.js`: the service worker, with its texts in every language; browsers ask for it each time.
//! `GET /favicon/{count}.svg`: the icon with a number, for consoles.

use std::sync::OnceLock;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};

use crate::state::AppState;
use crate::ui::{Lang, SaidBy};

/// What it does.
const SCRIPT: &str = include_str!("service_worker/sw.js");

/// The icon.
const ICON: &str = include_str!("../../public/favicon.svg");

/// The largest number that has room.
const MOST: u32 = 99;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/sw.js", get(script))
        .route("/favicon/{name}", get(icon))
}

async fn script() -> Response {
    static WHOLE: OnceLock<String> = OnceLock::new();
    let whole = WHOLE.get_or_init(whole).as_str();
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, whole).into_response()
}

fn whole() -> String {
    let said: std::collections::BTreeMap<_, _> = Lang::ALL
        .into_iter()
        .map(|lang| (lang.tag(), SaidBy::Alerts.texts(lang)))
        .collect();
    let said = serde_json::to_string(&said).unwrap_or_default();
    format!("const SAID = {said};\n{SCRIPT}")
}

async fn icon(Path(name): Path<String>) -> Response {
    let count = name
        .strip_suffix(".svg")
        .and_then(|count| count.parse::<u32>().ok());
    let Some(count) = count.filter(|count| (1..=MOST).contains(count)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, numbered(count)).into_response()
}

/// The icon with a number in its corner, within the icon's own measures.
fn numbered(count: u32) -> String {
    let size = ICON
        .split_once("viewBox=\"0 0 ")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse::<u32>().ok())
        .unwrap_or(32);
    let (radius, middle) = (size * 5 / 16, size * 11 / 16);
    let font = if count > 9 { size * 3 / 8 } else { size / 2 };
    let dot = format!(
        "<circle cx=\"{middle}\" cy=\"{radius}\" r=\"{radius}\" fill=\"#c62828\"/>\
         <text x=\"{middle}\" y=\"{baseline}\" font-family=\"sans-serif\" font-weight=\"bold\" \
         font-size=\"{font}\" text-anchor=\"middle\" fill=\"#fff\">{count}</text></svg>",
        baseline = radius + font * 3 / 8,
    );
    ICON.trim_end().replace("</svg>", &dot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_has_its_number() {
        for count in [1, 12, 99] {
            let icon = numbered(count);
            assert!(icon.ends_with(&format!(">{count}</text></svg>")), "{icon}");
            assert_eq!(icon.matches("</svg>").count(), 1);
        }
    }

    #[test]
    fn the_service_worker_speaks_every_language() {
        let script = whole();
        for tag in ["\"en\":{", "\"th\":{", "\"ja\":{", "\"zh-Hant-TW\":{"] {
            assert!(script.contains(tag), "{tag}");
        }
    }
}
