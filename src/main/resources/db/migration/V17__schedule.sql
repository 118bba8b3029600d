-- The moment at which a secret will have reached its maximum age, the rule that due times were computed by, and the
-- moment for which people have been told that it was missed.

ALTER TABLE credential ADD COLUMN rotate_by TIMESTAMP WITH TIME ZONE;
ALTER TABLE credential ADD COLUMN schedule_rule VARCHAR(64);
ALTER TABLE credential ADD COLUMN missed_told TIMESTAMP WITH TIME ZONE;
CREATE INDEX credential_rotate_by ON credential (status, rotate_by);
