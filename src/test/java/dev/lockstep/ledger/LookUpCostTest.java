package dev.lockstep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch.Line;
import dev.lockstep.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many rows PostgreSQL reads for what schedule and dispatcher ask all the time, by its own count, in a ledger with
 * a hundred thousand credentials, as many closed operations, ten thousand that wait and five thousand under way.
 */
class LookUpCostTest {

    private static final int CREDENTIALS = 100_000;
    private static final int TARGETS = 20;
    private static final Instant NOW = LedgerStand.NOON;

    /** Tables that grow with credentials and time. */
    private static final Set<String> LARGE =
            Set.of("credential", "operation", "operation_failure", "credential_version", "consumer");

    private static LedgerStand stand;
    private static JdbcClient jdbc;

    @BeforeAll
    static void fill() {
        TestDatabase database = TestDatabase.open(TestDatabase.Kind.POSTGRESQL);
        stand = new LedgerStand(database);
        jdbc = database.jdbc();
        jdbc.sql("""
                INSERT INTO credential (name, status, target, next_rotation_at)
                SELECT 'prod/team/db-' || i % :targets || '/app-' || i, 'ACTIVE', 'db-' || i % :targets,
                       CAST(:now AS timestamptz) + i * interval '1 minute'
                  FROM generate_series(1, :many) i
                """)
                .param("targets", TARGETS)
                .param("many", CREDENTIALS)
                .param("now", Columns.utc(NOW))
                .update();
        operations("'CLOSED'", 1, CREDENTIALS);
        operations("'QUEUED'", 1, 10_000);
        operations("'RUNNING'", 10_001, 15_000);
        jdbc.sql("UPDATE operation SET target = 'hanging' WHERE status = 'QUEUED' AND id % 2 = 0")
                .update();
        jdbc.sql("UPDATE operation SET not_before = CAST(:now AS timestamptz) + interval '1 day'"
                        + " WHERE status = 'QUEUED' AND target = 'db-1'")
                .param("now", Columns.utc(NOW))
                .update();
        jdbc.sql("""
                INSERT INTO credential_version
                       (credential, version, stage, current_of, principal, fingerprint, rules, created_at, changed_at, operation)
                SELECT c.name, 1, 'CURRENT', c.name, 'app', 'x', 'x', now(), now(), o.id
                  FROM credential c
                  LEFT JOIN operation o ON o.active_credential = c.name
                """).update();
        jdbc.sql("INSERT INTO consumer (credential, name) SELECT name, 'web' FROM credential")
                .update();
        jdbc.sql("INSERT INTO operation_failure (operation, failure, message, noted_at)"
                        + " SELECT id, 'TARGET_BUSY', 'busy', now() FROM operation")
                .update();
        jdbc.sql("ANALYZE").update();
    }

    private static void operations(String status, int first, int last) {
        jdbc.sql("""
                INSERT INTO operation (credential, active_credential, target, process, status, priority, requested_by,
                                       reason, queued_at, not_before, outcome, closed_at, process_instance)
                SELECT c.name, CASE WHEN s.status <> 'CLOSED' THEN c.name END, c.target, 'rotation', s.status, 0,
                       'schedule', 'due', CAST(:now AS timestamptz) - interval '1 hour',
                       CAST(:now AS timestamptz) - interval '1 hour', CASE WHEN s.status = 'CLOSED' THEN 'ROTATED' END,
                       CASE WHEN s.status = 'CLOSED' THEN CAST(:now AS timestamptz) - i * interval '1 minute' END, 'i'
                  FROM (SELECT %s AS status) s, generate_series(:first, :last) i
                  JOIN credential c ON c.name = 'prod/team/db-' || i %% %d || '/app-' || i
                """.formatted(status, TARGETS))
                .param("first", first)
                .param("last", last)
                .param("now", Columns.utc(NOW))
                .update();
    }

    @AfterAll
    static void close() {
        stand.close();
    }

    @Test
    void linesAreFoundWithoutReadingThoseWhoWaitInThem() {
        List<Line> lines = reading(200, () -> new Lines(jdbc).list(NOW, 0));

        assertThat(lines).hasSize(TARGETS / 2).noneMatch(line -> line.target().equals("db-1"));
        assertThat(lines).anyMatch(line -> line.target().equals("hanging"));
    }

