//! Many canned replies at once: those that there are by their shortcut are changed, others added,
//! and nothing is deleted. All of them, or none.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::check::{CannedDraft, Checked, check};
use super::{Canned, bounded, taken, taken_shortcut, told};
use crate::clock;
use crate::db::canned::CannedRow;
use crate::db::{Audit, Conn};
use crate::protocol::fault::Reason;
use crate::protocol::{CannedId, Operator, OperatorId, Timestamp};
use crate::service::ServiceError;
use crate::service::error::Fault;
use crate::service::team_settings::{TeamSection, may_share};

/// Most faults that are told of one file.
const TOLD_MAX: usize = 20;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// As a spreadsheet counts them.
    pub row: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportRefusal {
    /// For what is in these rows; the first of them.
    Rows(Vec<RowFault>),
    /// For another reason.
    Service(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for ImportRefusal {
    fn from(error: E) -> Self {
        Self::Service(error.into())
    }
}

/// What an import came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Replies that were not there.
    pub added: u32,
    /// Replies that say something else now.
    pub changed: u32,
}

/// A row that is to be kept.
struct Wanted {
    shared: bool,
    checked: Checked,
}

impl Canned {
    /// Takes all of these, each with its row.
    ///
    /// # Errors
    /// [`ImportRefusal`]; nothing is changed then.
    pub async fn import(
        &self,
        who: &Operator,
        rows: &[(usize, CannedDraft)],
    ) -> Result<Imported, ImportRefusal> {
        let wanted = wanted(rows).map_err(ImportRefusal::Rows)?;
        let first_shared = rows.iter().find(|(_, draft)| draft.shared);
        if let Some((row, _)) = first_shared
            && !self.may_share(who).await?
        {
            let sentence = "Only supervisors change what the team shares.";
            let fault = Fault::new("shared", Reason::Unsupported, sentence);
            return Err(ImportRefusal::Rows(vec![RowFault { row: *row, fault }]));
        }
        let (me, now) = (who.clone(), clock::now());
        let hub = self.hub.clone();
        let imported = self.db.write_and(
            move |mut conn| Box::pin(async move { take(&mut conn, &me, wanted, now).await }),
            move |imported| {
                let any = imported != Imported::default();
                (imported, if any { told(hub) } else { Vec::new() })
            },
        );
        Ok(imported.await.map_err(taken)?)
    }
}

/// All rows, checked, each shortcut once.
fn wanted(rows: &[(usize, CannedDraft)]) -> Result<Vec<Wanted>, Vec<RowFault>> {
    let mut wanted = Vec::with_capacity(rows.len());
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for (row, draft) in rows {
        let checked = check(draft).and_then(|checked| {
            if seen.insert((draft.shared, checked.folded.clone())) {
                Ok(checked)
            } else {
                Err(vec![taken_shortcut()])
            }
        });
        match checked {
            Ok(checked) => wanted.push(Wanted {
                shared: draft.shared,
                checked,
            }),
            Err(wrong) => {
                let wrong = wrong.into_iter();
                faults.extend(wrong.map(|fault| RowFault { row: *row, fault }));
            }
        }
        if faults.len() >= TOLD_MAX {
            faults.truncate(TOLD_MAX);
            break;
        }
    }
    if faults.is_empty() {
        Ok(wanted)
    } else {
        Err(faults)
    }
}

async fn take(
    conn: &mut Conn<'_>,
    me: &Operator,
    wanted: Vec<Wanted>,
    now: Timestamp,
) -> Result<Imported, ServiceError> {
    // Looked at again: the role may be another one by now, and so may the setting.
    let any_shared = wanted.iter().any(|wanted| wanted.shared);
    if any_shared && !may_share(conn, me.role, TeamSection::Canned).await? {
        return Err(ServiceError::Forbidden);
    }
    let there = conn.canned_replies(me.id).await?;
    let mut counts: HashMap<Option<OperatorId>, i64> = HashMap::new();
    for row in &there {
        *counts.entry(row.owner_id).or_default() += 1;
    }
    let key = |row: CannedRow| ((row.owner_id, row.folded.clone()), row);
    let mut there: HashMap<_, _> = there.into_iter().map(key).collect();
    let mut imported = Imported::default();
    for Wanted { shared, checked } in wanted {
        let owner_id = (!shared).then_some(me.id);
        let key = (owner_id, checked.folded.clone());
        if let Some(before) = there.remove(&key) {
            let row = checked.into_row(before.id, owner_id, before.used);
            if row != before {
                conn.update_canned(&row, now).await?;
                imported.changed += 1;
            }
        } else {
            let row = checked.into_row(CannedId::generate(), owner_id, 0);
            conn.insert_canned(&row, now).await?;
            imported.added += 1;
            *counts.entry(owner_id).or_default() += 1;
        }
    }
    for (owner, count) in counts {
        bounded(owner, count)?;
    }
    if imported != Imported::default() {
        let audit = Audit {
            operator: Some(me.id),
            action: "canned.import",
            conversation: None,
            details: json!({ "added": imported.added, "changed": imported.changed }),
        };
        conn.insert_audit(now, &audit).await?;
    }
    Ok(imported)
}
