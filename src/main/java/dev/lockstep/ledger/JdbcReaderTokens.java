package dev.lockstep.ledger;

import dev.lockstep.port.ReaderTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens of programs, in the ledger's database. */
final class JdbcReaderTokens implements ReaderTokens {

    private static final String ADD = """
            INSERT INTO delivery_token
                   (hash, accessor, parent, secret_id, identity, method, instance, issued_at, expires_at, ends_at)
            VALUES (:hash, :accessor, :parent, :secretId, :identity, :method, :instance, :issued, :expires, :ends)
            """;

    private static final String SELECT = """
            SELECT hash, accessor, parent, secret_id, identity, method, instance, issued_at, expires_at, ends_at
              FROM delivery_token
             WHERE expires_at > :now
            """;

    private static final String FIND = SELECT + " AND hash IN (:hashes)";
    private static final String BY_ACCESSOR = SELECT + " AND accessor = :accessor";
    private static final String OF = SELECT + " AND identity = :identity ORDER BY issued_at DESC, accessor";

    private static final String RENEW = """
            UPDATE delivery_token
               SET expires_at = :expires
             WHERE accessor = :accessor
               AND expires_at > :now
            """;

    private static final String REVOKE = "DELETE FROM delivery_token WHERE accessor = :accessor OR parent = :accessor";
    private static final String REVOKE_ALL = "DELETE FROM delivery_token WHERE identity = :identity";
    private static final String FORGET = "DELETE FROM delivery_token WHERE expires_at < :before";

    private static final String FORGET_COPIES = """
            DELETE FROM consumer_instance
             WHERE read_at < :before
               AND NOT EXISTS (SELECT 1 FROM delivery_token t WHERE t.instance = consumer_instance.instance)
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcReaderTokens(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void add(String hash, Token token) {
        Transactions.statement(() -> jdbc.sql(ADD)
                .param("hash", hash)
                .param("accessor", token.accessor())
                .param("parent", token.parent())
                .param("secretId", token.secretId())
                .param("identity", token.identity())
                .param("method", token.method())
                .param("instance", token.instance())
                .param("issued", Columns.utc(token.issuedAt()))
                .param("expires", Columns.utc(token.expiresAt()))
                .param("ends", Columns.utc(token.endsAt()))
                .update());
    }

    @Override
    public Map<String, Token> find(Collection<String> hashes) {
        Map<String, Token> found = new HashMap<>();
        Transactions.statement(() -> {
            jdbc.sql(FIND)
                    .param("now", Columns.utc(clock.instant()))
                    .param("hashes", Padded.list(hashes))
                    .query(row -> {
                        found.put(row.getString("hash"), token(row, 0));
                    });
            return found;
        });
        return found;
    }

    @Override
    public Optional<Token> renew(String accessor, Instant expiresAt) {
        return transactions.joined(() -> {
            boolean renewed = jdbc.sql(RENEW)
                            .param("accessor", accessor)
                            .param("expires", Columns.utc(expiresAt))
                            .param("now", Columns.utc(clock.instant()))
                            .update()
                    == 1;
            return renewed
                    ? jdbc.sql(BY_ACCESSOR)
                            .param("now", Columns.utc(clock.instant()))
                            .param("accessor", accessor)
                            .query(JdbcReaderTokens::token)
                            .optional()
                    : Optional.empty();
        });
    }

    @Override
    public int revoke(String accessor) {
        return Transactions.statement(
                () -> jdbc.sql(REVOKE).param("accessor", accessor).update());
    }

    @Override
    public int revokeAll(String identity) {
        return Transactions.statement(
                () -> jdbc.sql(REVOKE_ALL).param("identity", identity).update());
    }

    @Override
    public List<Token> of(String identity) {
        return Transactions.statement(() -> jdbc.sql(OF)
                .param("now", Columns.utc(clock.instant()))
                .param("identity", identity)
                .query(JdbcReaderTokens::token)
                .list());
    }

    @Override
    public void forget(Instant expiredBefore) {
        transactions.joined(() -> {
            jdbc.sql(FORGET).param("before", Columns.utc(expiredBefore)).update();
            return jdbc.sql(FORGET_COPIES)
                    .param("before", Columns.utc(expiredBefore))
                    .update();
        });
    }

    private static Token token(ResultSet row, int number) throws SQLException {
        return new Token(
                row.getString("accessor"),
                row.getString("parent"),
                row.getString("secret_id"),
                row.getString("identity"),
                row.getString("method"),
                row.getString("instance"),
                Columns.instant(row, "issued_at"),
                Columns.instant(row, "expires_at"),
                Columns.instant(row, "ends_at"));
    }
}
