-- Who has read which version of a schema, and when last, to the hour: what is asked for in a path stands in no file.
CREATE TABLE schema_reading (
    kind        VARCHAR(63)  NOT NULL,
    version     INTEGER      NOT NULL,
    identity    VARCHAR(63)  NOT NULL,
    last_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT schema_reading_pk PRIMARY KEY (kind, version, identity)
);
