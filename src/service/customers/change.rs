//! What may be kept about a customer.

use std::collections::HashSet;

use crate::db::DbError;
use crate::db::customers::CustomerRow;
use crate::protocol::customer::{
    ATTRIBUTE_KEY_MAX_UTF16, ATTRIBUTE_VALUE_MAX_UTF16, ATTRIBUTES_MAX, Attribute, CustomerChange,
    MEMO_MAX_UTF16, OWN_NAME_MAX_UTF16,
};
use crate::protocol::fault::Reason;
use crate::protocol::message::utf16_len;
use crate::protocol::text::visible;
use crate::protocol::{OperatorRef, Timestamp};
use crate::service::error::Fault;
use crate::service::folding::folded;
use crate::service::labels::label;

/// The attributes of a row.
///
/// # Errors
/// [`DbError::Row`] for what is no list of them.
pub(super) fn attributes(row: &CustomerRow) -> Result<Vec<Attribute>, DbError> {
    serde_json::from_str(&row.attributes).map_err(|error| DbError::Row {
        table: "contacts",
        why: error.to_string(),
    })
}

/// The row as it is to be; what is absent stays, what is empty goes.
///
/// # Errors
/// [`Fault`] for what may not be kept.
pub(super) fn apply(
    before: &CustomerRow,
    change: &CustomerChange,
    by: &OperatorRef,
    now: Timestamp,
) -> Result<CustomerRow, Fault> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        let name = visible(Some(name.clone()));
        after.own_name = name
            .map(|name| label("name", &name, OWN_NAME_MAX_UTF16))
            .transpose()?;
    }
    if let Some(memo) = &change.memo {
        let memo = visible(Some(memo.clone()));
        bounded("memo", memo.as_deref().unwrap_or_default(), MEMO_MAX_UTF16)?;
        if memo != before.memo {
            let written = memo.is_some();
            after.memo = memo;
            after.memo_by = written.then_some(by.id);
            after.memo_by_name = written.then(|| by.name.clone());
            after.memo_at = written.then_some(now);
        }
    }
    if let Some(attributes) = &change.attributes {
        after.attributes = serde_json::json!(checked(attributes)?).to_string();
    }
    Ok(after)
}

fn checked(attributes: &[Attribute]) -> Result<Vec<Attribute>, Fault> {
    let fault = |reason, sentence: &str| Err(Fault::new("attributes", reason, sentence));
    if attributes.len() > ATTRIBUTES_MAX {
        return fault(Reason::TooLong, "A customer has at most 50 attributes.");
    }
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(attributes.len());
    for Attribute { key, value } in attributes {
        let key = label("attributes", key, ATTRIBUTE_KEY_MAX_UTF16)?;
        bounded("attributes", value, ATTRIBUTE_VALUE_MAX_UTF16)?;
        if !seen.insert(folded(&key)) {
            return fault(Reason::Malformed, "Two attributes have the same name.");
        }
        let value = value.clone();
        kept.push(Attribute { key, value });
    }
    Ok(kept)
}

fn bounded(field: &'static str, text: &str, most: usize) -> Result<(), Fault> {
    if text.contains('\0') {
        let sentence = "Text may not hold the character U+0000; leave it out.";
        return Err(Fault::new(field, Reason::Unseen, sentence));
    }
    if utf16_len(text) > most {
        let sentence = format!("The field {field} has at most {most} UTF-16 units.");
        return Err(Fault::new(field, Reason::TooLong, sentence));
    }
    Ok(())
}
