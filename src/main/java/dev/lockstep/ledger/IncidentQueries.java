package dev.lockstep.ledger;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Incidents;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How incidents are found. */
final class IncidentQueries {

    private static final String FIND = IncidentRows.SELECT + " WHERE i.id = :id";

    private static final String BY_DELIVERY = IncidentRows.SELECT + """
              JOIN incident_signal s ON s.incident = i.id
             WHERE s.source = :source
               AND s.delivery = :delivery
            """;

    private static final String BY_SUBJECT = IncidentRows.SELECT + " WHERE i.open_subject = :subject";

    private static final String BY_CREDENTIALS = IncidentRows.SELECT + """
             WHERE i.state <> 'CLOSED'
               AND EXISTS (SELECT 1
                             FROM incident_credential c
                            WHERE c.incident = i.id
                              AND c.credential IN (:credentials))
             ORDER BY i.id DESC
            """;

    private static final String BY_OPERATION = IncidentRows.SELECT + """
              JOIN incident_credential c ON c.incident = i.id
             WHERE c.operation = :operation
             ORDER BY i.id
            """;

    private static final String NEWEST = IncidentRows.SELECT + " ORDER BY i.id DESC FETCH FIRST :limit ROWS ONLY";

    /** A credential of {@code i} that is not dead, and whose operation goes on. */
    private static final String UNSETTLED = """
            SELECT 1
              FROM incident_credential c
              JOIN operation o ON o.id = c.operation
             WHERE c.incident = i.id
               AND c.proven_dead_at IS NULL
               AND o.status <> 'CLOSED'
            """;

    private static final String SETTLED =
            "SELECT COUNT(*) FROM incident i WHERE i.id = :id AND NOT EXISTS (" + UNSETTLED + ")";

    private static final String SETTLED_UNHEARD = IncidentRows.SELECT
            + " WHERE i.state = 'CONTAINING' AND NOT EXISTS (" + UNSETTLED
            + ") ORDER BY i.id FETCH FIRST :limit ROWS ONLY";

    private static final String STANDING = """
            SELECT state, COUNT(*) AS many, MIN(opened_at) AS since
              FROM incident
             WHERE state <> 'CLOSED'
             GROUP BY state
             ORDER BY state
            """;

    private static final String SIGNALS = """
            SELECT source, delivery, kind, confidence, exposure, location, credential, fingerprint, reported_by, note,
                   reported_at
              FROM incident_signal
             WHERE incident = :id
             ORDER BY id
            """;

    private static final String AFFECTED = """
            SELECT credential, relation, operation, contained_at, proven_dead_at, replaced_at
              FROM incident_credential
             WHERE incident = :id
             ORDER BY credential
            """;

    private final JdbcClient jdbc;

    IncidentQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Incident> find(long id) {
        return one(jdbc.sql(FIND).param("id", id));
    }

    Optional<Incident> byDelivery(Signal.Source source, String deliveryId) {
        return one(jdbc.sql(BY_DELIVERY).param("source", source.name()).param("delivery", deliveryId));
    }

    Optional<Incident> bySubject(String subject) {
        return one(jdbc.sql(BY_SUBJECT).param("subject", subject));
    }

    List<Incident> byCredentials(Collection<CredentialName> credentials) {
        if (credentials.isEmpty()) {
            return List.of();
        }
        List<String> names = credentials.stream().map(CredentialName::value).toList();
        return all(jdbc.sql(BY_CREDENTIALS).param("credentials", names));
    }

    List<Incident> byOperation(long operation) {
        return all(jdbc.sql(BY_OPERATION).param("operation", operation));
    }

    List<Incident> newest(int limit) {
        return all(jdbc.sql(NEWEST).param("limit", limit));
    }

    List<Incidents.Standing> standing() {
        return Transactions.statement(() -> jdbc.sql(STANDING)
                .query((row, number) -> new Incidents.Standing(
                        Incident.State.valueOf(row.getString("state")),
                        row.getLong("many"),
                        Columns.instant(row, "since")))
                .list());
    }

    boolean settled(long id) {
        return Transactions.statement(
                () -> jdbc.sql(SETTLED).param("id", id).query(Integer.class).single() == 1);
    }

    List<Incident> settledUnheard(int limit) {
        return all(jdbc.sql(SETTLED_UNHEARD).param("limit", limit));
    }

    List<Signal> signals(long id) {
        return Transactions.statement(() ->
                jdbc.sql(SIGNALS).param("id", id).query(IncidentRows::signal).list());
    }

    List<Affected> affected(long id) {
        return Transactions.statement(() ->
                jdbc.sql(AFFECTED).param("id", id).query(IncidentRows::affected).list());
    }

    static PermanentException unknown(long id) {
        return new PermanentException(
                FailureCode.INTERNAL_ERROR, "the ledger does not know incident " + Incident.label(id));
    }

    private static Optional<Incident> one(JdbcClient.StatementSpec statement) {
        return Transactions.statement(
                () -> statement.query(IncidentRows::incident).optional());
    }

    private static List<Incident> all(JdbcClient.StatementSpec statement) {
        return Transactions.statement(
                () -> statement.query(IncidentRows::incident).list());
    }
}
