//! LINE accounts: what the page shows, and its form.

use super::taking::{Done, Refusal, no_such_form};
use crate::clock;
use crate::protocol::ChannelName;
use crate::protocol::fault::Reason;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::channels::Answers;
use crate::state::AppState;
use crate::ui::{Flash, Form, LineAccount, LineAccounts, channel_forms as forms};

/// All that the page shows.
pub(super) async fn shown(state: &AppState, who: &SignedIn) -> Result<LineAccounts, ServiceError> {
    let list = state.accounts.list(who).await?;
    let account = |(channel, quota): (crate::service::channels::Channel, _)| LineAccount {
        name: channel.name.to_string(),
        title: channel.title,
        quota,
        show_sender: channel.show_sender,
        mark_as_read: channel.mark_as_read,
        marks_by_hand: channel.marks_by_hand,
    };
    Ok(LineAccounts {
        list: list.into_iter().map(account).collect(),
        now: clock::now(),
    })
}

/// The page's form.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    if form.which() != forms::ANSWERS {
        return Err(no_such_form());
    }
    let mut reader = form.reader();
    let name = reader.text("channel").parse::<ChannelName>();
    if name.is_err() {
        reader.refuse("channel", Reason::Unknown);
    }
    let answers = Answers {
        show_sender: reader.switch("show_sender"),
        mark_as_read: reader.switch("mark_as_read"),
    };
    reader.done()?;
    let name = name.unwrap_or_default();
    state.accounts.save_answers(who, &name, answers).await?;
    Ok(Done::told(Flash::new(forms::ANSWERS)))
}
