-- Chats that went back to the queue with their operator's leave, and that no console was told of
-- yet: the process that took the operator's leave may have none.
CREATE TABLE untold_returns (
    message_id BLOB NOT NULL PRIMARY KEY,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    operator_id BLOB NOT NULL
) STRICT;
