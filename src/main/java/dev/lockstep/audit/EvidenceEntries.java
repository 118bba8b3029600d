package dev.lockstep.audit;

import dev.lockstep.port.Evidence.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the sealed entries that belong to some evidence. */
final class EvidenceEntries {

    static final int PAGE = 500;

    private static final String ENTRIES = """
            SELECT s.position, s.hash, COALESCE(p.hash, a.hash) AS previous,
                e.id, e.recorded_at, e.actor, e.action, e.phase, e.subject, e.operation, e.details
            FROM audit_seal s
            JOIN audit_event e ON e.id = s.event_id
            LEFT JOIN audit_seal p ON p.position = s.position - 1
            LEFT JOIN audit_archive a ON a.position = s.position - 1
            WHERE s.position > :after AND s.position <= :last AND e.recorded_at >= :from AND e.recorded_at < :to %s
            ORDER BY s.position
            LIMIT :limit
            """;

    private static final String OF_CREDENTIAL = """
            AND (e.subject = :credential OR e.operation IN (
                SELECT o.operation FROM audit_event o WHERE o.subject = :credential AND o.operation IS NOT NULL))
            """;

    private final JdbcClient jdbc;

    EvidenceEntries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An entry with the hash of the one before, so that it can be verified alone.
     *
     * @param previous 64 zeros for the first
     */
    record Proven(StreamedEntry entry, String previous) {

        private static Proven from(ResultSet row) throws SQLException {
            String previous = row.getString("previous");
            return new Proven(
                    new StreamedEntry(row.getLong("position"), row.getString("hash"), StoredEvent.from(row)),
                    previous == null ? Head.EMPTY.hash() : previous);
        }
    }

    /** The next entries after a position, and up to another one. */
    List<Proven> page(Request request, long after, long last) {
        JdbcClient.StatementSpec query = jdbc.sql(ENTRIES.formatted(conditions(request)))
                .param("after", after)
                .param("last", last)
                .param("from", request.from().atOffset(ZoneOffset.UTC))
                .param("to", request.to().atOffset(ZoneOffset.UTC))
                .param("limit", PAGE);
        if (request.credential() != null) {
            query = query.param("credential", request.credential().value());
        }
        return query.query((row, number) -> Proven.from(row)).list();
    }

    /** The beginnings of actions are constants of this program. */
    private static String conditions(Request request) {
        String credential = request.credential() == null ? "" : OF_CREDENTIAL;
        return request.control() == null
                ? credential
                : credential
                        + request.control().actions().stream()
                                .map(action -> "e.action LIKE '" + action + "%'")
                                .collect(Collectors.joining(" OR ", "AND (", ")"));
    }
}
