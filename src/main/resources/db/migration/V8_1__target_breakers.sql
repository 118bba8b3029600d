-- Targets that are known to be down. A row exists as long as only probes and emergencies are let through.
CREATE TABLE target_breaker (
    target    VARCHAR(200)  NOT NULL,
    since     TIMESTAMP WITH TIME ZONE NOT NULL,
    failure   VARCHAR(40)   NOT NULL,
    message   VARCHAR(1000) NOT NULL,
    probes    INTEGER       DEFAULT 0 NOT NULL,
    probe_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    -- The process instance that asks people to see to it; null as long as nobody has been asked.
    outage    VARCHAR(64),
    CONSTRAINT target_breaker_pk PRIMARY KEY (target)
);

-- How often an operation was claimed and handed back untried: such claims count as no run.
ALTER TABLE operation ADD COLUMN parked INTEGER DEFAULT 0 NOT NULL;
