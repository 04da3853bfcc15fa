-- Times that no clock of ours or LINE's can have shown, which earlier versions took as they came. A
-- conversation's `updated_at` is ours and never earlier than that of its lines.
UPDATE messages SET created_at = (SELECT c.updated_at FROM conversations c WHERE c.id = conversation_id)
WHERE created_at < 1308787200000 AND direction = 'in' OR created_at > 4102444800000
    OR created_at > 300000 + (SELECT c.updated_at FROM conversations c WHERE c.id = conversation_id);
UPDATE messages SET edited_at = created_at WHERE edited_at > 4102444800000;
UPDATE conversations SET activity_at = updated_at WHERE activity_at > updated_at + 300000;
UPDATE conversations SET waiting_since = updated_at WHERE waiting_since > updated_at + 300000;
UPDATE conversations SET queue_at = updated_at WHERE queue_at > updated_at + 300000;
UPDATE sessions SET opened_at = (SELECT c.updated_at FROM conversations c WHERE c.id = conversation_id)
WHERE opened_at > 300000 + (SELECT c.updated_at FROM conversations c WHERE c.id = conversation_id);

-- Where a line stands in display order: at its time, unless LINE's clock and ours disagree.
ALTER TABLE messages ADD COLUMN placed_at INTEGER NOT NULL DEFAULT 0;
UPDATE messages SET placed_at = created_at;
DROP INDEX messages_in_order;
CREATE INDEX messages_in_order ON messages (conversation_id, placed_at, created_at, id);

-- The place of our own newest line; LINE's time of the newest of the customer's, and its place.
ALTER TABLE conversations ADD COLUMN own_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN heard_place INTEGER NOT NULL DEFAULT 0;

-- The `rev` of the last answer: whose lines came later waits.
ALTER TABLE conversations ADD COLUMN answered_rev INTEGER NOT NULL DEFAULT 0;
UPDATE conversations SET answered_rev = CASE WHEN waiting_since IS NULL THEN rev ELSE
    COALESCE((SELECT max(m.created_rev) FROM messages m
        WHERE m.conversation_id = conversations.id AND m.direction = 'out'), 0) END;

-- LINE's time of the event that last set a flag, so that one that comes late does not.
ALTER TABLE conversations ADD COLUMN standby_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN blocked_at INTEGER NOT NULL DEFAULT 0;
