package dev.lockstep.ledger;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Principal;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Sightings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts that nobody manages, in the ledger's database. */
final class JdbcSightings implements Sightings {

    private static final String SELECT = """
            SELECT target, principal, first_seen, last_seen, last_login, ignored_at, ignored_by, reason
              FROM principal_sighting
            """;

    private static final String LIST = SELECT + " ORDER BY target, principal";

    private static final String FIND = SELECT + " WHERE target = :target AND principal = :principal";

    private static final String ADD = """
            INSERT INTO principal_sighting (target, principal, first_seen, last_seen, last_login)
            VALUES (:target, :principal, :now, :now, :lastLogin)
            """;

    private static final String SAW = """
            UPDATE principal_sighting
               SET last_seen = :now, last_login = :lastLogin
             WHERE target = :target
               AND principal = :principal
            """;

    private static final String FORGET =
            "DELETE FROM principal_sighting WHERE target = :target AND principal = :principal";

    private static final String LISTED_AT = "SELECT listed_at FROM target_listing WHERE target = :target";

    private static final String LISTED = "UPDATE target_listing SET listed_at = :now WHERE target = :target";

    private static final String FIRST_LISTED = "INSERT INTO target_listing (target, listed_at) VALUES (:target, :now)";

    private static final String IGNORE = """
            UPDATE principal_sighting
               SET ignored_at = :now, ignored_by = :by, reason = :reason
             WHERE target = :target
               AND principal = :principal
            """;

    private static final String HEED = """
            UPDATE principal_sighting
               SET ignored_at = NULL, ignored_by = NULL, reason = NULL
             WHERE target = :target
               AND principal = :principal
               AND ignored_at IS NOT NULL
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final AuditTrail audit;

    JdbcSightings(JdbcClient jdbc, Transactions transactions, Clock clock, AuditTrail audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public void saw(String target, Collection<Principal> unmanaged) {
        transactions.joined(() -> {
            Set<String> names = unmanaged.stream().map(Principal::name).collect(Collectors.toSet());
            list().stream()
                    .filter(known -> known.target().equals(target) && !names.contains(known.principal()))
                    .forEach(known -> one(FORGET, target, known.principal()).update());
            unmanaged.forEach(principal -> saw(target, principal));
            if (at(LISTED, target).update() == 0) {
                at(FIRST_LISTED, target).update();
            }
            return names;
        });
    }

    private void saw(String target, Principal principal) {
        if (seen(SAW, target, principal).update() == 0) {
            seen(ADD, target, principal).update();
        }
    }

    private JdbcClient.StatementSpec seen(String sql, String target, Principal principal) {
        return one(sql, target, principal.name())
                .param("now", Columns.utc(clock.instant()))
                .param("lastLogin", Columns.utcOrNull(principal.lastLogin()));
    }

    private JdbcClient.StatementSpec at(String sql, String target) {
        return jdbc.sql(sql).param("target", target).param("now", Columns.utc(clock.instant()));
    }

    private JdbcClient.StatementSpec one(String sql, String target, String principal) {
        return jdbc.sql(sql).param("target", target).param("principal", principal);
    }

    @Override
    public Optional<Instant> listedAt(String target) {
        return Transactions.statement(() -> jdbc.sql(LISTED_AT)
                .param("target", target)
                .query((row, number) -> Columns.instant(row, "listed_at"))
                .optional());
    }

    @Override
    public List<Sighting> list() {
        return Transactions.statement(
                () -> jdbc.sql(LIST).query(JdbcSightings::sighting).list());
    }

    @Override
    public Optional<Sighting> find(String target, String principal) {
        return Transactions.statement(() ->
                one(FIND, target, principal).query(JdbcSightings::sighting).optional());
    }

    @Override
    public boolean ignore(String target, String principal, String by, String reason) {
        return transactions.joined(() -> one(IGNORE, target, principal)
                                .param("now", Columns.utc(clock.instant()))
                                .param("by", by)
                                .param("reason", Columns.text(reason))
                                .update()
                        == 1
                && record(by, "account.ignore", target, Map.of("principal", principal, "reason", reason)));
    }

    @Override
    public boolean heed(String target, String principal, String by) {
        return transactions.joined(() -> one(HEED, target, principal).update() == 1
                && record(by, "account.heed", target, Map.of("principal", principal)));
    }

    private boolean record(String by, String action, String target, Map<String, String> details) {
        audit.append(new AuditEvent(by, action, AuditEvent.Phase.FACT, target, null, details));
        return true;
    }

    private static Sighting sighting(ResultSet row, int number) throws SQLException {
        return new Sighting(
                row.getString("target"),
                row.getString("principal"),
                Columns.instant(row, "first_seen"),
                Columns.instant(row, "last_seen"),
                Columns.instantOrNull(row, "last_login"),
                Columns.instantOrNull(row, "ignored_at"),
                row.getString("ignored_by"),
                row.getString("reason"));
    }
}
