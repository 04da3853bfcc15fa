//! SQLite's connection as a change sees it. sqlx runs each statement on the connection's own
//! thread, and going there and back costs several times the statement itself; so statements whose
//! answer nobody needs wait here and travel with the next one that has an answer.

use std::fmt;

use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, TryFutureExt, TryStreamExt, future, stream};
use sqlx::error::BoxDynError;
use sqlx::sqlite::{
    SqliteArguments, SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo,
};
use sqlx::{
    Arguments, AssertSqlSafe, Either, Encode, Error, Execute, Executor, FromRow, SqlSafeStr,
    SqlStr, Sqlite, SqliteConnection, Type,
};

/// Most statements of one text. SQLite looks a place up by its name among all of a text before it,
/// so that a text of thousands takes minutes.
const TEXT_MOST: usize = 64;

use super::damage::Damage;

/// A connection to SQLite and what is to be run before its next statement.
pub struct Pipeline<'c> {
    connection: &'c mut SqliteConnection,
    held: &'c mut Held,
}

/// Statements that wait, in their order.
#[derive(Default)]
pub struct Held {
    statements: Vec<Statement>,
    /// Where the current change's own begin; those before are its frame.
    own: usize,
    /// Whether a text failed that held the frame. Without its frame a change would be durable
    /// piece by piece, so nothing more of it is run.
    is_broken: bool,
    /// Hears of every error.
    damage: Damage,
}

/// What waited and the statement that came, as one text.
struct Joined {
    query: (SqlStr, Option<SqliteArguments>),
    /// Whether it begins with the change's frame.
    has_frame: bool,
}

/// A statement that answers nothing. Its places are `$1`, `$2`, …
struct Statement {
    sql: &'static str,
    values: Vec<Value>,
}

/// Adds a value to a statement's arguments. Boxed, since each is of its own type.
pub(in crate::db) type Value =
    Box<dyn FnOnce(&mut SqliteArguments) -> Result<(), BoxDynError> + Send>;

/// A value that waits for its statement to be run.
pub(in crate::db) fn value<T>(value: T) -> Value
where
    T: for<'q> Encode<'q, Sqlite> + Type<Sqlite> + Send + 'static,
{
    Box::new(move |arguments| arguments.add(value))
}

impl Held {
    /// Nothing yet.
    pub(super) fn noting(damage: &Damage) -> Self {
        Self {
            damage: damage.clone(),
            ..Self::default()
        }
    }

    /// A text failed.
    fn failed(&mut self, has_frame: bool, error: &Error) {
        self.is_broken |= has_frame;
        self.damage.note(error);
    }

    /// Adds a statement around the changes. The current change's own must have been run or
    /// forgotten.
    pub(super) fn frame(&mut self, sql: &'static str) {
        self.statements.push(Statement {
            sql,
            values: Vec::new(),
        });
        self.own = self.statements.len();
    }

    /// Forgets what the current change left.
    pub(super) fn forget(&mut self) {
        self.statements.truncate(self.own);
        self.is_broken = false;
    }

    /// Whether nothing was run since the frame of the current change was put up.
    pub(super) fn is_untouched(&self) -> bool {
        !self.statements.is_empty() && !self.has_own()
    }

    /// Whether the current change has left anything.
    pub(super) fn has_own(&self) -> bool {
        self.statements.len() > self.own
    }

    /// Whether the frame of the current change still waits: nothing of the change was run.
    pub(super) fn is_framed(&self) -> bool {
        self.own > 0
    }

    /// Takes all, followed by `last` with the arguments that it has.
    fn join(&mut self, last: Option<(SqlStr, SqliteArguments)>) -> Result<Joined, Error> {
        if self.is_broken {
            return Err(Error::BeginFailed);
        }
        let has_frame = std::mem::take(&mut self.own) > 0;
        let query = text_of(std::mem::take(&mut self.statements), last);
        self.is_broken = has_frame && query.is_err();
        let query = query?;
        Ok(Joined { query, has_frame })
    }
}

/// Statements in one text, with the arguments of all.
fn text_of(
    waiting: Vec<Statement>,
    last: Option<(SqlStr, SqliteArguments)>,
) -> Result<(SqlStr, Option<SqliteArguments>), Error> {
    let (last, mut arguments) = match last {
        Some((sql, arguments)) if waiting.is_empty() => return Ok((sql, Some(arguments))),
        Some((sql, arguments)) => (Some(sql), arguments),
        None => (None, SqliteArguments::default()),
    };
    let mut sql = String::with_capacity(2_048);
    for statement in waiting {
        append(&mut sql, statement.sql, arguments.len());
        sql.push_str("; ");
        for add in statement.values {
            add(&mut arguments).map_err(Error::Encode)?;
        }
    }
    if let Some(last) = last {
        sql.push_str(last.as_str());
    }
    // Put together from our own constants alone.
    Ok((AssertSqlSafe(sql).into_sql_str(), Some(arguments)))
}

/// Appends a statement, its places moved behind `taken` others.
fn append(text: &mut String, sql: &str, taken: usize) {
    let mut pieces = sql.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = piece.split_at(digits);
        let place = number.parse::<usize>().map_or(0, |number| number + taken);
        text.push('$');
        text.push_str(&place.to_string());
        text.push_str(rest);
    }
}

impl<'c> Pipeline<'c> {
    pub(super) fn new(connection: &'c mut SqliteConnection, held: &'c mut Held) -> Self {
        Self { connection, held }
    }

