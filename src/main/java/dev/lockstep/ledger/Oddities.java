package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Readings.Finding;
import dev.lockstep.port.Readings.Oddity;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads that somebody should look at, counted by credential, reader and kind. */
final class Oddities {

    private static final String ODD_AGAIN = """
            UPDATE delivery_finding
               SET times = times + :times, last_at = :now
             WHERE credential = :credential
               AND identity = :identity
               AND kind = :kind
               AND version = :version
            """;

    private static final String ODD = """
            INSERT INTO delivery_finding (credential, identity, kind, version, times, first_at, last_at)
            VALUES (:credential, :identity, :kind, :version, :times, :now, :now)
            """;

    private static final String FINDINGS = """
            SELECT identity, kind, version, times, first_at, last_at
              FROM delivery_finding
             WHERE credential = :credential
             ORDER BY last_at DESC, identity, kind, version
             FETCH FIRST 100 ROWS ONLY
            """;

    private static final String COUNTS =
            "SELECT kind, COUNT(*) AS many FROM delivery_finding WHERE last_at >= :since GROUP BY kind";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    Oddities(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Counts in the transaction of the caller; another node may find the first one at the same time. */
    void note(Oddity oddity, int times) {
        if (odd(ODD_AGAIN, oddity, times).update() == 0) {
            try {
                transactions.nestedUntranslated(() -> odd(ODD, oddity, times).update());
            } catch (DuplicateKeyException other) {
                odd(ODD_AGAIN, oddity, times).update();
            }
        }
    }

    private JdbcClient.StatementSpec odd(String sql, Oddity oddity, int times) {
        return jdbc.sql(sql)
                .param("credential", oddity.ref().credential().value())
                .param("version", oddity.ref().version())
                .param("now", Columns.utc(clock.instant()))
                .param("identity", oddity.identity())
                .param("kind", oddity.kind().name())
                .param("times", times);
    }

    List<Finding> findings(CredentialName credential) {
        return jdbc.sql(FINDINGS)
                .param("credential", credential.value())
                .query((row, number) -> new Finding(
                        new Oddity(
                                new SecretRef(credential, row.getInt("version")),
                                row.getString("identity"),
                                Oddity.Kind.valueOf(row.getString("kind"))),
                        row.getLong("times"),
                        Columns.instant(row, "first_at"),
                        Columns.instant(row, "last_at")))
                .list();
    }

    Map<Oddity.Kind, Long> counts(Instant since) {
        Map<Oddity.Kind, Long> counts = new EnumMap<>(Oddity.Kind.class);
        jdbc.sql(COUNTS).param("since", Columns.utc(since)).query(row -> {
            counts.put(Oddity.Kind.valueOf(row.getString("kind")), row.getLong("many"));
        });
        return counts;
    }
}
