package dev.lockstep.ledger;

import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.RolloutRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Roll-outs in the ledger's database. */
final class JdbcRolloutRecords implements RolloutRecords {

    private static final String SELECT = """
            SELECT id, process, version_tag, former_tag, share, minimum_sample, tolerance, status, opened_by, opened_at,
                   ended_by, ended_at, reason
              FROM rollout
            """;

    private static final String FIND = SELECT + " WHERE id = :id";

    private static final String OF = SELECT + " WHERE process = :process ORDER BY id DESC FETCH FIRST 100 ROWS ONLY";

    private static final String OPEN = """
            INSERT INTO rollout (process, open_process, version_tag, former_tag, share, minimum_sample, tolerance,
                   status, opened_by, opened_at)
            VALUES (:process, :process, :versionTag, :formerTag, :share, :minimumSample, :tolerance,
                   'OPEN', :openedBy, :now)
            """;

    private static final String WIDEN = "UPDATE rollout SET share = :share WHERE id = :id AND status = 'OPEN'";

    private static final String END = """
            UPDATE rollout
               SET status = :status, open_process = NULL, ended_by = :by, ended_at = :now, reason = :reason
             WHERE id = :id
               AND status = 'OPEN'
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final RunTallies tallies;

    JdbcRolloutRecords(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.tallies = new RunTallies(jdbc);
    }

    @Override
    public Optional<Rollout> open(Request request) {
        return Transactions.statement(() -> {
            try {
                return find(transactions.nestedUntranslated(() -> add(request)));
            } catch (DuplicateKeyException another) {
                return Optional.empty();
            }
        });
    }

    private long add(Request request) {
        KeyHolder id = new GeneratedKeyHolder();
        jdbc.sql(OPEN)
                .param("process", request.process())
                .param("versionTag", request.versionTag())
                .param("formerTag", request.formerTag())
                .param("share", request.share())
                .param("minimumSample", request.rule().minimumSample())
                .param("tolerance", request.rule().tolerance())
                .param("openedBy", request.openedBy())
                .param("now", Columns.utc(clock.instant()))
                .update(id, "id");
        return Objects.requireNonNull(id.getKey()).longValue();
    }

    @Override
    public Optional<Rollout> find(long id) {
        return Transactions.statement(() ->
                jdbc.sql(FIND).param("id", id).query(JdbcRolloutRecords::map).optional());
    }

    @Override
    public List<Rollout> of(String process) {
        return Transactions.statement(() -> jdbc.sql(OF)
                .param("process", process)
                .query(JdbcRolloutRecords::map)
                .list());
    }

    @Override
    public boolean widen(long id, int share) {
        return Transactions.statement(
                () -> jdbc.sql(WIDEN).param("id", id).param("share", share).update() == 1);
    }

    @Override
    public boolean end(long id, Rollout.Status status, String by, String reason) {
        return Transactions.statement(() -> jdbc.sql(END)
                        .param("id", id)
                        .param("status", status.name())
                        .param("by", by)
                        .param("now", Columns.utc(clock.instant()))
                        .param("reason", Columns.text(reason))
                        .update()
                == 1);
    }

    @Override
    public Comparison compare(Rollout rollout, Instant since, Collection<String> stuck) {
        return Transactions.statement(() -> new Comparison(
                tallies.ofFresh(rollout.id(), rollout.versionTag(), stuck),
                tallies.ofFormer(rollout.process(), rollout.formerTag(), since)));
    }

    private static Rollout map(ResultSet row, int number) throws SQLException {
        return new Rollout(
                row.getLong("id"),
                row.getString("process"),
                row.getString("version_tag"),
                row.getString("former_tag"),
                row.getInt("share"),
                new RolloutRule(row.getInt("minimum_sample"), row.getInt("tolerance")),
                Rollout.Status.valueOf(row.getString("status")),
                row.getString("opened_by"),
                Columns.instant(row, "opened_at"),
                row.getString("ended_by"),
                Columns.instantOrNull(row, "ended_at"),
                row.getString("reason"));
    }
}
