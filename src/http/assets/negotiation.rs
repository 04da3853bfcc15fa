//! What a client says of the forms it takes and of those it has.

use http::HeaderValue;

/// Whether an `Accept-Encoding` takes this encoding. `*` counts for none: who can read a
/// compressed form names it.
pub(super) fn accepts(header: &HeaderValue, encoding: &str) -> bool {
    let Ok(text) = header.to_str() else {
        return false;
    };
    text.split(',').any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        name.eq_ignore_ascii_case(encoding) && !parts.any(is_refusal)
    })
}

/// `q=0`, `q=0.000`.
fn is_refusal(parameter: &str) -> bool {
    parameter
        .strip_prefix("q=")
        .is_some_and(|quality| quality.trim().parse::<f32>().is_ok_and(|q| q <= 0.0))
}

/// Whether an `If-None-Match` names this entity tag; weak tags compare like strong ones.
pub(super) fn names(header: &HeaderValue, etag: &str) -> bool {
    let Ok(text) = header.to_str() else {
        return false;
    };
    text.split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &'static str) -> HeaderValue {
        HeaderValue::from_static(text)
    }

    #[test]
    fn an_encoding_is_taken_when_named_and_not_refused() {
        assert!(accepts(&header("gzip, deflate, br"), "br"));
        assert!(accepts(&header("BR;q=0.5"), "br"));
        assert!(!accepts(&header("br;q=0, gzip"), "br"));
        assert!(!accepts(&header("br; q=0.0"), "br"));
        assert!(!accepts(&header("*"), "br"));
        assert!(!accepts(&header(""), "gzip"));
        assert!(!accepts(&header("brotli"), "br"));
    }

    #[test]
    fn a_tag_is_known_when_any_of_the_list_is_it() {
        assert!(names(&header("\"a\", W/\"b\""), "\"b\""));
        assert!(names(&header("*"), "\"b\""));
        assert!(!names(&header("\"a\""), "\"b\""));
    }
}
