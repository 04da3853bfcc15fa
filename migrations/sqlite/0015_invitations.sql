-- Links that let somebody choose a password, once: somebody new, or (`operator_id`) an operator
-- who has forgotten theirs. Only a hash of the link's token is kept.
CREATE TABLE invitations (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    operator_id BLOB UNIQUE REFERENCES operators (id),
    email TEXT UNIQUE,
    name TEXT,
    role TEXT CHECK (role IN ('operator', 'supervisor', 'admin')),
    invited_by BLOB NOT NULL REFERENCES operators (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((operator_id IS NULL) = (email IS NOT NULL AND name IS NOT NULL AND role IS NOT NULL))
) STRICT;
