package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.VersionChange.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which version is released to which consumer before the others, and the news of that for that consumer. Runs in the
 * transaction of the caller, who has locked the version if it is one that moves.
 */
final class Releases {

    private static final String WITHOUT = """
            SELECT name
              FROM consumer
             WHERE credential = :credential
               AND name IN (:names)
               AND (released_version IS NULL OR released_version <> :version)
             ORDER BY name
               FOR UPDATE
            """;

    private static final String RELEASE = """
            UPDATE consumer
               SET released_version = :version
             WHERE credential = :credential
               AND name IN (:names)
            """;

    private static final String WITH = """
            SELECT name
              FROM consumer
             WHERE credential = :credential
               AND released_version = :version
             ORDER BY name
               FOR UPDATE
            """;

    private static final String WITHDRAW = """
            UPDATE consumer
               SET released_version = NULL
             WHERE credential = :credential
               AND released_version = :version
            """;

    private static final String SERVED = """
            SELECT v.version
              FROM consumer c
              JOIN credential_version v
                ON v.credential = c.credential
               AND v.version = c.released_version
             WHERE c.credential = :credential
               AND c.name = :name
               AND v.stage = 'STAGED'
            """;

    private final JdbcClient jdbc;
    private final VersionQueries versions;

    Releases(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.versions = new VersionQueries(jdbc);
    }

    /** Releases a version; whoever has it already is told nothing. */
    void release(SecretRef ref, List<String> consumers, Instant now) {
        boolean staged = versions.lock(ref, Stage.STAGED);
        List<String> news = about(WITHOUT, ref)
                .param("names", consumers)
                .query(String.class)
                .list();
        about(RELEASE, ref).param("names", consumers).update();
        if (staged) {
            tell(ref, Kind.RELEASED, news, now);
        }
    }

    /** Takes a version away from all that have it; nobody is served another one when it is not staged any more. */
    void withdraw(SecretRef ref, Instant now) {
        if (versions.lock(ref, Stage.STAGED)) {
            end(ref, now);
        } else {
            forget(ref);
        }
    }

    /** Takes a version away that is, or was up to now, a staged one. */
    void end(SecretRef ref, Instant now) {
        List<String> news = about(WITH, ref).query(String.class).list();
        forget(ref);
        tell(ref, Kind.WITHDRAWN, news, now);
    }

    /** Takes a version away, and leaves it to others to tell what is served now. */
    void forget(SecretRef ref) {
        about(WITHDRAW, ref).update();
    }

    /** The version that a consumer is served before the others. */
    Optional<SecretRef> of(CredentialName credential, String consumer) {
        return jdbc.sql(SERVED)
                .param("credential", credential.value())
                .param("name", consumer)
                .query(Integer.class)
                .optional()
                .map(version -> new SecretRef(credential, version));
    }

    /** Tells a consumer that had a version, and is no consumer any more. */
    void gone(SecretRef ref, String consumer, Instant now) {
        tell(ref, Kind.WITHDRAWN, List.of(consumer), now);
    }

    private void tell(SecretRef ref, Kind kind, List<String> consumers, Instant now) {
        consumers.forEach(consumer -> JdbcVersionChanges.add(jdbc, ref, kind, consumer, now));
    }

    private JdbcClient.StatementSpec about(String sql, SecretRef ref) {
        return jdbc.sql(sql).param("credential", ref.credential().value()).param("version", ref.version());
    }
}
