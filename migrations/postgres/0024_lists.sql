-- A chat that its operator does not want to see before then. The row is the timer: whatever moves the
-- chat empties it.
ALTER TABLE conversations ADD COLUMN snoozed_until BIGINT;
CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL;

-- The `rev` at which somebody last made messages unread: a look from before that does not count.
ALTER TABLE conversations ADD COLUMN unread_rev BIGINT NOT NULL DEFAULT 0;

-- Lists with a filter, by name: the team's, or (`owner_id`) one operator's. `filter` is JSON.
CREATE TABLE views (
    id UUID NOT NULL PRIMARY KEY,
    owner_id UUID REFERENCES operators (id),
    name TEXT NOT NULL,
    tab TEXT NOT NULL CHECK (tab IN ('waiting', 'mine', 'all', 'closed')),
    sort TEXT CHECK (sort IN ('newest', 'oldest')),
    filter TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX views_by_owner ON views (owner_id);
