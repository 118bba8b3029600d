-- Which operations were let through to targets that have a rate; a row stays as long as it counts or its operation runs.
CREATE TABLE target_admission (
    target       VARCHAR(200) NOT NULL,
    operation    BIGINT       NOT NULL,
    admitted_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT target_admission_pk PRIMARY KEY (operation, target)
);

CREATE INDEX target_admission_lately ON target_admission (target, admitted_at);

-- Locked by whoever counts, so that two nodes never let the same operation's place be taken twice.
CREATE TABLE target_rate (
    target  VARCHAR(200) NOT NULL,
    CONSTRAINT target_rate_pk PRIMARY KEY (target)
);
