package dev.lockstep.ledger;

import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.RunVersions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The versions that operations run on, in the ledger's database. */
final class JdbcRunVersions implements RunVersions {

    private static final String OF = """
            SELECT operation, definition, process, version_tag, rollout
              FROM run_version
             WHERE operation IN (:operations)
            """;

    private static final String ADD = """
            INSERT INTO run_version (operation, definition, process, version_tag, rollout, chosen_at)
            VALUES (:operation, :definition, :process, :versionTag, :rollout, :now)
            """;

    private static final String MOVE = """
            UPDATE run_version
               SET definition = :definition, version_tag = :versionTag
             WHERE operation = :operation
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcRunVersions(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<RunVersion> of(long operation) {
        return Optional.ofNullable(of(List.of(operation)).get(operation));
    }

    @Override
    public Map<Long, RunVersion> of(Collection<Long> operations) {
        if (operations.isEmpty()) {
            return Map.of();
        }
        return Transactions.statement(
                () -> jdbc.sql(OF).param("operations", operations).query(JdbcRunVersions::map).list().stream()
                        .collect(Collectors.toMap(RunVersion::operation, Function.identity())));
    }

    @Override
    public RunVersion choose(RunVersion choice) {
        return Transactions.statement(() -> {
            try {
                transactions.ownUntranslated(() -> add(choice));
                return choice;
            } catch (DuplicateKeyException chosenBefore) {
                return of(choice.operation()).orElse(choice);
            }
        });
    }

    @Override
    public void move(long operation, String definition, String versionTag) {
        Transactions.statement(() -> jdbc.sql(MOVE)
                .param("operation", operation)
                .param("definition", definition)
                .param("versionTag", versionTag)
                .update());
    }

    private int add(RunVersion choice) {
        return jdbc.sql(ADD)
                .param("operation", choice.operation())
                .param("definition", choice.definition())
                .param("process", choice.process())
                .param("versionTag", choice.versionTag())
                .param("rollout", choice.rollout())
                .param("now", Columns.utc(clock.instant()))
                .update();
    }

    private static RunVersion map(ResultSet row, int number) throws SQLException {
        return new RunVersion(
                row.getLong("operation"),
                row.getString("definition"),
                row.getString("process"),
                row.getString("version_tag"),
                row.getObject("rollout", Long.class));
    }
}
