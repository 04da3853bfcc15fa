//! LINE's checks of message objects.

use serde_json::Value;

use super::answer::Detail;
use crate::line::message::{MESSAGES_PER_CALL, SENDER_NAME_MAX, TEXT_MAX_UTF16, bears_lines_name};

const TYPES: [&str; 11] = [
    "text", "textV2", "sticker", "image", "video", "audio", "location", "imagemap", "template",
    "flex", "coupon",
];
/// The packages that LINE lets accounts send.
const SENDABLE_PACKAGES: [&str; 15] = [
    "446", "789", "1070", "6136", "6325", "6359", "6362", "6370", "6632", "8515", "8522", "8525",
    "11537", "11538", "11539",
];
const URL_MAX: usize = 2_000;
const ALT_TEXT_MAX: usize = 1_500;
const PLACE_MAX: usize = 100;
const BUBBLE_MAX: usize = 30 * 1024;
const CAROUSEL_MAX: usize = 50 * 1024;

/// The messages of a request, or everything that is wrong with them.
pub(super) fn messages(request: &Value) -> Result<Vec<Value>, Vec<Detail>> {
    let messages = request["messages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if messages.is_empty() || messages.len() > MESSAGES_PER_CALL {
        let bounds = format!("Size must be between 1 and {MESSAGES_PER_CALL}");
        return Err(vec![Detail::new("messages", bounds)]);
    }
    let mut details = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        Check {
            place: format!("messages[{index}]"),
            message,
            details: &mut details,
        }
        .run();
    }
    if details.is_empty() {
        Ok(messages.to_vec())
    } else {
        Err(details)
    }
}

struct Check<'a> {
    place: String,
    message: &'a Value,
    details: &'a mut Vec<Detail>,
}

impl Check<'_> {
    fn run(&mut self) {
        match self.message["type"].as_str().unwrap_or_default() {
            "text" | "textV2" => self.length("text", TEXT_MAX_UTF16),
            "sticker" => self.sticker(),
            "image" | "video" => self.urls(&["originalContentUrl", "previewImageUrl"]),
            "audio" => {
                self.urls(&["originalContentUrl"]);
                self.duration();
            }
            "location" => self.location(),
            "flex" => {
                self.length("altText", ALT_TEXT_MAX);
                self.layout();
            }
            "template" | "imagemap" => self.length("altText", ALT_TEXT_MAX),
            "coupon" => self.length("couponId", URL_MAX),
            _ => {
                let known = TYPES.join(", ");
                self.wrong(
                    "type",
                    format!("Must be one of the following values: [{known}]"),
                );
            }
        }
        self.sender();
    }

    fn wrong(&mut self, property: &str, message: impl Into<String>) {
        self.details
            .push(Detail::new(format!("{}.{property}", self.place), message));
    }

    /// A text that must be there; lengths count UTF-16 units.
    fn length(&mut self, property: &str, max: usize) {
        match self.message[property].as_str() {
            None | Some("") => self.wrong(property, "May not be empty"),
            Some(text) if text.encode_utf16().count() > max => {
                self.wrong(property, format!("Length must be between 0 and {max}"));
            }
            Some(_) => {}
        }
    }

    fn sticker(&mut self) {
        self.length("packageId", PLACE_MAX);
        self.length("stickerId", PLACE_MAX);
        let package = self.message["packageId"].as_str().unwrap_or_default();
        if !package.is_empty() && !SENDABLE_PACKAGES.contains(&package) {
            self.wrong("packageId", "The sticker cannot be sent");
        }
    }

    /// LINE takes https only; on one machine http has to do.
    fn urls(&mut self, properties: &[&str]) {
        for property in properties {
            match self.message[property].as_str() {
                None | Some("") => self.wrong(property, "May not be empty"),
                Some(url) if url.len() > URL_MAX => {
                    self.wrong(property, format!("Length must be between 0 and {URL_MAX}"));
                }
                Some(url) if !is_web_address(url) => {
                    self.wrong(property, "Must be a valid HTTPS URL");
                }
                Some(_) => {}
            }
        }
    }

    fn duration(&mut self) {
        if self.message["duration"]
            .as_u64()
            .is_none_or(|duration| duration == 0)
        {
            self.wrong("duration", "Must be greater than 0");
        }
    }

    fn layout(&mut self) {
        let contents = &self.message["contents"];
        let most = match contents["type"].as_str() {
            Some("bubble") => BUBBLE_MAX,
            Some("carousel") => CAROUSEL_MAX,
            _ => return self.wrong("contents", "May not be empty"),
        };
        if contents.to_string().len() > most {
            self.wrong("contents", format!("Size must be at most {most} bytes"));
        }
    }

    fn location(&mut self) {
        self.length("title", PLACE_MAX);
        self.length("address", PLACE_MAX);
        for (property, max) in [("latitude", 90.0), ("longitude", 180.0)] {
            if self.message[property]
                .as_f64()
                .is_none_or(|degrees| degrees.abs() > max)
            {
                self.wrong(property, format!("Must be between -{max} and {max}"));
            }
        }
    }

    fn sender(&mut self) {
        let icon = &self.message["sender"]["iconUrl"];
        if !icon.is_null() && !icon.as_str().is_some_and(is_secure_address) {
            self.wrong("sender.iconUrl", "Must be a valid HTTPS URL");
        }
        let Some(name) = self.message["sender"]["name"].as_str() else {
            return;
        };
        if name.is_empty() || name.encode_utf16().count() > SENDER_NAME_MAX {
            self.wrong(
                "sender.name",
                format!("Length must be between 0 and {SENDER_NAME_MAX}"),
            );
        } else if bears_lines_name(name) {
            self.wrong("sender.name", "Invalid name");
        }
    }
}

