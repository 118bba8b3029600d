package dev.lockstep.ledger;

import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.port.SchemaReadings;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who reads which version of a schema, in the ledger's database. */
final class JdbcSchemaReadings implements SchemaReadings {

    private static final String AGAIN = """
            UPDATE schema_reading
               SET last_at = :now
             WHERE kind = :kind
               AND version = :version
               AND identity = :identity
            """;

    private static final String FIRST = """
            INSERT INTO schema_reading (kind, version, identity, last_at)
            VALUES (:kind, :version, :identity, :now)
            """;

    private static final String SINCE = """
            SELECT kind, version, identity
              FROM schema_reading
             WHERE last_at >= :since
             ORDER BY kind, version, identity
            """;

    /** Everybody writes in this order, so that nobody waits in a circle. */
    private static final Comparator<Reading> ORDER =
            Comparator.comparing(Reading::kind).thenComparing(Reading::version).thenComparing(Reading::identity);

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcSchemaReadings(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void note(Collection<Reading> readings) {
        transactions.own(() -> {
            readings.stream().sorted(ORDER).forEach(this::note);
            return readings;
        });
    }

    /** Another node may be told of the same at once. */
    private void note(Reading reading) {
        if (about(AGAIN, reading).update() == 0) {
            try {
                transactions.nestedUntranslated(() -> about(FIRST, reading).update());
            } catch (DuplicateKeyException other) {
                about(AGAIN, reading).update();
            }
        }
    }

    private JdbcClient.StatementSpec about(String sql, Reading reading) {
        return jdbc.sql(sql)
                .param("kind", reading.kind())
                .param("version", reading.version().number())
                .param("identity", reading.identity())
                .param("now", Columns.utc(clock.instant()));
    }

    @Override
    public List<Reading> since(Instant since) {
        return Transactions.statement(() -> jdbc.sql(SINCE)
                .param("since", Columns.utc(since))
                .query((row, number) -> new Reading(
                        row.getString("kind"), new SchemaVersion(row.getInt("version")), row.getString("identity")))
                .list());
    }
}
