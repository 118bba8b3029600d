package dev.lockstep.ledger;

import dev.lockstep.domain.FailureCode;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds to the list of why operations failed. Rows are only ever added, so that no writer waits for another. */
final class FailureNotes {

    private static final String ADD = """
            INSERT INTO operation_failure (operation, failure, message, noted_at)
            VALUES (:operation, :failure, :message, :now)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    FailureNotes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Joins the caller's transaction. */
    int add(long operation, FailureCode code, String message) {
        return jdbc.sql(ADD)
                .param("operation", operation)
                .param("failure", code.name())
                .param("message", Columns.text(message))
                .param("now", Columns.utc(clock.instant()))
                .update();
    }
}
