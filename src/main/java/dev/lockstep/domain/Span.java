package dev.lockstep.domain;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from its first moment
 * @param to the first moment after it
 */
public record Span(Instant from, Instant to) {

    public Span {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a span ends after it begins, not " + from + " to " + to);
        }
    }

    /** Whether the moment lies in it. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }
}
