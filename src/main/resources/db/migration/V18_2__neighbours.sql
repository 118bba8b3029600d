-- Credentials whose rotation has to mind others; the many that have nobody to mind stand in none of these tables.

CREATE TABLE credential_apart (
    credential  VARCHAR(200) NOT NULL,
    apart_group VARCHAR(63)  NOT NULL,
    seconds     BIGINT       NOT NULL,
    CONSTRAINT credential_apart_pk PRIMARY KEY (credential)
);

CREATE INDEX credential_apart_members ON credential_apart (apart_group);

-- Locked by whoever lets a member begin, so that two nodes never let two begin.
CREATE TABLE apart_group (
    name  VARCHAR(63) NOT NULL,
    CONSTRAINT apart_group_pk PRIMARY KEY (name)
);

-- Who goes first: all that come before, not only those that come directly before.
CREATE TABLE credential_after (
    credential   VARCHAR(200) NOT NULL,
    predecessor  VARCHAR(200) NOT NULL,
    CONSTRAINT credential_after_pk PRIMARY KEY (credential, predecessor)
);
