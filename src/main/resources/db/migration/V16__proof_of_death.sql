-- When a login with the value of a version was refused as it should be; null while nobody has proven that it is dead.

ALTER TABLE credential_version ADD COLUMN proven_dead_at TIMESTAMP WITH TIME ZONE;
