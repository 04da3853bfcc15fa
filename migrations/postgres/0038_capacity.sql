-- How many chats a rule gives this operator at most; NULL: as many as the team's rule says.
ALTER TABLE operators ADD COLUMN capacity BIGINT;
