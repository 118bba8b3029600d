package dev.lockstep.web;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Escalations;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One credential as configuration, ledger and engine together know it.
 *
 * @param credential from the configuration; null when it is no longer there
 * @param entry from the inventory; null when it was not registered yet
 * @param active the operation that occupies it
 * @param task the human task that its operation waits for
 * @param now the time at which all this was read
 */
record CredentialRow(
        CredentialName name,
        @Nullable Credential credential,
        @Nullable InventoryEntry entry,
        @Nullable Operation active,
        Escalations.@Nullable Task task,
        Instant now) {

    /** An operation that was declined, superseded or rolled back did what somebody wanted. */
    private static final Set<Outcome> FAILED = Set.of(Outcome.KEPT_PREVIOUS, Outcome.ROTATED_PREVIOUS_ALIVE);

    State state() {
        if (active != null && active.status() == OperationStatus.QUARANTINED) {
            return State.QUARANTINED;
        }
        if (task != null) {
            return State.WAITING;
        }
        if (status() == CredentialStatus.CONTAINED) {
            return State.CONTAINED;
        }
        if (status() == CredentialStatus.DISABLED) {
            return State.DISABLED;
        }
        if (active != null) {
            return State.RUNNING;
        }
        if (status() == CredentialStatus.DECOMMISSIONED) {
            return State.DECOMMISSIONED;
        }
        if (status() == CredentialStatus.REQUESTED) {
            return State.REQUESTED;
        }
        if (credential == null || status() == CredentialStatus.UNMANAGED) {
            return State.UNMANAGED;
        }
        if (overdue()) {
            return State.OVERDUE;
        }
        Outcome last = lastOutcome();
        return last != null && FAILED.contains(last) ? State.FAILED : State.OK;
    }

    /** Its due time has passed, and nothing is under way. */
    boolean overdue() {
        Instant due = nextRotationAt();
        return active == null
                && due != null
                && due.isBefore(now)
                && status() == CredentialStatus.ACTIVE
                && credential != null;
    }

    CredentialStatus status() {
        return entry == null ? CredentialStatus.ACTIVE : entry.status();
    }

    @Nullable
    Instant nextRotationAt() {
        return entry == null ? null : entry.nextRotationAt();
    }

    @Nullable
    Instant rotateBy() {
        return entry == null ? null : entry.rotateBy();
    }

    @Nullable
    Instant expiresAt() {
        return entry == null ? null : entry.expiresAt();
    }

    @Nullable
    Instant lastRotatedAt() {
        return entry == null ? null : entry.lastRotatedAt();
    }

    @Nullable
    Outcome lastOutcome() {
        return entry == null ? null : entry.lastOutcome();
    }

    @Nullable
    FailureCode lastFailure() {
        return entry == null ? null : entry.lastFailure();
    }

    @Nullable
    String owner() {
        return configured(Credential::owner);
    }

    @Nullable
    String strategy() {
        return configured(each -> each.policy().strategy().label());
    }

    @Nullable
    String policy() {
        return configured(each -> each.policy().name());
    }

    @Nullable
    String target() {
        return credential != null ? credential.target() : entry == null ? null : entry.target();
    }

    private <T> @Nullable T configured(Function<Credential, T> fact) {
        return Optional.ofNullable(credential).map(fact).orElse(null);
    }
}
