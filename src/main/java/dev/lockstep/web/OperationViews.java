package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Reach;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Operations;
import dev.lockstep.port.RunVersions;
import dev.lockstep.port.Sight;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows operations, with what they wait for. */
@Component
class OperationViews {

    private final Operations operations;
    private final Attempts attempts;
    private final HumanTasks humanTasks;
    private final Waits waits;
    private final RunVersions versions;
    private final Sight sight;

    OperationViews(
            Operations operations,
            Attempts attempts,
            HumanTasks humanTasks,
            Waits waits,
            RunVersions versions,
            Sight sight) {
        this.sight = sight;
        this.operations = operations;
        this.attempts = attempts;
        this.humanTasks = humanTasks;
        this.waits = waits;
        this.versions = versions;
    }

    /** One operation; throws {@link NotFound}. */
    Operation known(long id) {
        return operations.find(id).orElseThrow(() -> new NotFound("There is no operation op-" + id + "."));
    }

    /** The active operations that who asks may see, oldest first. */
    List<Operation> active(int limit) {
        Reach reach = sight.reading();
        if (reach.whole()) {
            return operations.active(limit);
        }
        return operations.active(CredentialRows.MOST).stream()
                .filter(operation -> reach.sees(operation.credential()))
                .limit(limit)
                .toList();
    }

    /** One operation with its attempts; throws {@link NotFound}. */
    OperationView one(long id) {
        return withAttempts(known(id));
    }

    OperationView withAttempts(Operation operation) {
        List<AttemptView> tries =
                attempts.list(operation.id()).stream().map(AttemptView::of).toList();
        return view(operation, tries);
    }

    OperationView withoutAttempts(Operation operation) {
        return view(operation, null);
    }

    private OperationView view(Operation operation, @Nullable List<AttemptView> tries) {
        String waitsFor = waits.forWhat(operation, humanTasks.of(operation));
        return OperationView.of(operation, versions.of(operation.id()).orElse(null), waitsFor, tries);
    }

    List<OperationView> all(List<Operation> active, List<Escalations.Task> tasks) {
        Map<Long, Escalations.Task> waiting = tasks.stream()
                .filter(task -> task.operation() != null)
                .collect(Collectors.toMap(
                        task -> Objects.requireNonNull(task.operation()),
                        Function.identity(),
                        (first, later) -> first));
        Map<Long, RunVersion> running =
                versions.of(active.stream().map(Operation::id).toList());
        return active.stream()
                .map(operation -> OperationView.of(
                        operation,
                        running.get(operation.id()),
                        waits.forWhat(operation, waiting.get(operation.id())),
                        null))
                .toList();
    }
}
