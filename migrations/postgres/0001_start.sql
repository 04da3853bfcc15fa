-- People who answer. E-mail is kept in lower case.
CREATE TABLE operators (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('operator', 'supervisor', 'admin')),
    password_hash TEXT NOT NULL,
    presence TEXT NOT NULL DEFAULT 'online' CHECK (presence IN ('online', 'away', 'busy', 'offline')),
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

-- Log-ins. Only a hash of the cookie's token is kept.
CREATE TABLE logins (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    operator_id UUID NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX logins_by_operator ON logins (operator_id);

-- LINE Official Accounts. Secret and token are encrypted.
CREATE TABLE channels (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    line_user_id TEXT,
    secret BYTEA NOT NULL,
    access_token BYTEA NOT NULL,
    reply_token_seconds BIGINT NOT NULL DEFAULT 55 CHECK (reply_token_seconds BETWEEN 1 AND 1200),
    paused_reason TEXT,
    verified_at BIGINT,
    created_at BIGINT NOT NULL
);

-- Customers, groups and multi-person chats.
CREATE TABLE contacts (
    id UUID NOT NULL PRIMARY KEY,
    channel_id UUID NOT NULL REFERENCES channels (id),
    line_user_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('user', 'group', 'room')),
    display_name TEXT NOT NULL,
    picture_url TEXT,
    status_message TEXT,
    language TEXT,
    blocked BOOLEAN NOT NULL DEFAULT FALSE,
    profile_fetched_at BIGINT,
    profile_wanted_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (channel_id, line_user_id)
);
CREATE INDEX contacts_wanting_profile ON contacts (profile_wanted_at) WHERE profile_wanted_at IS NOT NULL;

-- People seen in groups, for naming the sender of a line.
CREATE TABLE group_members (
    contact_id UUID NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    line_user_id TEXT NOT NULL,
    display_name TEXT,
    picture_url TEXT,
    fetched_at BIGINT,
    wanted_at BIGINT,
    PRIMARY KEY (contact_id, line_user_id)
);
CREATE INDEX group_members_wanting_profile ON group_members (wanted_at) WHERE wanted_at IS NOT NULL;

