package dev.lockstep.web;

import dev.lockstep.port.Escalations;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open human task on the status page.
 *
 * @param credential what it is about: the name of a credential, of a target, an incident, a drill, or a review
 * @param subject the page of it; null when there is none
 */
record TaskLine(
        String name,
        String credential,
        @Nullable String operation,
        @Nullable String who,
        @Nullable Moment since,
        @Nullable Moment deadline,
        String link,
        @Nullable String subject) {

    private static final String INCIDENT = "inc-";
    private static final String DRILL = "drill-";
    private static final String ACCESS_REVIEW = "access-review-";

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
                subject(task.credential()));
    }

    private static @Nullable String subject(String about) {
        if (about.startsWith(INCIDENT)) {
            return "/incidents/" + about;
        }
        if (about.startsWith(DRILL)) {
            return "/drills/" + about;
        }
        if (about.startsWith(ACCESS_REVIEW)) {
            return "/access-reviews";
        }
        return about.indexOf('/') > 0 ? "/credentials/" + about : null;
    }
}
