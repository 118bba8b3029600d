package dev.lockstep.ledger;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Configurations.Applied;
import dev.lockstep.port.Configurations.Summary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Configurations and plans in the ledger's database. */
final class JdbcConfigurationRecords implements ConfigurationRecords {

    private static final String SELECT = """
            SELECT id, digest, in_force, plan, origin, commit_id, applied_by, applied_at, created, adopted, changed,
                   rescheduled, removed, settled_at
              FROM configuration_applied
            """;

    private static final String IN_FORCE = SELECT + " WHERE in_force = 1";

    private static final String HISTORY = SELECT + " ORDER BY id DESC FETCH FIRST :most ROWS ONLY";

    private static final String UNSETTLED = """
            SELECT id, digest, former
              FROM configuration_applied
             WHERE settled_at IS NULL
             ORDER BY id
            """;

    private static final String SETTLED =
            "UPDATE configuration_applied SET settled_at = :now WHERE id = :id AND settled_at IS NULL";

    private static final String END = """
            UPDATE configuration_applied
               SET in_force = NULL
             WHERE in_force = 1
               AND digest = :former
            """;

    private static final String BEGIN = """
            INSERT INTO configuration_applied (digest, former, in_force, plan, origin, commit_id, applied_by, applied_at,
                   created, adopted, changed, rescheduled, removed)
            VALUES (:digest, :former, 1, :plan, :origin, :commit, :by, :now, :created, :adopted, :changed, :rescheduled,
                   :removed)
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final ConfigurationContents contents;
    private final ConfigurationMoves moves;
    private final Clock clock;

    JdbcConfigurationRecords(JdbcClient jdbc, Transactions transactions, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.contents = new ConfigurationContents(jdbc, transactions);
        this.moves = new ConfigurationMoves(jdbc, transactions, audit);
        this.clock = clock;
    }

    @Override
    public Optional<Applied> inForce() {
        return Transactions.statement(() ->
                jdbc.sql(IN_FORCE).query(JdbcConfigurationRecords::applied).optional());
    }

    @Override
    public List<Applied> history(int most) {
        return Transactions.statement(() -> jdbc.sql(HISTORY)
                .param("most", most)
                .query(JdbcConfigurationRecords::applied)
                .list());
    }

    @Override
    public List<Unsettled> unsettled() {
        return Transactions.statement(() -> jdbc.sql(UNSETTLED)
                .query((row, number) ->
                        new Unsettled(row.getLong("id"), row.getString("digest"), row.getString("former")))
                .list());
    }

    @Override
    public void leave(List<CredentialName> credentials) {
        moves.leave(credentials);
    }

    @Override
    public void move(List<Move> list) {
        moves.move(list);
    }

    @Override
    public void settled(long id) {
        Transactions.statement(() -> jdbc.sql(SETTLED)
                .param("now", Columns.utc(clock.instant()))
                .param("id", id)
                .update());
    }

    @Override
    public void keep(String digest, byte[] bytes) {
        contents.keep(digest, bytes);
    }

    @Override
    public Optional<byte[]> content(String digest) {
        return contents.find(digest);
    }

    @Override
    public void plan(PlanRow plan) {
        contents.plan(plan);
    }

    @Override
    public Optional<String> planned(String id) {
        return contents.planned(id);
    }

    @Override
    public void prune(Instant plansBefore, int newest) {
        contents.prune(plansBefore, newest);
    }

    @Override
    public Optional<Applied> apply(Request request) {
        return Transactions.statement(() -> {
            try {
                return transactions.ownUntranslated(() -> change(request));
            } catch (DuplicateKeyException lost) {
                return Optional.empty();
            }
        });
    }

    private Optional<Applied> change(Request request) {
        if (request.former() != null
                && jdbc.sql(END).param("former", request.former()).update() == 0) {
            return Optional.empty();
        }
        Summary summary = request.summary();
        jdbc.sql(BEGIN)
                .param("digest", request.digest())
                .param("former", request.former())
                .param("plan", request.plan())
                .param("origin", Columns.text(request.origin()))
                .param("commit", request.commit())
                .param("by", request.by())
                .param("now", Columns.utc(clock.instant()))
                .param("created", summary.created())
                .param("adopted", summary.adopted())
                .param("changed", summary.changed())
                .param("rescheduled", summary.rescheduled())
                .param("removed", summary.removed())
                .update();
        audit.append(outcome(request));
        return inForce();
    }

    private static AuditEvent outcome(Request request) {
        Map<String, String> details = new HashMap<>(Map.of(
                "digest", request.digest(),
                "origin", request.origin(),
                "changes", request.summary().toString()));
        put(details, "former", request.former());
        put(details, "plan", request.plan());
        put(details, "commit", request.commit());
        return new AuditEvent(
                request.by(), "configuration.apply", AuditEvent.Phase.OUTCOME, "configuration", null, details);
    }

    private static void put(Map<String, String> details, String key, @Nullable String value) {
        if (value != null) {
            details.put(key, value);
        }
    }

    private static Applied applied(ResultSet row, int number) throws SQLException {
        return new Applied(
                row.getLong("id"),
                row.getString("digest"),
                row.getString("plan"),
                row.getString("origin"),
                row.getString("commit_id"),
                row.getString("applied_by"),
                Columns.instant(row, "applied_at"),
                new Summary(
                        row.getInt("created"),
                        row.getInt("adopted"),
                        row.getInt("changed"),
                        row.getInt("rescheduled"),
                        row.getInt("removed")),
                Columns.instantOrNull(row, "settled_at"),
                row.getInt("in_force") == 1);
    }
}
