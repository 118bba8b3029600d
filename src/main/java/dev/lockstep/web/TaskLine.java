package dev.lockstep.web;

import dev.lockstep.port.Escalations;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open human task on the status page.
 *
 * @param credential the name of its credential, or the incident that it belongs to
 * @param subject the page of either
 */
record TaskLine(
        String name,
        String credential,
        @Nullable String operation,
        @Nullable String who,
        @Nullable Moment since,
        @Nullable Moment deadline,
        String link,
        String subject) {

    private static final String INCIDENT = "inc-";

    static TaskLine of(Escalations.Task task, Instant now) {
        Long operation = task.operation();
        return new TaskLine(
                task.name(),
                task.credential(),
                operation == null ? null : "op-" + operation,
                task.assignee() == null ? task.group() : task.assignee(),
                Moment.of(task.createdAt(), now),
                Moment.of(task.deadline(), now),
                EngineLinks.task(task.id()),
                (task.credential().startsWith(INCIDENT) ? "/incidents/" : "/credentials/") + task.credential());
    }
}
