package dev.lockstep.store.embedded;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which version of each credential of one store applications read. */
final class CurrentRows {

    private static final String FIND = """
            SELECT version
              FROM embedded_current
             WHERE store = :store AND credential = :credential
            """;

    private static final String INSERT = """
            INSERT INTO embedded_current (store, credential, version, promoted_at)
            VALUES (:store, :credential, :version, :at)
            """;

    private static final String UPDATE = """
            UPDATE embedded_current
               SET version = :version, promoted_at = :at
             WHERE store = :store AND credential = :credential
            """;

    private static final String DELETE = """
            DELETE FROM embedded_current
             WHERE store = :store AND credential = :credential
            """;

    private static final String PING = """
            SELECT COUNT(*)
              FROM embedded_current
             WHERE store = :store AND credential = ''
            """;

    private final JdbcClient jdbc;
    private final String store;

    CurrentRows(JdbcClient jdbc, String store) {
        this.jdbc = jdbc;
        this.store = store;
    }

    Optional<SecretRef> find(CredentialName credential) {
        return jdbc.sql(FIND)
                .param("store", store)
                .param("credential", credential.value())
                .query(Integer.class)
                .optional()
                .map(version -> new SecretRef(credential, version));
    }

    /** Makes it the current version of its credential; changes nothing when it already is. */
    void point(SecretRef ref, Instant at) {
        Optional<SecretRef> before = find(ref.credential());
        if (before.isEmpty()) {
            write(INSERT, ref, at);
        } else if (!before.get().equals(ref)) {
            write(UPDATE, ref, at);
        }
    }

    /** Leaves its credential without a current version. Returns whether there was one. */
    boolean clear(CredentialName credential) {
        return jdbc.sql(DELETE)
                        .param("store", store)
                        .param("credential", credential.value())
                        .update()
                > 0;
    }

    private void write(String sql, SecretRef ref, Instant at) {
        jdbc.sql(sql)
                .param("store", store)
                .param("credential", ref.credential().value())
                .param("version", ref.version())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Fails when the database does not answer. */
    void ping() {
        jdbc.sql(PING).param("store", store).query(Long.class).single();
    }
}
