-- What LINE shows of operators and of their reading, by each channel's wish; and who marks as read
-- at LINE, the account or LINE itself, once LINE has said.
ALTER TABLE channels ADD COLUMN show_sender BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE channels ADD COLUMN mark_as_read BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE channels ADD COLUMN marks_by_hand BOOLEAN;

-- How many people a push to a group counts for.
ALTER TABLE contacts ADD COLUMN members BIGINT;

-- The month's quota as LINE told it last. `spent` counts what Sala pushed since ever, `spent_then` what
-- it was when LINE was asked; what was spent since is counted on top of `used`. `saved` is this month's.
CREATE TABLE channel_quotas (
    channel_id UUID NOT NULL PRIMARY KEY REFERENCES channels (id),
    due_at BIGINT NOT NULL,
    read_at BIGINT,
    quota BIGINT,
    used BIGINT NOT NULL DEFAULT 0,
    spent BIGINT NOT NULL DEFAULT 0,
    spent_then BIGINT NOT NULL DEFAULT 0,
    saved BIGINT NOT NULL DEFAULT 0,
    saved_since BIGINT NOT NULL DEFAULT 0
);

-- What each call spent or saved, until it is added to the channel's sums: senders do not wait for one row.
CREATE TABLE spendings (
    id UUID NOT NULL PRIMARY KEY,
    channel_id UUID NOT NULL REFERENCES channels (id),
    at BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    saved BIGINT NOT NULL
);
CREATE INDEX spendings_by_channel ON spendings (channel_id);

-- LINE's token of the newest message of each chat, which marks all of it as read. `wanted_at`: the owner
-- has looked at the end of the thread. A token is taken out before it is tried.
CREATE TABLE read_tokens (
    conversation_id UUID NOT NULL PRIMARY KEY REFERENCES conversations (id),
    channel_id UUID NOT NULL REFERENCES channels (id),
    token TEXT NOT NULL,
    rev BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    wanted_at BIGINT
);
CREATE INDEX read_tokens_wanted ON read_tokens (wanted_at) WHERE wanted_at IS NOT NULL;
CREATE INDEX read_tokens_by_age ON read_tokens (received_at);
CREATE INDEX read_tokens_by_channel ON read_tokens (channel_id);
