-- What can be found, by the texts of `src/search`. `corpus` is 0 for customers and 1 for messages.

-- Whose texts are in no segment yet: each search reads these. Whatever comes stands here first.
CREATE TABLE search_tail (
    corpus BIGINT NOT NULL,
    doc UUID NOT NULL,
    PRIMARY KEY (corpus, doc)
);

-- Some hundreds or thousands of texts each: which ids and times they are of.
CREATE TABLE search_segments (
    corpus BIGINT NOT NULL,
    last_id UUID NOT NULL,
    id BIGINT NOT NULL,
    first_id UUID NOT NULL,
    level BIGINT NOT NULL,
    size BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (corpus, last_id, id)
);

-- The lists of a segment's terms, half a page to a row: `key` is the segment's id in its upper bits
-- and the row's first term in the lower 44. Packed already, and never longer than a page.
CREATE TABLE search_blocks (
    key BIGINT NOT NULL PRIMARY KEY,
    body BYTEA NOT NULL
);
ALTER TABLE search_blocks ALTER COLUMN body SET STORAGE PLAIN;

-- How far the index is: under which folding it is made, how often it was changed, and below which id
-- there are texts from before it that are still to be put into it. Made by the server.
CREATE TABLE search_state (
    corpus BIGINT NOT NULL PRIMARY KEY,
    folding BIGINT NOT NULL,
    changes BIGINT NOT NULL,
    next_segment BIGINT NOT NULL,
    fill_from UUID,
    fill_below UUID
);

CREATE FUNCTION message_to_find() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_tail (corpus, doc) VALUES (1, NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER messages_to_find AFTER INSERT ON messages FOR EACH ROW
WHEN (NEW.kind <> 'event' AND (NEW.text IS NOT NULL OR NEW.media_id IS NOT NULL OR NEW.kind = 'location'))
EXECUTE FUNCTION message_to_find();

CREATE FUNCTION contact_to_find() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_tail (corpus, doc) VALUES (0, NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER contacts_to_find AFTER INSERT ON contacts FOR EACH ROW
EXECUTE FUNCTION contact_to_find();
