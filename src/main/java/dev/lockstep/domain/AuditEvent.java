package dev.lockstep.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One fact for the audit trail. Carries references only, never a secret.
 *
 * @param actor user id, or {@code lockstep} for automatic work
 * @param action what was done in the form {@code noun.verb}, for example {@code target.apply}
 * @param phase intent before a change, outcome after it, or a plain fact
 * @param subject what it was done to: a credential name, a policy, a user
 * @param operation the operation it belongs to; null when none
 * @param details further facts, for example version, principal, attempt, failure code
 */
public record AuditEvent(
        String actor,
        String action,
        Phase phase,
        String subject,
        @Nullable Long operation,
        Map<String, String> details) {

    public AuditEvent {
        details = Map.copyOf(details);
    }

    /** Where an event stands relative to the change that it tells of. */
    public enum Phase {
        INTENT,
        OUTCOME,
        FACT
    }
}
