-- What a customer's line costs is mostly the indexes that it is added to.

-- Unread lines are found by `messages_by_rev`, old tokens by their ids, which begin with the time.
DROP INDEX messages_unread;
DROP INDEX reply_tokens_by_age;

-- Only ever looked up by its key, so that is where its rows are.
CREATE TABLE webhook_events_by_key (
    channel_id BLOB NOT NULL REFERENCES channels (id),
    webhook_event_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    raw TEXT,
    PRIMARY KEY (channel_id, webhook_event_id)
) STRICT, WITHOUT ROWID;
INSERT INTO webhook_events_by_key (channel_id, webhook_event_id, received_at, raw)
    SELECT channel_id, webhook_event_id, received_at, raw FROM webhook_events
    ORDER BY channel_id, webhook_event_id;
DROP TABLE webhook_events;
ALTER TABLE webhook_events_by_key RENAME TO webhook_events;
