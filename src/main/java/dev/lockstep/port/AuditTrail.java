package dev.lockstep.port;

import dev.lockstep.domain.AuditEvent;

/** The append-only record of what was done. */
public interface AuditTrail {

    /**
     * Appends one event in the caller's transaction, so that it exists exactly when the change it tells of does.
     *
     * @throws dev.lockstep.domain.RetryableException with {@code AUDIT_UNAVAILABLE} when it cannot be written; the
     *     caller must then not go on
     */
    void append(AuditEvent event);
}
