-- What the team has chosen, by section. `version` grows by one with each saving.
CREATE TABLE team_settings (
    section TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    saved_by BLOB NOT NULL REFERENCES operators (id),
    saved_at INTEGER NOT NULL
) STRICT;

-- Texts that are ready to be sent: the team's, or (`owner_id`) one operator's. `folded` is the
-- shortcut without what two of them may not differ by alone.
CREATE TABLE canned_replies (
    id BLOB NOT NULL PRIMARY KEY,
    owner_id BLOB REFERENCES operators (id),
    shortcut TEXT NOT NULL,
    folded TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    category TEXT,
    used INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX canned_replies_by_owner ON canned_replies (owner_id);
-- Absent owners would all be different.
CREATE UNIQUE INDEX canned_replies_by_shortcut ON canned_replies (COALESCE(owner_id, x'00'), folded);

-- Words on conversations. `shown` is the tag as clients read it, so that lists need not put it
-- together for each row; `used` counts conversations.
CREATE TABLE tags (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    color TEXT NOT NULL CHECK (color IN ('gold', 'blue', 'teal', 'plum', 'rose', 'clay')),
    shown TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- In place of `conversations.tags`, which nothing reads any more; it stays for nodes of before.
CREATE TABLE conversation_tags (
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    tag_id BLOB NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag_id, conversation_id);

CREATE TRIGGER conversation_tagged AFTER INSERT ON conversation_tags BEGIN
    UPDATE tags SET used = used + 1 WHERE id = NEW.tag_id;
END;

CREATE TRIGGER conversation_untagged AFTER DELETE ON conversation_tags BEGIN
    UPDATE tags SET used = used - 1 WHERE id = OLD.tag_id;
END;

-- What the team knows of a customer: our own name for them, a memo with who wrote it, a list of
-- attributes as JSON; and when somebody last asked for LINE's profile.
ALTER TABLE contacts ADD COLUMN own_name TEXT;
ALTER TABLE contacts ADD COLUMN memo TEXT;
ALTER TABLE contacts ADD COLUMN memo_by BLOB REFERENCES operators (id);
ALTER TABLE contacts ADD COLUMN memo_at INTEGER;
ALTER TABLE contacts ADD COLUMN attributes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE contacts ADD COLUMN profile_asked_at INTEGER NOT NULL DEFAULT 0;

-- A conversation's files, for the panel beside it.
CREATE INDEX messages_with_media ON messages (conversation_id, placed_at, created_at, id)
    WHERE media_id IS NOT NULL;
