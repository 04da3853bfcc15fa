//! Pushes to operators' devices: whom push services may turn to, and where these may be.

use super::{ConfigError, Name, Settings};

/// How alerts reach devices.
#[derive(Clone, Debug, Default)]
pub(super) struct PushConfig {
    /// Whom push services may turn to, where that is not the public address.
    pub(super) contact: Option<String>,
    /// Whether push services may be on this machine.
    pub(super) to_this_machine: bool,
}

impl PushConfig {
    pub(super) fn load(settings: &Settings) -> Result<Self, ConfigError> {
        Ok(Self {
            contact: contact(settings)?,
            to_this_machine: to_this_machine(settings)?,
        })
    }
}

fn contact(settings: &Settings) -> Result<Option<String>, ConfigError> {
    let Some(text) = settings.get(Name::PushContact) else {
        return Ok(None);
    };
    let name = text.strip_prefix("mailto:").unwrap_or_default();
    let is_address = name.split_once('@').is_some_and(|(who, host)| {
        let end = host.rsplit('.').next().unwrap_or_default();
        let is_private = end.eq_ignore_ascii_case("local") || end.is_empty();
        !who.is_empty() && host.contains('.') && !is_private && name.is_ascii()
    });
    if is_address && !name.contains(char::is_whitespace) {
        return Ok(Some(text.to_owned()));
    }
    Err(Name::PushContact.invalid("must be such as mailto:admin@example.com"))
}

fn to_this_machine(settings: &Settings) -> Result<bool, ConfigError> {
    match settings.get(Name::PushToThisMachine) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Name::PushToThisMachine.invalid("must be true or false")),
    }
}
