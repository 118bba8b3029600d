package dev.lockstep.lifecycle;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Drill.Milestone;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks how far Lockstep has come with a drill, and notes when it got there by what the ledger has written down. */
@Component
public class ObserveDrill {

    /** What is to be done about the drill. */
    public enum Next {
        /** Look again later. */
        WATCH,
        /** No more damage can be done; nobody can recover before the fault ends. */
        END_FAULT,
        /** There is nothing more to wait for. */
        OVER
    }

    private final Drills drills;
    private final Incidents incidents;
    private final Operations operations;
    private final Attempts attempts;
    private final Versions versions;
    private final Clock clock;

    ObserveDrill(
            Drills drills,
            Incidents incidents,
            Operations operations,
            Attempts attempts,
            Versions versions,
            Clock clock) {
        this.drills = drills;
        this.incidents = incidents;
        this.operations = operations;
        this.attempts = attempts;
        this.versions = versions;
        this.clock = clock;
    }

    /** May be repeated at any time: what was reached once stays as it was noted. */
    public Next run(long id) {
        Drill drill = drills.get(id);
        if (drill.injectedAt() != null) {
            note(drill, drill.injectedAt());
        }
        return next(drills.get(id));
    }

    private void note(Drill drill, Instant injected) {
        switch (drill.scenario()) {
            case LEAK -> leak(drill);
            case LOST_NODE -> lostNode(drill, injected);
            case DEAD_TARGET -> fault(drill, injected, FailureCode.TARGET_UNREACHABLE);
            case DEAD_STORE -> fault(drill, injected, FailureCode.STORE_UNAVAILABLE);
            case REFUSED_PASSWORD -> fault(drill, injected, FailureCode.SECRET_REFUSED);
        }
    }

    private void leak(Drill drill) {
        long incident = Objects.requireNonNull(drill.incident());
        reached(
                drill,
                Milestone.DETECTED,
                Optional.ofNullable(incidents.get(incident).decidedAt()));
        reached(drill, Milestone.CONTAINED, ofIncident(incident, drill.credential(), Affected::provenDeadAt));
        reached(drill, Milestone.RECOVERED, ofIncident(incident, drill.credential(), Affected::replacedAt));
    }

    private Optional<Instant> ofIncident(
            long incident, CredentialName credential, Function<Affected, @Nullable Instant> moment) {
        return incidents.affected(incident).stream()
                .filter(affected -> affected.credential().equals(credential))
                .findFirst()
                .flatMap(affected -> Optional.ofNullable(moment.apply(affected)));
    }

    /** Noticed when another node begins an attempt; from then on the fence refuses the dead one's writes. */
    private void lostNode(Drill drill, Instant injected) {
        Optional<Instant> takenOver = tries(drill).stream()
                .map(Attempts.Entry::startedAt)
                .filter(injected::isBefore)
                .findFirst();
        reached(drill, Milestone.DETECTED, takenOver);
        reached(drill, Milestone.CONTAINED, takenOver);
        recovered(drill);
    }

    /** Contained as soon as nothing is being tried and applications read what they read before. */
    private void fault(Drill drill, Instant injected, FailureCode expected) {
        Optional<Instant> noticed = tries(drill).stream()
                .filter(entry -> entry.failure() == expected)
                .flatMap(entry -> Optional.ofNullable(entry.finishedAt()).stream())
                .filter(at -> !at.isBefore(injected))
                .findFirst();
        reached(drill, Milestone.DETECTED, noticed);
        if (noticed.isPresent() && atRest(drill) && unchanged(drill)) {
            reached(drill, Milestone.CONTAINED, Optional.of(clock.instant()));
        }
        recovered(drill);
    }

    /** No worker has the operation: it waits for its next try, for a timer or for a human, or has ended. */
    private boolean atRest(Drill drill) {
        return drill.operation() != null
                && operations
                        .find(drill.operation())
                        .filter(operation -> operation.status() != OperationStatus.CLAIMED)
                        .isPresent();
    }

    private List<Attempts.Entry> tries(Drill drill) {
        return drill.operation() == null ? List.of() : attempts.list(drill.operation());
    }

    private boolean unchanged(Drill drill) {
        return versions.current(drill.credential())
                .filter(current -> Objects.equals(current.ref().version(), drill.versionBefore()))
                .isPresent();
    }

    private void recovered(Drill drill) {
        reached(
                drill,
                Milestone.RECOVERED,
                versions.current(drill.credential())
                        .filter(current ->
                                drill.versionBefore() != null && current.ref().version() > drill.versionBefore())
                        .map(current -> current.changedAt()));
    }

    private void reached(Drill drill, Milestone milestone, Optional<Instant> at) {
        at.ifPresent(moment -> drills.reached(drill.id(), milestone, moment));
    }

    private Next next(Drill drill) {
        if (drill.cancelledBy() != null || drill.recoveredAt() != null || gaveUp(drill)) {
            return Next.OVER;
        }
        return drill.containedAt() != null && drill.waitsForTheEndOfItsFault() && drill.faultEndedAt() == null
                ? Next.END_FAULT
                : Next.WATCH;
    }

    /** The operation has ended without a new version: nobody will recover any more. */
    private boolean gaveUp(Drill drill) {
        return drill.operation() != null
                && operations
                        .find(drill.operation())
                        .map(Operation::status)
                        .filter(OperationStatus.CLOSED::equals)
                        .isPresent();
    }
}
