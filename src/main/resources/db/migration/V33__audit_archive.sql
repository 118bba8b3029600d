-- What was moved out of the audit trail into signed files. The chain goes on behind the last position.
CREATE TABLE audit_archive (
    position       BIGINT                   NOT NULL,
    first          BIGINT                   NOT NULL,
    previous       VARCHAR(64)              NOT NULL,
    hash           VARCHAR(64)              NOT NULL,
    recorded_until TIMESTAMP WITH TIME ZONE NOT NULL,
    file           VARCHAR(200)             NOT NULL,
    sha256         VARCHAR(64)              NOT NULL,
    signed_at      VARCHAR(40)              NOT NULL,
    key_id         VARCHAR(64)              NOT NULL,
    signature      VARCHAR(200)             NOT NULL,
    CONSTRAINT audit_archive_pk PRIMARY KEY (position)
);

-- Whoever holds the lock on this row archives.
CREATE TABLE audit_archiver (
    id INTEGER NOT NULL,
    CONSTRAINT audit_archiver_pk PRIMARY KEY (id)
);

INSERT INTO audit_archiver (id) VALUES (1);
