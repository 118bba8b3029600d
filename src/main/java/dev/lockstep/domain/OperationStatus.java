package dev.lockstep.domain;

/** Where an operation stands between request and end. */
public enum OperationStatus {
    /** Durable, waiting for a worker or for its next attempt. */
    QUEUED,
    /** A worker runs it up to its first wait state. */
    CLAIMED,
    /** Its process instance is committed: a job, a timer or a human has it. */
    RUNNING,
    /** Workers died or broke on it too often, and no process instance could be made: a human must look. */
    QUARANTINED,
    /** Ended; see {@link Outcome}. */
    CLOSED;

    /** Whether it still occupies the credential. */
    public boolean active() {
        return this != CLOSED;
    }
}
