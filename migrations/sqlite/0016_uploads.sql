-- Files that operators send: who brought them, what they are, and the secret part of the address
-- under which LINE's clients fetch them. An upload has an end (`ends_at`) until a message uses it.
ALTER TABLE media ADD COLUMN uploaded_by BLOB REFERENCES operators (id);
ALTER TABLE media ADD COLUMN kind TEXT CHECK (kind IN ('image', 'video', 'audio', 'file'));
ALTER TABLE media ADD COLUMN token TEXT;
ALTER TABLE media ADD COLUMN width INTEGER;
ALTER TABLE media ADD COLUMN height INTEGER;
ALTER TABLE media ADD COLUMN ends_at INTEGER;
CREATE UNIQUE INDEX media_by_token ON media (token) WHERE token IS NOT NULL;
CREATE INDEX media_ending ON media (ends_at) WHERE ends_at IS NOT NULL;

-- A small JPEG of a picture or film, a megabyte at most.
CREATE TABLE media_previews (
    media_id BLOB NOT NULL PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    bytes BLOB NOT NULL
) STRICT;
