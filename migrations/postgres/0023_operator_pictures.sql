-- How operators look. The name of a picture is the secret part of its address, and another picture
-- has another one. Pictures are kept while they are somebody's, and while a message that was sent
-- shows them.
ALTER TABLE operators ADD COLUMN picture TEXT;
CREATE TABLE operator_pictures (
    name TEXT NOT NULL PRIMARY KEY,
    operator_id UUID NOT NULL REFERENCES operators (id),
    bytes BYTEA NOT NULL,
    sent BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX operator_pictures_by_operator ON operator_pictures (operator_id);

-- With which keys each operator sends, and whether letters alone do anything.
ALTER TABLE operators ADD COLUMN send_with TEXT NOT NULL DEFAULT 'enter'
    CHECK (send_with IN ('enter', 'ctrl_enter'));
ALTER TABLE operators ADD COLUMN single_keys BOOLEAN NOT NULL DEFAULT TRUE;
