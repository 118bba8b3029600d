-- What one consumer uses, of all credentials.
CREATE INDEX consumer_by_name ON consumer (name, credential);