fn is_secure_address(url: &str) -> bool {
    url.len() <= URL_MAX
        && (url.starts_with("https://") || is_on_this_machine(url))
        && is_web_address(url)
}

/// As for files: on one machine http has to do.
fn is_on_this_machine(url: &str) -> bool {
    let url = reqwest::Url::parse(url).ok();
    let host = url.as_ref().and_then(reqwest::Url::host_str);
    host.is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "[::1]"))
}

fn is_web_address(url: &str) -> bool {
    reqwest::Url::parse(url)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn complaint(message: Value) -> Option<String> {
        let details = messages(&json!({ "messages": [message] })).err()?;
        Some(format!("{}: {}", details[0].property, details[0].message))
    }

    #[test]
    fn good_messages_pass() {
        for message in [
            json!({"type": "text", "text": "🍎".repeat(2_500)}),
            json!({"type": "sticker", "packageId": "446", "stickerId": "1988"}),
            json!({"type": "image", "originalContentUrl": "http://a.example/1",
                "previewImageUrl": "https://a.example/2"}),
            json!({"type": "audio", "originalContentUrl": "https://a.example/1", "duration": 1}),
            json!({"type": "location", "title": "a", "address": "b", "latitude": 18.7,
                "longitude": 98.9}),
            json!({"type": "flex", "altText": "a", "contents": {"type": "bubble"}}),
        ] {
            assert_eq!(complaint(message), None);
        }
    }

    #[test]
    fn wrong_messages_are_named_in_lines_words() {
        for (message, words) in [
            (
                json!({"type": "text", "text": ""}),
                "messages[0].text: May not be empty",
            ),
            (
                json!({"type": "text", "text": "🍎".repeat(2_500) + "a"}),
                "messages[0].text: Length must be between 0 and 5000",
            ),
            (
                json!({"type": "image", "originalContentUrl": "a", "previewImageUrl": "b"}),
                "messages[0].originalContentUrl: Must be a valid HTTPS URL",
            ),
            (
                json!({"type": "flex", "altText": "a"}),
                "messages[0].contents: May not be empty",
            ),
            (
                json!({"type": "text", "text": "a", "sender": {"name": "LINE team"}}),
                "messages[0].sender.name: Invalid name",
            ),
            (
                json!({"type": "text", "text": "a", "sender": {"name": "🍎".repeat(11)}}),
                "messages[0].sender.name: Length must be between 0 and 20",
            ),
            (
                json!({"type": "text", "text": "a", "sender": {"iconUrl": "http://a.example/1"}}),
                "messages[0].sender.iconUrl: Must be a valid HTTPS URL",
            ),
        ] {
            assert_eq!(complaint(message).as_deref(), Some(words));
        }
        let unknown = complaint(json!({"type": "file"})).expect("a complaint");
        assert!(unknown.starts_with("messages[0].type: Must be one of the following values: ["));
        let six = vec![json!({"type": "text", "text": "a"}); 6];
        let details = messages(&json!({ "messages": six })).expect_err("too many");
        assert_eq!(
            details,
            [Detail::new("messages", "Size must be between 1 and 5")]
        );
    }
}
