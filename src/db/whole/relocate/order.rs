//! Which tables there are, each after those that it refers to.

use sqlx::SqliteConnection;

use super::error::RelocateError;

/// Tables that triggers keep of others; they are counted anew at the end.
pub(super) const COUNTED: &[&str] = &["conversation_totals", "media_totals"];

/// A table and what its foreign keys name.
type References = (String, Vec<String>);

/// Every table that holds data of its own, as the source says, in the order of foreign keys.
pub(super) async fn tables(source: &mut SqliteConnection) -> Result<Vec<String>, RelocateError> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
         AND name <> '_sqlx_migrations' ORDER BY name",
    )
    .fetch_all(&mut *source)
    .await?;
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        if COUNTED.contains(&name.as_str()) {
            continue;
        }
        let parents: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)")
                .bind(&name)
                .fetch_all(&mut *source)
                .await?;
        found.push((name, parents));
    }
    parents_first(found)
}

/// A row may refer to one of its own table: a table is checked when all of it is there.
fn parents_first(mut waiting: Vec<References>) -> Result<Vec<String>, RelocateError> {
    let mut ordered: Vec<String> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let (ready, blocked): (Vec<References>, Vec<References>) =
            waiting.into_iter().partition(|(name, parents)| {
                parents
                    .iter()
                    .all(|parent| parent == name || ordered.contains(parent))
            });
        if ready.is_empty() {
            let names: Vec<String> = blocked.into_iter().map(|(name, _)| name).collect();
            return Err(RelocateError::Circle(names.join(", ")));
        }
        ordered.extend(ready.into_iter().map(|(name, _)| name));
        waiting = blocked;
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(tables: &[(&str, &[&str])]) -> Result<Vec<String>, RelocateError> {
        let tables = tables.iter().map(|(name, parents)| {
            let parents = parents.iter().map(|parent| (*parent).to_owned());
            ((*name).to_owned(), parents.collect())
        });
        parents_first(tables.collect())
    }

    #[test]
    fn every_table_comes_after_those_that_it_refers_to() {
        let tables = [
            ("a_child", &["m_middle", "z_root"][..]),
            ("m_middle", &["z_root", "m_middle"][..]),
            ("z_root", &[][..]),
        ];
        let order = ordered(&tables).expect("no circle");
        assert_eq!(order, ["z_root", "m_middle", "a_child"]);
    }

    #[test]
    fn a_circle_is_named_and_not_walked_for_ever() {
        let tables = [("a", &["b"][..]), ("b", &["a"][..]), ("c", &[][..])];
        let error = ordered(&tables).expect_err("a circle");
        assert!(error.to_string().contains("a, b"), "{error}");
    }
}
