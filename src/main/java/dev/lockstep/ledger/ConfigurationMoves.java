package dev.lockstep.ledger;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.ConfigurationRecords.Move;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What another configuration changes about credentials in the inventory, some at a time, so that no lock is held long.
 */
final class ConfigurationMoves {

    private static final int TOGETHER = 200;

    private static final String LEAVE = """
            UPDATE credential
               SET status = 'UNMANAGED', next_rotation_at = NULL
             WHERE name = :name
               AND status = 'ACTIVE'
            """;

    private static final String MOVE = """
            UPDATE credential
               SET next_rotation_at = :after
             WHERE name = :name
               AND status = 'ACTIVE'
               AND next_rotation_at = :before
            """;

    private static final String SET = """
            UPDATE credential
               SET next_rotation_at = :after
             WHERE name = :name
               AND status = 'ACTIVE'
               AND next_rotation_at IS NULL
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final AuditTrail audit;

    ConfigurationMoves(JdbcClient jdbc, Transactions transactions, AuditTrail audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
    }

    void leave(List<CredentialName> credentials) {
        for (int from = 0; from < credentials.size(); from += TOGETHER) {
            List<CredentialName> some = credentials.subList(from, Math.min(from + TOGETHER, credentials.size()));
            transactions.own(() -> {
                some.forEach(this::leave);
                return some.size();
            });
        }
    }

    private void leave(CredentialName name) {
        if (jdbc.sql(LEAVE).param("name", name.value()).update() == 1) {
            audit.append(new AuditEvent(
                    "lockstep",
                    "credential.unmanage",
                    AuditEvent.Phase.FACT,
                    name.value(),
                    null,
                    Map.of("reason", "it is not in the configuration any more")));
        }
    }

    void move(List<Move> moves) {
        for (int from = 0; from < moves.size(); from += TOGETHER) {
            List<Move> some = moves.subList(from, Math.min(from + TOGETHER, moves.size()));
            transactions.own(() -> {
                some.forEach(this::move);
                return some.size();
            });
        }
    }

    private void move(Move move) {
        @Nullable Instant before = move.before();
        JdbcClient.StatementSpec statement =
                before == null ? jdbc.sql(SET) : jdbc.sql(MOVE).param("before", Columns.utc(before));
        statement
                .param("name", move.credential().value())
                .param("after", Columns.utcOrNull(move.after()))
                .update();
    }
}
