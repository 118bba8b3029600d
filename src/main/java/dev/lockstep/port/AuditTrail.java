package dev.lockstep.port;

import dev.lockstep.domain.AuditEvent;
import java.util.List;

/** The append-only record of what was done. */
public interface AuditTrail {

    /**
     * Appends one event in the caller's transaction, so that it exists exactly when the change it tells of does.
     *
     * @throws dev.lockstep.domain.RetryableException with {@code AUDIT_UNAVAILABLE} when it cannot be written; the
     *     caller must then not go on
     */
    void append(AuditEvent event);

    /** Likewise several, in their order, in as few statements as may be. */
    default void append(List<AuditEvent> events) {
        events.forEach(this::append);
    }
}
