-- For which due time an operation was queued: until that one is closed, the schedule passes the credential by.
ALTER TABLE credential ADD COLUMN queued_due TIMESTAMP WITH TIME ZONE;
