-- How each operator wants to see Sala. What is absent follows the browser.
ALTER TABLE operators ADD COLUMN language TEXT CHECK (language IN ('en', 'th', 'ja', 'zh-TW'));
ALTER TABLE operators ADD COLUMN appearance TEXT CHECK (appearance IN ('auto', 'light', 'dark'));
ALTER TABLE operators ADD COLUMN clock TEXT CHECK (clock IN ('24', '12'));
ALTER TABLE operators ADD COLUMN buddhist_year INTEGER NOT NULL DEFAULT FALSE;

-- By what one recognises a log-in of one's own: where it began, and what the browser calls itself.
ALTER TABLE logins ADD COLUMN address TEXT;
ALTER TABLE logins ADD COLUMN user_agent TEXT;
