package dev.lockstep.lifecycle;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Quarantine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Asks the ledger what has happened since the account was switched off, before the process waits or goes on. */
@Component
public class OpenQuarantine {

    private static final String SUCCEEDED = "succeeded";

    private final Operations operations;
    private final Workbench workbench;
    private final Attempts attempts;
    private final Quarantine quarantine;
    private final Clock clock;

    OpenQuarantine(Operations operations, Workbench workbench, Attempts attempts, Quarantine quarantine, Clock clock) {
        this.operations = operations;
        this.workbench = workbench;
        this.attempts = attempts;
        this.quarantine = quarantine;
        this.clock = clock;
    }

    /** Reads only. The quarantine counts from the first time that the account was switched off. */
    public Look run(long operationId) {
        Operation operation = operations.get(operationId);
        Policy policy = workbench.credential(operation.credential()).policy();
        Duration left = Duration.between(
                clock.instant(), since(operationId).plus(policy.decommission().quarantine()));
        return new Look(next(operation, left), left.isNegative() ? Duration.ZERO : left, policy.escalation());
    }

    private Instant since(long operationId) {
        return attempts.list(operationId).stream()
                .filter(entry -> entry.attempt().step() == Step.DISABLE
                        && entry.outcome().equals(SUCCEEDED))
                .map(Attempts.Entry::finishedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElseGet(clock::instant);
    }

    private Next next(Operation operation, Duration left) {
        if (operation.rollback()) {
            return Next.KEEP;
        }
        if (quarantine.readers(operation.id()).stream().anyMatch(reader -> !reader.answered())) {
            return Next.READ;
        }
        return left.isNegative() || left.isZero() ? Next.REMOVE : Next.WAIT;
    }

    /**
     * How the quarantine stands.
     *
     * @param left how long it still lasts
     */
    public record Look(Next next, Duration left, Policy.Escalation escalation) {}

    /** The ways on. */
    public enum Next {
        WAIT,
        READ,
        KEEP,
        REMOVE
    }
}