-- One conversation for each contact. `state`, `owner_id` and `queue_at` mirror the newest session, so that each list is one index.
CREATE TABLE conversations (
    id UUID NOT NULL PRIMARY KEY,
    channel_id UUID NOT NULL REFERENCES channels (id),
    contact_id UUID NOT NULL UNIQUE REFERENCES contacts (id),
    mode TEXT NOT NULL DEFAULT 'human' CHECK (mode IN ('bot', 'human')),
    rev BIGINT NOT NULL DEFAULT 0,
    read_rev BIGINT NOT NULL DEFAULT 0,
    unread BIGINT NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'none' CHECK (state IN ('none', 'waiting', 'active', 'closed')),
    session_id UUID,
    owner_id UUID REFERENCES operators (id),
    queue_at BIGINT,
    waiting_since BIGINT,
    standby BOOLEAN NOT NULL DEFAULT FALSE,
    last_message_id UUID,
    activity_at BIGINT NOT NULL,
    tags TEXT NOT NULL DEFAULT '[]',
    updated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX conversations_waiting ON conversations (queue_at, id) WHERE state = 'waiting';
CREATE INDEX conversations_owned ON conversations (owner_id, activity_at, id) WHERE state = 'active';
CREATE INDEX conversations_open ON conversations (activity_at, id) WHERE state <> 'closed';
CREATE INDEX conversations_closed ON conversations (activity_at, id) WHERE state = 'closed';

-- Stretches of work. The partial unique index is what keeps two from being open.
CREATE TABLE sessions (
    id UUID NOT NULL PRIMARY KEY,
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    status TEXT NOT NULL CHECK (status IN ('waiting', 'active', 'closed')),
    operator_id UUID REFERENCES operators (id),
    opened_at BIGINT NOT NULL,
    claimed_at BIGINT,
    first_response_at BIGINT,
    closed_at BIGINT
);
CREATE UNIQUE INDEX sessions_one_open ON sessions (conversation_id) WHERE status <> 'closed';
CREATE INDEX sessions_by_conversation ON sessions (conversation_id, id);
CREATE INDEX sessions_active_by_operator ON sessions (operator_id) WHERE status = 'active';

-- Lines. `created_rev` is the conversation's rev when the line came, `rev` at its last change.
CREATE TABLE messages (
    id UUID NOT NULL PRIMARY KEY,
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    channel_id UUID NOT NULL REFERENCES channels (id),
    session_id UUID REFERENCES sessions (id),
    created_rev BIGINT NOT NULL,
    rev BIGINT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out', 'note', 'system')),
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    client_id UUID,
    line_message_id TEXT,
    quote_message_id UUID,
    quote_token TEXT,
    sender_type TEXT NOT NULL,
    sender_id TEXT,
    sender_name TEXT NOT NULL,
    text TEXT,
    content TEXT NOT NULL DEFAULT '{}',
    media_id UUID,
    raw TEXT,
    error TEXT,
    edited_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX messages_in_order ON messages (conversation_id, created_at, id);
CREATE INDEX messages_by_rev ON messages (conversation_id, rev);
CREATE INDEX messages_unread ON messages (conversation_id, created_rev) WHERE direction = 'in';
CREATE UNIQUE INDEX messages_by_line_id ON messages (channel_id, line_message_id) WHERE line_message_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_client_id ON messages (conversation_id, client_id) WHERE client_id IS NOT NULL;

-- Webhook events already taken, for idempotency. `raw` is kept of those that belong to no conversation.
CREATE TABLE webhook_events (
    channel_id UUID NOT NULL REFERENCES channels (id),
    webhook_event_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    raw TEXT,
    PRIMARY KEY (channel_id, webhook_event_id)
);

-- Unsends that came before their message.
CREATE TABLE early_unsends (
    channel_id UUID NOT NULL REFERENCES channels (id),
    line_message_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (channel_id, line_message_id)
);

-- Reply tokens of inbound events: each pays for one free reply.
CREATE TABLE reply_tokens (
    id UUID NOT NULL PRIMARY KEY,
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    token TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX reply_tokens_unused ON reply_tokens (conversation_id, received_at) WHERE used_at IS NULL;

-- One call to LINE: a reply with one to five messages, or a push with one. Its id is the retry key.
CREATE TABLE deliveries (
    id UUID NOT NULL PRIMARY KEY,
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    method TEXT NOT NULL CHECK (method IN ('reply', 'push')),
    reply_token_id UUID REFERENCES reply_tokens (id),
    body TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    ambiguous BOOLEAN NOT NULL DEFAULT FALSE,
    request_id TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX deliveries_by_age ON deliveries (created_at);
CREATE INDEX deliveries_by_reply_token ON deliveries (reply_token_id) WHERE reply_token_id IS NOT NULL;

-- Messages on their way to LINE, in order within a conversation. A row leaves when its message is settled.
-- A lease marks the rows that a node is sending; it ends by itself when the node dies.
CREATE TABLE outbox (
    message_id UUID NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    channel_id UUID NOT NULL REFERENCES channels (id),
    delivery_id UUID REFERENCES deliveries (id),
    queued_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    last_error TEXT,
    leased_until BIGINT,
    leased_by TEXT
);
CREATE INDEX outbox_by_conversation ON outbox (conversation_id, queued_at, message_id);
CREATE INDEX outbox_due ON outbox (channel_id, due_at);
CREATE INDEX outbox_by_delivery ON outbox (delivery_id) WHERE delivery_id IS NOT NULL;

-- Customers' and operators' files, kept in pieces so that a read of a part touches only that part.
CREATE TABLE media (
    id UUID NOT NULL PRIMARY KEY,
    channel_id UUID NOT NULL REFERENCES channels (id),
    conversation_id UUID NOT NULL REFERENCES conversations (id),
    message_id UUID,
    line_message_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'failed', 'gone', 'external')),
    content_type TEXT NOT NULL DEFAULT '',
    size BIGINT NOT NULL DEFAULT 0,
    name TEXT,
    duration_ms BIGINT,
    external_url TEXT,
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX media_due ON media (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE media_pieces (
    media_id UUID NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (media_id, number)
);

-- Who did what.
CREATE TABLE audit (
    id UUID NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    operator_id UUID REFERENCES operators (id),
    action TEXT NOT NULL,
    conversation_id UUID REFERENCES conversations (id),
    details TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_conversation ON audit (conversation_id, at) WHERE conversation_id IS NOT NULL;
