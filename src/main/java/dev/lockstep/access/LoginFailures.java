package dev.lockstep.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts wrong passwords in a row, and locks the user out for a while when they are too many. */
final class LoginFailures {

    static final int LIMIT = 10;
    static final Duration LOCK_OUT = Duration.ofMinutes(5);

    private static final String COUNT = """
            UPDATE access_user
            SET locked_until = CASE WHEN failed_attempts + 1 >= :limit
                    THEN CAST(:until AS TIMESTAMP WITH TIME ZONE) ELSE locked_until END,
                failed_attempts = CASE WHEN failed_attempts + 1 >= :limit THEN 0 ELSE failed_attempts + 1 END
            WHERE id = :id
            """;

    private static final String FORGET = """
            UPDATE access_user SET failed_attempts = 0, locked_until = NULL
            WHERE id = :id AND (failed_attempts > 0 OR locked_until IS NOT NULL)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    LoginFailures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Counts one; the one that reaches the limit locks the user and begins the count anew. */
    void count(String id) {
        Instant until = clock.instant().plus(LOCK_OUT);
        jdbc.sql(COUNT)
                .param("id", id)
                .param("limit", LIMIT)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    void forget(String id) {
        jdbc.sql(FORGET).param("id", id).update();
    }
}
