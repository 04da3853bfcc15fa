-- How operators want to be told of what happens, as JSON; who has none has what Sala begins with.
CREATE TABLE alert_settings (
    operator_id BLOB NOT NULL PRIMARY KEY REFERENCES operators (id),
    value TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
