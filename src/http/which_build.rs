//! Which build answered, on every answer of the console's: a page that has been open over an upgrade
//! sees that it is an older one (`public/alerts/renewed.mjs`).

use axum::response::Response;
use http::HeaderValue;
use http::header::HeaderName;

use super::assets;

/// As `v` in the addresses of the build's files.
const BUILD: HeaderName = HeaderName::from_static("sala-build");

/// Names the build; without a front end there is none to name.
pub(super) async fn name(mut answer: Response) -> Response {
    let version = assets::asset_version();
    if !version.is_empty() {
        answer
            .headers_mut()
            .insert(BUILD, HeaderValue::from_static(version));
    }
    answer
}
