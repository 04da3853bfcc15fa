//! What a file is: LINE's word for it, checked against its first bytes.
//!
//! A type that a browser would run is never kept, and a picture is one only if its bytes say so.

/// How many first bytes are looked at.
pub(super) const NEEDED: usize = 16;

/// The type of bytes that nobody knows.
const UNKNOWN: &str = "application/octet-stream";

/// The type to keep for bytes that begin so, when LINE says `claimed`.
pub(super) fn checked_type(claimed: Option<&str>, beginning: &[u8]) -> String {
    if let Some(seen) = picture(beginning) {
        return seen.to_owned();
    }
    let claimed = claimed
        .and_then(|it| it.split(';').next())
        .unwrap_or_default();
    let claimed = claimed.trim().to_ascii_lowercase();
    let (kind, rest) = claimed.split_once('/').unwrap_or_default();
    let word = |text: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_');
        (1..=80).contains(&text.len()) && text.bytes().all(allowed)
    };
    let kept = word(rest)
        && match kind {
            "audio" | "video" => true,
            "text" => rest == "plain" || rest == "csv",
            "application" => !runs(rest),
            _ => false,
        };
    if kept { claimed } else { UNKNOWN.to_owned() }
}

/// Whether a browser might run it, or read it as a document with a script.
fn runs(subtype: &str) -> bool {
    let active = ["html", "xml", "script", "svg", "flash", "wasm", "mhtml"];
    active.iter().any(|word| subtype.contains(word))
        && !subtype.starts_with("vnd.openxmlformats-officedocument.")
}

fn picture(beginning: &[u8]) -> Option<&'static str> {
    let is = |magic: &[u8]| beginning.starts_with(magic);
    if is(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if is(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if is(b"GIF87a") || is(b"GIF89a") {
        Some("image/gif")
    } else if is(b"RIFF") && beginning.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(checked_type(Some("text/html"), png), "image/png");
        assert_eq!(checked_type(None, b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(checked_type(None, b"RIFF\0\0\0\0WEBPVP8 "), "image/webp");
        assert_eq!(checked_type(Some("image/png"), b"<html>"), UNKNOWN);
    }

    #[test]
    fn what_a_browser_would_run_is_never_kept() {
        for claimed in [
            "text/html",
            "text/html; charset=utf-8",
            "image/svg+xml",
            "application/xhtml+xml",
            "application/xml",
            "application/javascript",
            "text/javascript",
            "text/css",
            "multipart/x-mixed-replace",
            "nonsense",
            "video/",
            "audio/a b",
        ] {
            assert_eq!(checked_type(Some(claimed), b"<svg"), UNKNOWN, "{claimed}");
        }
    }

    #[test]
    fn harmless_types_are_lines_own() {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        for claimed in [
            "video/mp4",
            "audio/x-m4a",
            "application/pdf",
            "text/plain",
            word,
        ] {
            assert_eq!(checked_type(Some(claimed), b"whatever"), claimed);
        }
        assert_eq!(checked_type(Some("Video/MP4; x=1"), b""), "video/mp4");
    }
}
