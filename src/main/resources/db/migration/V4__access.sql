-- People and programs that log in. The only user store: the engine gets copies without passwords.
CREATE TABLE access_user (
    id              VARCHAR(64)              NOT NULL,
    display_name    VARCHAR(200)             NOT NULL,
    -- Argon2id in its encoded form, which carries parameters and salt.
    password_hash   VARCHAR(255)             NOT NULL,
    -- Names of roles separated by commas, in alphabetical order.
    roles           VARCHAR(200)             NOT NULL,
    created_at      TIMESTAMP WITH TIME ZONE NOT NULL,
    disabled_at     TIMESTAMP WITH TIME ZONE,
    failed_attempts INTEGER DEFAULT 0        NOT NULL,
    locked_until    TIMESTAMP WITH TIME ZONE,
    -- Grows with each change of password, roles or state; a session of an older revision ends.
    revision        INTEGER DEFAULT 1        NOT NULL,
    CONSTRAINT access_user_pk PRIMARY KEY (id),
    CONSTRAINT access_user_lower_case CHECK (id = LOWER(id))
);
