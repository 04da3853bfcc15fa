//! What a form led to, and why one was refused.

use std::str::FromStr;

use http::HeaderMap;

use crate::service::ServiceError;
use crate::ui::{FieldFault, FileFault, Flash, Form, MadeLink};

/// What a form led to, and where that is told.
pub(in crate::http) enum Taken {
    /// The page to which one goes back.
    Back(Done),
    /// The answer to the form itself, since it shows a link that is shown once.
    Made(Flash, MadeLink),
    /// The form itself, changed and not saved.
    Reworked(Form),
}

/// What a form led to.
pub(in crate::http) struct Done {
    /// What is told of it.
    pub flash: Flash,
    /// Headers of the answer.
    pub headers: HeaderMap,
    /// Where one is afterwards, if not at the section.
    pub to: Option<&'static str>,
    /// What of the section is shown afterwards.
    pub query: Option<String>,
}

impl Done {
    /// Told, and nothing more.
    pub(in crate::http) fn told(flash: Flash) -> Self {
        Self {
            flash,
            headers: HeaderMap::new(),
            to: None,
            query: None,
        }
    }
}

/// Why a form was refused.
pub(in crate::http) enum Refusal {
    /// For what its fields hold.
    Fields(Vec<FieldFault>),
    /// For the file that came in its field `file`.
    File(Vec<FileFault>),
    /// By the service.
    Service(ServiceError),
}

impl From<Vec<FieldFault>> for Refusal {
    fn from(faults: Vec<FieldFault>) -> Self {
        Self::Fields(faults)
    }
}

impl From<ServiceError> for Refusal {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

/// The refusal of a form that the section does not have.
pub(in crate::http) fn no_such_form() -> Refusal {
    let sentence = "There is no such form.";
    Refusal::Service(ServiceError::Validation(sentence.to_owned()))
}

/// About which of a list a form is; `missing` is the sentence where it names none.
pub(in crate::http) fn id_of<T: FromStr>(form: &Form, missing: &'static str) -> Result<T, Refusal> {
    let mut reader = form.reader();
    let id = reader.choice("id", |id| id.parse().ok());
    reader.done()?;
    id.ok_or_else(|| ServiceError::NotFound(missing).into())
}
