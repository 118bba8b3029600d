package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation on a page. */
record OperationLine(
        OperationView view,
        @Nullable Moment queued,
        @Nullable Moment closed,
        @Nullable String took,
        @Nullable String instance,
        boolean active,
        boolean quarantined,
        List<AttemptLine> attempts) {

    /** A try of a step on a page. */
    record AttemptLine(
            AttemptView view, String at, @Nullable String took) {

        static AttemptLine of(AttemptView view) {
            Instant end = view.finishedAt();
            return new AttemptLine(
                    view,
                    Moments.absolute(view.startedAt()),
                    end == null ? null : Moments.length(Duration.between(view.startedAt(), end)));
        }
    }

    static OperationLine of(Operation operation, OperationView view, Instant now) {
        Instant end = operation.closedAt();
        String instance = operation.processInstance();
        List<AttemptView> attempts = view.attempts();
        return new OperationLine(
                view,
                Moment.of(operation.queuedAt(), now),
                Moment.of(end, now),
                end == null ? null : Moments.length(Duration.between(operation.queuedAt(), end)),
                instance == null ? null : EngineLinks.instance(instance),
                operation.status().active(),
                operation.status() == OperationStatus.QUARANTINED,
                attempts == null
                        ? List.of()
                        : attempts.stream().map(AttemptLine::of).toList());
    }
}
