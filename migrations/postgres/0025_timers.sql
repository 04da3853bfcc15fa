-- What is to happen to a conversation at a moment, once: who takes the row away has it happen, in the
-- same transaction.
CREATE TABLE timers (
    conversation_id UUID NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, kind)
);
CREATE INDEX timers_due ON timers (due_at);
