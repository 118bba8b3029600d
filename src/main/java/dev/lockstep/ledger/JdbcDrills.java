package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.port.Drills;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Drills in the ledger's database. */
final class JdbcDrills implements Drills {

    private static final String OPEN = """
            INSERT INTO drill (credential, running_credential, scenario, state, requested_by, reason, begun_at)
            VALUES (:credential, :credential, :scenario, 'RUNNING', :requestedBy, :reason, :now)
            """;

    private static final String FIND = DrillRows.SELECT + " WHERE d.id = :id";

    private static final String NEWEST = DrillRows.SELECT + " ORDER BY d.id DESC FETCH FIRST :limit ROWS ONLY";

    private static final String RUNNING = DrillRows.SELECT + " WHERE d.running_credential = :credential";

    private static final String FAULTY = RUNNING + """
               AND d.cancelled_by IS NULL
               AND d.fault_ended_at IS NULL
               AND d.fault_until > :now
            """;

    private static final String BIND = "UPDATE drill SET process_instance = :instance WHERE id = :id";

    private static final String BEFORE =
            "UPDATE drill SET version_before = :version WHERE id = :id AND version_before IS NULL";

    private static final String INJECT = """
            UPDATE drill
               SET fault_until = COALESCE(fault_until, :until)
             WHERE id = :id
               AND state = 'RUNNING'
               AND cancelled_by IS NULL
            """;

    private static final String INJECTED = "UPDATE drill SET injected_at = :now WHERE id = :id AND injected_at IS NULL";

    private static final String END_FAULT = """
            UPDATE drill
               SET fault_ended_at = CASE WHEN fault_until < :now THEN fault_until ELSE :now END
             WHERE id = :id
               AND fault_until IS NOT NULL
               AND fault_ended_at IS NULL
            """;

    private static final String INVOLVE = "UPDATE drill SET operation = :operation WHERE id = :id";

    private static final String CAUSE = "UPDATE drill SET incident = :incident WHERE id = :id";

    private static final String CANCEL = """
            UPDATE drill
               SET cancelled_by = :by
             WHERE id = :id
               AND state = 'RUNNING'
               AND cancelled_by IS NULL
            """;

    private static final String END = """
            UPDATE drill
               SET state = :state, running_credential = NULL, result = :result, story = :story, ended_at = :now,
                   closed_at = CASE WHEN CAST(:state AS VARCHAR(20)) = 'CLOSED' THEN CAST(:now AS TIMESTAMP WITH TIME ZONE)
                                    ELSE NULL END
             WHERE id = :id
               AND state = 'RUNNING'
            """;

    private static final String CLOSE = """
            UPDATE drill
               SET state = 'CLOSED', findings = :findings, follow_up = :followUp, debriefed_by = :by, closed_at = :now
             WHERE id = :id
               AND state = 'DEBRIEF'
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final boolean shared;

    /** @param shared whether several processes can use the database */
    JdbcDrills(JdbcClient jdbc, Transactions transactions, Clock clock, boolean shared) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.shared = shared;
    }

    @Override
    public Optional<Drill> open(CredentialName credential, Drill.Scenario scenario, String requestedBy, String reason) {
        try {
            return Optional.of(get(transactions.nestedUntranslated(() -> {
                KeyHolder id = new GeneratedKeyHolder();
                jdbc.sql(OPEN)
                        .param("credential", credential.value())
                        .param("scenario", scenario.name())
                        .param("requestedBy", requestedBy)
                        .param("reason", Columns.text(reason))
                        .param("now", Columns.utc(clock.instant()))
                        .update(id, "id");
                return Objects.requireNonNull(id.getKey()).longValue();
            })));
        } catch (DuplicateKeyException running) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Drill> find(long id) {
        return one(jdbc.sql(FIND).param("id", id));
    }

    @Override
    public Drill get(long id) {
        return find(id).orElseThrow(
                        () -> new PermanentException(FailureCode.INTERNAL_ERROR, "there is no drill drill-" + id));
    }

    @Override
    public List<Drill> newest(int limit) {
        return Transactions.statement(() ->
                jdbc.sql(NEWEST).param("limit", limit).query(DrillRows::map).list());
    }

    @Override
    public Optional<Drill> running(CredentialName credential) {
        return one(jdbc.sql(RUNNING).param("credential", credential.value()));
    }

    @Override
    public Optional<Drill> faulty(CredentialName credential) {
        return one(jdbc.sql(FAULTY).param("credential", credential.value()).param("now", Columns.utc(clock.instant())));
    }

    private static Optional<Drill> one(JdbcClient.StatementSpec query) {
        return Transactions.statement(() -> query.query(DrillRows::map).optional());
    }

    @Override
    public void bind(long drill, String processInstance) {
        change(jdbc.sql(BIND).param("instance", processInstance), drill);
    }

    @Override
    public void before(long drill, @Nullable Integer version) {
        change(jdbc.sql(BEFORE).param("version", version), drill);
    }

    @Override
    public boolean inject(long drill, Instant until) {
        return change(jdbc.sql(INJECT).param("until", Columns.utc(until)), drill);
    }

    @Override
    public void injected(long drill) {
        change(jdbc.sql(INJECTED).param("now", Columns.utc(clock.instant())), drill);
    }

    @Override
    public void dies(long drill) {
        transactions.own(() -> change(jdbc.sql(INJECTED).param("now", Columns.utc(clock.instant())), drill));
    }

    @Override
    public void endFault(long drill) {
        change(jdbc.sql(END_FAULT).param("now", Columns.utc(clock.instant())), drill);
    }

    @Override
    public void involve(long drill, long operation) {
        change(jdbc.sql(INVOLVE).param("operation", operation), drill);
    }

    @Override
    public void cause(long drill, long incident) {
        change(jdbc.sql(CAUSE).param("incident", incident), drill);
    }

    @Override
    public void reached(long drill, Drill.Milestone milestone, Instant at) {
        String column = switch (milestone) {
            case DETECTED -> "detected_at";
            case CONTAINED -> "contained_at";
            case RECOVERED -> "recovered_at";
        };
        change(
                jdbc.sql("UPDATE drill SET " + column + " = :at WHERE id = :id AND " + column + " IS NULL")
                        .param("at", Columns.utc(at)),
                drill);
    }

    @Override
    public boolean cancel(long drill, String by) {
        return transactions.joined(() -> {
            boolean cancelled = change(jdbc.sql(CANCEL).param("by", by), drill);
            if (cancelled) {
                endFault(drill);
            }
            return cancelled;
        });
    }

    @Override
    public boolean end(long drill, Drill.Result result, Drill.State state, String story) {
        return change(
                jdbc.sql(END)
                        .param("result", result.name())
                        .param("state", state.name())
                        .param("story", Columns.text(story))
                        .param("now", Columns.utc(clock.instant())),
                drill);
    }

    @Override
    public boolean close(long drill, String findings, String followUp, String by) {
        return change(
                jdbc.sql(CLOSE)
                        .param("findings", Columns.text(findings))
                        .param("followUp", Columns.text(followUp))
                        .param("by", by)
                        .param("now", Columns.utc(clock.instant())),
                drill);
    }

    private static boolean change(JdbcClient.StatementSpec update, long drill) {
        return Transactions.statement(() -> update.param("id", drill).update() == 1);
    }

    @Override
    public boolean shared() {
        return shared;
    }
}
