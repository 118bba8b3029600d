package dev.lockstep.ledger;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue of operations in the ledger's database. */
final class JdbcDispatch implements Dispatch {

    /** A run may have reached the operation's end before it is bound; one that another operation ended is lost. */
    private static final String BIND = """
            UPDATE operation
               SET status = CASE status WHEN 'CLAIMED' THEN 'RUNNING' ELSE status END,
                   process_instance = :processInstance,
                   lease_until = NULL
             WHERE id = :id
               AND claim_token = :token
               AND process_instance IS NULL
               AND (status = 'CLAIMED' OR (status = 'CLOSED' AND outcome <> 'SUPERSEDED'))
            """;

    private static final String POSTPONE = """
            UPDATE operation
               SET status = 'QUEUED', not_before = :notBefore, lease_until = NULL, lost_runs = 0
             WHERE id = :id
               AND claim_token = :token
               AND status = 'CLAIMED'
            """;

    private static final String PARK = """
            UPDATE operation
               SET status = 'QUEUED', not_before = :notBefore, lease_until = NULL, parked = parked + 1,
                   target = (SELECT c.target FROM credential c WHERE c.name = operation.credential)
             WHERE id = :id
               AND claim_token = :token
               AND status = 'CLAIMED'
            """;

    private static final String QUARANTINE = """
            UPDATE operation
               SET status = 'QUARANTINED', lease_until = NULL
             WHERE id = :id
               AND claim_token = :token
               AND status = 'CLAIMED'
            """;

    private static final String REQUEUE = """
            UPDATE operation
               SET status = 'QUEUED', not_before = :now, lost_runs = 0
             WHERE id = :id
               AND status = 'QUARANTINED'
            """;

    private static final String RECOVER = """
            UPDATE operation
               SET status = 'QUEUED', process_instance = NULL, not_before = :now, lost_runs = 0
             WHERE id = :id
               AND status = 'RUNNING'
               AND process_instance = :processInstance
            """;

    private static final String SUPERSEDED = OperationRows.SELECT + """
             WHERE o.status = 'CLOSED'
               AND o.outcome = 'SUPERSEDED'
               AND o.process_instance IS NOT NULL
               AND o.closed_at >= :since
             ORDER BY o.closed_at DESC, o.id DESC
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String BACKLOG = "SELECT COUNT(*) FROM operation WHERE status = 'QUEUED'";

    private static final String EMERGENCIES = """
            SELECT (SELECT COUNT(*)
                      FROM (SELECT 1
                              FROM operation o
                             WHERE o.status = 'QUEUED'
                               AND o.priority >= :emergency
                               AND o.not_before <= :now
                             FETCH FIRST :enough ROWS ONLY) AS queued)
                 + (SELECT COUNT(*)
                      FROM (SELECT 1
                              FROM incident i
                             WHERE i.state = 'OPEN'
                               AND i.opened_at > :lately
                             FETCH FIRST :enough ROWS ONLY) AS undecided)
            """;

    private static final Duration LATELY = Duration.ofMinutes(1);

    /** So many are enough to know that it will take a while; counting more takes time that they need. */
    private static final int ENOUGH = 2000;

    private static final String CALLED_OFF = OperationRows.SELECT + """
             WHERE o.status = 'RUNNING'
               AND o.rollback_requested
             ORDER BY o.id
             FETCH FIRST :limit ROWS ONLY
            """;

    /** Those that were called off are told that. */
    private static final String LAST_LOOKED_AT = """
            SELECT MAX(id) AS last, COUNT(*) AS many
              FROM (SELECT o.id
                      FROM operation o
                     WHERE o.status = 'RUNNING'
                       AND NOT o.rollback_requested
                       AND o.id > :after
                     ORDER BY o.id
                     FETCH FIRST :limit ROWS ONLY) AS looked_at
            """;

    private static final String REFRESHED = OperationRows.SELECT + """
             WHERE o.status = 'RUNNING'
               AND NOT o.rollback_requested
               AND o.id > :after
               AND o.id <= :last
               AND (o.keep_until IS NULL OR o.keep_until <= :now)
               AND EXISTS (SELECT 1
                             FROM credential_version v
                             JOIN consumer c ON c.credential = v.credential
                            WHERE v.operation = o.id
                              AND v.stage = 'CURRENT'
                           HAVING COUNT(*) > 0
                              AND COUNT(*) = COUNT(CASE WHEN c.seen_version >= v.version THEN 1 END))
               AND NOT EXISTS (SELECT 1
                                 FROM credential_version v
                                 JOIN consumer_instance i ON i.credential = v.credential AND i.version < v.version
                                 JOIN consumer k ON k.credential = i.credential AND k.name = i.consumer
                                 JOIN delivery_token t ON t.instance = i.instance
                                WHERE v.operation = o.id
                                  AND v.stage = 'CURRENT'
                                  AND t.expires_at > :now)
             ORDER BY o.id
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final Lines lines;
    private final Claims claims;
    private final FailureNotes notes;

