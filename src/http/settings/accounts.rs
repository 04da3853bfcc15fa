//! LINE accounts that may have settings of their own.

use crate::protocol::ChannelName;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::SettingsAccount;

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
