package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Rollout;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.RolloutRecords;
import dev.lockstep.process.DeployedVersions.Deployed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Knows the roll-outs, looked up again after a few seconds, and ends one whose new version fails too often before
 * another operation starts on it.
 */
@Component
class RolloutWatch {

    private static final Duration REMEMBER = Duration.ofSeconds(5);

    /** Runs of the former version that are compared with those of the new one. */
    private static final Duration LOOK_BACK = Duration.ofDays(30);

    private static final Logger log = LoggerFactory.getLogger(RolloutWatch.class);

    private final RolloutRecords records;
    private final DeployedVersions deployed;
    private final RuntimeService runtime;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    RolloutWatch(
            RolloutRecords records,
            DeployedVersions deployed,
            RuntimeService runtime,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.records = records;
        this.deployed = deployed;
        this.runtime = runtime;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** The newest roll-out of a version; empty when there was none. */
    Optional<Rollout> of(String process, String versionTag) {
        return of(process).stream()
                .filter(rollout -> rollout.versionTag().equals(versionTag))
                .findFirst();
    }

    /** How the versions of a roll-out go. */
    RolloutRecords.Comparison compare(Rollout rollout) {
        return records.compare(rollout, rollout.openedAt().minus(LOOK_BACK), stuck(rollout));
    }

    private List<Rollout> of(String process) {
        Instant now = clock.instant();
        Known before = known.get(process);
        if (before != null && Duration.between(before.since(), now).abs().compareTo(REMEMBER) <= 0) {
            return before.rollouts();
        }
        boolean returned = records.of(process).stream()
                .filter(rollout -> rollout.status() == Rollout.Status.OPEN)
                .anyMatch(this::returnedByItself);
        if (returned) {
            log.warn("{} returns to its former version", process);
        }
        List<Rollout> rollouts = records.of(process);
        known.put(process, new Known(rollouts, now));
        return rollouts;
    }

    private boolean returnedByItself(Rollout rollout) {
        RolloutRecords.Comparison runs = compare(rollout);
        Optional<String> reason = rollout.rule().reasonToReturn(runs.fresh(), runs.former());
        reason.ifPresent(why ->
                transaction.executeWithoutResult(status -> end(rollout, Rollout.Status.RETURNED, "lockstep", why)));
        return reason.isPresent();
    }

    /** In the caller's transaction. Returns false, recording nothing, when it is not open any more. */
    boolean end(Rollout rollout, Rollout.Status status, String by, String reason) {
        boolean ended = records.end(rollout.id(), status, by, reason);
        if (ended) {
            audit.append(new AuditEvent(
                    by,
                    status == Rollout.Status.COMPLETED ? "rollout.complete" : "rollout.return",
                    AuditEvent.Phase.FACT,
                    rollout.label(),
                    null,
                    Map.of("former", rollout.formerTag(), "reason", reason)));
        }
        return ended;
    }

    /** Instances of the new version with a job that cannot go on. */
    private Set<String> stuck(Rollout rollout) {
        return deployed.of(rollout.process()).stream()
                .filter(version -> version.tag().equals(rollout.versionTag()))
                .map(Deployed::definition)
                .flatMap(definition -> runtime.createIncidentQuery().processDefinitionId(definition).list().stream())
                .map(Incident::getProcessInstanceId)
                .collect(Collectors.toSet());
    }

    private record Known(List<Rollout> rollouts, Instant since) {}
}
