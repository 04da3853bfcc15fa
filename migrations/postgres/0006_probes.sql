-- Always empty: what is written here, and removed with the same commit, shows that writing works.
CREATE TABLE probes (
    id UUID PRIMARY KEY,
    bytes BYTEA NOT NULL
);
