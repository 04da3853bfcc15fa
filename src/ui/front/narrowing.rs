//! What an address says of its list beside the tab: `public/lists/address.mjs` writes the same words.
//! Server only; in the browser the script has it.

use crate::protocol::filter::{ChatKind, FILTER_MAX};
use crate::protocol::{ChannelName, Filter, OperatorId, Sort, TagId};

/// What a query asks for. What cannot be read of it asks for nothing, and of each list as much counts
/// as a filter may have.
pub(crate) fn filter_of(query: &str) -> (Filter, Option<Sort>) {
    let (mut filter, mut sort) = (Filter::default(), None);
    for pair in query.split('&') {
        let Some((name, value)) = pair.split_once('=') else {
            continue;
        };
        match (name, value) {
            ("tag", id) => filter.tag_ids.extend(id.parse::<TagId>().ok()),
            ("operator", "nobody") => filter.operator_ids.push(None),
            ("operator", id) => filter
                .operator_ids
                .extend(id.parse::<OperatorId>().ok().map(Some)),
            ("account", name) => filter.channels.extend(name.parse::<ChannelName>().ok()),
            ("only", "unread") => filter.unread = true,
            ("only", "mentions") => filter.mentions = true,
            ("only", "overdue") => filter.overdue = true,
            ("only", "snoozed") => filter.snoozed = true,
            ("kind", "user") => filter.kind = Some(ChatKind::User),
            ("kind", "group") => filter.kind = Some(ChatKind::Group),
            ("sort", "newest") => sort = Some(Sort::Newest),
            ("sort", "oldest") => sort = Some(Sort::Oldest),
            _ => {}
        }
    }
    filter.tag_ids.truncate(FILTER_MAX);
    filter.operator_ids.truncate(FILTER_MAX);
    filter.channels.truncate(FILTER_MAX);
    (filter, sort)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_narrows_its_list_down() {
        let id = "018f0000-0000-7000-8000-000000000001";
        let query = format!(
            "tab=mine&tag={id}&operator=nobody&operator={id}&account=shop&only=unread&only=overdue\
             &kind=group&sort=oldest&lang=th&tag=nonsense&only=x"
        );
        let (filter, sort) = filter_of(&query);
        let asked = serde_json::json!(filter);
        let wanted = serde_json::json!({
            "tag_ids": [id], "operator_ids": [null, id], "channels": ["shop"], "kind": "group",
            "unread": true, "overdue": true,
        });
        assert_eq!((asked, sort), (wanted, Some(Sort::Oldest)));
        assert_eq!(filter_of("tab=mine&lang=th"), (Filter::default(), None));
    }
}
