-- Incidents begin from the ledger: until when one is claimed or put off, and how often it was claimed.

ALTER TABLE incident ADD COLUMN begin_after TIMESTAMP WITH TIME ZONE;
ALTER TABLE incident ADD COLUMN begin_tries INT DEFAULT 0 NOT NULL;
