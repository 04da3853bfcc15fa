//! Which chats are closed by themselves: what the page shows, and its form.

use super::taking::{Done, Refusal, no_such_form};
use crate::protocol::automatic::Translations;
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::{AutoClose, Warning};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Closing, Flash, Form, FormReader, closing_forms as forms, warning_field};

/// All that the page shows.
pub(super) async fn shown(state: &AppState) -> Result<Closing, ServiceError> {
    let (rule, version) = state.team_settings.auto_close().await?;
    Ok(Closing { rule, version })
}

/// The page's form.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    if form.which() != forms::AUTO_CLOSE {
        return Err(no_such_form());
    }
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse().ok());
    let on = reader.switch("on");
    // What stands there while the rule is off is nobody's concern.
    let after = if on {
        reader.choice("after_minutes", |minutes| minutes.trim().parse().ok())
    } else {
        None
    };
    let only_if_answered = reader.switch("only_if_answered");
    let warn = if reader.switch("warn") {
        warning(&mut reader)
    } else {
        None
    };
    reader.done()?;
    let rule = AutoClose {
        after_minutes: after,
        only_if_answered,
        warn,
    };
    let saved = state
        .team_settings
        .save_auto_close(who, version.unwrap_or(0), rule);
    saved.await?;
    Ok(Done::told(Flash::new(forms::AUTO_CLOSE)))
}

/// What the customer is told before; nothing where a field is refused.
fn warning(reader: &mut FormReader<'_>) -> Option<Warning> {
    let before = reader.choice("warn.minutes_before", |minutes| minutes.trim().parse().ok());
    let mut texts = Translations::default();
    for language in Language::ALL {
        *texts.get_mut(language) = Some(reader.text(warning_field(language)).to_owned());
    }
    Some(Warning {
        minutes_before: before?,
        texts,
    })
}
