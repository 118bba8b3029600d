-- How far the audit trail was handed on, by stream. One node at a time hands on: who holds the row until its lease ends.

CREATE TABLE audit_stream (
    name        VARCHAR(63) NOT NULL,
    position    BIGINT      NOT NULL,
    holder      VARCHAR(64),
    held_until  TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT audit_stream_pk PRIMARY KEY (name)
);
