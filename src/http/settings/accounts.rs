//! LINE accounts that may have settings of their own, and forms of those.

use super::taking::Refusal;
use crate::protocol::ChannelName;
use crate::protocol::fault::Reason;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Form, SettingsAccount};

/// All of them, the first one first, which stands for those without their own.
pub(super) async fn accounts(
    state: &AppState,
    who: &SignedIn,
    has_own: impl Fn(&str) -> bool,
) -> Result<Vec<SettingsAccount>, ServiceError> {
    let list = state.accounts.list(who).await?;
    let account = |(channel, _): (crate::service::channels::Channel, _)| {
        let name = channel.name.to_string();
        SettingsAccount {
            own: has_own(&name),
            name,
            title: channel.title,
        }
    };
    let mut accounts: Vec<SettingsAccount> = list.into_iter().map(account).collect();
    accounts.sort_by_key(|account| account.name != ChannelName::default().as_str());
    Ok(accounts)
}

/// Which version of its section a form was made from, and whose settings it has.
pub(super) fn version_and_account(form: &Form) -> Result<(i64, ChannelName), Refusal> {
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse::<i64>().ok());
    let channel = reader.text("channel").parse::<ChannelName>();
    if channel.is_err() {
        reader.refuse("channel", Reason::Unknown);
    }
    reader.done()?;
    Ok((version.unwrap_or(0), channel.unwrap_or_default()))
}
