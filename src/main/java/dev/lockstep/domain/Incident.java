package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Signals and operations that belong together.
 *
 * @param id ledger number, shown to people as {@code inc-<id>}
 * @param state where it stands
 * @param response what was decided; null until triage
 * @param severity how bad it is; null until triage
 * @param reason why it was decided so; null until triage
 * @param group who reviews it; null until triage
 * @param safeDefault what is done when nobody reviews it in time; null until triage
 * @param openedAt when the first signal came in
 * @param decidedAt when it was decided what to do; null until then
 * @param deadline until when a review is expected; null until triage
 * @param closedAt when it ended
 * @param conclusion what the reviewer wrote at the end; null until then
 * @param processInstance the engine's instance; null until it is started
 */
public record Incident(
        long id,
        State state,
        @Nullable LeakResponse response,
        @Nullable Severity severity,
        @Nullable String reason,
        @Nullable String group,
        @Nullable LeakResponse safeDefault,
        Instant openedAt,
        @Nullable Instant decidedAt,
        @Nullable Instant deadline,
        @Nullable Instant closedAt,
        @Nullable String conclusion,
        @Nullable String processInstance) {

    /** Where an incident stands. */
    public enum State {
        /** Reported; not yet decided what to do. */
        OPEN,
        /** A human decides. */
        REVIEW,
        /** What leaked is being made invalid. */
        CONTAINING,
        /** All of it is dead; a human looks back on it. */
        CONTAINED,
        /** Ended. */
        CLOSED
    }

    /** One of which nothing but the first signal is known. */
    public static Incident opened(long id, Instant at) {
        return new Incident(id, State.OPEN, null, null, null, null, null, at, null, null, null, null, null);
    }

    /** The name people see, for example {@code inc-4}. */
    public String label() {
        return label(id);
    }

    /** The name people see of the incident with this number. */
    public static String label(long id) {
        return "inc-" + id;
    }
}
