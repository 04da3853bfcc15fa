//! The simulated official account.

/// The simulated channel and its surroundings.
#[derive(Clone)]
pub struct SimulatorConfig {
    /// Where webhooks go; can be set later.
    pub webhook_url: Option<String>,
    /// The access token that LINE's endpoints take.
    pub channel_token: String,
    /// Signs webhooks.
    pub channel_secret: String,
    /// Where "Open the console" leads; the link is missing without it.
    pub console_url: Option<String>,
    /// Base of picture addresses. Without it the address of the request is taken.
    pub public_url: Option<String>,
    /// The account's user id, `U` and 32 hex digits: `destination` of webhooks.
    pub bot_user_id: String,
    /// The account's name.
    pub display_name: String,
    /// The account's `@` name.
    pub basic_id: String,
    /// Messages a month; `None` for no limit.
    pub quota: Option<u64>,
    /// Messages pushed before the start.
    pub quota_used: u64,
}

impl Default for SimulatorConfig {
    fn default() -> Self {
        Self {
            webhook_url: None,
            channel_token: "demo-token".to_owned(),
            channel_secret: "demo-secret".to_owned(),
            console_url: None,
            public_url: None,
            bot_user_id: format!("U{}", "5a1a".repeat(8)),
            display_name: "Baan Silk".to_owned(),
            basic_id: "@baansilk".to_owned(),
            quota: None,
            quota_used: 0,
        }
    }
}
