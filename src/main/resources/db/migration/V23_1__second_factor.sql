-- Whether a local user has confirmed a second factor; without it a password alone opens nothing from then on.
ALTER TABLE access_user ADD COLUMN second_factor BOOLEAN DEFAULT FALSE NOT NULL;

-- Secrets of one-time codes (RFC 6238), sealed. One that waits for its first code is in "pending".
CREATE TABLE access_factor (
    user_id   VARCHAR(64)      NOT NULL,
    secret    BYTEA,
    pending   BYTEA,
    -- Of the newest code that was accepted: none counts twice, and none that is older.
    last_step BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT access_factor_pk PRIMARY KEY (user_id),
    CONSTRAINT access_factor_user FOREIGN KEY (user_id) REFERENCES access_user (id) ON DELETE CASCADE
);

-- For who has lost the device: each works once.
CREATE TABLE access_recovery_code (
    user_id VARCHAR(64) NOT NULL,
    -- SHA-256; the codes are random and long.
    hash    VARCHAR(64) NOT NULL,
    CONSTRAINT access_recovery_code_pk PRIMARY KEY (user_id, hash),
    CONSTRAINT access_recovery_code_user FOREIGN KEY (user_id) REFERENCES access_user (id) ON DELETE CASCADE
);
