-- By when the customer is to be answered and the case to be done, from when on that is near, and
-- whether supervisors know that it has passed. Empty while the clock does not run.
ALTER TABLE conversations ADD COLUMN response_due INTEGER;
ALTER TABLE conversations ADD COLUMN response_amber INTEGER;
ALTER TABLE conversations ADD COLUMN response_told INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE conversations ADD COLUMN resolution_due INTEGER;
ALTER TABLE conversations ADD COLUMN resolution_amber INTEGER;
ALTER TABLE conversations ADD COLUMN resolution_told INTEGER NOT NULL DEFAULT FALSE;

-- Since when the chat is put off; stays until what ended that has been reckoned with.
ALTER TABLE conversations ADD COLUMN snoozed_at INTEGER;

-- When the clocks of a case stood still, as '1700000000000-1700000360000,…'.
ALTER TABLE sessions ADD COLUMN paused TEXT NOT NULL DEFAULT '';
