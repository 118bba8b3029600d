-- Data keys of the embedded stores and the fingerprint key, each wrapped by the key-encryption key.
CREATE TABLE embedded_keyset (
    name       VARCHAR(250)             NOT NULL,
    generation INTEGER                  NOT NULL,
    kek        VARCHAR(16)              NOT NULL,
    wrapped    BYTEA                    NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    wrapped_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_embedded_keyset PRIMARY KEY (name, generation)
);

-- One encrypted version of a credential; a destroyed one stays as a tombstone without payload.
CREATE TABLE embedded_secret (
    store        VARCHAR(200)             NOT NULL,
    credential   VARCHAR(200)             NOT NULL,
    version      INTEGER                  NOT NULL,
    generation   INTEGER                  NOT NULL,
    payload      BYTEA,
    staged_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    destroyed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_embedded_secret PRIMARY KEY (store, credential, version),
    CONSTRAINT ck_embedded_secret_tombstone CHECK (
        (payload IS NULL AND destroyed_at IS NOT NULL) OR (payload IS NOT NULL AND destroyed_at IS NULL))
);

-- The version that applications read. A table of its own, and without a foreign key, because promoting joins the
-- caller's transaction while staging commits on its own: they must never wait for each other.
CREATE TABLE embedded_current (
    store       VARCHAR(200)             NOT NULL,
    credential  VARCHAR(200)             NOT NULL,
    version     INTEGER                  NOT NULL,
    promoted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_embedded_current PRIMARY KEY (store, credential)
);
