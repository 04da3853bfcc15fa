//! What became of a form, told once at the top of the section: it travels in a cookie that the
//! next page eats.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// Longest that is carried; cookies are 4 KiB at most, and browsers drop larger ones unsaid.
const MAX_BYTES: usize = 2_000;

/// Which sentence of its section it is, and what is put into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Flash {
    /// Names the sentence.
    pub key: String,
    /// Stand where the sentence has `{0}`, `{1}`, …
    pub about: Vec<String>,
}

impl Flash {
    /// A sentence without anything put in.
    pub(crate) fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            about: Vec::new(),
        }
    }

    /// With one thing more put in.
    #[must_use]
    pub(crate) fn about(mut self, what: impl ToString) -> Self {
        self.about.push(what.to_string());
        self
    }

    /// As a cookie's value; nothing for what is too long to be carried.
    pub(crate) fn to_cookie(&self) -> Option<String> {
        let json = serde_json::to_vec(self).ok()?;
        (json.len() <= MAX_BYTES).then(|| URL_SAFE_NO_PAD.encode(json))
    }

    /// From a cookie's value. Anybody may have written it: it chooses among our sentences, and
    /// what it puts in is shown as text.
    pub(crate) fn from_cookie(value: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(value).ok()?;
        serde_json::from_slice(&json).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_out_of_the_cookie_as_it_went_in() {
        let flash = Flash::new("invited").about("สมชาย <b>").about(3);
        let cookie = flash.to_cookie().expect("short");
        assert!(
            cookie
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b';')
        );
        assert_eq!(Flash::from_cookie(&cookie), Some(flash));
        assert_eq!(Flash::from_cookie("nonsense;"), None);
        assert_eq!(Flash::new(&"x".repeat(3_000)).to_cookie(), None);
    }
}
