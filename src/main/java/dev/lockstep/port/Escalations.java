package dev.lockstep.port;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The human tasks that are open. */
public interface Escalations {

    /** All open tasks, the most urgent deadline first, at most {@code limit}. */
    default List<Task> open(int limit) {
        return open(limit, task -> true);
    }

    /** Likewise, of those that are wanted. */
    List<Task> open(int limit, Predicate<Task> wanted);

    /**
     * One open task.
     *
     * @param id the engine's task id, for a link into Tasklist
     * @param name what the human is asked to do
     * @param operation the operation that waits
     * @param credential name of its credential
     * @param group the group that may do it, or several, separated by commas, without their parts with a limited role;
     *     null when assigned to a person only
     * @param assignee the person who claimed it; null when nobody has
     * @param createdAt since when it waits
     * @param deadline when it should be done; null when none is set
     */
    record Task(
            String id,
            String name,
            @Nullable Long operation,
            String credential,
            @Nullable String group,
            @Nullable String assignee,
            Instant createdAt,
            @Nullable Instant deadline) {}
}
