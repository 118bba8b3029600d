-- Until when the previous version stays valid although all consumers have moved.
ALTER TABLE operation ADD COLUMN keep_until TIMESTAMP WITH TIME ZONE;
