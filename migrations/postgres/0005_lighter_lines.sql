-- What a customer's line costs is mostly the indexes that it is added to. Unread lines are found
-- by `messages_by_rev`, old tokens by their ids, which begin with the time.
DROP INDEX messages_unread;
DROP INDEX reply_tokens_by_age;
