-- What can be found, by the texts of `src/search`. `corpus` is 0 for customers and 1 for messages.

-- Whose texts are in no segment yet: each search reads these. Whatever comes stands here first.
CREATE TABLE search_tail (
    corpus INTEGER NOT NULL,
    doc BLOB NOT NULL,
    PRIMARY KEY (corpus, doc)
) STRICT, WITHOUT ROWID;

-- Some hundreds or thousands of texts each: which ids and times they are of.
CREATE TABLE search_segments (
    corpus INTEGER NOT NULL,
    last_id BLOB NOT NULL,
    id INTEGER NOT NULL,
    first_id BLOB NOT NULL,
    level INTEGER NOT NULL,
    size INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (corpus, last_id, id)
) STRICT, WITHOUT ROWID;

-- The lists of a segment's terms, about a page to a row: `key` is the segment's id in its upper bits
-- and the row's first term in the lower 44.
CREATE TABLE search_blocks (
    key INTEGER NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- How far the index is: under which folding it is made, how often it was changed, and below which id
-- there are texts from before it that are still to be put into it. Made by the server.
CREATE TABLE search_state (
    corpus INTEGER NOT NULL PRIMARY KEY,
    folding INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    next_segment INTEGER NOT NULL,
    fill_from BLOB,
    fill_below BLOB
) STRICT;

CREATE TRIGGER messages_to_find AFTER INSERT ON messages
WHEN NEW.kind <> 'event' AND (NEW.text IS NOT NULL OR NEW.media_id IS NOT NULL OR NEW.kind = 'location') BEGIN
    INSERT INTO search_tail (corpus, doc) VALUES (1, NEW.id);
END;

CREATE TRIGGER contacts_to_find AFTER INSERT ON contacts BEGIN
    INSERT INTO search_tail (corpus, doc) VALUES (0, NEW.id);
END;
