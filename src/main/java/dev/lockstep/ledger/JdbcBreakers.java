package dev.lockstep.ledger;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Breakers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Paused targets in the ledger's database. */
final class JdbcBreakers implements Breakers {

    private static final String PAUSED = """
            SELECT target, since, failure, message, probes, probe_at, outage
              FROM target_breaker
             ORDER BY target
            """;

    private static final String PAUSE = """
            INSERT INTO target_breaker (target, since, failure, message, probe_at)
            SELECT CAST(:target AS VARCHAR(200)), CAST(:now AS TIMESTAMP WITH TIME ZONE),
                   CAST(:failure AS VARCHAR(40)), CAST(:message AS VARCHAR(1000)),
                   CAST(:probeAt AS TIMESTAMP WITH TIME ZONE)
             WHERE NOT EXISTS (SELECT 1 FROM target_breaker WHERE target = :target)
            """;

    private static final String RESUME = "DELETE FROM target_breaker WHERE target = :target";

    private static final String TAKE_PROBE = """
            UPDATE target_breaker
               SET probes = probes + 1, probe_at = :next
             WHERE target = :target
               AND since = :since
               AND probe_at = :probeAt
            """;

    private static final String ASKED = """
            UPDATE target_breaker
               SET outage = :outage
             WHERE target = :target
               AND since = :since
               AND COALESCE(outage, '') = :before
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final AuditTrail audit;

    JdbcBreakers(JdbcClient jdbc, Transactions transactions, Clock clock, AuditTrail audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public List<PausedTarget> paused() {
        return Transactions.statement(
                () -> jdbc.sql(PAUSED).query(JdbcBreakers::row).list());
    }

    @Override
    public boolean pause(String target, FailureCode failure, String message, Instant probeAt) {
        return transactions.own(() -> {
            int rows = jdbc.sql(PAUSE)
                    .param("target", target)
                    .param("now", Columns.utc(clock.instant()))
                    .param("failure", failure.name())
                    .param("message", Columns.text(message))
                    .param("probeAt", Columns.utc(probeAt))
                    .update();
            return rows == 1 && record("target.pause", target, Map.of("failure", failure.name()));
        });
    }

    @Override
    public boolean resume(String target) {
        return transactions.own(() ->
                jdbc.sql(RESUME).param("target", target).update() == 1 && record("target.resume", target, Map.of()));
    }

    private boolean record(String action, String target, Map<String, String> details) {
        audit.append(new AuditEvent("lockstep", action, AuditEvent.Phase.FACT, target, null, details));
        return true;
    }

    @Override
    public boolean takeProbe(PausedTarget paused, Instant next) {
        return Transactions.statement(() -> jdbc.sql(TAKE_PROBE)
                        .param("target", paused.target())
                        .param("since", Columns.utc(paused.since()))
                        .param("probeAt", Columns.utc(paused.probeAt()))
                        .param("next", Columns.utc(next))
                        .update()
                == 1);
    }

    @Override
    public boolean asked(PausedTarget paused, String outage) {
        return Transactions.statement(() -> jdbc.sql(ASKED)
                        .param("target", paused.target())
                        .param("since", Columns.utc(paused.since()))
                        .param("before", Objects.requireNonNullElse(paused.outage(), ""))
                        .param("outage", outage)
                        .update()
                == 1);
    }

    private static PausedTarget row(ResultSet row, int number) throws SQLException {
        return new PausedTarget(
                row.getString("target"),
                Columns.instant(row, "since"),
                FailureCode.valueOf(row.getString("failure")),
                row.getString("message"),
                row.getInt("probes"),
                Columns.instant(row, "probe_at"),
                row.getString("outage"));
    }
}
