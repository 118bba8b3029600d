package dev.lockstep.domain;

/** Whether a credential is in use. */
public enum CredentialStatus {
    /** In use: its current version must log in. */
    ACTIVE,
    /** Disabled at the target; none of its versions may log in. */
    CONTAINED,
    /** No longer in the configuration; kept for the record, never rotated by schedule. */
    UNMANAGED
}
