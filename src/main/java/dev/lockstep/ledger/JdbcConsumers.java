package dev.lockstep.ledger;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Consumers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Consumers, what they have seen and what they are served, in the ledger's database. */
final class JdbcConsumers implements Consumers {

    private static final String SELECT = """
            SELECT name, labels, configured, seen_version, seen_at, released_version
              FROM consumer
             WHERE credential = :credential
            """;

    private static final String USES = """
            SELECT credential, seen_version, seen_at
              FROM consumer
             WHERE name = :name
             ORDER BY credential
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String ADD = """
            INSERT INTO consumer (credential, name, labels, configured)
            VALUES (:credential, :name, :labels, :configured)
            """;

    private static final String CHANGE = """
            UPDATE consumer
               SET labels = :labels, configured = :configured
             WHERE credential = :credential
               AND name = :name
            """;

    private static final String REMOVE = """
            DELETE FROM consumer
             WHERE credential = :credential
               AND name = :name
               AND configured = :configured
            """;

    private static final String SEEN = """
            UPDATE consumer
               SET seen_version = :version, seen_at = :now
             WHERE credential = :credential
               AND name = :name
            """;

    private static final String LAGGARDS = """
            SELECT c.name
              FROM consumer c
             WHERE c.credential = :credential
               AND (c.seen_version IS NULL
                    OR c.seen_version < :version
                    OR EXISTS (SELECT 1
                                 FROM consumer_instance i
                                 JOIN delivery_token t ON t.instance = i.instance
                                WHERE i.credential = c.credential
                                  AND i.consumer = c.name
                                  AND i.version < :version
                                  AND t.expires_at > :now))
            """;

    private static final String SERVED = """
            SELECT v.version
              FROM credential_version v
              LEFT JOIN consumer c
                ON c.credential = v.credential
               AND c.name = :name
               AND c.released_version = v.version
             WHERE v.credential = :credential
               AND (v.stage = 'CURRENT' OR (v.stage = 'STAGED' AND c.name IS NOT NULL))
             ORDER BY CASE WHEN v.stage = 'STAGED' THEN 0 ELSE 1 END
             FETCH FIRST 1 ROW ONLY
            """;

    private static final String REPORT = """
            INSERT INTO consumer_report (credential, consumer, version, problem, reported_at)
            VALUES (:credential, :name, :version, :problem, :now)
            """;

    private static final String COMPLAINTS = """
            SELECT DISTINCT consumer
              FROM consumer_report
             WHERE credential = :credential
               AND version = :version
             ORDER BY consumer
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final Releases releases;

    JdbcConsumers(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.releases = new Releases(jdbc);
    }

    @Override
    public void register(CredentialName credential, List<Consumer> consumers) {
        transactions.joined(() -> {
            Map<String, Sighting> known =
                    of(credential).stream().collect(Collectors.toMap(Sighting::consumer, Function.identity()));
            Map<String, Consumer> wanted =
                    consumers.stream().collect(Collectors.toMap(Consumer::name, Function.identity()));
            known.values().stream()
                    .filter(each -> each.configured() && !wanted.containsKey(each.consumer()))
                    .forEach(each -> remove(credential, each.consumer(), true));
            consumers.forEach(each -> put(credential, each, true, known.get(each.name())));
            return wanted;
        });
    }

    @Override
    public boolean enroll(CredentialName credential, Consumer consumer) {
        return transactions.joined(() -> {
            Optional<Sighting> known = of(credential).stream()
                    .filter(each -> each.consumer().equals(consumer.name()))
                    .findFirst();
            if (known.filter(Sighting::configured).isPresent()) {
                return false;
            }
            put(credential, consumer, false, known.orElse(null));
            return true;
        });
    }

    private void put(CredentialName credential, Consumer consumer, boolean configured, @Nullable Sighting known) {
        if (known != null && known.configured() == configured && known.labels().equals(consumer.labels())) {
            return;
        }
        named(known == null ? ADD : CHANGE, credential, consumer.name())
                .param("labels", Labels.encode(consumer.labels()))
                .param("configured", configured)
                .update();
    }

    @Override
    public boolean dismiss(CredentialName credential, String consumer) {
        return transactions.joined(() -> remove(credential, consumer, false));
    }

    private boolean remove(CredentialName credential, String consumer, boolean configured) {
        Optional<SecretRef> released = releases.of(credential, consumer);
        boolean removed = named(REMOVE, credential, consumer)
                        .param("configured", configured)
                        .update()
                == 1;
        if (removed) {
            released.ifPresent(ref -> releases.gone(ref, consumer, clock.instant()));
        }
        return removed;
    }

    @Override
    public boolean seen(String consumer, SecretRef ref) {
        return Transactions.statement(() -> named(SEEN, ref.credential(), consumer)
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
        return Transactions.statement(() -> versioned(LAGGARDS, ref)
                        .param("now", Columns.utc(clock.instant()))
                        .query(String.class)
                        .list())
                .stream()
                .sorted()
                .toList();
    }

    @Override
    public void release(SecretRef staged, List<String> consumers) {
        if (!consumers.isEmpty()) {
            transactions.joined(() -> {
                releases.release(staged, consumers, clock.instant());
                return staged;
            });
        }
    }

    @Override
    public void withdraw(SecretRef staged) {
        transactions.joined(() -> {
            releases.withdraw(staged, clock.instant());
            return staged;
        });
    }

    @Override
    public Optional<SecretRef> served(CredentialName credential, String consumer) {
        return Transactions.statement(() ->
                        named(SERVED, credential, consumer).query(Integer.class).optional())
                .map(version -> new SecretRef(credential, version));
    }

    @Override
    public void report(String consumer, SecretRef ref, ConsumerProblem problem) {
        Transactions.statement(() -> versioned(REPORT, ref)
                .param("name", consumer)
                .param("problem", problem.label())
                .param("now", Columns.utc(clock.instant()))
                .update());
    }

    @Override
    public List<String> complaints(SecretRef ref) {
        return Transactions.statement(
                () -> versioned(COMPLAINTS, ref).query(String.class).list());
    }

    @Override
    public List<Use> uses(String consumer, int limit) {
        return Transactions.statement(() -> jdbc.sql(USES)
                .param("name", consumer)
                .param("limit", limit)
                .query((row, number) -> new Use(
                        CredentialName.of(row.getString("credential")),
                        row.getObject("seen_version", Integer.class),
                        Columns.instantOrNull(row, "seen_at")))
                .list());
    }

    private JdbcClient.StatementSpec named(String sql, CredentialName credential, String name) {
        return jdbc.sql(sql).param("credential", credential.value()).param("name", name);
    }

    private JdbcClient.StatementSpec versioned(String sql, SecretRef ref) {
        return jdbc.sql(sql).param("credential", ref.credential().value()).param("version", ref.version());
    }

    private static Sighting sighting(ResultSet row, int number) throws SQLException {
        return new Sighting(
                row.getString("name"),
                Labels.decode(row.getString("labels")),
                row.getBoolean("configured"),
                row.getObject("seen_version", Integer.class),
                Columns.instantOrNull(row, "seen_at"),
                row.getObject("released_version", Integer.class));
    }
}
