//! A JSON object whose fields are read one by one, each on its own risk.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// An object's fields as they stand in the text. Of a field given twice the last one counts.
pub(super) struct Fields<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    /// The fields of an object; none of anything else.
    pub(super) fn of(raw: &'a str) -> Self {
        Self(serde_json::from_str(raw).unwrap_or_default())
    }

    /// The fields of an object within this one.
    pub(super) fn object(&self, name: &str) -> Fields<'a> {
        self.0
            .get(name)
            .map_or_else(|| Self(BTreeMap::new()), |raw| Fields::of(raw.get()))
    }

    /// The elements of an array, as they stand in the text.
    pub(super) fn array(&self, name: &str) -> Vec<&'a str> {
        let elements: Vec<&RawValue> = self
            .0
            .get(name)
            .and_then(|raw| serde_json::from_str(raw.get()).ok())
            .unwrap_or_default();
        elements.into_iter().map(RawValue::get).collect()
    }

    /// A field, if it is there and of this type.
    pub(super) fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.0
            .get(name)
            .and_then(|raw| serde_json::from_str(raw.get()).ok())
    }

    /// The elements of an array that are of this type.
    pub(super) fn list<T: DeserializeOwned>(&self, name: &str) -> Vec<T> {
        self.array(name)
            .into_iter()
            .filter_map(|raw| serde_json::from_str(raw).ok())
            .collect()
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name)
    }

    /// An id: a text, or a whole number kept digit by digit. Never empty.
    pub(super) fn id(&self, name: &str) -> Option<String> {
        let raw = self.0.get(name)?.get();
        let id = match serde_json::from_str(raw) {
            Ok(text) => text,
            Err(_) if raw.bytes().all(|byte| byte.is_ascii_digit()) => raw.to_owned(),
            Err(_) => return None,
        };
        (!id.is_empty()).then_some(id)
    }

    /// A point in time in Unix milliseconds.
    pub(super) fn millis(&self, name: &str) -> Option<i64> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Millis {
            Number(i64),
            Text(String),
        }
        match self.get(name)? {
            Millis::Number(number) => Some(number),
            Millis::Text(text) => text.parse().ok(),
        }
    }
}
