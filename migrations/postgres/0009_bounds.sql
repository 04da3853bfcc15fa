-- How many bytes of files are kept, so that nobody counts them one by one. One row: few files are
-- kept at a time.
CREATE TABLE media_totals (
    shard BIGINT NOT NULL PRIMARY KEY,
    bytes BIGINT NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION count_media() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    more BIGINT := 0;
BEGIN
    IF TG_OP <> 'DELETE' AND NEW.state = 'ready' THEN
        more := more + NEW.size;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.state = 'ready' THEN
        more := more - OLD.size;
    END IF;
    IF more <> 0 THEN
        UPDATE media_totals SET bytes = bytes + more WHERE shard = 0;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER media_kept_or_dropped AFTER INSERT OR DELETE OR UPDATE OF state, size ON media
FOR EACH ROW EXECUTE FUNCTION count_media();

-- After the trigger, whose making keeps other changes out until this is committed.
INSERT INTO media_totals (shard, bytes) SELECT 0, COALESCE(SUM(size), 0) FROM media WHERE state = 'ready';

-- What a customer sent within a day.
CREATE INDEX media_by_conversation ON media (conversation_id, created_at);
