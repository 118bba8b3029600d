package dev.lockstep.ledger;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Takes the next fence of an operation and writes the attempt down. */
final class AttemptStart {

    private static final String SITUATION = """
            SELECT o.id, o.credential, o.status, o.round, a.id AS running
              FROM operation o
              LEFT JOIN attempt a ON a.operation = o.id AND a.outcome = 'running'
             WHERE o.id = :operation
            """;

    private static final String NEXT_FENCE =
            "UPDATE operation_fence SET fence = fence + 1 WHERE operation = :operation AND NOT closed";

    /** A locked one is being finished by its own worker at this moment. */
    private static final String LOCK_ABANDONED = """
            SELECT id, operation, round, step, number, fence, deadline
              FROM attempt
             WHERE id IN (:ids)
               AND outcome = 'running'
             ORDER BY fence
               FOR UPDATE SKIP LOCKED
            """;

    private static final String ABANDON = "UPDATE attempt SET outcome = 'unknown', finished_at = :now WHERE id = :id";

    private static final String ADD = """
            INSERT INTO attempt (operation, round, step, number, fence, started_at, deadline, outcome)
            VALUES (:operation, :round, :step,
                    (SELECT COUNT(*) + 1
                       FROM attempt a
                      WHERE a.operation = :operation AND a.round = :round AND a.step = :step),
                    :fence, :now, :deadline, 'running')
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final AttemptAudit audit;

    AttemptStart(JdbcClient jdbc, Clock clock, AttemptAudit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * How the operation stands as the caller's transaction sees it: a round begun and an attempt finished there count,
     * though they are not committed yet.
     */
    Situation situation(long operation) {
        List<Row> rows = jdbc.sql(SITUATION)
                .param("operation", operation)
                .query(AttemptStart::row)
                .list();
        if (rows.isEmpty() || !rows.get(0).status().active()) {
            throw closed(operation);
        }
        List<Long> running =
                rows.stream().map(Row::running).filter(Objects::nonNull).toList();
        return new Situation(operation, rows.get(0).credential(), rows.get(0).round(), running);
    }

    /** Runs in the transaction of its own. */
    Attempt begin(Situation situation, Step step, Duration timeout, Map<String, String> details) {
        int fence = nextFence(situation.operation());
        if (!situation.running().isEmpty()) {
            abandon(situation.running(), situation.credential());
        }
        Attempt attempt = add(situation, step, fence, timeout);
        audit.intent(attempt, details);
        return attempt;
    }

    private int nextFence(long operation) {
        KeyHolder fence = new GeneratedKeyHolder();
        int rows = jdbc.sql(NEXT_FENCE).param("operation", operation).update(fence, "fence");
        if (rows == 0) {
            throw closed(operation);
        }
        return Objects.requireNonNull(fence.getKey()).intValue();
    }

    /** Gives them an unknown outcome and returns how many there were; runs in the transaction of its own. */
    int abandon(List<Long> ids, CredentialName credential) {
        List<Attempt> abandoned = jdbc.sql(LOCK_ABANDONED)
                .param("ids", ids)
                .query((row, number) -> AttemptRows.attempt(row, credential))
                .list();
        for (Attempt attempt : abandoned) {
            jdbc.sql(ABANDON)
                    .param("id", attempt.id())
                    .param("now", Columns.utc(clock.instant()))
                    .update();
            audit.outcome(attempt, "unknown", Map.of());
        }
        return abandoned.size();
    }

    private Attempt add(Situation situation, Step step, int fence, Duration timeout) {
        Instant now = Columns.now(clock);
        Instant deadline = now.plus(timeout).truncatedTo(ChronoUnit.MICROS);
        KeyHolder keys = new GeneratedKeyHolder();
        jdbc.sql(ADD)
                .param("operation", situation.operation())
                .param("round", situation.round())
                .param("step", step.name())
                .param("fence", fence)
                .param("now", Columns.utc(now))
                .param("deadline", Columns.utc(deadline))
                .update(keys, "id", "number");
        Map<String, Object> made = Objects.requireNonNull(keys.getKeys());
        return new Attempt(
                number(made, "id").longValue(),
                situation.operation(),
                situation.credential(),
                situation.round(),
                step,
                number(made, "number").intValue(),
                fence,
                deadline);
    }

    private static Number number(Map<String, Object> made, String column) {
        return (Number) Objects.requireNonNull(made.get(column));
    }

    private static PermanentException closed(long operation) {
        return new PermanentException(
                FailureCode.OPERATION_CLOSED, "op-" + operation + " has ended: no attempt may begin any more");
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                CredentialName.of(row.getString("credential")),
                OperationStatus.valueOf(row.getString("status")),
                row.getInt("round"),
                row.getObject("running", Long.class));
    }

    private record Row(
            CredentialName credential,
            OperationStatus status,
            int round,
            @Nullable Long running) {}

    /** @param running attempts that have no outcome */
    record Situation(long operation, CredentialName credential, int round, List<Long> running) {}
}
