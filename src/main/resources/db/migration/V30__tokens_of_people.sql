-- A session of the command line: it comes with a token instead of a cookie, and ends as every other one does.
-- SHA-256; the tokens are random and long. Null for sessions of pages and webapps.
ALTER TABLE access_session ADD COLUMN token_hash VARCHAR(64);
CREATE UNIQUE INDEX access_session_by_token ON access_session (token_hash);
