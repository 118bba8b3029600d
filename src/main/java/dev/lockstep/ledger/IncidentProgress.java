package dev.lockstep.ledger;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the credentials of an incident have come. */
final class IncidentProgress {

    private static final String INVOLVE = """
            INSERT INTO incident_credential (incident, credential, relation)
            SELECT i.id, :credential, :relation
              FROM incident i
             WHERE i.id = :incident
               AND NOT EXISTS (SELECT 1
                                 FROM incident_credential c
                                WHERE c.incident = i.id
                                  AND c.credential = :credential)
            """;

    /** Another incident may have the same operation, which may have come some way already. */
    private static final String ASSIGN = """
            UPDATE incident_credential
               SET operation = :operation,
                   contained_at = (SELECT MIN(o.contained_at) FROM incident_credential o WHERE o.operation = :operation),
                   proven_dead_at =
                       (SELECT MIN(o.proven_dead_at) FROM incident_credential o WHERE o.operation = :operation),
                   replaced_at = (SELECT MIN(o.replaced_at) FROM incident_credential o WHERE o.operation = :operation)
             WHERE incident = :incident
               AND credential = :credential
            """;

    private static final String REASSIGN = """
            UPDATE incident_credential
               SET operation = :successor
             WHERE operation = :operation
               AND proven_dead_at IS NULL
            """;

    private static final String CONTAINED =
            "UPDATE incident_credential SET contained_at = :at WHERE operation = :operation AND contained_at IS NULL";

    private static final String PROVEN_DEAD =
            "UPDATE incident_credential SET proven_dead_at = :at WHERE operation = :operation AND proven_dead_at IS NULL";

    private static final String REPLACED =
            "UPDATE incident_credential SET replaced_at = :at WHERE operation = :operation AND replaced_at IS NULL";

    private final JdbcClient jdbc;

    IncidentProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean involve(long incident, CredentialName credential, Affected.Relation relation) {
        return Transactions.statement(() -> jdbc.sql(INVOLVE)
                        .param("incident", incident)
                        .param("credential", credential.value())
                        .param("relation", relation.name())
                        .update()
                == 1);
    }

    void assign(long incident, CredentialName credential, long operation) {
        Transactions.statement(() -> jdbc.sql(ASSIGN)
                .param("incident", incident)
                .param("credential", credential.value())
                .param("operation", operation)
                .update());
    }

    void reassign(long operation, long successor) {
        Transactions.statement(() -> jdbc.sql(REASSIGN)
                .param("operation", operation)
                .param("successor", successor)
                .update());
    }

    void contained(long operation, Instant at) {
        note(CONTAINED, operation, at);
    }

    void provenDead(long operation, Instant at) {
        note(PROVEN_DEAD, operation, at);
    }

    void replaced(long operation, Instant at) {
        note(REPLACED, operation, at);
    }

    private void note(String sql, long operation, Instant at) {
        Transactions.statement(() -> jdbc.sql(sql)
                .param("operation", operation)
                .param("at", Columns.utc(at))
                .update());
    }
}
