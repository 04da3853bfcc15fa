-- How many conversations there are, open and closed, so that no list counts them one by one.
-- Here one row; PostgreSQL spreads them over several, since every change locks its row.
CREATE TABLE conversation_totals (
    shard INTEGER NOT NULL PRIMARY KEY,
    open INTEGER NOT NULL,
    closed INTEGER NOT NULL
) STRICT;

CREATE TRIGGER conversations_made AFTER INSERT ON conversations BEGIN
    UPDATE conversation_totals
    SET open = open + (NEW.state <> 'closed'), closed = closed + (NEW.state = 'closed')
    WHERE shard = 0;
END;

CREATE TRIGGER conversations_opened_or_closed AFTER UPDATE OF state ON conversations
WHEN (OLD.state = 'closed') <> (NEW.state = 'closed') BEGIN
    UPDATE conversation_totals
    SET open = open + (NEW.state <> 'closed') - (OLD.state <> 'closed'),
        closed = closed + (NEW.state = 'closed') - (OLD.state = 'closed')
    WHERE shard = 0;
END;

CREATE TRIGGER conversations_gone AFTER DELETE ON conversations BEGIN
    UPDATE conversation_totals
    SET open = open - (OLD.state <> 'closed'), closed = closed - (OLD.state = 'closed')
    WHERE shard = 0;
END;

INSERT INTO conversation_totals (shard, open, closed) SELECT 0,
    (SELECT count(*) FROM conversations WHERE state <> 'closed'),
    (SELECT count(*) FROM conversations WHERE state = 'closed');

-- What is unread, for the badge.
CREATE INDEX conversations_unread ON conversations (state, owner_id) WHERE unread > 0;

-- Old tokens leave by age.
CREATE INDEX reply_tokens_by_age ON reply_tokens (received_at);

-- What a run before left behind in the outbox.
CREATE INDEX outbox_leased ON outbox (leased_until) WHERE leased_until IS NOT NULL;
