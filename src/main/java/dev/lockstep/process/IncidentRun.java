package dev.lockstep.process;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.IncidentClaim;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.Incidents;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One worker's run of a claimed incident: process instance and ledger move in one transaction. What goes wrong is tried
 * again soon; one that never gets through its triage is put before a human without it.
 */
@Component
class IncidentRun {

    /** Longer than the time-outs of a whole run together; an older claim belongs to a dead worker. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(1));

    /** Claims that came to nothing, also by the death of their worker, before a human has to look. */
    private static final int MOST_TRIES = PAUSES.size();

    private static final Logger log = LoggerFactory.getLogger(IncidentRun.class);

    private final Instances instances;
    private final IncidentQueue queue;
    private final Incidents incidents;
    private final TransactionTemplate transaction;
    private final Clock clock;

    IncidentRun(
            Instances instances,
            IncidentQueue queue,
            Incidents incidents,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.instances = instances;
        this.queue = queue;
        this.incidents = incidents;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Never throws. */
    void run(IncidentClaim claim) {
        try {
            transaction.executeWithoutResult(status -> begin(claim));
        } catch (LostClaim lost) {
            log.info("{} was taken over by somebody else", Incident.label(claim.incident()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            postpone(claim, failure);
        }
    }

    private void begin(IncidentClaim claim) {
        Incident incident = incidents.get(claim.incident());
        String instance = claim.tries() > MOST_TRIES ? instances.startAtRecovery(incident) : instances.start(incident);
        if (!queue.bind(claim, instance)) {
            throw new LostClaim();
        }
    }

    private void postpone(IncidentClaim claim, Throwable failure) {
        Duration pause = PAUSES.get(Math.min(claim.tries(), PAUSES.size()) - 1);
        log.error("{} could not begin and is tried again in {}", Incident.label(claim.incident()), pause, failure);
        try {
            queue.postpone(claim, clock.instant().plus(pause));
        } catch (RuntimeException worse) {
            log.warn(
                    "{} stays claimed until its lease ends: {}",
                    Incident.label(claim.incident()),
                    worse.getClass().getSimpleName());
        }
    }
}
