package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How versions are found and read. */
final class VersionQueries {

    private static final String SELECT = """
            SELECT credential, version, stage, principal, fingerprint, rules, operation, created_at, changed_at
              FROM credential_version
            """;

    private static final String FIND = SELECT + " WHERE credential = :credential AND version = :version";

    private static final String LIST = SELECT + " WHERE credential = :credential ORDER BY version DESC";

    private static final String IN_STAGE =
            SELECT + " WHERE credential = :credential AND stage = :stage ORDER BY version DESC";

    private static final String ERASABLE = SELECT + """
             WHERE credential = :credential
               AND stage IN ('RETIRED', 'DISCARDED', 'REVOKED')
               AND erased_at IS NULL
               AND changed_at < :before
             ORDER BY version DESC
            """;

    private static final String UNERASED =
            SELECT + " WHERE credential = :credential AND erased_at IS NULL ORDER BY version DESC";

    private static final String UNPROVEN = SELECT + """
             WHERE credential = :credential
               AND stage = 'REVOKED'
               AND erased_at IS NULL
               AND proven_dead_at IS NULL
             ORDER BY version DESC
            """;

    private static final String SAME_VALUE = SELECT + " WHERE fingerprint = :fingerprint ORDER BY credential, version";

    private static final String CANDIDATE = SELECT + """
             WHERE operation = :operation
               AND stage NOT IN ('REVOKED', 'RETIRED')
             ORDER BY version DESC
             FETCH FIRST 1 ROWS ONLY
            """;

    private static final String LOCK = """
            SELECT version
              FROM credential_version
             WHERE credential = :credential
               AND version = :version
               AND stage = :expected
               FOR UPDATE
            """;

    private final JdbcClient jdbc;

    VersionQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks a version until the transaction ends; false when it is not in that stage. */
    boolean lock(SecretRef ref, Stage expected) {
        return jdbc.sql(LOCK)
                .param("credential", ref.credential().value())
                .param("version", ref.version())
                .param("expected", expected.name())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    Optional<Version> find(SecretRef ref) {
        return Transactions.statement(() -> jdbc.sql(FIND)
                .param("credential", ref.credential().value())
                .param("version", ref.version())
                .query(VersionQueries::version)
                .optional());
    }

    List<Version> list(CredentialName credential) {
        return of(LIST, credential);
    }

    List<Version> in(CredentialName credential, Stage stage) {
        return Transactions.statement(() -> jdbc.sql(IN_STAGE)
                .param("credential", credential.value())
                .param("stage", stage.name())
                .query(VersionQueries::version)
                .list());
    }

    List<Version> erasable(CredentialName credential, Instant before) {
        return Transactions.statement(() -> jdbc.sql(ERASABLE)
                .param("credential", credential.value())
                .param("before", Columns.utc(before))
                .query(VersionQueries::version)
                .list());
    }

    List<Version> unerased(CredentialName credential) {
        return of(UNERASED, credential);
    }

    List<Version> unproven(CredentialName credential) {
        return of(UNPROVEN, credential);
    }

    private List<Version> of(String sql, CredentialName credential) {
        return Transactions.statement(() -> jdbc.sql(sql)
                .param("credential", credential.value())
                .query(VersionQueries::version)
                .list());
    }

    List<Version> withFingerprint(String fingerprint) {
        return Transactions.statement(() -> jdbc.sql(SAME_VALUE)
                .param("fingerprint", fingerprint)
                .query(VersionQueries::version)
                .list());
    }

    Optional<Version> candidate(long operation) {
        return Transactions.statement(() -> jdbc.sql(CANDIDATE)
                .param("operation", operation)
                .query(VersionQueries::version)
                .optional());
    }

    static Version version(ResultSet row, int number) throws SQLException {
        return new Version(
                new SecretRef(CredentialName.of(row.getString("credential")), row.getInt("version")),
                Stage.valueOf(row.getString("stage")),
                row.getString("principal"),
                row.getString("fingerprint"),
                row.getString("rules"),
                row.getObject("operation", Long.class),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "changed_at"));
    }
}
