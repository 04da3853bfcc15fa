-- The server's own key for push services, made at the first start; `secret` is encrypted.
CREATE TABLE push_key (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL,
    public_key TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Browsers that are told while no console is open. One ends with the log-in that it belongs to.
-- `failures` are those since the last success.
CREATE TABLE push_devices (
    id BLOB NOT NULL PRIMARY KEY,
    operator_id BLOB NOT NULL REFERENCES operators (id),
    login_id BLOB NOT NULL REFERENCES logins (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL UNIQUE,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    device TEXT NOT NULL,
    zone TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    last_success_at INTEGER,
    last_error_at INTEGER,
    last_error TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX push_devices_by_operator ON push_devices (operator_id);
CREATE INDEX push_devices_by_login ON push_devices (login_id);

-- What a device is to be told of a chat, or was told of it a moment ago. `due_at` is the timer; a row
-- without one is sent and stays for the pause after it. `topic` names the chat to the push service.
CREATE TABLE push_outbox (
    device_id BLOB NOT NULL REFERENCES push_devices (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    conversation_id BLOB REFERENCES conversations (id) ON DELETE CASCADE,
    message_id BLOB,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('waiting', 'mine', 'mention', 'test')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    sent_at INTEGER,
    queued_at INTEGER NOT NULL,
    PRIMARY KEY (device_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_outbox_due ON push_outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX push_outbox_over ON push_outbox (queued_at) WHERE due_at IS NULL;
CREATE INDEX push_outbox_by_conversation ON push_outbox (conversation_id);
