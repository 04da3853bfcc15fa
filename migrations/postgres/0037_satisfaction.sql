-- What a customer was asked after a session, and what they said: `csat_due_at` is set by an operator's
-- close after an answer, `csat` is 1 to 5, the comment is a message of the customer's.
ALTER TABLE sessions ADD COLUMN csat_due_at BIGINT;
ALTER TABLE sessions ADD COLUMN csat_asked_at BIGINT;
ALTER TABLE sessions ADD COLUMN csat BIGINT;
ALTER TABLE sessions ADD COLUMN csat_at BIGINT;
ALTER TABLE sessions ADD COLUMN csat_comment_id UUID;

-- Until when the customer's next text is a comment on what they have just rated.
ALTER TABLE conversations ADD COLUMN comment_until BIGINT;