    JdbcDispatch(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.lines = new Lines(jdbc);
        this.claims = new Claims(jdbc);
        this.notes = new FailureNotes(jdbc, clock);
    }

    @Override
    public List<Line> lines(Instant now, int minimumPriority) {
        transactions.own(() -> lines.comeBack(now));
        return Transactions.statement(() -> lines.list(now, minimumPriority));
    }

    @Override
    public List<Claim> claim(Line line, int limit, Instant now, Duration lease) {
        return transactions.own(() -> claims.claim(line, limit, now, lease));
    }

    @Override
    public Optional<Claim> claim(long operation, Instant now, Duration lease) {
        return transactions.joined(() -> claims.claim(operation, now, lease));
    }

    @Override
    public boolean bind(Claim claim, String processInstance) {
        return Transactions.statement(() ->
                held(BIND, claim).param("processInstance", processInstance).update() == 1);
    }

    @Override
    public boolean postpone(Claim claim, Instant notBefore, FailureCode code, String message) {
        return transactions.joined(() ->
                held(POSTPONE, claim).param("notBefore", Columns.utc(notBefore)).update() == 1
                        && noted(claim, code, message));
    }

    @Override
    public boolean park(Claim claim, Instant notBefore) {
        return Transactions.statement(() ->
                held(PARK, claim).param("notBefore", Columns.utc(notBefore)).update() == 1);
    }

    @Override
    public boolean quarantine(Claim claim, FailureCode code, String message) {
        return transactions.joined(() -> held(QUARANTINE, claim).update() == 1 && noted(claim, code, message));
    }

    private JdbcClient.StatementSpec held(String sql, Claim claim) {
        return jdbc.sql(sql).param("id", claim.operation().id()).param("token", claim.token());
    }

    private boolean noted(Claim claim, FailureCode code, String message) {
        return notes.add(claim.operation().id(), code, message) == 1;
    }

    @Override
    public boolean requeue(long operation) {
        return Transactions.statement(() -> jdbc.sql(REQUEUE)
                        .param("id", operation)
                        .param("now", Columns.utc(clock.instant()))
                        .update()
                == 1);
    }

    @Override
    public boolean recover(long operation, String processInstance) {
        return Transactions.statement(() -> jdbc.sql(RECOVER)
                        .param("id", operation)
                        .param("processInstance", processInstance)
                        .param("now", Columns.utc(clock.instant()))
                        .update()
                == 1);
    }

    @Override
    public List<Operation> superseded(Instant since, int limit) {
        return Transactions.statement(() -> jdbc.sql(SUPERSEDED)
                .param("since", Columns.utc(since))
                .param("limit", limit)
                .query(OperationRows::map)
                .list());
    }

    @Override
    public int backlog() {
        return Transactions.statement(
                () -> jdbc.sql(BACKLOG).query(Integer.class).single());
    }

    @Override
    public int emergenciesWaiting() {
        Instant now = clock.instant();
        return Transactions.statement(() -> jdbc.sql(EMERGENCIES)
                .param("emergency", Operation.EMERGENCY)
                .param("now", Columns.utc(now))
                .param("lately", Columns.utc(now.minus(LATELY)))
                .param("enough", ENOUGH)
                .query(Integer.class)
                .single());
    }

    @Override
    public Look refreshed(long after, int limit) {
        return Transactions.statement(() -> {
            Part part = jdbc.sql(LAST_LOOKED_AT)
                    .param("after", after)
                    .param("limit", limit)
                    .query((row, number) -> new Part(row.getLong("last"), row.getInt("many")))
                    .single();
            List<Operation> found = jdbc.sql(REFRESHED)
                    .param("after", after)
                    .param("last", part.last())
                    .param("now", Columns.utc(clock.instant()))
                    .query(OperationRows::map)
                    .list();
            return new Look(found, part.many() < limit ? 0 : part.last());
        });
    }

    private record Part(long last, int many) {}

    @Override
    public List<Operation> calledOff(int limit) {
        return Transactions.statement(() -> jdbc.sql(CALLED_OFF)
                .param("limit", limit)
                .query(OperationRows::map)
                .list());
    }
}
