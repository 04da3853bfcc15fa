-- Supervisors are told of targets that have passed.
ALTER TABLE push_outbox DROP CONSTRAINT push_outbox_kind_check;
ALTER TABLE push_outbox ADD CONSTRAINT push_outbox_kind_check
    CHECK (kind IN ('waiting', 'mine', 'mention', 'late', 'test'));
