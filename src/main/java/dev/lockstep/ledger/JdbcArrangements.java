package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Neighbours;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Arrangements;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Neighbours in the ledger's database. */
final class JdbcArrangements implements Arrangements {

    private static final String APART = "SELECT credential, apart_group, seconds FROM credential_apart";

    private static final String AFTER = "SELECT credential, predecessor FROM credential_after";

    private static final String FORGET_APART = "DELETE FROM credential_apart WHERE credential = :credential";

    private static final String FORGET_AFTER = "DELETE FROM credential_after WHERE credential = :credential";

    private static final String ADD_GROUP = """
            INSERT INTO apart_group (name)
            SELECT CAST(:name AS VARCHAR(63))
             WHERE NOT EXISTS (SELECT 1 FROM apart_group WHERE name = :name)
            """;

    private static final String ADD_APART = """
            INSERT INTO credential_apart (credential, apart_group, seconds)
            VALUES (:credential, :name, :seconds)
            """;

    private static final String ADD_AFTER = """
            INSERT INTO credential_after (credential, predecessor)
            VALUES (:credential, :predecessor)
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcArrangements(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Map<CredentialName, Neighbours> all() {
        Map<CredentialName, Neighbours.Apart> apart = new HashMap<>();
        Map<CredentialName, Set<CredentialName>> after = new HashMap<>();
        Transactions.statement(() -> {
            jdbc.sql(APART).query(row -> {
                apart.put(
                        CredentialName.of(row.getString("credential")),
                        new Neighbours.Apart(row.getString("apart_group"), Duration.ofSeconds(row.getLong("seconds"))));
            });
            jdbc.sql(AFTER).query(row -> {
                after.computeIfAbsent(CredentialName.of(row.getString("credential")), first -> new HashSet<>())
                        .add(CredentialName.of(row.getString("predecessor")));
            });
            return true;
        });
        Set<CredentialName> names = new HashSet<>(apart.keySet());
        names.addAll(after.keySet());
        Map<CredentialName, Neighbours> all = new HashMap<>();
        names.forEach(name -> all.put(
                name, new Neighbours(Optional.ofNullable(apart.get(name)), after.getOrDefault(name, Set.of()))));
        return all;
    }

    /** Another node may note the same at the same time. */
    @Override
    public void arrange(CredentialName credential, Neighbours neighbours) {
        Transactions.statement(() -> {
            try {
                return transactions.ownUntranslated(() -> write(credential, neighbours));
            } catch (DuplicateKeyException noted) {
                return false;
            }
        });
    }

    private boolean write(CredentialName credential, Neighbours neighbours) {
        jdbc.sql(FORGET_APART).param("credential", credential.value()).update();
        jdbc.sql(FORGET_AFTER).param("credential", credential.value()).update();
        neighbours.apart().ifPresent(apart -> {
            jdbc.sql(ADD_GROUP).param("name", apart.group()).update();
            jdbc.sql(ADD_APART)
                    .param("credential", credential.value())
                    .param("name", apart.group())
                    .param("seconds", apart.by().toSeconds())
                    .update();
        });
        neighbours
                .after()
                .forEach(predecessor -> jdbc.sql(ADD_AFTER)
                        .param("credential", credential.value())
                        .param("predecessor", predecessor.value())
                        .update());
        return true;
    }

    @Override
    public List<CredentialName> holding(long operation) {
        return Transactions.statement(() -> jdbc.sql(Holds.HOLDING)
                .param("id", operation)
                .param("now", Columns.utc(clock.instant()))
                .param("emergency", Operation.EMERGENCY)
                .query((row, number) -> CredentialName.of(row.getString("name")))
                .list());
    }
}
