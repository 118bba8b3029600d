package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operations in the ledger's database. */
final class JdbcOperations implements Operations {

    private static final String FIND = OperationRows.SELECT + " WHERE o.id = :id";

    private static final String ACTIVE_OF = OperationRows.SELECT + " WHERE o.active_credential = :credential";

    private static final String HISTORY =
            OperationRows.SELECT + " WHERE o.credential = :credential ORDER BY o.id DESC FETCH FIRST :limit ROWS ONLY";

    /** By status and time, so that a long history of closed ones is not read. */
    private static final String ACTIVE = OperationRows.SELECT + """
             WHERE o.status IN ('QUEUED', 'CLAIMED', 'RUNNING', 'QUARANTINED')
             ORDER BY o.queued_at, o.id
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String SUPERSEDED_OF_LATE = OperationRows.SELECT + """
             WHERE o.status = 'CLOSED'
               AND o.outcome = 'SUPERSEDED'
               AND o.process_instance IS NOT NULL
               AND o.closed_at > :since
             ORDER BY o.closed_at DESC
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String NEXT_ROUND = """
            UPDATE operation
               SET round = round + 1, new_secret = :newSecret
             WHERE id = :id
               AND round = :round
               AND status <> 'CLOSED'
            """;

    private static final String URGE = """
            UPDATE operation
               SET priority = CASE WHEN priority < :priority THEN :priority ELSE priority END
             WHERE id = :id
               AND status <> 'CLOSED'
            """;

    private static final String TAKE_UP = """
            UPDATE operation
               SET priority = :priority, requested_by = :requestedBy, reason = :reason, not_before = :now
             WHERE id = :id
               AND process = :process
               AND status = 'QUEUED'
               AND priority < :asked
            """;

    private static final String REQUEST_ROLLBACK = """
            UPDATE operation
               SET rollback_requested = TRUE
             WHERE id = :id
               AND status <> 'CLOSED'
            """;

    private static final String KEEP_PREVIOUS = "UPDATE operation SET keep_until = :until WHERE id = :id";

    private static final String CLOSE = """
            UPDATE operation
               SET status = 'CLOSED', active_credential = NULL, outcome = :outcome, closed_at = :now, lease_until = NULL
             WHERE id = :id
               AND status <> 'CLOSED'
            """;

    /** From here on no attempt can begin, and one that is still running cannot report success. */
    private static final String CLOSE_FENCE =
            "UPDATE operation_fence SET fence = fence + 1, closed = TRUE WHERE operation = :id";

    private static final String NOTE_OUTCOME = """
            UPDATE credential
               SET last_outcome = :outcome, last_failure = :failure, queued_due = NULL
             WHERE name = :credential
            """;

    private static final Duration OF_LATE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final OperationRequests requests;
    private final DueOperations due;
    private final FailureNotes notes;

