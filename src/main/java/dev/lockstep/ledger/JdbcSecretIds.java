package dev.lockstep.ledger;

import dev.lockstep.port.SecretIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Secrets of the login AppRole, in the ledger's database. */
final class JdbcSecretIds implements SecretIds {

    private static final String ADD = """
            INSERT INTO delivery_secret_id (hash, accessor, identity, issued_by, issued_at, expires_at)
            VALUES (:hash, :accessor, :identity, :by, :issued, :expires)
            """;

    private static final String SELECT = """
            SELECT accessor, identity, issued_by, issued_at, expires_at, used_at
              FROM delivery_secret_id
             WHERE expires_at > :now
            """;

    private static final String FIND = SELECT + " AND hash = :hash";
    private static final String OF = SELECT + " AND identity = :identity ORDER BY issued_at DESC, accessor";

    private static final String USED = """
            UPDATE delivery_secret_id
               SET used_at = :now
             WHERE hash = :hash
               AND expires_at > :now
            """;

    private static final String REVOKE =
            "DELETE FROM delivery_secret_id WHERE accessor = :accessor AND identity = :identity";

    private static final String REVOKE_TOKENS = """
            DELETE FROM delivery_token
             WHERE secret_id = :accessor
               AND identity = :identity
            """;

    private static final String FORGET = "DELETE FROM delivery_secret_id WHERE expires_at < :before";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcSecretIds(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void add(String hash, SecretId secret) {
        Transactions.statement(() -> jdbc.sql(ADD)
                .param("hash", hash)
                .param("accessor", secret.accessor())
                .param("identity", secret.identity())
                .param("by", secret.issuedBy())
                .param("issued", Columns.utc(secret.issuedAt()))
                .param("expires", Columns.utc(secret.expiresAt()))
                .update());
    }

    @Override
    public Optional<SecretId> use(String hash) {
        return transactions.joined(() -> {
            boolean valid = jdbc.sql(USED)
                            .param("hash", hash)
                            .param("now", Columns.utc(clock.instant()))
                            .update()
                    == 1;
            return valid
                    ? jdbc.sql(FIND)
                            .param("now", Columns.utc(clock.instant()))
                            .param("hash", hash)
                            .query(JdbcSecretIds::secret)
                            .optional()
                    : Optional.empty();
        });
    }

    @Override
    public List<SecretId> of(String identity) {
        return Transactions.statement(() -> jdbc.sql(OF)
                .param("now", Columns.utc(clock.instant()))
                .param("identity", identity)
                .query(JdbcSecretIds::secret)
                .list());
    }

    @Override
    public boolean revoke(String identity, String accessor) {
        return transactions.joined(() -> {
            boolean revoked = named(REVOKE, identity, accessor).update() == 1;
            if (revoked) {
                named(REVOKE_TOKENS, identity, accessor).update();
            }
            return revoked;
        });
    }

    @Override
    public void forget(Instant expiredBefore) {
        Transactions.statement(() ->
                jdbc.sql(FORGET).param("before", Columns.utc(expiredBefore)).update());
    }

    private JdbcClient.StatementSpec named(String sql, String identity, String accessor) {
        return jdbc.sql(sql).param("identity", identity).param("accessor", accessor);
    }

    private static SecretId secret(ResultSet row, int number) throws SQLException {
        return new SecretId(
                row.getString("accessor"),
                row.getString("identity"),
                row.getString("issued_by"),
                Columns.instant(row, "issued_at"),
                Columns.instant(row, "expires_at"),
                Columns.instantOrNull(row, "used_at"));
    }
}
