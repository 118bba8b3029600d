package dev.lockstep.domain;

/** Whether a credential is in use. */
public enum CredentialStatus {
    /** Asked for and not issued yet. */
    REQUESTED,
    /** In use: its current version must log in. */
    ACTIVE,
    /** Disabled at the target; none of its versions may log in. */
    CONTAINED,
    /** Disabled at the target on its way to decommission; somebody may still want it back. */
    DISABLED,
    /** Its life is over, or never began: nothing of it exists at target or store. Kept for the record. */
    DECOMMISSIONED,
    /** No longer in the configuration; kept for the record, never rotated by schedule. */
    UNMANAGED
}
