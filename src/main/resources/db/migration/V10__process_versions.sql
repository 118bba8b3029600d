-- Which version of a process an operation runs on, how a new version is rolled out, and how running instances move.

-- Added before an operation's first step, in a transaction of its own; no run writes to it.
CREATE TABLE run_version (
    operation    BIGINT       NOT NULL,
    definition   VARCHAR(64)  NOT NULL,
    process      VARCHAR(255) NOT NULL,
    version_tag  VARCHAR(64)  NOT NULL,
    rollout      BIGINT,
    chosen_at    TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT run_version_pk PRIMARY KEY (operation),
    CONSTRAINT run_version_of FOREIGN KEY (operation) REFERENCES operation (id)
);

CREATE INDEX run_version_since ON run_version (process, version_tag, chosen_at);
CREATE INDEX run_version_rollout ON run_version (rollout);
