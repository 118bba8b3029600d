package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Consumers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Consumers and what they have seen, in the ledger's database. */
final class JdbcConsumers implements Consumers {

    private static final String SELECT =
            "SELECT name, seen_version, seen_at FROM consumer WHERE credential = :credential";

    private static final String ADD = "INSERT INTO consumer (credential, name) VALUES (:credential, :name)";

    private static final String REMOVE = "DELETE FROM consumer WHERE credential = :credential AND name = :name";

    private static final String SEEN = """
            UPDATE consumer
               SET seen_version = :version, seen_at = :now
             WHERE credential = :credential
               AND name = :name
            """;

    private static final String LAGGARDS = """
            SELECT name
              FROM consumer
             WHERE credential = :credential
               AND (seen_version IS NULL OR seen_version < :version)
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcConsumers(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void register(CredentialName credential, List<String> consumers) {
        transactions.joined(() -> {
            Set<String> known = new TreeSet<>(names(credential));
            Set<String> wanted = new TreeSet<>(consumers);
            known.stream().filter(name -> !wanted.contains(name)).forEach(name -> change(REMOVE, credential, name));
            wanted.stream().filter(name -> !known.contains(name)).forEach(name -> change(ADD, credential, name));
            return wanted;
        });
    }

    private List<String> names(CredentialName credential) {
        return of(credential).stream().map(Sighting::consumer).toList();
    }

    private void change(String sql, CredentialName credential, String name) {
        jdbc.sql(sql)
                .param("credential", credential.value())
                .param("name", name)
                .update();
    }

    @Override
    public boolean seen(String consumer, SecretRef ref) {
        return Transactions.statement(() -> jdbc.sql(SEEN)
                        .param("credential", ref.credential().value())
                        .param("name", consumer)
                        .param("version", ref.version())
                        .param("now", Columns.utc(clock.instant()))
                        .update()
                == 1);
    }

    @Override
    public List<Sighting> of(CredentialName credential) {
        return Transactions.statement(() -> jdbc.sql(SELECT)
                        .param("credential", credential.value())
                        .query(JdbcConsumers::sighting)
                        .list())
                .stream()
                .sorted(Comparator.comparing(Sighting::consumer))
                .toList();
    }

    @Override
    public List<String> laggards(SecretRef ref) {
        return Transactions.statement(() -> jdbc.sql(LAGGARDS)
                        .param("credential", ref.credential().value())
                        .param("version", ref.version())
                        .query(String.class)
                        .list())
                .stream()
                .sorted()
                .toList();
    }

    private static Sighting sighting(ResultSet row, int number) throws SQLException {
        return new Sighting(
                row.getString("name"),
                row.getObject("seen_version", Integer.class),
                Columns.instantOrNull(row, "seen_at"));
    }
}
