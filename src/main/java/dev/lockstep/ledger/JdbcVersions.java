package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.domain.VersionChange;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Versions and their stages in the ledger's database. */
final class JdbcVersions implements Versions {

    private static final String RESERVE = """
            INSERT INTO credential_version
                   (credential, version, stage, principal, fingerprint, rules, operation, created_at, changed_at)
            VALUES (:credential,
                    (SELECT COALESCE(MAX(v.version), 0) + 1 FROM credential_version v WHERE v.credential = :credential),
                    'STAGED', :principal, :fingerprint, :rules, :operation, :now, :now)
            """;

    private static final String REFINGERPRINT = """
            UPDATE credential_version
               SET fingerprint = :fingerprint
             WHERE credential = :credential
               AND version = :version
               AND stage = 'STAGED'
            """;

    private static final String MOVE = """
            UPDATE credential_version
               SET stage = :to, current_of = :currentOf, changed_at = :now
             WHERE credential = :credential
               AND version = :version
               AND stage = :expected
            """;

    private static final String STEP_DOWN = """
            UPDATE credential_version
               SET stage = 'PREVIOUS', current_of = NULL, changed_at = :now
             WHERE current_of = :credential
            """;

    private static final String ERASED = """
            UPDATE credential_version
               SET erased_at = :now
             WHERE credential = :credential
               AND version = :version
               AND erased_at IS NULL
            """;

    private static final String PROVEN_DEAD = """
            UPDATE credential_version
               SET proven_dead_at = :now
             WHERE credential = :credential
               AND version = :version
               AND proven_dead_at IS NULL
               AND stage IN ('RETIRED', 'REVOKED')
            """;

    private static final String DOUBT = """
            UPDATE credential_version
               SET proven_dead_at = NULL
             WHERE credential = :credential
               AND version = :version
               AND proven_dead_at IS NOT NULL
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final VersionQueries queries;
    private final Releases releases;

    JdbcVersions(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.queries = new VersionQueries(jdbc);
        this.releases = new Releases(jdbc);
    }

    @Override
    public Version reserve(
            CredentialName credential, @Nullable Long operation, String principal, String fingerprint, String rules) {
        return transactions.own(() -> {
            Instant now = Columns.now(clock);
            KeyHolder number = new GeneratedKeyHolder();
            jdbc.sql(RESERVE)
                    .param("credential", credential.value())
                    .param("principal", principal)
                    .param("fingerprint", fingerprint)
                    .param("rules", rules)
                    .param("operation", operation)
                    .param("now", Columns.utc(now))
                    .update(number, "version");
            int version = Objects.requireNonNull(number.getKey()).intValue();
            SecretRef ref = new SecretRef(credential, version);
            return new Version(ref, Stage.STAGED, principal, fingerprint, rules, operation, now, now);
        });
    }

    @Override
    public void refingerprint(SecretRef ref, String fingerprint) {
        transactions.own(() ->
                about(REFINGERPRINT, ref).param("fingerprint", fingerprint).update());
    }

    @Override
    public boolean move(SecretRef ref, Stage expected, Stage to) {
        return transactions.joined(() -> moved(ref, expected, to));
    }

    @Override
    public boolean promote(SecretRef candidate) {
        return transactions.joined(() -> {
            if (!queries.lock(candidate, Stage.STAGED)) {
                return false;
            }
            jdbc.sql(STEP_DOWN)
                    .param("credential", candidate.credential().value())
                    .param("now", Columns.utc(clock.instant()))
                    .update();
            return moved(candidate, Stage.STAGED, Stage.CURRENT);
        });
    }

    @Override
    public boolean demote(SecretRef candidate, @Nullable SecretRef previous) {
        return transactions.joined(() -> {
            if (!queries.lock(candidate, Stage.CURRENT)
                    || (previous != null && !queries.lock(previous, Stage.PREVIOUS))) {
                return false;
            }
            // Or whoever had it before the others would go on being served it. They are told what all are told.
            releases.forget(candidate);
            return moved(candidate, Stage.CURRENT, Stage.STAGED)
                    && (previous == null || moved(previous, Stage.PREVIOUS, Stage.CURRENT));
        });
    }

    private boolean moved(SecretRef ref, Stage expected, Stage to) {
        Instant now = clock.instant();
        boolean moved = about(MOVE, ref)
                        .param("expected", expected.name())
                        .param("to", to.name())
                        .param(
                                "currentOf",
                                to == Stage.CURRENT ? ref.credential().value() : null)
                        .param("now", Columns.utc(now))
                        .update()
                == 1;
        if (moved) {
            VersionChange.Kind.of(to).ifPresent(kind -> JdbcVersionChanges.add(jdbc, ref, kind, null, now));
            if (expected == Stage.STAGED && to != Stage.CURRENT) {
                releases.end(ref, now);
            }
        }
        return moved;
    }

    private JdbcClient.StatementSpec about(String sql, SecretRef ref) {
        return jdbc.sql(sql).param("credential", ref.credential().value()).param("version", ref.version());
    }

    @Override
    public Optional<Version> find(SecretRef ref) {
        return queries.find(ref);
    }

    @Override
    public List<Version> list(CredentialName credential) {
        return queries.list(credential);
    }

    @Override
    public Optional<Version> candidate(long operation) {
        return queries.candidate(operation);
    }

    @Override
    public Optional<Version> current(CredentialName credential) {
        return queries.in(credential, Stage.CURRENT).stream().findFirst();
    }

    @Override
    public List<Version> in(CredentialName credential, Stage stage) {
        return queries.in(credential, stage);
    }

    @Override
    public List<Version> erasable(CredentialName credential, Instant before) {
        return queries.erasable(credential, before);
    }

    @Override
    public List<Version> unerased(CredentialName credential) {
        return queries.unerased(credential);
    }

    @Override
    public List<Version> unproven(CredentialName credential) {
        return queries.unproven(credential);
    }

    @Override
    public List<Version> withFingerprint(String fingerprint) {
        return queries.withFingerprint(fingerprint);
    }

    @Override
    public void erased(SecretRef ref) {
        stamp(ERASED, ref);
    }

    @Override
    public void provenDead(SecretRef ref) {
        stamp(PROVEN_DEAD, ref);
    }

    private void stamp(String sql, SecretRef ref) {
        Transactions.statement(
                () -> about(sql, ref).param("now", Columns.utc(clock.instant())).update());
    }

    @Override
    public void doubt(SecretRef ref) {
        Transactions.statement(() -> about(DOUBT, ref).update());
    }
}
