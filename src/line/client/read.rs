//! Reading: the account, its customers and groups, its quota and its webhook.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::LineChannel;
use super::answer::{find, read};
use crate::line::error::LineError;

/// A customer as LINE shows them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The customer.
    pub user_id: String,
    /// The name that the customer chose.
    pub display_name: String,
    /// An https picture.
    pub picture_url: Option<String>,
    /// The customer's own line; never for members of groups.
    pub status_message: Option<String>,
    /// BCP 47; never for members of groups.
    pub language: Option<String>,
}

/// A group as LINE shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupSummary {
    /// The group.
    pub group_id: String,
    /// Its name.
    pub group_name: String,
    /// An https picture.
    pub picture_url: Option<String>,
}

/// The account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BotInfo {
    /// Equals `destination` of the account's webhooks.
    pub user_id: String,
    /// `@…`.
    pub basic_id: String,
    /// A bought `@…`.
    pub premium_id: Option<String>,
    /// The account's name.
    pub display_name: String,
    /// An https picture.
    pub picture_url: Option<String>,
    /// LINE's own chat switch.
    pub chat_mode: ChatMode,
    /// Whether LINE marks as read by itself.
    pub mark_as_read_mode: MarkAsReadMode,
}

/// LINE's own chat switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatMode {
    /// Chat is on.
    Chat,
    /// Chat is off.
    Bot,
    /// A value that this version does not know.
    #[serde(other)]
    Unknown,
}

/// Who marks messages as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkAsReadMode {
    /// LINE does.
    Auto,
    /// We do.
    Manual,
    /// A value that this version does not know.
    #[serde(other)]
    Unknown,
}

/// How many messages the account may push in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quota {
    /// No limit.
    Unlimited,
    /// This many.
    Limited(i64),
}

/// Where LINE sends the account's webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WebhookEndpoint {
    /// The address.
    pub endpoint: String,
    /// Whether LINE uses it.
    pub active: bool,
}

/// What came of LINE's own test of the webhook.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookTest {
    /// Whether it worked.
    #[serde(default)]
    pub success: bool,
    /// RFC 3339.
    pub timestamp: String,
    /// What the webhook answered; zero or less for no answer.
    pub status_code: i32,
    /// LINE's word for it.
    pub reason: String,
    /// More of it.
    pub detail: String,
}

#[derive(Deserialize)]
struct QuotaBody {
    #[serde(rename = "type")]
    kind: String,
    value: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consumption {
    total_usage: i64,
}

#[derive(Deserialize)]
struct Count {
    count: i64,
}

#[derive(Serialize)]
struct EndpointBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'a str>,
}

impl LineChannel {
    /// A customer; `None` if LINE tells nothing about them.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn profile(&self, user_id: &str) -> Result<Option<Profile>, LineError> {
        find(self.call(Method::GET, &["profile", user_id])).await
    }

    /// A member of a group.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn group_member_profile(
        &self,
        group_id: &str,
        user_id: &str,
    ) -> Result<Option<Profile>, LineError> {
        find(self.call(Method::GET, &["group", group_id, "member", user_id])).await
    }

    /// A member of a multi-person chat.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn room_member_profile(
        &self,
        room_id: &str,
        user_id: &str,
    ) -> Result<Option<Profile>, LineError> {
        find(self.call(Method::GET, &["room", room_id, "member", user_id])).await
    }

    /// A group; `None` if the account is not in it.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn group_summary(&self, group_id: &str) -> Result<Option<GroupSummary>, LineError> {
        find(self.call(Method::GET, &["group", group_id, "summary"])).await
    }

    /// How many a push to this group costs.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn group_member_count(&self, group_id: &str) -> Result<Option<i64>, LineError> {
        let count = find(self.call(Method::GET, &["group", group_id, "members", "count"])).await?;
        Ok(count.map(|Count { count }| count))
    }

    /// How many a push to this multi-person chat costs.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn room_member_count(&self, room_id: &str) -> Result<Option<i64>, LineError> {
        let count = find(self.call(Method::GET, &["room", room_id, "members", "count"])).await?;
        Ok(count.map(|Count { count }| count))
    }

    /// The account.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn bot_info(&self) -> Result<BotInfo, LineError> {
        read(self.call(Method::GET, &["info"])).await
    }

    /// How many messages the account may push in a month.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn quota(&self) -> Result<Quota, LineError> {
        let body: QuotaBody = read(self.call(Method::GET, &["message", "quota"])).await?;
        Ok(match (body.kind.as_str(), body.value) {
            ("limited", Some(value)) => Quota::Limited(value),
            _ => Quota::Unlimited,
        })
    }

    /// How many it has pushed this month, roughly.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn quota_consumption(&self) -> Result<i64, LineError> {
        let request = self.call(Method::GET, &["message", "quota", "consumption"]);
        read(request)
            .await
            .map(|Consumption { total_usage }| total_usage)
    }

    /// Where LINE sends webhooks; `None` if nothing is set.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn webhook_endpoint(&self) -> Result<Option<WebhookEndpoint>, LineError> {
        find(self.call(Method::GET, &["channel", "webhook", "endpoint"])).await
    }

    /// Makes LINE send a verification webhook, to the set address or to this one.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn test_webhook(&self, endpoint: Option<&str>) -> Result<WebhookTest, LineError> {
        let request = self.call(Method::POST, &["channel", "webhook", "test"]);
        read(request.json(&EndpointBody { endpoint })).await
    }
}
