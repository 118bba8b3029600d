package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Operations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Shows operations, with what they wait for. */
@Component
class OperationViews {

    private final Operations operations;
    private final Attempts attempts;
    private final HumanTasks humanTasks;
    private final Waits waits;

    OperationViews(Operations operations, Attempts attempts, HumanTasks humanTasks, Waits waits) {
        this.operations = operations;
        this.attempts = attempts;
        this.humanTasks = humanTasks;
        this.waits = waits;
    }

    /** One operation; throws {@link NotFound}. */
    Operation known(long id) {
        return operations.find(id).orElseThrow(() -> new NotFound("There is no operation op-" + id + "."));
    }

    /** One operation with its attempts; throws {@link NotFound}. */
    OperationView one(long id) {
        return withAttempts(known(id));
    }

    OperationView withAttempts(Operation operation) {
        List<AttemptView> tries =
                attempts.list(operation.id()).stream().map(AttemptView::of).toList();
        return OperationView.of(operation, waits.forWhat(operation, humanTasks.of(operation)), tries);
    }

    OperationView withoutAttempts(Operation operation) {
        return OperationView.of(operation, waits.forWhat(operation, humanTasks.of(operation)), null);
    }

    List<OperationView> all(List<Operation> active, List<Escalations.Task> tasks) {
        Map<Long, Escalations.Task> waiting = tasks.stream()
                .filter(task -> task.operation() != null)
                .collect(Collectors.toMap(
                        task -> Objects.requireNonNull(task.operation()),
                        Function.identity(),
                        (first, later) -> first));
        return active.stream()
                .map(operation ->
                        OperationView.of(operation, waits.forWhat(operation, waiting.get(operation.id())), null))
                .toList();
    }
}
