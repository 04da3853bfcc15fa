-- Which stickers an operator sent last.
CREATE INDEX messages_sent_stickers ON messages (sender_id, created_at, id) WHERE kind = 'sticker' AND direction = 'out';
