-- Supervisors are told of targets that have passed.
CREATE TABLE push_outbox_with_late (
    device_id BLOB NOT NULL REFERENCES push_devices (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    conversation_id BLOB REFERENCES conversations (id) ON DELETE CASCADE,
    message_id BLOB,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('waiting', 'mine', 'mention', 'late', 'test')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    sent_at INTEGER,
    queued_at INTEGER NOT NULL,
    PRIMARY KEY (device_id, topic)
) STRICT, WITHOUT ROWID;
INSERT INTO push_outbox_with_late (device_id, topic, conversation_id, message_id, rev, kind, attempts,
    due_at, sent_at, queued_at)
SELECT device_id, topic, conversation_id, message_id, rev, kind, attempts, due_at, sent_at, queued_at
FROM push_outbox;
DROP TABLE push_outbox;
ALTER TABLE push_outbox_with_late RENAME TO push_outbox;
CREATE INDEX push_outbox_due ON push_outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX push_outbox_over ON push_outbox (queued_at) WHERE due_at IS NULL;
CREATE INDEX push_outbox_by_conversation ON push_outbox (conversation_id);
