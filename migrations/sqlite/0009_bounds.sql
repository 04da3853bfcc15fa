-- How many bytes of files are kept, so that nobody counts them one by one.
CREATE TABLE media_totals (
    shard INTEGER NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL
) STRICT;

CREATE TRIGGER media_made AFTER INSERT ON media WHEN NEW.state = 'ready' BEGIN
    UPDATE media_totals SET bytes = bytes + NEW.size WHERE shard = 0;
END;

CREATE TRIGGER media_kept_or_dropped AFTER UPDATE OF state, size ON media
WHEN OLD.state = 'ready' OR NEW.state = 'ready' BEGIN
    UPDATE media_totals
    SET bytes = bytes + (NEW.state = 'ready') * NEW.size - (OLD.state = 'ready') * OLD.size
    WHERE shard = 0;
END;

CREATE TRIGGER media_gone AFTER DELETE ON media WHEN OLD.state = 'ready' BEGIN
    UPDATE media_totals SET bytes = bytes - OLD.size WHERE shard = 0;
END;

INSERT INTO media_totals (shard, bytes) SELECT 0,
    (SELECT COALESCE(SUM(size), 0) FROM media WHERE state = 'ready');

-- What a customer sent within a day.
CREATE INDEX media_by_conversation ON media (conversation_id, created_at);
