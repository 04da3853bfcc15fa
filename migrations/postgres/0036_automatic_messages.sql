-- What Sala wrote by itself, because of what, and in which language. `may_reply`: whether it may use a
-- free reply, and `reply_token_id` that it may use no other one. `may_cost`: whether it is paid for
-- without one. `texts`: the same in other languages, as JSON, while the customer's is not known.
CREATE TABLE automatic_messages (
    message_id UUID NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    conversation_id UUID NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    cause TEXT NOT NULL,
    language TEXT NOT NULL,
    texts TEXT,
    may_reply BOOLEAN NOT NULL,
    reply_token_id UUID,
    may_cost BOOLEAN NOT NULL,
    said_at BIGINT NOT NULL
);
CREATE INDEX automatic_messages_by_cause ON automatic_messages (conversation_id, cause, said_at);
