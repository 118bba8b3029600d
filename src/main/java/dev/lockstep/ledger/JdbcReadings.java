package dev.lockstep.ledger;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Readings;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What programs have read, in the ledger's database. */
final class JdbcReadings implements Readings {

    private static final String SEEN = """
            UPDATE consumer
               SET seen_version = :version, seen_at = :now
             WHERE credential = :credential
               AND name = :consumer
            """;

    private static final String MOVED = """
            UPDATE consumer_instance
               SET version = :version, read_at = :now
             WHERE credential = :credential
               AND consumer = :consumer
               AND instance = :instance
            """;

    private static final String ARRIVED = """
            INSERT INTO consumer_instance (credential, consumer, instance, version, read_at)
            VALUES (:credential, :consumer, :instance, :version, :now)
            """;

    private static final String HAS = """
            SELECT version
              FROM consumer_instance
             WHERE credential = :credential
               AND consumer = :consumer
               AND instance = :instance
               AND version = :version
            """;

    private static final String SEEN_AGAIN = SEEN + " AND seen_version = :version";
    private static final String READ_AGAIN = MOVED + " AND version = :version";

    private static final String COPIES = """
            SELECT i.consumer, i.instance, i.version, i.read_at
              FROM consumer_instance i
             WHERE i.credential = :credential
               AND EXISTS (SELECT 1
                             FROM delivery_token t
                            WHERE t.instance = i.instance
                              AND t.expires_at > :now)
             ORDER BY i.consumer, i.version, i.instance
            """;

    private static final int MOST_AGAIN = 50;

    /** Everybody writes in this order, so that nobody waits in a circle. */
    private static final Comparator<Reading> ORDER = Comparator.comparing(
                    (Reading reading) -> reading.ref().credential())
            .thenComparing(Reading::consumer)
            .thenComparing(Reading::instance);

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final Transactions transactions;
    private final Standings standings;
    private final Oddities oddities;
    private final AuditTrail audit;
    private final Clock clock;

    JdbcReadings(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            Transactions transactions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.standings = new Standings(jdbc);
        this.oddities = new Oddities(jdbc, transactions, clock);
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Map<Question, Standing> look(Collection<Question> questions) {
        return Transactions.statement(() -> standings.of(questions));
    }

    @Override
    public Map<Reading, Standing> record(Collection<Reading> readings) {
        transactions.own(() -> {
            List<Reading> all = readings.stream().sorted(ORDER).toList();
            List<Reading> strangers = seen(all);
            strangers.forEach(reading -> oddities.note(stranger(reading), 1));
            tell("secret.read", all);
            return readings;
        });
        Map<Question, Standing> found =
                look(readings.stream().map(Reading::question).collect(Collectors.toSet()));
        return readings.stream()
                .filter(reading -> found.containsKey(reading.question()))
                .collect(Collectors.toMap(reading -> reading, reading -> found.get(reading.question())));
    }

    private static Oddity stranger(Reading reading) {
        return new Oddity(reading.ref(), reading.identity(), Oddity.Kind.UNREGISTERED_READER);
    }

    /** Returns those by no registered consumer, which stay unwritten. */
    private List<Reading> seen(List<Reading> readings) {
        List<Reading> strangers = untouched(SEEN, readings);
        List<Reading> registered = readings.stream()
                .filter(reading -> !strangers.contains(reading))
                .toList();
        untouched(MOVED, registered).forEach(this::arrived);
        return strangers;
    }

    /** Carries an update out for each, and returns those whose row there is not. */
    private List<Reading> untouched(String update, List<Reading> readings) {
        int[] rows = readings.isEmpty()
                ? new int[0]
                : batches.batchUpdate(
                        update, readings.stream().map(this::parameters).toArray(SqlParameterSource[]::new));
        return IntStream.range(0, rows.length)
                .filter(i -> rows[i] == 0)
                .mapToObj(readings::get)
                .toList();
    }

    private SqlParameterSource parameters(Reading reading) {
        return new MapSqlParameterSource()
                .addValue("credential", reading.ref().credential().value())
                .addValue("consumer", reading.consumer())
                .addValue("instance", reading.instance())
                .addValue("version", reading.ref().version())
                .addValue("now", Columns.utc(clock.instant()));
    }

    @Override
    public void confirm(Reading reading) {
        transactions.own(() -> {
            boolean known = about(HAS, reading).query(Integer.class).optional().isPresent();
            boolean registered = seen(List.of(reading)).isEmpty();
            if (registered && !known) {
                tell("consumer.acknowledge", List.of(reading));
            }
            return registered;
        });
    }

    private void tell(String action, List<Reading> readings) {
        audit.append(readings.stream()
                .map(reading -> new AuditEvent(
                        reading.identity(),
                        action,
                        AuditEvent.Phase.FACT,
                        reading.ref().credential().value(),
                        null,
                        Map.of(
                                "version", Integer.toString(reading.ref().version()),
                                "consumer", reading.consumer(),
                                "instance", reading.instance())))
                .toList());
    }

    /** Another node may be told of the same copy at once. */
    private void arrived(Reading reading) {
        try {
            transactions.nestedUntranslated(() -> about(ARRIVED, reading).update());
        } catch (DuplicateKeyException other) {
            about(MOVED, reading).update();
        }
    }

    /** In small parts, so that nobody who reads something for the first time waits long for the rows. */
    @Override
    public void again(Map<Reading, Integer> readings) {
        List<Reading> all = readings.keySet().stream().sorted(ORDER).toList();
        for (int from = 0; from < all.size(); from += MOST_AGAIN) {
            List<Reading> some = all.subList(from, Math.min(from + MOST_AGAIN, all.size()));
            transactions.own(() -> {
                List<Reading> unregistered = untouched(SEEN_AGAIN, some);
                List<Reading> unknown = untouched(READ_AGAIN, some);
                unregistered.stream()
                        .filter(unknown::contains)
                        .forEach(reading -> oddities.note(stranger(reading), readings.getOrDefault(reading, 0)));
                return some;
            });
        }
    }

    @Override
    public void note(Map<Oddity, Integer> found) {
        transactions.own(() -> {
            found.entrySet().stream()
                    .sorted(Comparator.comparing(each -> each.getKey().toString()))
                    .forEach(each -> oddities.note(each.getKey(), each.getValue()));
            return found;
        });
    }

    @Override
    public List<Finding> findings(CredentialName credential) {
        return Transactions.statement(() -> oddities.findings(credential));
    }

    @Override
    public Map<Oddity.Kind, Long> counts(Instant since) {
        return Transactions.statement(() -> oddities.counts(since));
    }

    @Override
    public List<Copy> copies(CredentialName credential) {
        return Transactions.statement(() -> jdbc.sql(COPIES)
                .param("credential", credential.value())
                .param("now", Columns.utc(clock.instant()))
                .query((row, number) -> new Copy(
                        row.getString("consumer"),
                        row.getString("instance"),
                        row.getInt("version"),
                        Columns.instant(row, "read_at")))
                .list());
    }

    private JdbcClient.StatementSpec about(String sql, Reading reading) {
        return jdbc.sql(sql).paramSource(parameters(reading));
    }
}
