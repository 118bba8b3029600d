package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Collects for a human since when a target is down, why, and how much waits for it. */
@Component
public class DescribeOutage {

    /** More are not counted: it is much either way. */
    private static final int MOST = 2000;

    private final Breakers breakers;
    private final Operations operations;
    private final Catalog catalog;
    private final Clock clock;

    DescribeOutage(Breakers breakers, Operations operations, Catalog catalog, Clock clock) {
        this.breakers = breakers;
        this.operations = operations;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Asks the ledger only: whoever wants to know more of the target has it checked. */
    public Facts run(String target) {
        Optional<PausedTarget> paused = breakers.paused().stream()
                .filter(known -> known.target().equals(target))
                .findFirst();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Facts(
                target,
                paused.map(PausedTarget::since).orElse(now).truncatedTo(ChronoUnit.SECONDS),
                paused.map(PausedTarget::failure).orElse(FailureCode.TARGET_UNREACHABLE),
                paused.map(PausedTarget::message).orElse("the target is used again"),
                waiting(target),
                now,
                catalog.limits(target).escalation());
    }

    private long waiting(String target) {
        return operations.active(MOST).stream()
                .flatMap(operation -> catalog.credential(operation.credential()).stream())
                .filter(credential -> credential.target().equals(target))
                .count();
    }

    /**
     * What a human needs to know; no secret in it.
     *
     * @param waiting active operations of its credentials
     * @param asOf when this was collected
     * @param escalation who is asked, and how long they have from the beginning of the outage
     */
    public record Facts(
            String target,
            Instant since,
            FailureCode code,
            String message,
            long waiting,
            Instant asOf,
            Policy.Escalation escalation) {}
}
