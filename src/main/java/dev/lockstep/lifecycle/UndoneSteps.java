package dev.lockstep.lifecycle;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the attempts of the operation's present round tell about its undo; earlier rounds do not count. */
@Component
class UndoneSteps {

    private static final String SUCCEEDED = "succeeded";
    private static final List<Step> UNDO =
            List.of(Step.PROPAGATE_PREVIOUS, Step.DEMOTE, Step.RESTORE, Step.WITHDRAW, Step.REMOVE, Step.ENABLE);

    private final Attempts attempts;

    UndoneSteps(Attempts attempts) {
        this.attempts = attempts;
    }

    /** Whether the step was done in this round; every handler calls those that come before it once more. */
    boolean by(Operation operation, Step step) {
        return of(operation, step).anyMatch(entry -> entry.outcome().equals(SUCCEEDED));
    }

    /** Whether a step of the undo was begun in this round and did not succeed in the end. */
    boolean failed(Operation operation) {
        return UNDO.stream()
                .anyMatch(step -> of(operation, step)
                        .reduce((earlier, later) -> later)
                        .filter(newest -> !newest.outcome().equals(SUCCEEDED))
                        .isPresent());
    }

    /** Whether the step was ever begun by the operation. */
    boolean begun(Operation operation, Step step) {
        return attempts.list(operation.id()).stream()
                .anyMatch(entry -> entry.attempt().step() == step);
    }

    private Stream<Attempts.Entry> of(Operation operation, Step step) {
        return attempts.list(operation.id()).stream()
                .filter(entry ->
                        entry.attempt().step() == step && entry.attempt().round() == operation.round());
    }
}
