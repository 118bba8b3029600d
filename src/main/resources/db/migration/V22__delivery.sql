-- Programs that read secrets: what they log in with, what they hold, and what they have read.

-- Issued secrets of the login AppRole, as SHA-256 of 256 random bits.
CREATE TABLE delivery_secret_id (
    hash        VARCHAR(64)  NOT NULL,
    accessor    VARCHAR(40)  NOT NULL,
    identity    VARCHAR(63)  NOT NULL,
    issued_by   VARCHAR(255) NOT NULL,
    issued_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at     TIMESTAMP WITH TIME ZONE,
    CONSTRAINT delivery_secret_id_pk PRIMARY KEY (hash),
    CONSTRAINT delivery_secret_id_accessor UNIQUE (accessor)
);

CREATE INDEX delivery_secret_id_identity ON delivery_secret_id (identity);

-- Tokens, likewise hashed. A revoked one is deleted.
CREATE TABLE delivery_token (
    hash        VARCHAR(64)  NOT NULL,
    accessor    VARCHAR(40)  NOT NULL,
    -- The accessor of the token that made it; null for that of a login.
    parent      VARCHAR(40),
    -- The accessor of the secret_id that it was logged in with.
    secret_id   VARCHAR(40),
    identity    VARCHAR(63)  NOT NULL,
    method      VARCHAR(20)  NOT NULL,
    -- Which of the running copies of the program holds it.
    instance    VARCHAR(200) NOT NULL,
    issued_at   TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    -- However often it is renewed, it is not valid for longer.
    ends_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT delivery_token_pk PRIMARY KEY (hash),
    CONSTRAINT delivery_token_accessor UNIQUE (accessor)
);

CREATE INDEX delivery_token_parent ON delivery_token (parent);
CREATE INDEX delivery_token_identity ON delivery_token (identity);
CREATE INDEX delivery_token_instance ON delivery_token (instance);
CREATE INDEX delivery_token_expired ON delivery_token (expires_at);

-- Which version each running copy of a consumer has read last. It lives as long as one of its tokens does.
CREATE TABLE consumer_instance (
    credential  VARCHAR(200) NOT NULL,
    consumer    VARCHAR(200) NOT NULL,
    instance    VARCHAR(200) NOT NULL,
    version     INTEGER      NOT NULL,
    read_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT consumer_instance_pk PRIMARY KEY (credential, consumer, instance)
);

CREATE INDEX consumer_instance_instance ON consumer_instance (instance);

-- Reads that somebody should look at. The identity stands for the reader, because it need not be a consumer.
CREATE TABLE delivery_finding (
    credential  VARCHAR(200) NOT NULL,
    identity    VARCHAR(63)  NOT NULL,
    kind        VARCHAR(30)  NOT NULL,
    version     INTEGER      NOT NULL,
    times       BIGINT       NOT NULL,
    first_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT delivery_finding_pk PRIMARY KEY (credential, identity, kind, version)
);