    @Test
    void aClaimReadsWhatItTakes() {
        Line line = new Line("hanging", Operation.ROUTINE, NOW);

        assertThat(reading(60, () -> new Claims(jdbc).claim(line, 4, NOW, Duration.ofMinutes(1))))
                .hasSize(4);
        assertThat(reading(10, () -> new Claims(jdbc).claim(new Line("db-1", 0, NOW), 4, NOW, Duration.ofMinutes(1))))
                .isEmpty();
        assertThat(reading(10, () -> new Lines(jdbc).comeBack(NOW))).isZero();
    }

    @Test
    void whatIsDueIsFoundWithoutReadingWhatIsNot() {
        assertThat(reading(50, () -> stand.ledger.operations().requestDue(NOW, 500)))
                .isEmpty();
        assertThat(reading(50, () -> stand.ledger.operations().requestExpired(NOW, 500)))
                .isEmpty();
        Instant later = NOW.plus(Duration.ofMinutes(15_010));
        assertThat(reading(40_000, () -> stand.ledger.operations().requestDue(later, 500)))
                .as("behind fifteen thousand that are due and have an operation")
                .hasSize(10);
    }

    @Test
    void theActiveOperationOfACredentialIsLookedUp() {
        CredentialName occupied = CredentialName.of("prod/team/db-7/app-7");

        assertThat(reading(20, () -> stand.ledger.operations().active(occupied)))
                .isPresent();
        assertThat(reading(20, () -> stand.ledger.inventory().find(occupied))).isPresent();
        assertThat(reading(20, () -> stand.ledger.operations().history(occupied, 10)))
                .hasSize(2);
    }

    @Test
    void whatWaitsToBeToldIsLookedAtInPieces() {
        var dispatch = stand.ledger.dispatch();

        assertThat(reading(5_000, () -> dispatch.refreshed(0, 500)).last()).isPositive();
        assertThat(reading(50, () -> dispatch.calledOff(500))).isEmpty();
        assertThat(reading(50, () -> stand.ledger.quarantine().unanswered(500))).isEmpty();
        assertThat(reading(50, () -> dispatch.superseded(NOW.minus(Duration.ofHours(1)), 500)))
                .isEmpty();
        assertThat(reading(50, () -> stand.ledger.operations().supersededOfLate(500)))
                .isEmpty();
        assertThat(reading(50, dispatch::emergenciesWaiting)).isZero();
    }

    @Test
    void theOneThatIsDueFirstIsLookedUp() {
        assertThat(reading(10, () -> stand.ledger.inventory().firstDue())).isPresent();
    }

    /** What the work finds, provided that it reads no table as a whole and only so many rows by index. */
    private static <T> T reading(int most, Supplier<T> work) {
        return new TransactionTemplate(stand.ledger.database().transactions()).execute(status -> {
            status.setRollbackOnly();
            Map<String, Read> before = read();
            T found = work.get();
            Map<String, Read> after = read();
            for (String table : LARGE) {
                Read since = Objects.requireNonNull(after.get(table)).minus(Objects.requireNonNull(before.get(table)));
                assertThat(since.inTurn())
                        .as("rows of %s read one after the other", table)
                        .isZero();
                assertThat(since.byIndex())
                        .as("rows of %s read by index", table)
                        .isLessThanOrEqualTo(most);
            }
            return found;
        });
    }

    private static Map<String, Read> read() {
        Map<String, Read> read = new HashMap<>();
        jdbc.sql("SELECT relname, seq_tup_read, coalesce(idx_tup_fetch, 0) AS fetched FROM pg_stat_xact_user_tables")
                .query(row -> {
                    read.put(row.getString("relname"), new Read(row.getLong("seq_tup_read"), row.getLong("fetched")));
                });
        return read;
    }

    private record Read(long inTurn, long byIndex) {

        Read minus(Read before) {
            return new Read(inTurn - before.inTurn(), byIndex - before.byIndex());
        }
    }
}
