package dev.lockstep.store.embedded;

import dev.lockstep.domain.SecretRef;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The encrypted versions of one store. */
final class SecretRows {

    private static final String FIND = """
            SELECT generation, payload
              FROM embedded_secret
             WHERE store = :store AND credential = :credential AND version = :version
            """;

    private static final String LOCK = """
            SELECT version
              FROM embedded_secret
             WHERE store = :store AND credential = :credential AND version = :version AND payload IS NOT NULL
               FOR UPDATE
            """;

    private static final String INSERT = """
            INSERT INTO embedded_secret (store, credential, version, generation, payload, staged_at)
            VALUES (:store, :credential, :version, :generation, :payload, :at)
            """;

    private static final String ERASE = """
            UPDATE embedded_secret
               SET payload = NULL, destroyed_at = :at
             WHERE store = :store AND credential = :credential AND version = :version AND payload IS NOT NULL
            """;

    private final JdbcClient jdbc;
    private final String store;

    SecretRows(JdbcClient jdbc, String store) {
        this.jdbc = jdbc;
        this.store = store;
    }

    /**
     * A stored version.
     *
     * @param generation of the data key that encrypts it
     * @param payload the ciphertext; null when it was destroyed
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(int generation, byte @Nullable [] payload) {}

    Optional<Row> find(SecretRef ref) {
        return of(FIND, ref)
                .query((row, number) -> new Row(row.getInt("generation"), row.getBytes("payload")))
                .optional();
    }

    /** Locks a version until the transaction ends; false when it was never staged or has been destroyed. */
    boolean lock(SecretRef ref) {
        return of(LOCK, ref).query(Integer.class).optional().isPresent();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when the reference is taken */
    void insert(SecretRef ref, int generation, byte[] payload, Instant at) {
        of(INSERT, ref)
                .param("generation", generation)
                .param("payload", payload)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void erase(SecretRef ref, Instant at) {
        of(ERASE, ref).param("at", at.atOffset(ZoneOffset.UTC)).update();
    }

    private StatementSpec of(String sql, SecretRef ref) {
        return jdbc.sql(sql)
                .param("store", store)
                .param("credential", ref.credential().value())
                .param("version", ref.version());
    }
}
