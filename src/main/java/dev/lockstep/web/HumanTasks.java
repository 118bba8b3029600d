package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Escalations;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The human tasks that are open, and which operation waits for which. */
@Component
class HumanTasks {

    /** More are not looked at: nobody reads them, and each costs the engine a query. */
    static final int MOST = 200;

    private final Escalations escalations;

    HumanTasks(Escalations escalations) {
        this.escalations = escalations;
    }

    /** The most urgent deadline first. */
    List<Escalations.Task> open() {
        return escalations.open(MOST);
    }

    /** The task that an operation waits for; null when it waits for none. */
    Escalations.@Nullable Task of(Operation operation) {
        if (!operation.status().active()) {
            return null;
        }
        Predicate<Escalations.Task> its = task -> Objects.equals(task.operation(), operation.id());
        return open().stream().filter(its).findFirst().orElse(null);
    }
}