    /// Runs a statement with the next one. For `later!`.
    pub(in crate::db) async fn later(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<(), Error> {
        self.make_room(1).await?;
        self.held.statements.push(Statement { sql, values });
        Ok(())
    }

    /// Runs what waits if it and `more` were too much for one text.
    async fn make_room(&mut self, more: usize) -> Result<(), Error> {
        if self.held.statements.len() + more > TEXT_MOST {
            self.run_held().await?;
        }
        Ok(())
    }

    /// Runs a statement once for each list of values, in one go. Each must answer one row.
    pub(in crate::db) async fn each<T>(
        &mut self,
        sql: &'static str,
        mut lists: Vec<Vec<Value>>,
    ) -> Result<Vec<T>, Error>
    where
        T: for<'r> FromRow<'r, SqliteRow>,
    {
        let wanted = lists.len();
        let Some(last) = lists.pop() else {
            return Ok(Vec::new());
        };
        // All in one text, since what is run with another text answers nobody.
        self.make_room(wanted).await?;
        for values in lists {
            self.held.statements.push(Statement { sql, values });
        }
        let mut arguments = SqliteArguments::default();
        for add in last {
            add(&mut arguments).map_err(Error::Encode)?;
        }
        let joined = self.held.join(Some((sql.into_sql_str(), arguments)))?;
        let rows = (&mut *self.connection).fetch_all(joined.query).await;
        let rows = rows.inspect_err(|error| self.held.failed(joined.has_frame, error))?;
        if rows.len() != wanted {
            return Err(Error::RowNotFound);
        }
        rows.iter().map(T::from_row).collect()
    }

    /// Runs all that waits.
    pub(super) async fn run_held(&mut self) -> Result<(), Error> {
        if self.held.statements.is_empty() && !self.held.is_broken {
            return Ok(());
        }
        let joined = self.held.join(None)?;
        let results = (&mut *self.connection).execute_many(joined.query);
        let ran = results.try_for_each(|_| future::ready(Ok(()))).await;
        ran.inspect_err(|error| self.held.failed(joined.has_frame, error))
    }

    fn join<'q, E: Execute<'q, Sqlite>>(&mut self, mut query: E) -> Result<Joined, Error> {
        let arguments = query.take_arguments().map_err(Error::Encode)?;
        self.held
            .join(Some((query.sql(), arguments.unwrap_or_default())))
    }
}

impl fmt::Debug for Pipeline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipeline").finish_non_exhaustive()
    }
}

type Step = Result<Either<SqliteQueryResult, SqliteRow>, Error>;

impl<'c> Executor<'c> for &'c mut Pipeline<'_> {
    type Database = Sqlite;

    /// Only what the last statement did counts.
    fn execute<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<SqliteQueryResult, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        self.execute_many(query)
            .try_fold(SqliteQueryResult::default(), |_, result| {
                future::ready(Ok(result))
            })
            .boxed()
    }

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Step>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        match self.join(query) {
            Ok(joined) => {
                let held = &mut *self.held;
                let steps = self.connection.fetch_many(joined.query);
                let steps = steps.inspect_err(move |error| held.failed(joined.has_frame, error));
                steps.boxed()
            }
            Err(error) => stream::once(future::ready(Err(error))).boxed(),
        }
    }

    fn fetch_optional<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxFuture<'e, Result<Option<SqliteRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        match self.join(query) {
            Ok(joined) => {
                let held = &mut *self.held;
                let row = self.connection.fetch_optional(joined.query);
                row.inspect_err(move |error| held.failed(joined.has_frame, error))
                    .boxed()
            }
            Err(error) => future::ready(Err(error)).boxed(),
        }
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [SqliteTypeInfo],
    ) -> BoxFuture<'e, Result<SqliteStatement, Error>>
    where
        'c: 'e,
    {
        self.connection.prepare_with(sql, parameters)
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<sqlx::Describe<Sqlite>, Error>>
    where
        'c: 'e,
    {
        self.connection.describe(sql)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_behind_those_of_others() {
        let mut text = String::new();
        append(&mut text, "UPDATE t SET a = $2, b = $10 WHERE c = $1", 7);
        assert_eq!(text, "UPDATE t SET a = $9, b = $17 WHERE c = $8");
    }

    #[tokio::test]
    async fn many_statements_are_run_in_texts_of_bounded_length() {
        use sqlx::Connection as _;
        let mut connection = SqliteConnection::connect("sqlite::memory:")
            .await
            .expect("a database");
        let mut held = Held::default();
        let mut pipeline = Pipeline::new(&mut connection, &mut held);
        let table = sqlx::query("CREATE TABLE t (a INTEGER)");
        table.execute(&mut pipeline).await.expect("a table");
        for n in 0..1_000_i64 {
            let values = vec![value(n)];
            let later = pipeline.later("INSERT INTO t (a) VALUES ($1)", values);
            later.await.expect("runs");
            assert!(pipeline.held.statements.len() <= TEXT_MOST);
        }
        let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM t");
        assert_eq!(
            count.fetch_one(&mut pipeline).await.expect("a count"),
            1_000
        );
    }

    #[test]
    fn a_statement_of_the_frame_outlives_a_change_that_is_undone() {
        let mut held = Held::default();
        held.frame("SAVEPOINT change");
        held.statements.push(Statement {
            sql: "DELETE FROM t",
            values: Vec::new(),
        });
        assert!(held.has_own());
        held.forget();
        assert!(!held.has_own());
        let joined = held.join(None);
        let sql = joined.map(|joined| joined.query.0.as_str().to_owned());
        assert_eq!(sql.ok().as_deref(), Some("SAVEPOINT change; "));
    }
}
