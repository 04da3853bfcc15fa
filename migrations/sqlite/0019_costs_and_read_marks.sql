-- What LINE shows of operators and of their reading, by each channel's wish; and who marks as read
-- at LINE, the account or LINE itself, once LINE has said.
ALTER TABLE channels ADD COLUMN show_sender INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE channels ADD COLUMN mark_as_read INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE channels ADD COLUMN marks_by_hand INTEGER;

-- How many people a push to a group counts for.
ALTER TABLE contacts ADD COLUMN members INTEGER;

-- The month's quota as LINE told it last. `spent` counts what Sala pushed since ever, `spent_then` what
-- it was when LINE was asked; what was spent since is counted on top of `used`. `saved` is this month's.
CREATE TABLE channel_quotas (
    channel_id BLOB NOT NULL PRIMARY KEY REFERENCES channels (id),
    due_at INTEGER NOT NULL,
    read_at INTEGER,
    quota INTEGER,
    used INTEGER NOT NULL DEFAULT 0,
    spent INTEGER NOT NULL DEFAULT 0,
    spent_then INTEGER NOT NULL DEFAULT 0,
    saved INTEGER NOT NULL DEFAULT 0,
    saved_since INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What each call spent or saved, until it is added to the channel's sums: senders do not wait for one row.
CREATE TABLE spendings (
    id BLOB NOT NULL PRIMARY KEY,
    channel_id BLOB NOT NULL REFERENCES channels (id),
    at INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    saved INTEGER NOT NULL
) STRICT;
CREATE INDEX spendings_by_channel ON spendings (channel_id);

-- LINE's token of the newest message of each chat, which marks all of it as read. `wanted_at`: the owner
-- has looked at the end of the thread. A token is taken out before it is tried.
CREATE TABLE read_tokens (
    conversation_id BLOB NOT NULL PRIMARY KEY REFERENCES conversations (id),
    channel_id BLOB NOT NULL REFERENCES channels (id),
    token TEXT NOT NULL,
    rev INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    wanted_at INTEGER
) STRICT;
CREATE INDEX read_tokens_wanted ON read_tokens (wanted_at) WHERE wanted_at IS NOT NULL;
CREATE INDEX read_tokens_by_age ON read_tokens (received_at);
CREATE INDEX read_tokens_by_channel ON read_tokens (channel_id);
