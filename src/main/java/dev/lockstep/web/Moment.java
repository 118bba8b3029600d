package dev.lockstep.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time as a page shows it.
 *
 * @param words relative to now, for example {@code in 3 h}
 * @param absolute for example {@code 2026-05-04 10:15:30 UTC}
 * @param past whether it is over
 */
record Moment(String words, String absolute, boolean past) {

    static @Nullable Moment of(@Nullable Instant at, Instant now) {
        return at == null ? null : new Moment(Moments.until(at, now), Moments.absolute(at), at.isBefore(now));
    }
}
