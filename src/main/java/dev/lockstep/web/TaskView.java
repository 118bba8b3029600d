package dev.lockstep.web;

import dev.lockstep.port.Escalations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One open human task. */
record TaskView(
        String id,
        @Schema(example = "Resolve failed rotation") String name,
        @Schema(example = "op-17") @Nullable String operation,
        @Schema(example = "prod/shop/postgres/orders-app") String credential,

        @Schema(description = "the group that may do it") @Nullable
        String group,

        @Schema(description = "who claimed it") @Nullable String assignee,
        Instant createdAt,
        @Nullable Instant deadline,
        @Schema(description = "where a person opens it") String tasklist) {

    static TaskView of(Escalations.Task task) {
        Long operation = task.operation();
        return new TaskView(
                task.id(),
                task.name(),
                operation == null ? null : "op-" + operation,
                task.credential(),
                task.group(),
                task.assignee(),
                task.createdAt(),
                task.deadline(),
                EngineLinks.task(task.id()));
    }
}
