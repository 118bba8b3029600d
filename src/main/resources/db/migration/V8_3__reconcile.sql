-- When each credential was last compared with its target, and what was found then.
CREATE TABLE credential_check (
    credential       VARCHAR(200) NOT NULL,
    checked_at       TIMESTAMP WITH TIME ZONE NOT NULL,
    -- When retired secrets were last tried, which the target counts as wrong logins.
    dead_checked_at  TIMESTAMP WITH TIME ZONE,
    -- What is not as it should be; null when all is well.
    finding          VARCHAR(40),
    detail           VARCHAR(1000),
    found_at         TIMESTAMP WITH TIME ZONE,
    -- The process instance that follows the finding up; null as long as none does.
    followed_by      VARCHAR(64),
    CONSTRAINT credential_check_pk PRIMARY KEY (credential),
    CONSTRAINT credential_check_of FOREIGN KEY (credential) REFERENCES credential (name),
    CONSTRAINT credential_check_found CHECK ((finding IS NULL) = (found_at IS NULL))
);

CREATE INDEX credential_check_findings ON credential_check (finding);
CREATE INDEX credential_of_target ON credential (target, status);

-- Accounts at targets that no credential has, and what people think of them.
CREATE TABLE principal_sighting (
    target      VARCHAR(200) NOT NULL,
    principal   VARCHAR(255) NOT NULL,
    first_seen  TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen   TIMESTAMP WITH TIME ZONE NOT NULL,
    last_login  TIMESTAMP WITH TIME ZONE,
    ignored_at  TIMESTAMP WITH TIME ZONE,
    ignored_by  VARCHAR(255),
    reason      VARCHAR(1000),
    CONSTRAINT principal_sighting_pk PRIMARY KEY (target, principal)
);

-- When the accounts of a target were last listed.
CREATE TABLE target_listing (
    target     VARCHAR(200) NOT NULL,
    listed_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT target_listing_pk PRIMARY KEY (target)
);
