-- Links that let somebody choose a password, once: somebody new, or (`operator_id`) an operator
-- who has forgotten theirs. Only a hash of the link's token is kept.
CREATE TABLE invitations (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    operator_id UUID UNIQUE REFERENCES operators (id),
    email TEXT UNIQUE,
    name TEXT,
    role TEXT CHECK (role IN ('operator', 'supervisor', 'admin')),
    invited_by UUID NOT NULL REFERENCES operators (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CHECK ((operator_id IS NULL) = (email IS NOT NULL AND name IS NOT NULL AND role IS NOT NULL))
);
