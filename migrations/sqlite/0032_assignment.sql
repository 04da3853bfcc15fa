-- When a rule last gave an operator a chat, and since when they are gone, as far as that was noticed.
ALTER TABLE operators ADD COLUMN assigned_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operators ADD COLUMN gone_since INTEGER;
