-- How many seconds each operator's answers wait before they leave, so that they can be taken back.
ALTER TABLE operators ADD COLUMN delay_s INTEGER NOT NULL DEFAULT 0 CHECK (delay_s BETWEEN 0 AND 10);
