package dev.lockstep.ledger;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts in the ledger's database. */
final class JdbcAttempts implements Attempts {

    private static final String SUCCEED = """
            UPDATE attempt
               SET outcome = 'succeeded', finished_at = :now
             WHERE id = :id
               AND outcome = 'running'
               AND EXISTS (SELECT 1 FROM operation_fence f WHERE f.operation = :operation AND f.fence = :fence)
            """;

    private static final String IS_RUNNING = "SELECT COUNT(*) FROM attempt WHERE id = :id AND outcome = 'running'";

    private static final String FAIL = """
            UPDATE attempt
               SET outcome = 'failed', failure = :failure, message = :message, finished_at = :now
             WHERE id = :id
               AND outcome = 'running'
            """;

    private static final String FAILURES = """
            SELECT COUNT(*)
              FROM attempt a
              JOIN operation o ON o.id = a.operation AND o.round = a.round
             WHERE a.operation = :operation
               AND a.step = :step
               AND a.outcome = 'failed'
               AND a.failure = :failure
            """;

    private static final String LIST = AttemptRows.SELECT + " WHERE a.operation = :operation ORDER BY a.fence";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final AttemptAudit audit;
    private final AttemptStart start;
    private final LateChanges late;

    JdbcAttempts(JdbcClient jdbc, Transactions transactions, Clock clock, AttemptAudit audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.audit = audit;
        this.start = new AttemptStart(jdbc, clock, audit);
        this.late = new LateChanges(jdbc, transactions, clock, start);
    }

    @Override
    public Attempt begin(long operation, Step step, Duration timeout, Map<String, String> details) {
        AttemptStart.Situation situation = Transactions.statement(() -> start.situation(operation));
        return transactions.own(() -> start.begin(situation, step, timeout, details));
    }

    @Override
    public void succeed(Attempt attempt, Map<String, String> details) {
        if (attempt.step().changesTarget()) {
            transactions.nested(() -> {
                recordSuccess(attempt);
                audit.outcome(attempt, "succeeded", details);
                return attempt;
            });
        } else {
            Transactions.statement(() -> recordSuccess(attempt));
        }
    }

    private Attempt recordSuccess(Attempt attempt) {
        int rows = jdbc.sql(SUCCEED)
                .param("id", attempt.id())
                .param("operation", attempt.operation())
                .param("fence", attempt.fence())
                .param("now", Columns.utc(clock.instant()))
                .update();
        if (rows == 0) {
            throw new RetryableException(
                    FailureCode.STALE_ATTEMPT,
                    "attempt " + attempt.number() + " at " + attempt.step().label() + " of op-" + attempt.operation()
                            + " is not the newest any more: another worker has taken over");
        }
        return attempt;
    }

    /**
     * Does nothing to an attempt that has its outcome already. That includes a success in the caller's transaction,
     * which is about to be rolled back: its row is locked, and the next attempt will call its outcome unknown.
     */
    @Override
    public void fail(Attempt attempt, LockstepException failure) {
        if (isRunning(attempt)) {
            transactions.own(() -> recordFailure(attempt, failure));
        }
    }

    private boolean isRunning(Attempt attempt) {
        return Transactions.statement(() -> jdbc.sql(IS_RUNNING)
                        .param("id", attempt.id())
                        .query(Integer.class)
                        .single()
                == 1);
    }

    private Attempt recordFailure(Attempt attempt, LockstepException failure) {
        int rows = jdbc.sql(FAIL)
                .param("id", attempt.id())
                .param("failure", failure.code().name())
                .param("message", message(failure.getMessage()))
                .param("now", Columns.utc(clock.instant()))
                .update();
        if (rows == 1) {
            audit.outcome(attempt, "failed", Map.of("failure", failure.code().name()));
        }
        return attempt;
    }

    private static @Nullable String message(@Nullable String message) {
        return message == null ? null : Columns.text(message);
    }

    @Override
    public int failures(long operation, Step step, FailureCode code) {
        return Transactions.statement(() -> jdbc.sql(FAILURES)
                .param("operation", operation)
                .param("step", step.name())
                .param("failure", code.name())
                .query(Integer.class)
                .single());
    }

    @Override
    public Optional<Instant> lateChanges(CredentialName credential, long operation) {
        return late.until(credential, operation);
    }

    @Override
    public List<Entry> list(long operation) {
        return Transactions.statement(() -> jdbc.sql(LIST)
                .param("operation", operation)
                .query(AttemptRows::entry)
                .list());
    }
}
