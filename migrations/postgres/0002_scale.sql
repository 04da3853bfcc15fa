-- How many conversations there are, open and closed, so that no list counts them one by one.
-- Spread over several rows, since every change locks its row until it is committed; a change is
-- about one conversation, so it locks one of them and no two changes can wait for each other.
CREATE TABLE conversation_totals (
    shard BIGINT NOT NULL PRIMARY KEY,
    open BIGINT NOT NULL,
    closed BIGINT NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION count_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    opened BIGINT := 0;
    closed_now BIGINT := 0;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        opened := opened + (NEW.state <> 'closed')::int;
        closed_now := closed_now + (NEW.state = 'closed')::int;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        opened := opened - (OLD.state <> 'closed')::int;
        closed_now := closed_now - (OLD.state = 'closed')::int;
    END IF;
    UPDATE conversation_totals SET open = open + opened, closed = closed + closed_now
    WHERE shard = get_byte(uuid_send(COALESCE(NEW.id, OLD.id)), 15) & 63;
    RETURN NULL;
END $$;

CREATE TRIGGER conversations_made_or_gone AFTER INSERT OR DELETE ON conversations
FOR EACH ROW EXECUTE FUNCTION count_conversation();

CREATE TRIGGER conversations_opened_or_closed AFTER UPDATE OF state ON conversations
FOR EACH ROW WHEN ((OLD.state = 'closed') <> (NEW.state = 'closed'))
EXECUTE FUNCTION count_conversation();

-- After the triggers, whose making keeps other changes out until this is committed.
INSERT INTO conversation_totals (shard, open, closed) SELECT n, 0, 0 FROM generate_series(0, 63) n;
UPDATE conversation_totals SET
    open = (SELECT count(*) FROM conversations WHERE state <> 'closed'),
    closed = (SELECT count(*) FROM conversations WHERE state = 'closed')
WHERE shard = 0;

-- What is unread, for the badge.
CREATE INDEX conversations_unread ON conversations (state, owner_id) WHERE unread > 0;

-- What changed since a moment, for a node that could not hear the others. Here only: a SQLite
-- database has one node, and an index that every change touches is not free.
CREATE INDEX conversations_by_change ON conversations (updated_at, id);

-- Old tokens leave by age.
CREATE INDEX reply_tokens_by_age ON reply_tokens (received_at);

-- What a run before left behind in the outbox.
CREATE INDEX outbox_leased ON outbox (leased_until) WHERE leased_until IS NOT NULL;
