package dev.lockstep.crash;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Stage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One credential to be rotated under one fault, and what the database has committed about it. */
record Trial(Scenario scenario, Credential credential, JdbcClient sql) {

    /**
     * An operation as it stands.
     *
     * @param instance of the process; null while none is committed
     */
    record Op(
            long id,
            String status,
            int token,
            @Nullable String instance,
            @Nullable String outcome) {

        boolean closed() {
            return status.equals("CLOSED");
        }
    }

    /**
     * @param dead whether the leaked secret is recorded as proven dead
     * @param replaced whether it is recorded that applications have a new secret
     */
    record Inc(long id, String state, @Nullable String instance, boolean dead, boolean replaced) {}

    /** @param operation that made it; null when it was imported or left over */
    record Known(
            int version,
            Stage stage,
            String principal,
            @Nullable Long operation) {}

    CredentialName name() {
        return credential.name();
    }

    Optional<Op> operation() {
        return operations().stream().findFirst();
    }

    /** The incident of a leak of the credential. */
    Optional<Inc> incident() {
        return sql.sql("""
                        SELECT i.id, i.state, i.process_instance,
                               (SELECT COUNT(*) FROM incident_credential c
                                 WHERE c.incident = i.id AND c.proven_dead_at IS NOT NULL) AS dead,
                               (SELECT COUNT(*) FROM incident_credential c
                                 WHERE c.incident = i.id AND c.replaced_at IS NOT NULL) AS replaced
                          FROM incident i JOIN incident_signal s ON s.incident = i.id
                         WHERE s.credential = :credential ORDER BY i.id DESC FETCH FIRST 1 ROWS ONLY
                        """)
                .param("credential", name().value())
                .query((row, number) -> new Inc(
                        row.getLong("id"),
                        row.getString("state"),
                        row.getString("process_instance"),
                        row.getInt("dead") > 0,
                        row.getInt("replaced") > 0))
                .optional();
    }

    /** Newest first. */
    List<Op> operations() {
        return sql.sql("""
                        SELECT id, status, claim_token, process_instance, outcome
                          FROM operation WHERE credential = :credential ORDER BY id DESC
                        """)
                .param("credential", name().value())
                .query((row, number) -> new Op(
                        row.getLong("id"),
                        row.getString("status"),
                        row.getInt("claim_token"),
                        row.getString("process_instance"),
                        row.getString("outcome")))
                .list();
    }

    /** Newest first. */
    List<Known> versions() {
        return sql.sql("""
                        SELECT version, stage, principal, operation
                          FROM credential_version WHERE credential = :credential ORDER BY version DESC
                        """)
                .param("credential", name().value())
                .query((row, number) -> new Known(
                        row.getInt("version"),
                        Stage.valueOf(row.getString("stage")),
                        row.getString("principal"),
                        row.getObject("operation", Long.class)))
                .list();
    }

    Optional<Known> current() {
        return versions().stream()
                .filter(version -> version.stage() == Stage.CURRENT)
                .findFirst();
    }

    /** What the operation of the trial has made. */
    Optional<Known> candidate() {
        return versions().stream()
                .filter(version -> version.operation() != null)
                .findFirst();
    }

    /** Whether it was compared with its target. */
    boolean compared() {
        return sql.sql(
                                "SELECT COUNT(*) FROM credential_check WHERE credential = :credential AND checked_at IS NOT NULL")
                        .param("credential", name().value())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether its value was erased for good. */
    boolean destroyed(Known version) {
        return sql.sql("""
                                SELECT COUNT(*) FROM embedded_secret
                                 WHERE credential = :credential AND version = :version AND destroyed_at IS NOT NULL
                                """)
                        .param("credential", name().value())
                        .param("version", version.version())
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
