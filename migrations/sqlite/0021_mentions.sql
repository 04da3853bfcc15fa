-- Who is named in which note, until they have looked at it. A list of somebody's mentions is one
-- range of the key.
CREATE TABLE mentions (
    operator_id BLOB NOT NULL REFERENCES operators (id),
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    message_id BLOB NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    rev INTEGER NOT NULL,
    PRIMARY KEY (operator_id, conversation_id, message_id)
) STRICT, WITHOUT ROWID;
-- For what is deleted above.
CREATE INDEX mentions_by_conversation ON mentions (conversation_id);
CREATE INDEX mentions_by_message ON mentions (message_id);
