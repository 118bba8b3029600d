-- Who logs in at an OpenID provider has a row as well, but no password: password_hash is then empty.
ALTER TABLE access_user ADD COLUMN provider VARCHAR(500);
ALTER TABLE access_user ADD COLUMN subject VARCHAR(255);
CREATE UNIQUE INDEX access_user_subject ON access_user (provider, subject);

-- Sessions of pages and webapps. A node keeps what belongs to one in its memory; whether it goes on is decided here.
CREATE TABLE access_session (
    -- Random, and not what the cookie holds.
    id               VARCHAR(36)              NOT NULL,
    user_id          VARCHAR(64)              NOT NULL,
    -- Of the user when the session began: it ends when the user is changed.
    revision         INTEGER                  NOT NULL,
    -- The provider's name of its own session, by which it ends ours.
    provider_session VARCHAR(255),
    address          VARCHAR(64)              NOT NULL,
    agent            VARCHAR(200)             NOT NULL,
    started_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at          TIMESTAMP WITH TIME ZONE NOT NULL,
    -- When a second factor was last given; null when none was.
    factor_at        TIMESTAMP WITH TIME ZONE,
    CONSTRAINT access_session_pk PRIMARY KEY (id),
    CONSTRAINT access_session_user FOREIGN KEY (user_id) REFERENCES access_user (id) ON DELETE CASCADE
);
CREATE INDEX access_session_by_user ON access_session (user_id);
CREATE INDEX access_session_by_provider ON access_session (provider_session);
