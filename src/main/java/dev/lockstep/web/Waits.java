package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Arrangements;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says in words what an operation waits for. */
@Component
class Waits {

    private final Versions versions;
    private final Consumers consumers;
    private final Arrangements arrangements;
    private final Clock clock;

    Waits(Versions versions, Consumers consumers, Arrangements arrangements, Clock clock) {
        this.versions = versions;
        this.consumers = consumers;
        this.arrangements = arrangements;
        this.clock = clock;
    }

    /** A few words, without a dot at the end; null when it has ended. */
    @Nullable
    String forWhat(Operation operation, Escalations.@Nullable Task task) {
        return switch (operation.status()) {
            case CLOSED -> null;
            case QUARANTINED -> "an operator, who finds the cause and resumes it";
            case CLAIMED -> "its step, which a worker runs now";
            case QUEUED ->
                operation.notBefore().isAfter(clock.instant())
                        ? again(operation, Moments.until(operation.notBefore(), clock.instant()))
                        : turn(operation);
            case RUNNING -> task != null ? person(task) : engine(operation);
        };
    }

    private String turn(Operation operation) {
        List<CredentialName> others = arrangements.holding(operation.id());
        return others.isEmpty()
                ? "a free worker"
                : "its turn after " + others.stream().map(CredentialName::value).collect(Collectors.joining(", "));
    }

    private static String person(Escalations.Task task) {
        String who = task.assignee() != null ? task.assignee() : task.group() != null ? task.group() : "somebody";
        return who + ": " + task.name();
    }

    private String engine(Operation operation) {
        if (operation.process().equals("decommission")) {
            return operation.rollback() ? "the account to be enabled again" : "the end of the quarantine";
        }
        if (operation.rollback()) {
            return "the way back to the previous version";
        }
        boolean promoted = versions.candidate(operation.id())
                .filter(candidate -> candidate.stage() == Stage.CURRENT)
                .isPresent();
        List<Version> previous = versions.in(operation.credential(), Stage.PREVIOUS);
        if (promoted && !previous.isEmpty() && operation.failure() == null) {
            return grace(operation);
        }
        return again(operation, "soon");
    }

    private String grace(Operation operation) {
        List<String> laggards = versions.candidate(operation.id())
                .map(candidate -> consumers.laggards(candidate.ref()))
                .orElse(List.of());
        return laggards.isEmpty()
                ? "the end of the grace"
                : "the end of the grace, or these consumers to move: " + String.join(", ", laggards);
    }

    private static String again(Operation operation, String when) {
        boolean opening = operation.failure() == null
                && operation.priority() < Operation.REQUESTED
                && operation.status() == OperationStatus.QUEUED;
        return (opening
                        ? "the next opening of its policy, "
                        : operation.failure() == null ? "its next step, " : "another try, ")
                + when;
    }
}
