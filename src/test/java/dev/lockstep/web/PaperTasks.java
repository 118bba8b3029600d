package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Escalations;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.springframework.boot.test.context.TestComponent;

/** Human tasks that tests write down. */
@TestComponent
class PaperTasks implements Escalations {

    private final List<Task> tasks = new CopyOnWriteArrayList<>();

    void add(String id, String name, Operation operation, Instant since, Instant deadline) {
        tasks.add(
                new Task(id, name, operation.id(), operation.credential().value(), "operators", null, since, deadline));
    }

    @Override
    public List<Task> open(int limit, Predicate<Task> wanted) {
        return tasks.stream().filter(wanted).limit(limit).toList();
    }
}
