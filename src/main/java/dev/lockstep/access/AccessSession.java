package dev.lockstep.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One session of pages and webapps.
 *
 * @param id random, and not what the cookie holds
 * @param agent what the browser calls itself, cut to a line
 * @param factorAt when a second factor was last given; null when none was
 * @param factorDue whether its user has a second factor and has not given it
 */
record AccessSession(
        String id,
        String userId,
        String address,
        String agent,
        Instant startedAt,
        Instant seenAt,
        @Nullable Instant factorAt,
        boolean factorDue) {}
