//! What the address of a page with a list asks for.

use axum::extract::Query;
use http::{StatusCode, Uri};

use crate::protocol::ErrorCode;
use crate::ui::{Answer, Form, Listing, Refused};

/// Longest that is looked for, in characters.
const QUERY_MAX: usize = 100;

/// What the address asks for.
pub(super) struct AskedList {
    pairs: Vec<(String, String)>,
}

impl AskedList {
    /// By this address; of a form that was refused by what came with it.
    pub(super) fn new(uri: &Uri) -> Self {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
        let pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
        Self { pairs }
    }

    fn value(&self, name: &str) -> Option<&str> {
        let mut pairs = self.pairs.iter();
        let found = pairs.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Which part of the list.
    pub(super) fn listing(&self) -> Listing {
        let query = self.value("q").unwrap_or_default().trim();
        Listing {
            query: query.chars().take(QUERY_MAX).collect(),
            page: self
                .value("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(0),
        }
    }

    /// Which of the list's things is to be open, and by which form's name: what a refused form was
    /// about, else what the address names.
    pub(super) fn opened<'a>(
        &'a self,
        answer: &'a Answer,
        forms: [&'static str; 2],
    ) -> Option<(&'static str, &'a str)> {
        match answer {
            Answer::Refused(refused) => {
                let form = forms.into_iter().find(|form| *form == refused.form)?;
                Some((form, refused.typed.value("id").unwrap_or_default()))
            }
            Answer::Nothing | Answer::Taken(_) | Answer::Made(..) | Answer::Reworked(_) => {
                let mut forms = forms.into_iter();
                forms.find_map(|form| Some((form, self.value(form)?)))
            }
        }
    }
}

/// That what was to be open is not there.
pub(super) fn lost(form: &str) -> (StatusCode, Refused) {
    let refused = Refused {
        form: form.to_owned(),
        faults: Vec::new(),
        code: Some(ErrorCode::NotFound),
        typed: Form::default(),
        file: Vec::new(),
    };
    (StatusCode::NOT_FOUND, refused)
}