    JdbcOperations(JdbcClient jdbc, Transactions transactions, Clock clock, DueOperations due) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.requests = new OperationRequests(jdbc, transactions, clock);
        this.due = due;
        this.notes = new FailureNotes(jdbc, clock);
    }

    @Override
    public Optional<Operation> request(OperationRequest request) {
        return requests.request(request);
    }

    @Override
    public List<Operation> requestDue(Instant now, int limit) {
        return due.request(now, limit);
    }

    @Override
    public List<Operation> requestExpired(Instant now, int limit) {
        return due.requestExpired(now, limit);
    }

    @Override
    public Operation get(long id) {
        return find(id).orElseThrow(() ->
                new PermanentException(FailureCode.OPERATION_CLOSED, "the ledger does not know operation op-" + id));
    }

    @Override
    public Optional<Operation> find(long id) {
        return Transactions.statement(
                () -> jdbc.sql(FIND).param("id", id).query(OperationRows::map).optional());
    }

    @Override
    public Optional<Operation> active(CredentialName credential) {
        return Transactions.statement(() -> jdbc.sql(ACTIVE_OF)
                .param("credential", credential.value())
                .query(OperationRows::map)
                .optional());
    }

    @Override
    public List<Operation> history(CredentialName credential, int limit) {
        return Transactions.statement(() -> jdbc.sql(HISTORY)
                .param("credential", credential.value())
                .param("limit", limit)
                .query(OperationRows::map)
                .list());
    }

    @Override
    public List<Operation> active(int limit) {
        return Transactions.statement(() ->
                jdbc.sql(ACTIVE).param("limit", limit).query(OperationRows::map).list());
    }

    @Override
    public List<Operation> supersededOfLate(int limit) {
        return Transactions.statement(() -> jdbc.sql(SUPERSEDED_OF_LATE)
                .param("since", Columns.utc(clock.instant().minus(OF_LATE)))
                .param("limit", limit)
                .query(OperationRows::map)
                .list());
    }

    @Override
    public boolean nextRound(long id, int round, boolean newSecret) {
        return Transactions.statement(() -> jdbc.sql(NEXT_ROUND)
                        .param("id", id)
                        .param("round", round)
                        .param("newSecret", newSecret)
                        .update()
                == 1);
    }

    @Override
    public boolean urge(long id, int priority) {
        return Transactions.statement(
                () -> jdbc.sql(URGE).param("id", id).param("priority", priority).update() == 1);
    }

    @Override
    public boolean takeUp(long id, OperationRequest request) {
        return Transactions.statement(() -> jdbc.sql(TAKE_UP)
                        .param("id", id)
                        .param("process", request.process())
                        .param("priority", request.priority())
                        .param("asked", Operation.REQUESTED)
                        .param("requestedBy", request.requestedBy())
                        .param("reason", Columns.text(request.reason()))
                        .param("now", Columns.utc(clock.instant()))
                        .update()
                == 1);
    }

    @Override
    public boolean requestRollback(long id) {
        return Transactions.statement(
                () -> jdbc.sql(REQUEST_ROLLBACK).param("id", id).update() == 1);
    }

    @Override
    public void keepPrevious(long id, Instant until) {
        Transactions.statement(() -> jdbc.sql(KEEP_PREVIOUS)
                .param("id", id)
                .param("until", Columns.utc(until))
                .update());
    }

    @Override
    public void noteFailure(long id, FailureCode code, String message) {
        transactions.own(() -> notes.add(id, code, message));
    }

    @Override
    public boolean close(long id, Outcome outcome) {
        Optional<Operation> operation = find(id).filter(found -> found.status().active());
        return operation.isPresent() && transactions.nestedIf(() -> close(operation.get(), outcome));
    }

    /**
     * Locks the credential before the operation, as the steps of a run do. One that takes over cannot wait for that
     * lock, which the run may hold while a target does not answer; it will note its own outcome. The fence comes before
     * the operation, because an attempt that begins has the fence and then refers to the operation: in the other order
     * the two would wait for each other.
     */
    private boolean close(Operation operation, Outcome outcome) {
        if (outcome != Outcome.SUPERSEDED) {
            noteOutcome(operation, outcome);
        }
        boolean fenced = jdbc.sql(CLOSE_FENCE).param("id", operation.id()).update() == 1;
        return fenced
                && jdbc.sql(CLOSE)
                                .param("id", operation.id())
                                .param("outcome", outcome.name())
                                .param("now", Columns.utc(clock.instant()))
                                .update()
                        == 1;
    }

    private void noteOutcome(Operation operation, Outcome outcome) {
        jdbc.sql(NOTE_OUTCOME)
                .param("credential", operation.credential().value())
                .param("outcome", outcome.name())
                .param("failure", failure(operation, outcome))
                .update();
    }

    private static @Nullable String failure(Operation operation, Outcome outcome) {
        FailureCode failure = operation.failure();
        return outcome == Outcome.ROTATED || failure == null ? null : failure.name();
    }
}
