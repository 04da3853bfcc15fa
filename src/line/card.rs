//! What a card says: the words and the buttons of LINE's flex, template and imagemap messages.

use serde_json::Value;

/// Most lines and most buttons that are read of one card.
const LINES_MAX: usize = 60;
const BUTTONS_MAX: usize = 60;
/// Longest line, in characters.
const LINE_CHARS: usize = 1_000;

/// Where a card has parts of it, in the order in which they are read.
const PARTS: [&str; 7] = [
    "header", "hero", "body", "footer", "contents", "template", "columns",
];

/// The words of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// What LINE shows where it cannot show the card.
    pub alt: Option<String>,
    /// Its texts from top to bottom.
    pub lines: Vec<String>,
    /// What stands on its buttons.
    pub buttons: Vec<String>,
}

impl Card {
    /// Reads a message object of one of the three types.
    pub fn read(message: &Value) -> Self {
        let mut card = Self {
            alt: words(&message["altText"]),
            ..Self::default()
        };
        for part in PARTS {
            card.gather(&message[part]);
        }
        // An imagemap's areas.
        card.press(&message["actions"]);
        card
    }

    fn gather(&mut self, part: &Value) {
        if let Some(parts) = part.as_array() {
            for part in parts {
                self.gather(part);
            }
            return;
        }
        if part["type"] == "text" {
            self.say(words(&part["text"]).or_else(|| spans(&part["contents"])));
        } else {
            for name in ["title", "text"] {
                self.say(words(&part[name]));
            }
            for name in PARTS {
                if !part[name].is_null() {
                    self.gather(&part[name]);
                }
            }
        }
        self.press(&part["action"]);
        self.press(&part["defaultAction"]);
        self.press(&part["actions"]);
    }

    fn say(&mut self, line: Option<String>) {
        if let Some(line) = line
            && self.lines.len() < LINES_MAX
        {
            self.lines.push(line);
        }
    }

    fn press(&mut self, action: &Value) {
        if let Some(actions) = action.as_array() {
            for action in actions {
                self.press(action);
            }
        } else if self.buttons.len() < BUTTONS_MAX
            && let Some(label) = words(&action["label"])
            && !self.buttons.contains(&label)
        {
            self.buttons.push(label);
        }
    }
}

/// A text of parts in different looks.
fn spans(contents: &Value) -> Option<String> {
    let spans = contents.as_array()?.iter();
    let whole: String = spans.filter_map(|span| span["text"].as_str()).collect();
    words(&Value::String(whole))
}

/// A text of which something can be seen.
fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.chars().take(LINE_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn card(message: &Value) -> (Option<String>, Vec<String>, Vec<String>) {
        let Card {
            alt,
            lines,
            buttons,
        } = Card::read(message);
        (alt, lines, buttons)
    }

    fn all(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn a_flex_message_is_read_from_top_to_bottom() {
        let bubble = json!({ "type": "bubble",
            "footer": { "type": "box", "contents": [
                { "type": "button", "action": { "type": "uri", "label": "สั่งซื้อ", "uri": "https://a.example" } },
                { "type": "button", "action": { "type": "message", "label": "ดูลายอื่น", "text": "x" } }] },
            "body": { "type": "box", "contents": [
                { "type": "text", "text": "ผ้าไหม" },
                { "type": "separator" },
                { "type": "box", "contents": [{ "type": "text", "contents": [
                    { "type": "span", "text": "1,290 " }, { "type": "span", "text": "บาท" }] }] }] } });
        let message = json!({ "type": "flex", "altText": "ผ้าไหมลายดอกแก้ว", "contents": bubble });
        let expected = (
            Some("ผ้าไหมลายดอกแก้ว".to_owned()),
            all(&["ผ้าไหม", "1,290 บาท"]),
            all(&["สั่งซื้อ", "ดูลายอื่น"]),
        );
        assert_eq!(card(&message), expected);
        let carousel = json!({ "type": "carousel", "contents": [bubble, bubble] });
        let (_, lines, buttons) = card(&json!({ "type": "flex", "contents": carousel }));
        assert_eq!((lines.len(), buttons.len()), (4, 2));
    }

    #[test]
    fn templates_and_imagemaps_say_their_words() {
        let template = json!({ "type": "template", "altText": "Menu", "template": {
            "type": "carousel", "columns": [
                { "title": "Red", "text": "3 m left", "actions": [{ "type": "postback", "label": "Take" }] },
                { "title": "Blue", "text": "Sold", "actions": [{ "type": "postback", "label": "Ask" }] }] } });
        let expected = (
            Some("Menu".to_owned()),
            all(&["Red", "3 m left", "Blue", "Sold"]),
            all(&["Take", "Ask"]),
        );
        assert_eq!(card(&template), expected);
        let confirm = json!({ "type": "template", "altText": "Sure?", "template": {
            "type": "confirm", "text": "Really?", "actions": [{ "label": "Yes" }, { "label": "No" }] } });
        assert_eq!(card(&confirm).2, all(&["Yes", "No"]));
        let map = json!({ "type": "imagemap", "altText": "Sale", "actions": [
            { "type": "uri", "label": "Shop", "linkUri": "https://a.example" }, { "type": "message", "text": "x" }] });
        assert_eq!(
            card(&map),
            (Some("Sale".to_owned()), all(&[]), all(&["Shop"]))
        );
    }

    #[test]
    fn whatever_stands_in_it_is_bounded() {
        assert_eq!(
            Card::read(&json!({ "altText": 7, "contents": "x" })),
            Card::default()
        );
        let texts: Vec<Value> = (0..500)
            .map(|n| json!({ "type": "text", "text": n.to_string() }))
            .collect();
        let card = Card::read(&json!({ "contents": { "contents": texts } }));
        assert_eq!(card.lines.len(), LINES_MAX);
    }
}
