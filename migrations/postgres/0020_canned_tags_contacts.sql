-- What the team has chosen, by section. `version` grows by one with each saving.
CREATE TABLE team_settings (
    section TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    value TEXT NOT NULL,
    saved_by UUID NOT NULL REFERENCES operators (id),
    saved_at BIGINT NOT NULL
);

-- Texts that are ready to be sent: the team's, or (`owner_id`) one operator's. `folded` is the
-- shortcut without what two of them may not differ by alone.
CREATE TABLE canned_replies (
    id UUID NOT NULL PRIMARY KEY,
    owner_id UUID REFERENCES operators (id),
    shortcut TEXT NOT NULL,
    folded TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    category TEXT,
    used BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX canned_replies_by_owner ON canned_replies (owner_id);
-- Absent owners would all be different.
CREATE UNIQUE INDEX canned_replies_by_shortcut ON canned_replies (COALESCE(owner_id, '00000000-0000-0000-0000-000000000000'::uuid), folded);

-- Words on conversations. `shown` is the tag as clients read it, so that lists need not put it
-- together for each row; `used` counts conversations.
CREATE TABLE tags (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    color TEXT NOT NULL CHECK (color IN ('gold', 'blue', 'teal', 'plum', 'rose', 'clay')),
    shown TEXT NOT NULL,
    used BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- In place of `conversations.tags`, which nothing reads any more; it stays for nodes of before.
CREATE TABLE conversation_tags (
    conversation_id UUID NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    tag_id UUID NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, tag_id)
);
CREATE INDEX conversation_tags_by_tag ON conversation_tags (tag_id, conversation_id);

CREATE FUNCTION count_conversation_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE tags SET used = used + 1 WHERE id = NEW.tag_id;
    ELSE
        UPDATE tags SET used = used - 1 WHERE id = OLD.tag_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER conversation_tagged AFTER INSERT OR DELETE ON conversation_tags
    FOR EACH ROW EXECUTE FUNCTION count_conversation_tag();

-- What the team knows of a customer: our own name for them, a memo with who wrote it, a list of
-- attributes as JSON; and when somebody last asked for LINE's profile.
ALTER TABLE contacts ADD COLUMN own_name TEXT;
ALTER TABLE contacts ADD COLUMN memo TEXT;
ALTER TABLE contacts ADD COLUMN memo_by UUID REFERENCES operators (id);
ALTER TABLE contacts ADD COLUMN memo_at BIGINT;
ALTER TABLE contacts ADD COLUMN attributes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE contacts ADD COLUMN profile_asked_at BIGINT NOT NULL DEFAULT 0;

-- A conversation's files, for the panel beside it.
CREATE INDEX messages_with_media ON messages (conversation_id, placed_at, created_at, id)
    WHERE media_id IS NOT NULL;
